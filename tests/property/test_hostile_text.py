"""Text of data and of settings stays text in every format, in every file and on the screen (issue 6, 8)."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from integratie_eval.errors import ExitCode
from integratie_eval.evaluation import evaluate
from integratie_eval.render import FORMATS, Material
from integratie_eval.render.figures import findings_csv
from integratie_eval.report import report_of
from integratie_eval.settings import FILE_NAME, load_settings
from tests.bad.command import command
from tests.helpers import Rows, bijeenkomsten, clienten, metingen, plaatsingen, trajecten, write_csv, write_ods

SEEN = [
    "<script>alert(1)</script>", '"onload="x', "<img src=x onerror=y>", "</title></style></svg>", "]]>", "<!--",
    "=1+1", "+1", "-1", "@SUM(A1)", "| a |", "**vet**", "# kop", "[k](javascript:x)", "![b](http://x/y.png)", "`c`",
    "{{ 1 + 1 }}", "{% x %}", "{#y}", "#image(\"/etc/passwd\")", "$x$", "\\", "'", "é", "Ж", "😀", "een twee", "%s {0}",
]  # fmt: skip
OBEYED = [
    "\x1b[31m", "\x1b]0;titel\x07", "\x9b2J", "\x07", "\x08", "\x7f", "\u202e", "\u2066", "\u200b", "\u200f", "\ufeff",
    "\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\U000e0041", "_xD800_", "_x001B_",
]  # fmt: skip
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)


def harmful(text: str) -> list[str]:
    """The signs that should not be there; line ends and the mark in front of a csv file may."""
    return HARMFUL.findall(text.removeprefix("\ufeff").replace("\r\n", "\n"))


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text as it is written, and the pieces of it that a reader should see."""
    pieces = draw(st.lists(st.sampled_from([*SEEN, *OBEYED]), min_size=6, max_size=20))
    pieces = [draw(st.sampled_from(["=", "+", "-", "@", "A", "<b>"])), *pieces, "Z"]
    return "".join(pieces), [piece for piece in pieces if piece not in OBEYED]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("vijandig")


def delivery(folder: Path, written: str) -> Path:
    """Exports and settings in which every text that a municipality can choose is this text."""
    shutil.rmtree(folder)
    (folder / "exports").mkdir(parents=True)
    on_disk = re.sub(r"[/\\]", "", written) if os.name == "posix" else ""
    tables: dict[str, Rows] = {
        "clienten": clienten({"nationaliteit": written}, {"datum_vestiging": date(2010, 1, 1)}),
        "trajecten": trajecten({"aanbieder": written}, {"clientnummer": "0002", "aanbieder": f"{written} B"}),
        "plaatsingen": plaatsingen({"begin": "niet leesbaar"}),
        "bijeenkomsten": bijeenkomsten({"aanbieder": written}),
        "vestigingen": [["jaar", "aantal"], [2019, 3]],
    }
    for table, rows in tables.items():
        write_csv(folder / "exports" / f"2019-Q4 {table} {on_disk[:50]}.csv", rows)
    of_sheet = "".join(sign for sign in written if sign >= " " and sign not in "\ufffe\uffff\x7f")[:31]
    ladder: Rows = [*metingen({}), ["Totaal", None, None, None]]
    write_ods(folder / "exports" / "2019-Q4 ladder.ods", {of_sheet: ladder})
    (folder / "hoofdstuk.md").write_text(f"Onze tekst. {written}\n", encoding="utf-8")
    (folder / FILE_NAME).write_text(SETTINGS.replace("NAAM", in_toml(written)), encoding="utf-8")
    return folder


SETTINGS = """
gemeente.naam = "NAAM"
rapport.titel = "NAAM"
rapport.delen_met = ["NAAM"]
project = {naam = "NAAM", fte = 2, geldbron = "NAAM"}
teksten.doelgroep = "hoofdstuk.md"
periode.van = 2019-01-01
periode.tot = 2019-12-31
kosten.soort = {training = 100}
[[aanbieders]]
naam = "Aanbod NAAM"
aanbod = "NAAM"
voor_treden = [1]
[[indicator]]
id = "eigen"
titel = "Eigen NAAM"
uit = "personen"
telt = "regels"
voorwaarde = "TRUE"
dimensie = "nationaliteit"
definitie = "NAAM"
bron = "NAAM"
eenheid = ["NAAM", "NAAM"]
"""


def in_toml(text: str) -> str:
    return "".join(f"\\u{ord(sign):04x}" if sign in '"\\' or sign < " " or sign == "\x7f" else sign for sign in text)


# --- what must be true of a file, by its kind: the names stand in it as they are, and do nothing


