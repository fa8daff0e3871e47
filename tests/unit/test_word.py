"""The Word file: real styles, fields, links that arrive, and nothing of the data that does anything."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from integratie_eval.errors import UsageError
from integratie_eval.render import FORMATS, Material
from integratie_eval.render.document import (
    Block,
    ChartPlace,
    Heading,
    Listing,
    Paragraph,
    Placeholder,
    Quote,
    Run,
    Table,
    Verbatim,
    document_of,
    plain,
)
from integratie_eval.render.templates import load_templates
from integratie_eval.report import Report
from tests.helpers import clienten, report_with_provider, reported, write_xlsx

docx = pytest.importorskip("docx", reason="the extra 'word' is not installed")
from lxml import etree  # noqa: E402  comes with python-docx

from integratie_eval.render.word import word_of  # noqa: E402
from integratie_eval.render.word.tables import column_widths  # noqa: E402

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

HOSTILE = '<w:br/> & ]]> {{ 7*7 }} { INCLUDETEXT "C:\\secret" } =1+1 ' + "lang" * 100
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {
    "w": W[1:-1],
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
DAY = date(2019, 12, 31)
PROSE = """# Rapport

Over [3](#cijfer-personen "personen") **mensen**, met een [website](https://voorbeeld.nl/a?b=1&c=2).

## Mensen {#mensen}

Tabel 1: Mensen & dingen

| groep | aantal |
| --- | ---: |
| oud | [2](#cijfer-personen "personen") |
| nieuw | 1 |

![Er zijn 3 mensen: 2 oud.](grafiek-mensen.svg "Grafiek 1: Mensen per groep")

[Schrijf hier waarom.]

### Lijsten

- een
- twee

  nog twee
  - diep

1. eerst
2. dan

tussen

1. weer eerst

> gezegd `zo`

```
regel 1
  regel 2
```

## Definities {#definities}

#### Personen {#cijfer-personen}

Wie telt. Zie [niets](#bestaat-niet).
"""


@dataclass(frozen=True)
class Chart:
    """As much of a chart as the Word file needs."""

    svg: str
    width: int = 640
    height: int = 320


CHARTS = {
    "mensen": Chart(
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320" viewBox="0 0 640 320">'
        '<title>Mensen</title><rect width="320" height="100" fill="#01689b"/><text x="9" y="200">Oud: 2</text></svg>'
    )
}


class Word:
    """The parts of a Word file."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = self.xml("word/document.xml")

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    def find(self, path: str, part: str | None = None) -> list[etree._Element]:
        found: list[etree._Element] = (self.xml(part) if part else self.document).xpath(path, namespaces=NAMES)
        return found

    def texts(self, path: str) -> list[str]:
        """The text of each found element, with what a reader sees for tabs and line ends."""
        signs = {f"{W}tab": "\t", f"{W}br": "\n"}
        wanted = (f"{W}t", *signs)
        return ["".join(signs.get(e.tag, e.text or "") for e in element.iter(*wanted)) for element in self.find(path)]

    def styled(self, style: str) -> list[str]:
        return self.texts(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")


@cache
def parser() -> MarkdownIt:
    return load_templates().parser


def blocks_of(prose: str) -> tuple[Block, ...]:
    return document_of(prose, parser())


def word(prose: str, template: Path | None = None) -> Word:
    return Word(word_of(blocks_of(prose), CHARTS, author="Duin", day=DAY, template=template))


@pytest.fixture(scope="module")
def small() -> Word:
    return word(PROSE)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_with_provider(tmp_path_factory.mktemp("levering"), HOSTILE)


@pytest.fixture(scope="module")
def whole(report: Report) -> Word:
    return Word(FORMATS["docx"](Material(report))["rapport.docx"])


def test_headings_and_text_have_the_styles_of_word(small: Word) -> None:
    assert small.styled("Title") == ["Rapport"]
    assert small.styled("Heading1") == ["Mensen", "Definities"]
    assert small.styled("Heading2") == ["Lijsten"]
    assert small.styled("Heading3") == ["Personen"]
    assert small.styled("Quote") == ["gezegd zo"]
    assert small.styled("Letterlijk") == ["regel 1\n  regel 2"]
    assert small.styled("ListBullet") == ["een", "twee", "diep"]
    assert small.styled("ListContinue") == ["nog twee"]
    assert small.styled("ListNumber") == ["eerst", "dan", "weer eerst"]


@pytest.mark.parametrize("file", ["small", "whole"])
def test_every_style_that_is_used_exists(file: str, request: pytest.FixtureRequest) -> None:
    word: Word = request.getfixturevalue(file)
    known = {style.get(f"{W}styleId") for style in word.find("//w:style", "word/styles.xml")}
    used = {e.get(f"{W}val") for e in word.find("//w:pStyle | //w:rStyle | //w:tblStyle")}
    assert used <= known
    based = word.find("//w:basedOn | //w:next", "word/styles.xml")
    assert {e.get(f"{W}val") for e in based} <= known


def test_everything_is_dutch(small: Word) -> None:
    spoken = {e.get(f"{W}val") for e in small.find("//w:lang", "word/styles.xml")}
    assert spoken == {"nl-NL"}
    assert small.find("/w:styles/w:docDefaults//w:lang", "word/styles.xml")
    assert b"<dc:language>nl-NL</dc:language>" in small.parts["docProps/core.xml"]


def test_the_properties_hold_title_and_municipality_and_no_clock(small: Word) -> None:
    properties = small.parts["docProps/core.xml"].decode()
    assert "<dc:title>Rapport</dc:title>" in properties
    assert "<dc:creator>Duin</dc:creator>" in properties
    assert set(re.findall(r">(\d{4}-[^<]*)<", properties)) == {"2019-12-31T00:00:00Z"}
    assert "python-docx" not in properties


def test_captions_are_numbered_by_fields(small: Word) -> None:
    assert small.styled("Caption") == ["Tabel 1: Mensen & dingen", "Grafiek 1: Mensen per groep"]
    fields = small.texts("//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:r[preceding-sibling::w:r/w:instrText]")
    instructions = [e.text.strip() for e in small.find("//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:instrText")]
    assert instructions == ["SEQ Tabel \\* ARABIC", "SEQ Grafiek \\* ARABIC"]
    assert "1" in fields


@pytest.mark.parametrize("file", ["small", "whole"])
def test_every_field_is_closed(file: str, request: pytest.FixtureRequest) -> None:
    word: Word = request.getfixturevalue(file)
    kinds = [e.get(f"{W}fldCharType") for e in word.find("//w:fldChar")]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)


def test_a_table_repeats_its_header_and_keeps_rows_whole(small: Word) -> None:
    (table,) = small.find("//w:tbl")
    rows = table.findall(f"{W}tr")
    assert [bool(row.xpath("w:trPr/w:tblHeader", namespaces=NAMES)) for row in rows] == [True, False, False]
    assert all(row.xpath("w:trPr/w:cantSplit", namespaces=NAMES) for row in rows)
    assert table.xpath("w:tblPr/w:tblCaption/@w:val", namespaces=NAMES) == ["Tabel 1: Mensen & dingen"]
    assert small.styled("Tabelgetal") == ["aantal", "2", "1"]
    assert small.styled("Tabeltekst") == ["groep", "oud", "nieuw"]


def test_a_caption_stays_with_its_table_and_a_chart_with_its_caption(small: Word) -> None:
    captions = small.find("//w:p[w:pPr/w:pStyle/@w:val='Caption']")
    assert [c.find(f"{W}pPr/{W}keepNext") is not None for c in captions] == [True, False]
    assert small.find("//w:style[@w:styleId='Grafiek']/w:pPr/w:keepNext", "word/styles.xml")


def test_numbers_lead_to_their_definition_and_back_to_the_web(small: Word) -> None:
    links = small.find("//w:hyperlink[not(ancestor::w:sdt)]")
    assert [link.get(f"{W}anchor") for link in links] == ["cijfer_personen", None, "cijfer_personen"]
    assert small.texts("//w:hyperlink[@w:anchor='cijfer_personen'][not(ancestor::w:sdt)]") == ["3", "2"]
    (website,) = small.find("//w:hyperlink/@r:id")
    relations = small.parts["word/_rels/document.xml.rels"].decode()
    assert re.search(rf'Id="{website}"[^>]*Target="https://voorbeeld.nl/a\?b=1&amp;c=2"[^>]*External', relations)


@pytest.mark.parametrize("file", ["small", "whole"])
def test_bookmarks_are_unique_and_every_link_arrives(file: str, request: pytest.FixtureRequest) -> None:
    word: Word = request.getfixturevalue(file)
    names = [e.get(f"{W}name") for e in word.find("//w:bookmarkStart")]
    numbers = [e.get(f"{W}id") for e in word.find("//w:bookmarkStart")]
    assert names
    assert len({name.lower() for name in names}) == len(names) == len(set(numbers))
    assert all(re.fullmatch(r"[^\W\d_]\w{0,39}", name) for name in names)
    assert sorted(e.get(f"{W}id") for e in word.find("//w:bookmarkEnd")) == sorted(numbers)
    assert {e.get(f"{W}anchor") for e in word.find("//w:hyperlink[@w:anchor]")} <= set(names)


def test_anchors_that_look_alike_get_their_own_bookmark() -> None:
    alike = ["cijfer-a", "cijfer_a", "Cijfer_A", "2019", "x" * 60, "x" * 61, "2019"]
    found = word("# t\n\n" + "".join(f"## k{i} {{#{anchor}}}\n\n" for i, anchor in enumerate(alike)) + "[l](#2019)\n")
    names = found.find("//w:bookmarkStart/@w:name")
    assert names == [
        "kop_0", "cijfer_a", "cijfer_a_2", "Cijfer_A_3", "k2019", "x" * 40, "x" * 34 + "_2", "k2019_2",
    ]  # fmt: skip
    assert found.find("//w:hyperlink[not(ancestor::w:sdt)]/@w:anchor") == ["k2019"]


def test_the_table_of_contents_is_filled_in(small: Word) -> None:
    assert small.styled("TOCHeading") == ["Inhoud"]
    assert small.styled("Toc1") == ["Mensen", "Definities"]
    assert small.styled("Toc2") == ["Lijsten"]
    (field,) = small.find("//w:sdt//w:instrText")
    assert field.text.strip() == 'TOC \\o "1-2" \\h \\z \\u'
    order = small.texts("/w:document/w:body/*")
    assert order.index("Rapport") < order.index("InhoudMensenLijstenDefinities") < order.index("Mensen")


def test_a_chart_is_a_drawing_with_a_fallback_and_its_words(small: Word) -> None:
    (told,) = small.find("//wp:docPr")
    assert told.get("descr") == "Er zijn 3 mensen: 2 oud."
    (png,) = small.find("//a:blip/@r:embed")
    (svg,) = small.find("//a:blip//asvg:svgBlip/@r:embed")
    relations = {
        relation.get("Id"): relation.get("Target") for relation in small.find("//*", "word/_rels/document.xml.rels")
    }
    assert small.parts[f"word/{relations[png]}"].startswith(b"\x89PNG")
    assert small.parts[f"word/{relations[svg]}"] == CHARTS["mensen"].svg.encode()
    assert b'ContentType="image/svg+xml"' in small.parts["[Content_Types].xml"]
    (size,) = small.find("//wp:extent")
    assert int(size.get("cx")) == 2 * int(size.get("cy")) <= 9412 * 635


def test_a_chart_that_was_not_made_is_told_in_words() -> None:
    found = word('# a\n\n![alleen woorden](grafiek-onbekend.svg "Grafiek 1: x")\n\n![zo](grafiek-mensen.svg)\n')
    assert found.styled("Normal") == ["alleen woorden"]
    assert len(found.find("//wp:docPr")) == 1


def test_the_same_chart_twice_is_two_drawings() -> None:
    found = word("# a\n\n![een](grafiek-mensen.svg)\n\n![twee](grafiek-mensen.svg)\n")
    told = found.find("//wp:docPr")
    assert [(e.get("id"), e.get("descr")) for e in told] == [("1", "een"), ("2", "twee")]


def test_text_that_the_adviser_must_write_is_marked(small: Word) -> None:
    assert small.texts("//w:sdt[w:sdtPr/w:showingPlcHdr]") == ["[Schrijf hier waarom.]"]
    marked = small.find("//w:sdt[w:sdtPr/w:showingPlcHdr]//w:rPr")
    assert [e.find(f"{W}rStyle").get(f"{W}val") for e in marked] == ["Invullen"]
    assert all(e.find(f"{W}highlight") is not None for e in marked)


def test_every_numbered_list_starts_at_one(small: Word) -> None:
    lists = [e.get(f"{W}val") for e in small.find("//w:p[w:pPr/w:pStyle/@w:val='ListNumber']//w:numId")]
    assert lists[0] == lists[1] != lists[2]
    for number in lists:
        start = small.find(f"//w:num[@w:numId='{number}']//w:startOverride", "word/numbering.xml")
        assert [e.get(f"{W}val") for e in start] == ["1"]


def test_the_foot_has_page_numbers(small: Word) -> None:
    (name,) = [name for name in small.parts if name.startswith("word/footer")]
    assert [e.text.strip() for e in small.find("//w:instrText", name)] == ["PAGE", "NUMPAGES"]


def test_the_page_is_a4_and_the_file_is_for_the_word_of_now(small: Word) -> None:
    (size,) = small.find("//w:sectPr/w:pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert small.find("//w:compatSetting[@w:name='compatibilityMode'][@w:val='15']", "word/settings.xml")


def test_nothing_of_another_document_is_in_the_file(small: Word) -> None:
    assert not [name for name in small.parts if "thumbnail" in name or "customXml" in name or "app.xml" in name]


def test_the_report_has_the_words_of_the_markdown_in_the_same_order_and_no_other(report: Report, whole: Word) -> None:
    contents = "self::w:sdt[.//w:docPartGallery]"
    found = whole.texts(f"/w:document/w:body/*[not({contents})]/descendant-or-self::w:p")
    expected = _texts(blocks_of(FORMATS["md"](Material(report))["rapport.md"].decode()))
    assert [text for text in found if text] == [text for text in expected if text]


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            texts += [block.caption, *(plain(cell) for row in (block.header, *block.rows) for cell in row)]
        elif isinstance(block, ChartPlace):
            texts.append(block.caption)
        elif hasattr(block, "items"):
            texts += [text for item in block.items for text in _texts(item)]
        else:
            texts.append(plain(block.runs))  # type: ignore[union-attr]
    return texts


def test_text_of_data_stays_text(whole: Word) -> None:
    assert HOSTILE in whole.styled("Tabeltekst")
    instructions = {e.text.split()[0] for e in whole.find("//w:instrText")}
    assert instructions == {"TOC", "SEQ"}
    assert whole.styled("Title") == ["Evaluatie integratie en participatie statushouders, Duin & <Zee>"]


ANY = st.text(st.characters() | st.sampled_from("<>&\"'{}[]=\\\x00\x0b\ufffe\ud800\u202e"), max_size=40)


@settings(max_examples=40, deadline=None)
@example(text="", caption="", target="", municipality="lang" * 100)
@given(text=ANY, caption=ANY, target=ANY, municipality=ANY)
def test_whatever_the_text_the_file_is_whole(text: str, caption: str, target: str, municipality: str) -> None:
    runs = (Run(text), Run(text, strong=True, code=True, target=target))
    blocks = (
        Heading(1, runs, target or None),
        Heading(2, runs, "#" + target),
        Paragraph(runs),
        Placeholder(runs),
        Listing(ordered=True, items=((Paragraph(runs),), ())),
        Quote((Verbatim(text),)),
        Table(caption, (runs, runs), ((runs, runs),), (False, True)),
        ChartPlace(text, caption, text),
        Paragraph((Run(text, target="https://" + target),)),
    )
    found = Word(word_of(blocks, {}, author=municipality, day=DAY))
    shown = re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", re.sub("\r\n?", "\n", text))
    assert found.styled("Letterlijk") == [shown]
    assert found.styled("Title") == [shown * 2]
    assert found.styled("Tabelgetal") == [shown * 2] * 2
    assert {e.text.split()[0] for e in found.find("//w:instrText")} <= {"TOC", "SEQ"}


def test_control_characters_are_left_out() -> None:
    found = word("# a\n\nvoor\x0b\x1f\ufffe\ud800na  \nregel\n")
    assert found.styled("Normal") == ["voorna\nregel"]


def test_links_that_are_no_links_are_text() -> None:
    found = word("# a\n\n[een](#weg) [twee](ftp://x) [drie](file:///etc/passwd)\n")
    assert found.styled("Normal")[0].split()[:2] == ["een", "twee"]
    assert not found.find("//w:hyperlink")


def test_two_tables_after_each_other_stay_two() -> None:
    table = "| a |\n| --- |\n| b |\n"
    found = word(f"# t\n\n{table}\n<!-- -->\n\n{table}")
    kinds = [e.tag.removeprefix(W) for e in found.find("/w:document/w:body/*")]
    assert kinds.count("tbl") == 2
    assert all(after == "p" for kind, after in pairwise(kinds) if kind == "tbl")


def test_the_same_report_gives_the_same_bytes(report: Report, whole: Word) -> None:
    again = FORMATS["docx"](Material(report))["rapport.docx"]
    assert again == FORMATS["docx"](Material(report))["rapport.docx"]
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Word(again).parts == whole.parts


def test_a_report_without_municipality_has_no_author(tmp_path: Path) -> None:
    report = reported(write_xlsx(tmp_path / "2019-Q4.xlsx", {"a": clienten({})}))
    content = FORMATS["docx"](Material(report))["rapport.docx"]
    assert docx.Document(io.BytesIO(content)).core_properties.author == ""


def test_the_municipality_is_the_author(whole: Word) -> None:
    assert b"<dc:creator>Duin &amp; &lt;Zee&gt;</dc:creator>" in whole.parts["docProps/core.xml"]


def test_without_python_docx_the_user_hears_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(UsageError, match=r"integratie-eval\[word\]"):
        word_of((), {}, author="", day=DAY)


def test_without_typst_only_charts_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    word("# a\n")
    with pytest.raises(UsageError, match="de grafieken in een Word-bestand"):
        word(PROSE)


def widths(header: list[str], *rows: list[str], room: int = 9412) -> list[int]:
    lines = ["| " + " | ".join(cells) + " |" for cells in (header, ["---"] + ["---:"] * (len(header) - 1), *rows)]
    (table,) = blocks_of("\n".join(lines) + "\n")
    assert isinstance(table, Table)
    return column_widths(table, room)


def test_columns_are_as_wide_as_their_text() -> None:
    name, few, many = widths(["naam", "n", "aantallen"], ["een lange naam van een aanbieder", "1", "2"])
    assert few < many < name


def test_a_narrow_table_is_not_stretched() -> None:
    assert sum(widths(["jaar", "aantal"], ["2014", "30"])) < 3000


@pytest.mark.parametrize("words", ["lang" * 200, "woord " * 300])
def test_long_text_does_not_push_the_table_off_the_page(words: str) -> None:
    found = widths(["naam", "a", "b"], [words, "1", "2"])
    assert sum(found) <= 9412
    assert min(found) > 300


def test_one_endless_word_leaves_room_for_other_text() -> None:
    text, _ = widths(["een", "twee"], ["woord " * 40, "lang" * 60])
    assert text > 3000


def test_forty_columns_still_fit() -> None:
    found = widths(["naam", *["2019-Q4"] * 39], ["x", *["100.000"] * 39])
    assert sum(found) <= 9412
    assert min(found) > 0
