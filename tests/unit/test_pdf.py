"""The PDF: what screen readers and archives ask of it, the same words as the Markdown, and data that stays text."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import page as validator
import pikepdf
import pytest
import typst

from integratie_eval.errors import SettingsError, UsageError
from integratie_eval.render.document import (
    Block,
    ChartPlace,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
    Verbatim,
    document_of,
)
from integratie_eval.render.glyphs import UNKNOWN, unshowable
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.pdf import pdf_of
from integratie_eval.render.pdf_streams import with_clear_ends
from integratie_eval.render.templates import load_templates
from integratie_eval.report import Report
from integratie_eval.resources import fonts_folder
from integratie_eval.settings_style import LIGHT, HouseStyle, Logo
from tests.helpers import bijeenkomsten, clienten, prose, reported, trajecten, write_xlsx

DAY = date(2019, 12, 31)
PLAIN = HouseStyle()
HOSTILE = '#image("/etc/passwd") *vet* _schuin_ $x$ @cijfer <label> \\u{41} // weg #panic() `a` -- ~ \'b\' "c"'
_BOX = r'<page width="([\d.]+)"|<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>'
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360" role="img">
<title>Eindstatus</title><desc>Per groep</desc><rect x="20" y="20" width="200" height="60" fill="#01689b"/>
<text x="30" y="60" font-family="sans-serif" font-size="16">statushouders 64</text></svg>"""


@dataclass(frozen=True)
class Chart:
    """A drawing, as the charts have it."""

    svg: str
    width: int = 640
    height: int = 360


