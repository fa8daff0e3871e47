"""OpenDocument sheets: both readers give the same cells, and only the exact one knows what the fast one hides."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integratie_eval.errors import Refused
from integratie_eval.read.archive import Archive
from integratie_eval.read.formats import ods
from integratie_eval.read.formats.ods import read_ods
from integratie_eval.read.grid import NO_VALUE, Block, Grid, Mark, Padding
from tests.unit.parts import rows_of

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    **{prefix: f"{_NAMES}:{prefix}:1.0" for prefix in ("office", "table", "text", "style")},
    "draw": f"{_NAMES}:drawing:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())


def book_of(tables: str, styles: str = "") -> bytes:
    """A container with this content."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_DECLARED} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(content.encode())


def packed(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def sheet(*rows: str, columns: str = "", name: str = "A", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{"".join(rows)}</table:table>'


def row(*cells: str, repeated: int = 1, more: str = "") -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}" {more}>{"".join(cells)}</table:table-row>'


def text(value: str, repeated: int = 1, more: str = "") -> str:
    return cell(f'table:number-columns-repeated="{repeated}" office:value-type="string" {more}', value)


def blank(repeated: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{repeated}"/>'


def cell(attributes: str, shown: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


def grid_of(*rows: str, columns: str = "") -> Grid:
    (grid,) = read_ods(book_of(sheet(*rows, columns=columns)))
    return grid


def needs_the_exact_reader(book: bytes) -> bool:
    return not ods._is_plain(Archive(book))


SAME = {
    'office:value-type="float" office:value="1.5"': "1.5",
    'office:value-type="float" office:value="12345678"': "12345678",
    'office:value-type="float" office:value="0.30000000000000004"': "0.3",
    'office:value-type="float" office:value="1e3"': "1000",
    'office:value-type="percentage" office:value="0.125"': "0.125",
    'office:value-type="currency" office:currency="EUR" office:value="1234.5"': "1234.5",
    'office:value-type="date" office:date-value="2019-11-30"': "2019-11-30",
    'office:value-type="date" office:date-value="2019-11-30T12:34:56"': "2019-11-30T12:34:56",
    'office:value-type="boolean" office:boolean-value="true"': "true",
    'office:value-type="boolean" office:boolean-value="false"': "false",
    'office:value-type="string" office:string-value="waarde"': "waarde",
    'office:value-type="string"': "wat er staat",
    'office:value-type="string" table:formula="of:=[.A1]"': "wat er staat",
}


@pytest.mark.parametrize("attributes", list(SAME))
def test_both_readers_give_the_same_text(attributes: str) -> None:
    book = book_of(sheet(row(cell(attributes, "wat er staat"))))

    assert not needs_the_exact_reader(book)
    assert [rows_of(grid) for grid in ods._read_quickly(book)] == [{0: [SAME[attributes]]}]
    assert [rows_of(grid) for grid in ods._read_exactly(Archive(book))] == [{0: [SAME[attributes]]}]


@pytest.mark.parametrize(
    ("paragraphs", "shown"),
    [
        ("<text:p>a</text:p><text:p>b</text:p>", "a\nb"),
        ("<text:p/><text:p>b</text:p>", "\nb"),
        ('<text:p>a<text:s/>b<text:s text:c="3"/>c</text:p>', "a b   c"),
        ("<text:p>a <text:span>vet</text:span> &amp; <text:a>link</text:a></text:p>", "a vet & link"),
        ("<office:annotation><text:p>opmerking</text:p></office:annotation><text:p>a</text:p>", "a"),
        ("<text:p>a</text:p><office:annotation><text:p>opmerking</text:p></office:annotation>", "a"),
    ],
)
def test_both_readers_give_the_same_paragraphs(paragraphs: str, shown: str) -> None:
    book = book_of(sheet(row(f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>')))

    assert [rows_of(grid) for grid in ods._read_quickly(book)] == [{0: [shown]}]
    assert [rows_of(grid) for grid in ods._read_exactly(Archive(book))] == [{0: [shown]}]


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (cell('office:value-type="time" office:time-value="PT08H30M00S"', "08:30"), "08:30:00"),
        (text("a<text:tab/>b"), "a\tb"),
        (text("a<text:line-break/>b"), "a\nb"),
        (text("<![CDATA[a<b]]>"), "a<b"),
        (cell("", "zonder soort"), "zonder soort"),
        (text("<draw:frame><text:p>plaatje</text:p></draw:frame>a"), "a"),
        (text("<draw:measure><text:p>122 mm</text:p></draw:measure>a"), "a"),
    ],
)
def test_what_the_fast_reader_drops_is_kept(xml: str, shown: str) -> None:
    assert rows_of(grid_of(row(text("kop")), row(xml))) == {0: ["kop"], 1: [shown]}


cells = st.sampled_from([blank(), blank(3), text("x", 2), *(cell(attributes, "t") for attributes in SAME)])
lines = st.builds(
    lambda line, times: row(*line, repeated=times), st.lists(cells, min_size=1, max_size=5), st.integers(1, 4)
)


@given(st.lists(lines, min_size=1, max_size=6))
def test_both_readers_put_cells_in_the_same_place(rows: list[str]) -> None:
    book = book_of(sheet(row(text("kop")), *rows))

    assert not needs_the_exact_reader(book)
    assert [rows_of(grid) for grid in ods._read_quickly(book)] == [
        rows_of(grid) for grid in ods._read_exactly(Archive(book))
    ]


@pytest.mark.parametrize(
    ("attributes", "shown", "mark"),
    [
        ('table:formula="of:=NA()" office:value-type="string" office:string-value=""', "#N/A", "#N/A"),
        ('table:formula="of:=1/0" calcext:value-type="error" office:value-type="string"', "#DIV/0!", "#DIV/0!"),
        ('table:formula="of:=X" office:value-type="float" office:value="0"', "Err:502", "#NUM!"),
        ('table:formula="of:=X" office:value-type="float" office:value="0"', "Err:999", "#UNKNOWN!"),
        ('table:formula="of:=1+1"', "", NO_VALUE),
    ],
)
def test_a_formula_that_failed_becomes_a_mark(attributes: str, shown: str, mark: str) -> None:
    grid = grid_of(row(text("kop"), text("kop")), row(blank(), cell(attributes, shown)))

    assert grid.facts.marks == (Mark(1, 1, mark),)


def test_a_formula_that_gives_an_empty_text_is_no_mark() -> None:
    formula = '<table:table-cell table:formula="of:=IF(1;&quot;&quot;)" office:value-type="string"/>'

    grid = grid_of(row(text("kop"), formula), row(text("x"), text("y"), more='table:visibility="collapse"'))

    assert grid.facts.marks == ()
    assert rows_of(grid) == {0: ["kop"], 1: ["x", "y"]}


def test_hidden_rows_and_columns_count_up_to_the_last_cell() -> None:
    hidden = 'table:visibility="collapse"'
    columns = f'<table:table-column/><table:table-column table:number-columns-repeated="900" {hidden}/>'

    grid = grid_of(
        row(text("kop", 3)), row(text("x"), repeated=2, more=hidden), row(text("y")),
        row(blank(), repeated=1_000_000, more=hidden), columns=columns,
    )  # fmt: skip

    assert (grid.facts.hidden_rows, grid.facts.hidden_columns, grid.facts.filtered) == (2, 2, False)


def test_rows_hidden_by_a_filter_are_told() -> None:
    grid = grid_of(row(text("kop")), row(text("x"), repeated=3, more='table:visibility="filter"'))

    assert (grid.facts.hidden_rows, grid.facts.filtered) == (3, True)


def test_merged_cells_are_told() -> None:
    merged = text("x", more='table:number-columns-spanned="2" table:number-rows-spanned="3"')

    grid = grid_of(row(text("kop")), row(blank(), merged, "<table:covered-table-cell/>", text("y")))

    assert grid.facts.merged == (Block(1, 1, 3, 2),)
    assert rows_of(grid)[1] == [None, "x", None, "y"]


def test_a_hidden_sheet_is_known_by_its_style() -> None:
    hidden = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2" style:family="table">{hidden}</style:style>'
    tables = sheet(row(text("a"))) + sheet(row(text("b")), name="B", style="ta2")

    grids = read_ods(book_of(tables, style))

    assert [(grid.sheet, grid.facts.hidden) for grid in grids] == [("A", False), ("B", True)]


def test_cells_of_another_file_that_a_formula_refers_to_are_no_sheet() -> None:
    hidden = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta_extref" style:family="table">{hidden}</style:style>'
    copy = sheet(row(text("b")), name="'file:///C:/map/ander.ods'#Blad1", style="ta_extref")

    grids = read_ods(book_of(sheet(row(text("a"))) + copy, style))

    assert [grid.sheet for grid in grids] == ["A"]


def test_numbers_that_show_leading_zeros_are_runs() -> None:
    zeros = cell('office:value-type="float" office:value="12345678"', "012345678")

    grid = grid_of(row(text("kop")), row(zeros, text("012")), row(zeros, repeated=2))

    assert grid.facts.padded == (Padding(0, 1, 3, 9),)
    assert rows_of(grid)[2] == ["12345678"]


def test_repeated_rows_are_repeated_and_blank_ones_cost_nothing() -> None:
    book = book_of(sheet(row(text("x"), repeated=3), row(blank(16_384), repeated=1_048_573)))

    (grid,) = read_ods(book)

    assert not needs_the_exact_reader(book)
    assert rows_of(grid) == {0: ["x"], 1: ["x"], 2: ["x"]}
    assert grid.height == 3


def test_a_row_far_below_costs_nothing() -> None:
    grid = grid_of(row(text("x")), row(blank(), repeated=1_000_000), row(blank(2), text("y")))

    assert rows_of(grid) == {0: ["x"], 1_000_001: [None, None, "y"]}
    assert [part.rows for part in grid.parts] == [1, 1]


def test_more_rows_than_a_sheet_has_are_damage() -> None:
    with pytest.raises(Refused, match="bestand_beschadigd"):
        grid_of(row(text("x"), repeated=2_000_000_000))


def test_columns_beyond_the_most_are_counted() -> None:
    grid = grid_of(row(text("x")), row(blank(998), text("y", 1_000)), row(blank(16_383), text("z")))

    assert (grid.facts.stray, grid.facts.stray_at) == (999, "ALM2")
    assert (grid.width, rows_of(grid)[1][998:]) == (1_000, ["y", "y"])


def test_columns_beyond_the_most_are_counted_when_the_fast_reader_would_do() -> None:
    grid = grid_of(row(*[text("x")] * 1_001))

    assert (grid.width, grid.facts.stray, grid.facts.stray_at) == (1_000, 1, "ALM1")


def test_another_prefix_is_read() -> None:
    content = (
        f'<o:document-content xmlns:o="{_SPACES["office"]}" xmlns:t="{_SPACES["table"]}" xmlns:p="{_SPACES["text"]}">'
        '<o:body><o:spreadsheet><t:table t:name="A"><t:table-row><t:table-cell o:value-type="string">'
        "<p:p>x</p:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>"
    )

    (grid,) = read_ods(packed(content.encode()))

    assert (grid.sheet, rows_of(grid)) == ("A", {0: ["x"]})


def test_no_table_is_no_worksheet() -> None:
    with pytest.raises(Refused, match="geen_werkblad"):
        read_ods(book_of(""))


@pytest.mark.parametrize("content", [b"", b"<a>", b"rommel", "é".encode("utf-16")])
def test_content_that_is_no_xml_is_damage(content: bytes) -> None:
    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_ods(packed(content))


def test_entities_are_refused() -> None:
    with pytest.raises(Refused, match="bestand_onveilig"):
        read_ods(packed(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))
