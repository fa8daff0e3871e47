"""What is written to a file comes back from it: every row, in order, at its own number, whatever the kind of file."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from integratie_eval.read.grid import Grid
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.opened import OpenedFile
from integratie_eval.read.opening import open_file
from tests.bad.command import check
from tests.helpers import Cell, Rows, clienten, evaluated, write_csv, write_ods, write_xlsx
from tests.property.test_deliveries import accounted, figures, people
from tests.unit.parts import rows_of
from tests.unit.test_workbook_kinds import KINDS
from tests.unit.xlsb import cell_of, row_of, sheet_of_records, xlsb_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")

ZERO = date(1899, 12, 30)
SIGNS = st.sampled_from(list("ab01 ;,|\t\n\"'=-#&<>é€ü\u00a0\u200b"))
# xlwt and our writer of xlsb count signs where the format counts pairs of bytes: nothing beyond U+FFFF
ANY = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], max_codepoint=0xFFFF)
TEXTS = st.one_of(
    st.none(),
    st.text(SIGNS, min_size=1, max_size=12),
    st.text(ANY, min_size=1, max_size=12),
    st.integers(0, 10**9).map(lambda number: f"{number:09}"),
    st.sampled_from(["NA", "nan", "None", "null", "-", "1.234,56", "1e5", "31-12-2019", "TRUE", "#N/B", "-1", "007"]),
)
DAYS = st.none() | st.dates(date(1901, 1, 1), date(2099, 12, 31))
WHOLE = st.none() | st.integers(0, 10**9)
Shown = dict[int, list[str | None]]


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """A header, and 1 to 30 rows of text, with a column of days and one of whole numbers perhaps."""
    kinds = draw(st.lists(st.sampled_from([TEXTS, TEXTS, DAYS, WHOLE]), min_size=1, max_size=5))
    header: list[Cell] = [f"kolom{number}" for number in range(len(kinds) + 1)]
    row = st.tuples(TEXTS, *kinds).map(list)
    return [header, *draw(st.lists(row, min_size=1, max_size=30))]


def write_xls(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad1")
    day = xlwt.easyxf(num_format_str="dd-mm-yyyy")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
    book.save(str(path))
    return path


def write_xlsb(path: Path, rows: Rows) -> Path:
    records = []
    for number, row in enumerate(rows):
        records.append(row_of(number))
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                records.append(cell_of(column, float((cell - ZERO).days), 1))
            elif cell is not None:
                records.append(cell_of(column, cell))
    path.write_bytes(xlsb_of({"Blad1": sheet_of_records(records, len(rows), len(rows[0]))}, formats=["dd-mm-yyyy"]))
    return path


def one_line(cell: Cell) -> Cell:
    """Our writer of ods has no tabs and line breaks within a cell."""
    return cell.replace("\n", " ").replace("\t", " ") if isinstance(cell, str) else cell


WRITERS: dict[str, Callable[[Path, Rows], Path]] = {
    "a.xlsx": lambda path, rows: write_xlsx(path, {"Blad1": rows}),
    "a.ods": lambda path, rows: write_ods(path, {"Blad1": [[one_line(cell) for cell in row] for row in rows]}),
    "a.xls": write_xls,
    "a.xlsb": write_xlsb,
    "puntkomma.csv": write_csv,
    "komma.csv": lambda path, rows: write_csv(path, rows, delimiter=",", encoding="utf-8"),
    "tab.csv": lambda path, rows: write_csv(path, rows, delimiter="\t", encoding="utf-16"),
}


def written(name: str, rows: Rows) -> Shown:
    """What a reader should find: row number → cells up to the last filled one."""
    shown = {}
    for number, row in enumerate(rows):
        texts = [text_in(name, one_line(cell) if name == "a.ods" else cell) for cell in row]
        while texts and texts[-1] is None:
            texts.pop()
        if texts:
            shown[number] = texts
    return shown


def text_in(name: str, cell: Cell) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}" if name.endswith(".csv") else f"{cell}" if name == "a.ods" else f"{cell} 00:00:00"
    return str(cell)


def is_riddle(name: str, rows: Rows) -> bool:
    """A csv file whose cells hold about as many other separators as there are real ones: who can tell them apart?"""
    own = {"puntkomma.csv": ";", "komma.csv": ",", "tab.csv": "\t"}.get(name)
    text = "".join(cell for row in rows for cell in row if isinstance(cell, str))
    real = len(rows) * (len(rows[0]) - 1)
    return own is not None and max(text.count(sign) for sign in ";,|\t" if sign != own) >= real / 2


def write_all(folder: Path, rows: Rows) -> dict[str, Path]:
    return {name: write(folder / name, rows) for name, write in WRITERS.items()}


@settings(max_examples=40)
@given(rows=tables())
def test_every_row_comes_back_in_order_at_its_own_number(rows: Rows) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, path in write_all(Path(folder), rows).items():
            if not is_riddle(name, rows):
                assert (name, rows_of(only(open_file(path).grids))) == (name, written(name, rows))


@settings(max_examples=10)
@given(rows=tables())
def test_every_row_comes_back_from_the_workers(rows: Rows) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = write_all(Path(folder), rows)
        with Opening(list(paths.values()), Limits()) as opening:
            results = opening.results()
    for name, result in zip(paths, results, strict=True):
        if not is_riddle(name, rows):
            assert isinstance(result, OpenedFile)
            assert (name, rows_of(only(result.grids))) == (name, written(name, rows))


def only(grids: tuple[Grid, ...]) -> Grid:
    (grid,) = grids
    return grid


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in ("a.xls", "a.xlsb")])
def test_signs_beyond_the_first_plane_come_back(name: str, tmp_path: Path) -> None:
    rows: Rows = [["kop", "tekst"], ["1", "😀 𝔞 \U0010fffd"]]

    (grid,) = open_file(WRITERS[name](tmp_path / name, rows)).grids

    assert rows_of(grid) == written(name, rows)


# --- the whole command


@settings(max_examples=3)
@given(persons=people(), junk=st.lists(st.sampled_from(["empty", "total", "header", "note"]), max_size=4))
def test_every_kind_of_file_gives_the_same_account_and_figures(persons: list[dict[str, Cell]], junk: list[str]) -> None:
    rows = clienten(*persons)
    added: dict[str, list[Cell]] = {
        "empty": [None] * len(rows[0]),
        "total": ["Totaal", len(persons), *[None] * (len(rows[0]) - 2)],
        "header": rows[0],
        "note": ["* voorlopige cijfers", *[None] * (len(rows[0]) - 1)],
    }
    rows = [*rows, *(added[kind] for kind in junk)]
    expected = (len(persons) + len(junk) - junk.count("empty"), len(persons))
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, write in KINDS.items():
            evaluation = evaluated(write(Path(folder) / f"bijstand 2019-Q4.{kind}", rows))
            assert accounted(evaluation)
            assert (kind, *[(row.seen, row.used) for row in evaluation.rows]) == (kind, expected)
            results[kind] = figures(evaluation)
    assert all(result == results["xlsx"] for result in results.values())


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_command_accounts_for_every_row(kind: str, tmp_path: Path) -> None:
    rows = [*clienten({}, {}, {}), [None] * 13, ["Totaal", 3, *[None] * 11]]

    done = check(KINDS[kind](tmp_path / f"bijstand 2019-Q4.{kind}", rows))

    assert (done.code, done.rows) == (0, (4, 3, 1))


def test_the_dialects_differ(tmp_path: Path) -> None:
    """The three csv files are what they say: otherwise the test above tests one dialect three times."""
    paths = write_all(tmp_path, [["a", "b"], ["x;y", "1,2"]])
    texts = [paths[f"{name}.csv"].read_bytes() for name in ("puntkomma", "komma", "tab")]
    decoded = [text.decode(encoding) for text, encoding in zip(texts, ("utf-8-sig", "utf-8", "utf-16"), strict=True)]

    assert [
        next(csv.reader(io.StringIO(text), delimiter=sign)) for text, sign in zip(decoded, ";,\t", strict=True)
    ] == [["a", "b"]] * 3