def run(text: str, target: str | None = None) -> Runs:
    return (Run(text, target=target),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(run(text))


def table(rows: int, columns: int = 3, caption: str = "Tabel 1: Mensen") -> Table:
    header = tuple(run(f"kop {number}") for number in range(columns))
    body = [
        tuple(run(f"rij {row}" if column == 0 else f"{row * column}") for column in range(columns))
        for row in range(rows)
    ]
    return Table(caption, header, tuple(body), (False, *[True] * (columns - 1)))


def made(*blocks: Block, style: HouseStyle = PLAIN) -> bytes:
    """The PDF of a title, a note, a chapter and these blocks."""
    opening = (Heading(1, run("Evaluatie Duin & <Zee>")), paragraph("Peildatum: vandaag."))
    chapter = Heading(2, run("Eerste hoofdstuk"), "eerste")
    return pdf_of((*opening, chapter, *blocks), {"eindstatus": Chart(SVG)}, DAY, style)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def objects(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [found for found in document.objects if isinstance(found, pikepdf.Dictionary)]


def tags(document: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The tags of a kind, in the order of the objects."""
    return [tag for tag in objects(document) if tag.get("/S") == kind]


def links(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The links on the pages, without those of the list of chapters on the first."""
    return [link for page in list(document.pages)[1:] for link in page.get("/Annots", ()) if link.Subtype == "/Link"]


def fills(document: pikepdf.Pdf) -> set[tuple[int, ...]]:
    """The colours (red, green, blue; 0-255) in which text and planes are drawn."""
    drawn = [step for page in document.pages for step in pikepdf.parse_content_stream(page)]
    return {
        tuple(round(255 * float(part)) for part in step.operands)
        for step in drawn
        if str(step.operator) in ("rg", "scn")
    }


def mistakes(pdf: bytes, profile: str) -> list[str]:
    """What a validator says about it."""
    return [
        f"{failure.rule_id}: {failure.message}"
        for failure in validator.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def text_of(pdf: bytes, folder: Path) -> str:
    """The text in the order of the pages, without what stands at the foot of each."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    (folder / "x.pdf").write_bytes(pdf)
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(folder / "x.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return "\f".join(re.sub(r"\n.* \d+ / \d+\n*$", "\n", page) for page in text.split("\f"))


def squeezed(text: str) -> str:
    """The text without white space."""
    return re.sub(r"[\s\u200b\u2060]+", "", text)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("levering") / "2019-Q4.xlsx"
    sheets = {
        "Cliënten": clienten({}, {}, {"trede": 5}),
        "Trajecten": trajecten({"aanbieder": HOSTILE}, {"clientnummer": "0002"}),
        "Bijeenkomsten": bijeenkomsten({"aanbieder": HOSTILE}),
    }
    return reported(write_xlsx(path, sheets), municipality="Duin & <Zee>")


@pytest.fixture(scope="module")
def annotated(report: Report) -> str:
    return prose(report)


@pytest.fixture(scope="module")
def pdf(annotated: str) -> bytes:
    return pdf_of(document_of(annotated, load_templates().parser), {}, DAY)


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A document with every kind of block."""
    return made(
        ChartPlace("eindstatus", "Grafiek 1: Eindstatus", "Van de mensen werken er 64."),
        table(60),
        Listing(True, ((paragraph("een"), Listing(False, ((paragraph("onder"),),))), (paragraph("twee"),))),
        Quote((paragraph("citaat"),)),
        Verbatim("regel 1\n\tregel 2"),
        Heading(3, run("Onder het hoofdstuk"), "onder"),
        Paragraph((Run("vet", strong=True), Run("schuin", emphasis=True), Run("code", code=True), Run("a\nb"))),
        replace(table(2), caption=""),
    )


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_report_is_accessible_and_can_be_archived(pdf: bytes, profile: str) -> None:
    assert mistakes(pdf, profile) == []


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_every_kind_of_block_is_accessible_and_can_be_archived(rich: bytes, profile: str) -> None:
    assert mistakes(rich, profile) == []


def without_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


def without_title(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["dc:title"]


def without_words_for_a_chart(document: pikepdf.Pdf) -> None:
    (figure,) = tags(document, "/Figure")
    del figure["/Alt"]


def with_a_skipped_heading(document: pikepdf.Pdf) -> None:
    (heading,) = tags(document, "/H3")
    heading.S = pikepdf.Name.H5


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (without_language, "lang"),
        (without_title, "title"),
        (without_words_for_a_chart, "alt"),
        (with_a_skipped_heading, "heading"),
    ],
)
def test_the_validator_finds_what_is_wrong(rich: bytes, damage: object, rule: str) -> None:
    document = opened(rich)
    assert callable(damage)
    damage(document)
    result = BytesIO()
    document.save(result)
    assert any(rule in mistake.lower() for mistake in mistakes(result.getvalue(), "ua1")), mistakes(
        result.getvalue(), "ua1"
    )


def test_data_that_end_in_a_line_end_stay_whole() -> None:
    document = opened(made())
    document.Root.Extra = document.make_stream(b"x\r")
    result = BytesIO()
    document.save(result, compress_streams=False, deterministic_id=True)
    before = result.getvalue()
    after = with_clear_ends(before)
    assert any("LENGTH" in mistake for mistake in mistakes(before, "2a"))
    assert mistakes(after, "2a") == []
    assert len(after) == len(before)
    assert opened(after).check_pdf_syntax() == []
    assert opened(after).Root.Extra.read_bytes() == b"x\r"


def without_drawings(annotated: str) -> str:
    """The Markdown in which a chart is what it shows in words, as in a PDF that gets no drawings."""
    return re.sub(r'^!\[(.*)\]\(\S+ "(.*)"\)$', r"\1", render_markdown(annotated), flags=re.MULTILINE)


def test_every_sentence_and_every_row_of_the_markdown_is_in_the_pdf(annotated: str, pdf: bytes, tmp_path: Path) -> None:
    text, at = squeezed(text_of(pdf, tmp_path)), 0
    for line in spoken(without_drawings(annotated)):
        at = text.find(squeezed(line), at)
        assert at >= 0, line


def test_every_number_of_the_pdf_is_in_the_markdown(annotated: str, pdf: bytes, tmp_path: Path) -> None:
    _, chapters = without_drawings(annotated).split("\n## ", 1)
    _, pages = text_of(pdf, tmp_path).split("\f", 1)
    assert numbers(pages) == numbers(chapters)


def spoken(markdown: str) -> Iterator[str]:
    """The lines without their signs."""
    for line in markdown.split("\n"):
        line = re.sub(r"^ *(#+|\*|\d+\.) ", "", line)
        cells = re.split(r"(?<!\\)\|", line) if line.startswith("|") else [line]
        words = re.sub(r"(?<!\\)`", "", "".join(cells))
        if re.search(r"\w", words):
            yield re.sub(r"\\(.)", r"\1", words)


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", re.sub(r"\\(.)", r"\1", text)))


def test_text_of_data_is_no_code(pdf: bytes, tmp_path: Path) -> None:
    file = opened(pdf)
    assert squeezed(HOSTILE) in squeezed(text_of(pdf, tmp_path))
    assert not tags(file, "/Figure")


def test_the_document_has_a_title_a_language_and_a_list_of_chapters(pdf: bytes, annotated: str) -> None:
    file = opened(pdf)
    assert file.Root.Lang == "nl"
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert file.open_metadata()["dc:title"].endswith("Duin & <Zee>")
    chapters = re.findall(r"^## (.*) \{#", annotated, re.MULTILINE)
    with file.open_outline() as outline:
        assert [item.title for item in outline.root] == chapters
    assert len(tags(file, "/TOCI")) >= len(chapters)


def test_headings_do_not_skip_a_level(pdf: bytes) -> None:
    file = opened(pdf)
    levels = [int(str(tag.S)[2:]) for tag in file.Root.StructTreeRoot.K[0].K if re.fullmatch("/H[1-6]", str(tag.S))]
    assert levels[0] == 1 and levels.count(1) == 1 and max(levels) == 4
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_headings_that_the_municipality_wrote_come_in_order() -> None:
    pdf = made(
        Heading(5, run("te diep"), "diep"),
        Heading(1, run("tweede titel"), "diep"),
        Heading(2, run(" ")),
        Quote((Heading(2, run("in een citaat")),)),
        Listing(False, ((Heading(3, run("in een lijst")),),)),
        Paragraph(run("naar", "#diep")),
    )
    file = opened(pdf)
    assert [len(tags(file, f"/H{level}")) for level in range(1, 5)] == [1, 3, 1, 0]  # with the list of chapters
    assert mistakes(pdf, "ua1") == []


def test_the_first_cell_of_every_row_is_its_heading_and_the_others_are_read_with_it(pdf: bytes, annotated: str) -> None:
    file = opened(pdf)
    rows = [row for row in tags(file, "/TR") if row.P.S == "/TBody"]
    lines = re.findall(r"^\|(?! ---)", annotated, re.MULTILINE)
    assert len(rows) == len(lines) - len(tags(file, "/Table"))
    for row in rows:
        first, *others = row.K
        assert first.S == "/TH" and first.A.O == "/Table" and first.A.Scope == "/Row"
        assert {str(cell.S) for cell in others} <= {"/TD"}
        assert not any("/Headers" in attributes for cell in others for attributes in cell.get("/A", ()))


def test_the_headings_of_columns_tell_their_scope(pdf: bytes) -> None:
    file = opened(pdf)
    headings = [cell for row in tags(file, "/TR") if row.P.S == "/THead" for cell in row.K]
    assert headings
    assert {str(attributes.Scope) for cell in headings for attributes in cell.A} == {"/Column"}


def test_a_table_over_pages_is_one_table_with_its_headings_on_every_page(tmp_path: Path) -> None:
    pdf = made(table(150))
    file = opened(pdf)
    (found,) = tags(file, "/Table")
    assert len([row for row in tags(file, "/TR") if row.P.S == "/TBody"]) == 150
    assert [str(part.S) for part in found.K] == ["/Caption", "/THead", "/TBody"]
    pages = text_of(pdf, tmp_path).strip("\f").split("\f")[1:]
    assert len(pages) > 2
    assert all("kop 0 kop 1" in page for page in pages)


def test_a_short_table_stays_on_one_page(tmp_path: Path) -> None:
    pdf = made(*[paragraph("een zin")] * 30, table(14))
    pages = [page for page in text_of(pdf, tmp_path).split("\f") if "rij " in page]
    assert len(pages) == 1 and "Tabel 1" in pages[0]


def test_a_table_of_few_rows_with_much_text_goes_on_on_the_next_page(tmp_path: Path) -> None:
    row = (run("rij"), run("woorden van een uitleg " * 40), run("laatste"))
    words = re.findall(_BOX, boxes(made(replace(table(0), rows=(row,) * 12)), tmp_path))
    tops = [float(top) for _, _, top, _, word in words if word == "laatste"]
    assert len(tops) == 12 and max(tops) < 842 - 62


@pytest.mark.parametrize("columns", [8, 12, 16])
def test_a_wide_table_stays_within_the_paper(columns: int, tmp_path: Path) -> None:
    pdf = made(replace(table(3, columns), rows=(tuple(run("12345678") for _ in range(columns)),) * 3))
    assert text_of(pdf, tmp_path).count("12345678") == 3 * columns
    assert crowded(pdf, tmp_path) == []


def test_a_word_that_fits_no_column_is_broken_and_stays_whole_for_who_copies_it(tmp_path: Path) -> None:
    long = "Stichting" + "vrijwilligerswerkcoördinatie" * 5
    row = (run(long), run("12"), run(long), run("34"))
    pdf = made(replace(table(0, 4), rows=(row,)))
    assert squeezed(text_of(pdf, tmp_path)).count(squeezed(long)) == 2
    assert crowded(pdf, tmp_path) == []


def boxes(pdf: bytes, folder: Path) -> str:
    """Every page and every word with its place."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    (folder / "x.pdf").write_bytes(pdf)
    command = ["pdftotext", "-bbox", str(folder / "x.pdf"), "-"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def crowded(pdf: bytes, folder: Path) -> list[str]:
    """The words that run over the right margin of their page, or into the next word."""
    margin, line, found = 0.0, dict[str, float](), []
    for wide, left, top, right, word in re.findall(_BOX, boxes(pdf, folder)):
        if wide:
            margin, line = float(wide) - 60, {}
            continue
        if float(right) > margin or float(left) < line.get(top, 0.0):
            found.append(word)
        line[top] = float(right)
    return found


def test_a_chart_has_its_words_and_its_caption(rich: bytes, tmp_path: Path) -> None:
    file = opened(rich)
    (figure,) = tags(file, "/Figure")
    assert figure.Alt == "Van de mensen werken er 64."
    text = text_of(rich, tmp_path)
    assert "Grafiek 1: Eindstatus" in text and "statushouders 64" in text


def picture(width: int, height: int) -> bytes:
    """A red PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\xc8\x1e\x1e" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


LOGOS = {
    "svg": Logo("image/svg+xml", SVG.encode(), "Gemeente Duin"),
    "png": Logo("image/png", picture(30, 10), "Gemeente Duin"),
    "very wide": Logo("image/png", picture(900, 3), "Gemeente Duin"),
}


@pytest.mark.parametrize("logo", LOGOS)
def test_the_logo_of_the_municipality_is_a_figure_with_words_within_the_page(tmp_path: Path, logo: str) -> None:
    pdf = made(Paragraph(run("x")), style=HouseStyle(logo=LOGOS[logo]))
    file = opened(pdf)
    (figure,) = tags(file, "/Figure")
    assert figure.Alt == "Gemeente Duin"
    left, _, right, _ = map(float, figure.A[0].BBox if isinstance(figure.A, pikepdf.Array) else figure.A.BBox)
    assert 0 < left < right <= 596 - left + 1
    assert mistakes(pdf, "ua1") == mistakes(pdf, "2a") == []


def test_the_colours_of_the_municipality_are_those_of_the_pdf() -> None:
    red = HouseStyle(light=replace(LIGHT, accent="#7a1515", zacht="#faf0f0"))
    plain, own = (fills(opened(made(Paragraph(run("x")), style=style))) for style in (PLAIN, red))
    assert own - plain == {(122, 21, 21), (250, 240, 240)}
    assert plain - own == {(21, 79, 122), (241, 244, 247)}


def test_a_logo_that_cannot_be_drawn_is_refused() -> None:
    style = HouseStyle(logo=Logo("image/png", picture(30, 10)[:40], "Gemeente Duin"))
    with pytest.raises(SettingsError, match="het logo is niet te tekenen"):
        made(Paragraph(run("x")), style=style)


def test_a_chart_that_does_not_exist_is_told_in_words(tmp_path: Path) -> None:
    pdf = made(ChartPlace("weg", "Grafiek 1: Weg", "Wat er te zien was."))
    file = opened(pdf)
    assert not tags(file, "/Figure")
    assert "Wat er te zien was." in text_of(pdf, tmp_path)


def test_a_high_chart_fits_on_its_page(tmp_path: Path) -> None:
    svg = SVG.replace("360", "1600").replace("</svg>", '<text x="30" y="1590">onderaan</text></svg>')
    blocks = (Heading(1, run("Titel")), Heading(2, run("Een")), ChartPlace("hoog", "Grafiek 1: Hoog", "Hoog"))
    words = re.findall(_BOX, boxes(pdf_of(blocks, {"hoog": Chart(svg, 640, 1600)}, DAY), tmp_path))
    (bottom,) = [float(top) for _, _, top, _, word in words if word == "onderaan"]
    assert bottom < 842 - 62


def test_a_number_leads_to_its_definition_and_other_links_leave_only_for_the_web() -> None:
    pdf = made(
        Paragraph(
            (
                *run("64", "#cijfer-x"),
                *run("weg", "#weg"),
                *run("kwaad", "javascript:alert(1)"),
                *run("bestand", "file:///etc"),
                *run("lang", f"https://{'a' * 9_000}.nl"),
            )
        ),
        Paragraph((*run("site", "https://example.org/a"), *run("post", "mailto:a@example.org"))),
        Heading(3, run("Definitie"), "cijfer-x"),
    )
    file = opened(pdf)
    inside = [link for link in links(file) if "/A" not in link or link.A.S == "/GoTo"]
    outside = [str(link.A.URI) for link in links(file) if "/A" in link and link.A.S == "/URI"]
    assert len(inside) == 1
    assert outside == ["https://example.org/a", "mailto:a@example.org"]
    assert mistakes(pdf, "ua1") == []


def test_a_column_that_leads_to_one_definition_has_one_link() -> None:
    rows = [
        [run("a"), run("1", "#x"), run("5", "#x")],
        [run("b"), run("2", "#x"), run("6", "#y")],
        [run("c"), run("3", "#x"), run("7", "#x")],
    ]
    linked = replace(table(0), rows=tuple(map(tuple, rows)))
    pdf = made(linked, Heading(3, run("X"), "x"), Heading(3, run("Y"), "y"))
    file = opened(pdf)
    assert len(links(file)) == 1 + 3


def test_every_number_in_the_report_arrives(pdf: bytes) -> None:
    file = opened(pdf)
    pages = {page.objgen for page in file.pages}
    found = [link.Dest if "/Dest" in link else link.A.D for link in links(file)]
    assert found
    names = destinations(file)
    assert {
        (names[str(target)] if not isinstance(target, pikepdf.Array) else target)[0].objgen for target in found
    } <= pages


def destinations(document: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    tree = pikepdf.NameTree(document.Root.Names.Dests)
    return {str(name): target.D if isinstance(target, pikepdf.Dictionary) else target for name, target in tree.items()}


def test_a_character_without_a_glyph_is_a_box_and_the_report_is_made(tmp_path: Path) -> None:
    strange = "emoji 😀, 漢字, ትግርኛ, bel \x07, nul \x00, eigen \ue000 \uf001, half \ud800, merk \ufeff, niets \uffff"
    pdf = made(paragraph(strange), table(0, caption=f"Tabel 1: {strange}"))
    assert f"emoji {UNKNOWN}, {UNKNOWN}{UNKNOWN}, {UNKNOWN * 4}, bel {UNKNOWN}" in text_of(pdf, tmp_path)
    assert mistakes(pdf, "2a") == []


def test_letters_of_european_names_are_shown(tmp_path: Path) -> None:
    names = "Ąžuolas Çelik Đorđević Eeuwé Łukasz Ñandú Øst Şimşek Żółć Ελλάδα Київ œ ĳ € “x” ’t … – − ≤"
    assert squeezed(names) in squeezed(text_of(made(paragraph(names)), tmp_path))


def test_every_character_that_counts_as_shown_has_a_glyph_in_every_style() -> None:
    strange = unshowable(fonts_folder() / "LiberationSans-Regular.ttf")
    every = strange.sub("", "".join(chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000))
    assert len(every) > 2000
    styles = [Run(every), Run(every, strong=True), Run(every, emphasis=True), Run(every, code=True)]
    assert mistakes(made(*[Paragraph((style,)) for style in styles]), "2a") == []


def test_only_our_fonts_are_in_the_document(rich: bytes) -> None:
    file = opened(rich)
    fonts = {str(font.BaseFont).split("+")[1] for font in objects(file) if font.get("/Type") == "/Font"}
    assert fonts == {"LiberationSans", "LiberationSans-Bold", "LiberationSans-Italic", "DejaVuSansMono"}


def test_a_font_that_is_not_found_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    none = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typst, "Fonts", lambda **_: none)
    with pytest.raises(AssertionError, match="liberation sans"):
        made(paragraph("tekst"))


@pytest.mark.parametrize("library", ["typst", "pikepdf"])
def test_what_is_not_installed_is_told_with_the_way_to_install_it(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=re.escape('pip install "integratie-eval[pdf]"')):
        made()


def test_the_same_report_gives_the_same_bytes_in_another_process(annotated: str, pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "tekst.md").write_text(annotated, encoding="utf-8")
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from integratie_eval.render.document import document_of; from integratie_eval.render.pdf import pdf_of;"
        "from integratie_eval.render.templates import load_templates;"
        "text = Path(sys.argv[1]).read_text(encoding='utf-8');"
        "sys.stdout.buffer.write(pdf_of(document_of(text, load_templates().parser), {}, date(2019, 12, 31)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1"}
    command = [sys.executable, "-c", code, str(tmp_path / "tekst.md")]
    assert subprocess.run(command, check=True, capture_output=True, env=environment).stdout == pdf


def test_a_wide_table_in_a_quote_or_a_list(tmp_path: Path) -> None:
    wide = table(2, columns=14, caption="")
    assert "rij 1" in text_of(made(Quote((wide,)), Listing(False, ((wide,),)), wide), tmp_path)