def html_is_inert(content: bytes, shown: str) -> None:
    page = Page(content.decode())
    assert not {"script", "iframe", "object", "embed", "form", "base", "link"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert all(re.match(r"#|https?://|data:image/", link) for name, link in page.attributes if name in ("href", "src"))
    assert shown in page.cells


class Page(HTMLParser):
    """The tags, attributes and cells of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.cells = [""]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag in ("th", "td"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.cells[-1] += data


def markdown_is_inert(content: bytes, shown: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(content.decode())
    of_data = [token for token in tokens if "Onze tekst." not in token.content]
    inline = [child for token in of_data for child in token.children or ()]
    assert "html_block" not in {token.type for token in tokens}
    assert "html_inline" not in {child.type for child in inline}
    leads = [str(child.attrs.get("href") or child.attrs.get("src") or "") for child in inline]
    assert [lead for lead in leads if not re.fullmatch(r"|#[\w-]+|[\w/-]+\.svg", lead)] == []
    assert shown in ["".join(child.content for child in token.children or ()) for token in tokens]


def csv_is_inert(content: bytes, shown: str) -> None:
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r") and not re.fullmatch(r"-?\d+(,\d+)?", cell)] == []


def json_is_whole(content: bytes, shown: str) -> None:
    json.loads(content)


def xml_is_inert(content: bytes) -> str:
    """The text of a well-formed XML file without code."""
    root = ElementTree.fromstring(content)
    names = [(element.tag.rpartition("}")[2], element.attrib) for element in root.iter()]
    assert "script" not in {tag for tag, _ in names}
    assert not [key for _, attributes in names for key in attributes if key.startswith("on")]
    return "".join(root.itertext())


def svg_is_inert(content: bytes, shown: str) -> None:
    xml_is_inert(content)


def docx_is_inert(content: bytes, shown: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = {name: xml_is_inert(part) for name, part in parts.items() if name.endswith((".xml", ".rels", ".svg"))}
    assert shown in texts["word/document.xml"]
    assert "vbaProject" not in "".join(parts)


def xlsx_is_inert(content: bytes, shown: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert shown in [cell.value for cell in cells]


CHECKS: Mapping[str, Callable[[bytes, str], None]] = {
    ".html": html_is_inert,
    ".md": markdown_is_inert,
    ".csv": csv_is_inert,
    ".json": json_is_whole,
    ".svg": svg_is_inert,
    ".docx": docx_is_inert,
    ".xlsx": xlsx_is_inert,
    ".pdf": lambda content, shown: None,  # its making fails on text that Typst would obey
}


@given(text=texts())
def test_a_name_is_text_in_every_format(folder: Path, text: tuple[str, list[str]]) -> None:
    written, seen = text
    delivered = delivery(folder, written)
    report = report_of(evaluate(delivered / "exports", load_settings(delivered / FILE_NAME)))
    (shown,) = [name for name in report.published.categories("deelnemers_aanbieder") if not name.endswith("Z B")]
    assert re.search(".*".join(map(re.escape, seen)), shown) and not harmful(shown)
    for form, write in FORMATS.items():
        for name, content in write(Material(report)).items():
            note(f"{form}: {name}")
            CHECKS[Path(name).suffix](content, shown)
            if Path(name).suffix not in (".pdf", ".docx", ".xlsx"):
                assert not harmful(content.decode())
    csv_is_inert(findings_csv(report.findings).encode(), shown)


def test_a_name_moves_nothing_on_the_screen(folder: Path) -> None:
    exports = delivery(folder, f"A{''.join([*OBEYED, *SEEN])}Z") / "exports"
    chosen = ("-c", folder / FILE_NAME)
    commands: list[tuple[str | Path, ...]] = [
        ("report", exports, *chosen, "-o", folder / "uit"),
        ("check", exports, *chosen),
        ("check", exports, *chosen, "--json"),
        ("table", exports, "--rijen", "nationaliteit", "--kolommen", "cohort", *chosen),
        ("query", exports, "SELECT * FROM personen, trajecten", *chosen),
        ("query", exports, "SELECT * FROM personen, trajecten", *chosen, "--format", "tabel"),
        ("explain", "deelnemers_aanbieder", exports, *chosen),
        ("explain", "eigen", exports, *chosen, "--json"),
        ("worklist", exports, "--soort", "zonder-gesprek", *chosen),
        ("indicators", *chosen),
        ("compare", folder / "uit", folder / "uit", "--alles"),
        ("init", exports, "--ja", "-o", folder / "nieuw.toml"),
        ("verify", folder / "uit"),
        ("report", exports, "-c", folder / "\x1b[31m.toml"),
        ("report", exports, *chosen, "--format", "\x1b[31m"),
    ]
    for parts in commands:
        done = command(*parts)
        assert done.code != ExitCode.OUR_FAULT, done.err
        assert not harmful(done.out + done.err), parts
