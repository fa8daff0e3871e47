"""Workbooks: both readers give the same cells, and the XML tells what the fast reader hides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import fastexcel
import pytest

from integratie_eval.errors import Refused
from integratie_eval.read.formats import xlsx
from integratie_eval.read.formats.xlsx import read_xlsx
from integratie_eval.read.grid import NO_VALUE, Block, Grid, Mark, Padding, Part
from tests.unit.parts import rows_of

PLAIN, DAY, ZEROS, TIME = range(4)
_OPEN_XML = "http://schemas.openxmlformats.org"
_RELATIONS = f"{_OPEN_XML}/officeDocument/2006/relationships"
_MAIN = f'xmlns="{_OPEN_XML}/spreadsheetml/2006/main" xmlns:r="{_RELATIONS}"'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_OPEN_XML}/package/2006/content-types"><Default Extension="rels" ContentType="x"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>'
)
_CELL_FORMATS = "".join(map('<xf numFmtId="{}"/>'.format, (0, 164, 165, 166)))
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts count="3"><numFmt numFmtId="164" formatCode="dd-mm-yyyy"/>'
    '<numFmt numFmtId="165" formatCode="000000000"/><numFmt numFmtId="166" formatCode="hh:mm"/></numFmts><fonts>'
    "<font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/>"
    f"</cellStyleXfs><cellXfs>{_CELL_FORMATS}</cellXfs>"
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def book(*sheets: str, states: Sequence[str] = (), strings: Sequence[str] = (), since_1904: bool = False) -> bytes:
    """A workbook of the XML of its sheets A, B and so on."""
    listed, related = "", ""
    for number, (name, state) in enumerate(zip("ABCDE", [*states, *["visible"] * 5], strict=False)):
        if number < len(sheets):
            listed += f'<sheet name="{name}" sheetId="{number + 1}" state="{state}" r:id="r{number}"/>'
            related += relation(f"r{number}", "worksheet", f"worksheets/sheet{number}.xml")
    related += relation("styles", "styles", "styles.xml") + relation("strings", "sharedStrings", "sharedStrings.xml")
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(relation("r0", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {_MAIN}><workbookPr date1904="{since_1904:d}"/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(related),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{shared}</sst>",
    }
    return packed(members | {f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets)})


def packed(members: Mapping[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def relations(xml: str) -> str:
    return f'<Relationships xmlns="{_OPEN_XML}/package/2006/relationships">{xml}</Relationships>'


def relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    return f"<worksheet {_MAIN}>{before}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"


def row(number: int | str | None, *cells: str, more: str = "") -> str:
    named = "" if number is None else f' r="{number}"'
    return f"<row{named}{more}>{''.join(cells)}</row>"


def at(address: str | None) -> str:
    return f' r="{address}"' if address else ""


def text(address: str | None, value: str) -> str:
    return f'<c{at(address)} t="inlineStr"><is><t>{value}</t></is></c>'


def number(address: str | None, value: float, style: int = PLAIN) -> str:
    return f'<c{at(address)} s="{style}"><v>{value}</v></c>'


def formula(address: str, result: str, kind: str = "n") -> str:
    return f'<c{at(address)} t="{kind}"><f>1+1</f>{result}</c>'


def failed(address: str, value: str) -> str:
    return f'<c{at(address)} t="e"><v>{value}</v></c>'


def grid_of(*rows: str, before: str = "", after: str = "") -> Grid:
    (grid,) = read_xlsx(book(sheet(*rows, before=before, after=after)))
    return grid


def shapes(grid: Grid) -> list[tuple[int, int, int]]:
    return [(part.first_row, part.rows, part.first_column + part.columns) for part in grid.parts]


@pytest.fixture(params=["fast", "slow"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "slow":
        monkeypatch.setattr(xlsx, "_read_or_nothing", lambda *_: {})


# --- cells


@pytest.mark.usefixtures("reader")
def test_both_readers_give_the_same_texts() -> None:
    rows = (
        row(1, text("A1", "kop"), '<c r="B1" t="s"><v>1</v></c>', text("D1", "é &amp; &lt;")),
        row(2, number("A2", 3.0), number("B2", 0.30000000000000004), number("C2", -1.5), number("D2", 123456782)),
        row(4, number("A4", 43830, DAY), number("B4", 43830.75, DAY), number("C4", 0.25, TIME)),
        row(5, '<c r="A5" t="b"><v>1</v></c>', formula("B5", "<v>ja</v>", "str"), formula("C5", "<v>2</v>")),
    )

    (grid,) = read_xlsx(book(sheet(*rows), strings=("een", "twee")))

    assert rows_of(grid) == {
        0: ["kop", "twee", None, "é & <"],
        1: ["3", "0.3", "-1.5", "123456782"],
        3: ["2019-12-31 00:00:00", "2019-12-31 18:00:00", "1899-12-31 06:00:00"],
        4: ["true", "ja", "2"],
    }


@pytest.mark.usefixtures("reader")
def test_days_since_1904_are_four_years_later() -> None:
    days = sheet(row(1, number("A1", 43830, DAY)))

    (usual,), (later,) = (read_xlsx(book(days, since_1904=since_1904)) for since_1904 in (False, True))

    assert rows_of(usual) == {0: ["2019-12-31 00:00:00"]}
    assert rows_of(later) == {0: ["2024-01-01 00:00:00"]}


def test_days_since_1904_are_later_also_when_an_extension_has_properties() -> None:
    members = unpacked(book(sheet(row(1, number("A1", 43830, DAY))), since_1904=True))
    extension = '<extLst><ext uri="x"><x14:workbookPr xmlns:x14="x" defaultImageDpi="32767"/></ext></extLst></workbook>'
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace("</workbook>", extension)

    (grid,) = read_xlsx(packed(members))

    assert rows_of(grid) == {0: ["2024-01-01 00:00:00"]}


@pytest.mark.usefixtures("reader")
def test_cells_keep_their_place_in_any_order_of_the_rows() -> None:
    grid = grid_of(row(3, text("B3", "c")), row(1, text("A1", "a")), row(2, text("A2", "b")))

    assert rows_of(grid) == {0: ["a"], 1: ["b"], 2: [None, "c"]}


@pytest.mark.usefixtures("reader")
def test_the_address_of_a_cell_counts_and_not_the_number_of_its_row() -> None:
    grid = grid_of(row(1, text("A1", "a")), row(1, text("A2", "b")), row("1e9", text("A3", "c"), text("B4", "d")))

    assert rows_of(grid) == {0: ["a"], 1: ["b"], 2: ["c"], 3: [None, "d"]}


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("numbers", [(1, 2), (None, None)])
def test_cells_without_an_address_stand_next_to_each_other(numbers: tuple[int | None, int | None]) -> None:
    first, second = numbers
    grid = grid_of(row(first, text(None, "a"), "<c/>", text(None, "b")), row(second, number(None, 7)))

    assert rows_of(grid) == {0: ["a", None, "b"], 1: ["7"]}


def test_what_is_odd_in_cells_without_an_address_is_told() -> None:
    wide = row(2, *(text(None, "x") for _ in range(1_001)))

    grid = grid_of(row(1, text(None, "a"), '<c t="e"><v>#N/A</v></c>'), wide)

    assert grid.facts.marks == (Mark(0, 1, "#N/A"),)
    assert (grid.facts.stray, grid.facts.stray_at, grid.width) == (1, "ALM2", 1_000)


def test_rows_with_one_number_and_cells_without_an_address_are_damage() -> None:
    with pytest.raises(Refused, match="bestand_beschadigd"):
        grid_of(row(1, text(None, "a")), row(1, text(None, "b")))


def test_a_large_sheet_is_read_while_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(n, text(f"A{n}", "a"), text(f"B{n}", "b")) for n in range(1, 500)]
    content = book(sheet(*rows, before='<dimension ref="A1:B499"/>'))
    asked: list[Sequence[int]] = []
    read = xlsx._read_or_nothing

    def noted(content: bytes, indices: Sequence[int]) -> dict[int, Part | None]:
        asked.append(indices)
        return read(content, indices)

    monkeypatch.setattr(xlsx, "_read_or_nothing", noted)

    usual = read_xlsx(content)
    monkeypatch.setattr(xlsx, "_LARGE", 1_000)
    early = read_xlsx(content)

    assert usual == early and shapes(early[0]) == [(0, 499, 2)]
    assert asked == [[0], [0], []]


# --- how far the cells reach


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>'])
def test_cells_far_away_cost_nothing_and_the_furthest_are_told(dimension: str) -> None:
    far = row(1_048_576, text("B1048576", "y"), text("ALM1048576", "v"), text("XFD1048576", "w"))

    grid = grid_of(row(1, text("A1", "x")), far, before=dimension)

    assert rows_of(grid) == {0: ["x"], 1_048_575: [None, "y"]}
    assert shapes(grid) == [(0, 1, 1), (1_048_575, 1, 2)]
    assert (grid.facts.stray, grid.facts.stray_at) == (2, "ALM1048576")


@pytest.mark.parametrize("address", ["A0", "A1048577", "XFE1", "ZZZ9999999", "AAAA1", "A99999999999"])
def test_a_cell_where_no_sheet_has_one_is_damage(address: str) -> None:
    assert rows_of(grid_of(row(1, text("A1", "x"), text("B1", "y")))) == {0: ["x", "y"]}
    with pytest.raises(Refused, match="bestand_beschadigd"):
        grid_of(row(1, text("A1", "x"), text(address, "y")))


@pytest.mark.parametrize("address", ["XFE1", "ZZZ1", "A0"])
def test_a_number_with_zeros_where_no_sheet_has_a_cell_is_damage(address: str) -> None:
    with pytest.raises(Refused, match="bestand_beschadigd"):
        grid_of(row(1, text("A1", "x"), number(address, 7, ZEROS)))


def test_formatted_cells_without_a_value_are_no_cells() -> None:
    blank = '<c r="{}" s="1"/>'.format

    grid = grid_of(row(1, text("A1", "x"), blank("B1")), row(900, blank("A900")), row(1_048_576, blank("XFD1048576")))

    assert (grid.height, grid.width, grid.facts.stray) == (1, 1, 0)
    assert rows_of(grid) == {0: ["x"]}


def test_a_sheet_without_cells_has_no_parts() -> None:
    grid = grid_of()

    assert (grid.parts, grid.height, grid.width) == ((), 0, 0)


# --- what the fast reader hides


@pytest.mark.usefixtures("reader")
def test_error_values_become_marks() -> None:
    grid = grid_of(
        row(1, text("A1", "x"), failed("C1", "#N/A")), row(3, formula("B3", "<v>#REF!</v>", "e"), text("C3", "y"))
    )

    assert set(grid.facts.marks) == {Mark(0, 2, "#N/A"), Mark(2, 1, "#REF!")}
    assert rows_of(grid)[0][0] == "x"
    assert rows_of(grid)[2][2] == "y"


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        (formula("B1", ""), (Mark(0, 1, NO_VALUE),)),
        (formula("B1", "<v></v>"), (Mark(0, 1, NO_VALUE),)),
        (formula("B1", "<v/>"), (Mark(0, 1, NO_VALUE),)),
        ('<c r="B1"><f ca="1"/></c>', (Mark(0, 1, NO_VALUE),)),
        (formula("B1", "<v></v>", "str"), ()),
        (formula("B1", "<v>2</v>"), ()),
        ('<c r="B1"/>', ()),
    ],
)
def test_a_formula_without_a_result_becomes_a_mark(cell: str, marks: tuple[Mark, ...]) -> None:
    assert grid_of(row(1, text("A1", "x"), cell)).facts.marks == marks


def test_a_mark_in_a_sheet_with_a_cell_far_away_is_kept() -> None:
    far = row(1_048_576, text("ALL1048576", "y"))

    grid = grid_of(row(1, text("A1", "x"), formula("B1", ""), failed("C1", "#N/A")), far)

    assert set(grid.facts.marks) == {Mark(0, 1, NO_VALUE), Mark(0, 2, "#N/A")}


@pytest.mark.usefixtures("reader")
def test_hidden_rows_count_up_to_the_last_cell() -> None:
    hidden, shown = ' hidden="1"', ' hidden="0"'
    cells = (
        row(1, text("A1", "x")), row(2, more=hidden), row(3, text("A3", "y"), more=' hidden="true"'),
        row(4, text("A4", "z"), more=shown),
    )  # fmt: skip

    assert grid_of(*cells).facts.hidden_rows == 2
    assert grid_of(*cells, row(5, more=hidden), row(1_048_576, more=hidden)).facts.hidden_rows == 2
    assert grid_of(*cells, row(5, failed("A5", "#N/A"), more=hidden)).facts.hidden_rows == 3
    assert grid_of(row(None, text(None, "x"), more=hidden)).facts.hidden_rows == 1
    assert grid_of(row(None, more=hidden)).facts.hidden_rows == 0


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("columns", "count"),
    [
        ('<col min="2" max="3" hidden="1"/>', 2),
        ('<col min="2" max="2" hidden="true"/><col min="4" max="4" hidden="1"/>', 2),
        ('<col min="3" max="16384" hidden="1"/>', 2),
        ('<col min="5" max="16384" hidden="1"/>', 0),
        ('<col min="20" max="16384" hidden="1"/>', 0),
        ('<col min="2" max="3" hidden="0"/>', 0),
    ],
)
def test_hidden_columns_count_up_to_the_last_cell(columns: str, count: int) -> None:
    blank = '<c r="XFD1" s="1"/>'
    grid = grid_of(row(1, text("A1", "x"), text("D1", "y"), blank), before=f"<cols>{columns}</cols>")

    assert grid.facts.hidden_columns == count


def test_hidden_sheets_are_known() -> None:
    sheets = [sheet(row(1, text("A1", name))) for name in "abc"]

    grids = read_xlsx(book(*sheets, states=["visible", "hidden", "veryHidden"]))

    assert [(grid.sheet, grid.facts.hidden, rows_of(grid)) for grid in grids] == [
        ("A", False, {0: ["a"]}), ("B", True, {0: ["b"]}), ("C", True, {0: ["c"]}),
    ]  # fmt: skip


def test_only_a_filter_that_hides_something_is_told() -> None:
    cell = row(1, text("A1", "x"))
    arrows = '<autoFilter ref="A1:A9"/>'
    active = '<autoFilter ref="A1:A9"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'

    assert not grid_of(cell, after=arrows).facts.filtered
    assert grid_of(cell, after=f"{active}</autoFilter>").facts.filtered


def test_merged_cells_are_told() -> None:
    merged = '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="B1:XFD1048576"/></mergeCells>'

    assert grid_of(row(1, text("A1", "x"))).facts.merged == ()
    assert grid_of(row(1, text("A1", "x")), after=merged).facts.merged == (
        Block(1, 0, 3, 0), Block(0, 1, 1_048_575, 16_383),
    )  # fmt: skip


@pytest.mark.usefixtures("reader")
def test_numbers_with_a_format_of_zeros_are_runs() -> None:
    rows = [row(n, number(f"A{n}", n), number(f"B{n}", 12345678, ZEROS), number(f"C{n}", 43830, DAY)) for n in (1, 2)]
    words = row(3, text("A3", "x"), '<c r="B3" s="2" t="s"><v>0</v></c>')

    (grid,) = read_xlsx(book(sheet(*rows, words, row(4, number("B4", 7, ZEROS))), strings=("tekst",)))

    assert grid.facts.padded == (Padding(1, 0, 1, 9), Padding(1, 3, 3, 9))


# --- damage


@pytest.mark.parametrize("member", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet0.xml"])
def test_a_part_that_the_workbook_points_at_must_be_there(member: str) -> None:
    """Without its styles a workbook would be read, with a number for every day."""
    content = book(sheet(row(1, number("A1", 43830, DAY))))
    left = {name: xml for name, xml in unpacked(content).items() if name != member}

    assert [rows_of(grid) for grid in read_xlsx(content)] == [{0: ["2019-12-31 00:00:00"]}]
    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_xlsx(packed(left))


def test_a_text_with_a_wrong_checksum_is_damage() -> None:
    members = unpacked(book(sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')), strings=("Delft",)))
    content = packed(members, zipfile.ZIP_STORED)

    assert rows_of(read_xlsx(content)[0]) == {0: ["Delft"]}
    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_xlsx(content.replace(b"Delft", b"Delfz"))


def test_two_values_in_one_cell_are_damage_when_the_slow_reader_sees_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_read_or_nothing", lambda *_: {})

    with pytest.raises(Refused, match="bestand_beschadigd"):
        grid_of(row(1, text("A1", "x"), text("A1", "y")))


@pytest.mark.parametrize(
    ("fault", "ending"),
    [
        (RuntimeError("ArrowIpc failed (5): MemoryError"), MemoryError),
        (MemoryError(), MemoryError),
        (RuntimeError("Expected 4 columns"), None),
    ],
)
def test_a_lack_of_memory_of_the_fast_reader_is_no_damage(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, ending: type[BaseException] | None
) -> None:
    """Other faults are for the slow reader."""

    def fails(_: bytes) -> None:
        raise fault

    monkeypatch.setattr(fastexcel, "read_excel", fails)

    if ending is None:
        assert rows_of(grid_of(row(1, text("A1", "x")))) == {0: ["x"]}
    else:
        with pytest.raises(ending):
            grid_of(row(1, text("A1", "x")))


def test_a_workbook_without_sheets_has_no_worksheet() -> None:
    with pytest.raises(Refused, match="geen_werkblad"):
        read_xlsx(book())
