"""Section D of the bad inputs: csv files as programs and people write them."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from integratie_eval.read.identity import KEY_VARIABLE
from tests.bad.command import Done, check
from tests.bad.containers import ALL_USED, PEOPLE, SHEET, STEM, as_text, ten
from tests.helpers import count, evaluated

Change = Callable[[list[str]], list[str]]
TEXT_ROWS = [["" if cell is None else str(cell) for cell in row] for row in as_text(ten(taalniveau="café €"))]
FIRST_PERSON = 1


def text(rows: Sequence[Sequence[str]] = TEXT_ROWS, **options: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, **{"delimiter": ";", "lineterminator": "\r\n", **options}).writerows(rows)
    return buffer.getvalue()


def delivered(folder: Path, content: str | bytes, name: str = f"{STEM}.csv") -> Done:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return check(path)


def is_read(done: Done, *rules: str) -> None:
    assert (done.code, done.err) == (0, "")
    assert done.rows == ALL_USED
    assert done.rules == set(rules)


def is_refused(done: Done, refusal: str, line: int) -> None:
    assert done.refusal == refusal
    assert f"{STEM}.csv, regel {line}: " in done.err
    assert len(done.err.splitlines()) == 2


def with_line(number: int, change: Callable[[str], str]) -> str:
    """The csv file with one line changed; line 1 holds the headings."""
    lines = text().splitlines(keepends=True)
    changed = change(lines[number - 1])
    assert changed != lines[number - 1]
    return "".join([*lines[: number - 1], changed, *lines[number:]])


def in_the_number(new: str) -> Callable[[str], str]:
    return lambda line: line.replace(";U", f";{new}U", 1)


# --- D01, D03, D04, D07, D09, D10


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    is_read(delivered(tmp_path, text(delimiter=delimiter)))


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    rows = [["clientnummer", "begin", "uren_per_week"], ["0001", "2019-05-01", "32,5"], ["0002", "2019-05-01", "0,5"]]
    (tmp_path / f"{STEM}.csv").write_text(text(), encoding="utf-8")
    (tmp_path / "2019-Q4 plaatsingen.csv").write_text(text(rows), encoding="utf-8")
    done = check(tmp_path)
    assert (done.code, done.rows, done.rules) == (0, (PEOPLE + 2, PEOPLE + 2, 0), set())


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_line_that_names_the_delimiter_is_no_row(tmp_path: Path, mark: str) -> None:
    done = delivered(tmp_path, f"{mark}sep=;\r\n{text()}")
    is_read(done)
    assert "koppen in rij 2" in done.out


@pytest.mark.parametrize("cell", ["A2\r\nB1", 'A2 "hoog"', "A2; B1", ";", '"'])
def test_a_quoted_cell_may_hold_anything(tmp_path: Path, cell: str) -> None:
    rows = [[*TEXT_ROWS[0], "taalniveau 2"], *([*row, cell] for row in TEXT_ROWS[1:])]
    is_read(delivered(tmp_path, text(rows)), "kolommen_niet_gelezen")


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [line.replace("\r\n", "\r") for line in lines],
        lambda lines: [line.replace("\r\n", "\n" if n % 2 else "\r\n") for n, line in enumerate(lines)],
        lambda lines: [*lines[:-1], lines[-1].rstrip()],
        lambda lines: [*lines, "\x1a"],
        lambda lines: [line.replace("\r\n", ";;;;\r\n") for line in lines] + [";" * 17 + "\r\n"] * 500,
    ],
    ids=["old mac", "mixed", "no last line end", "end of file of dos", "delimiters without cells"],
)
def test_line_ends_and_empty_fields_of_every_kind(tmp_path: Path, change: Change) -> None:
    is_read(delivered(tmp_path, "".join(change(text().splitlines(keepends=True)))))


@pytest.mark.parametrize(
    "content",
    [
        text(quoting=csv.QUOTE_ALL),
        text(TEXT_ROWS[:1], quoting=csv.QUOTE_ALL) + text(TEXT_ROWS[1:]),
        text(quoting=csv.QUOTE_ALL).replace('";"', '"; "'),
    ],
    ids=["all", "headings", "spaces before them"],
)
def test_quotes_where_none_are_needed(tmp_path: Path, content: str) -> None:
    is_read(delivered(tmp_path, content))


# --- D02


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "cp1252"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_every_encoding_is_found(tmp_path: Path, mark: bytes, codec: str) -> None:
    is_read(delivered(tmp_path, mark + text().encode(codec)))


@pytest.mark.parametrize("codec", ["mac-roman", "cp850"])
def test_letters_that_may_be_two_things_are_refused(tmp_path: Path, codec: str) -> None:
    done = delivered(tmp_path, text([[cell.replace("€", "e") for cell in row] for row in TEXT_ROWS]).encode(codec))
    assert done.refusal == "csv_tekens_onleesbaar"
    assert "UTF-8" in done.err


# --- D05, D06, D08, D12: lines that cannot be trusted


@pytest.mark.parametrize("line", [2, 4, 11])
def test_a_quote_that_stays_open_is_refused_by_its_line(tmp_path: Path, line: int) -> None:
    is_refused(delivered(tmp_path, with_line(line, in_the_number('"'))), "csv_aanhalingsteken", line)


@pytest.mark.parametrize("line", [2, 7, 11])
def test_a_field_too_many_is_refused_by_its_line(tmp_path: Path, line: int) -> None:
    is_refused(delivered(tmp_path, with_line(line, in_the_number("x;"))), "csv_velden_te_veel", line)


@pytest.mark.parametrize("line", [2, 7, 11])
def test_a_field_too_few_is_refused_by_its_line(tmp_path: Path, line: int) -> None:
    is_refused(
        delivered(tmp_path, with_line(line, lambda row: row.replace(";U", "U", 1))), "csv_velden_te_weinig", line
    )


def test_a_line_end_in_a_cell_without_quotes_is_refused(tmp_path: Path) -> None:
    broken = with_line(5, lambda row: row.replace(";nee;3;", ";nee\r\n;3;"))
    is_refused(delivered(tmp_path, broken), "csv_velden_te_weinig", 5)


def test_zeros_are_refused_by_their_line(tmp_path: Path) -> None:
    is_refused(delivered(tmp_path, with_line(6, in_the_number("\0"))), "csv_nul", 6)


def test_a_line_of_50_mb_is_refused_in_time(tmp_path: Path) -> None:
    begin = time.monotonic()
    done = delivered(tmp_path, with_line(3, lambda row: row.rstrip() + "x" * 50_000_000 + "\r\n"))
    is_refused(done, "csv_regel_te_lang", 3)
    assert time.monotonic() - begin < 30


# --- D11, D13, D14


def test_as_many_lines_as_a_sheet_of_excel_holds_may_be_cut_off(tmp_path: Path) -> None:
    people = "".join(f"{n:07d};U{n:07d};2016-03-01;2016-04-01\n" for n in range(1, 2**20))
    done = delivered(tmp_path, f"clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering\n{people}")
    assert (done.code, done.rows) == (0, (2**20 - 1, 2**20 - 1, 0))
    assert done.rules == {"mogelijk_afgekapt", "einde_niet_geleverd"}


def test_zeros_that_excel_left_out_do_not_make_another_person(tmp_path: Path) -> None:
    (tmp_path / "2019-Q3 bijstand.csv").write_text(text(), encoding="utf-8")
    without_zeros = [TEXT_ROWS[0], *([row[0].lstrip("0"), *row[1:]] for row in TEXT_ROWS[1:])]
    done = delivered(tmp_path, text(without_zeros))
    assert (done.code, done.rows) == (0, ALL_USED)
    both = check(tmp_path)
    assert (both.code, both.rows) == (0, (2 * PEOPLE, 2 * PEOPLE, 0))
    assert both.rules == {"voorloopnullen"}


def test_a_bsn_that_lost_its_zero_in_excel_is_the_same_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "een sleutel van de test")
    people = []
    for name, bsn in ((f"2019-Q3 {SHEET}", "012345672"), (f"2019-Q4 {SHEET}", "12345672")):
        rows = [["BSN", *TEXT_ROWS[0][1:]], [bsn, *TEXT_ROWS[FIRST_PERSON][1:]]]
        people.append(delivered(tmp_path, text(rows), f"{name}.csv").rules)
    assert people == [set(), {"bsn_aangevuld"}]
    done = check(tmp_path)
    assert (done.code, done.rows, done.rules) == (0, (2, 2, 0), {"bsn_aangevuld"})
    assert count(evaluated(tmp_path), "personen") == 1
    assert "12345672" not in done.out


def packed(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text())
    return buffer.getvalue()


@pytest.mark.parametrize("content", [gzip.compress(text().encode()), packed("export.csv")], ids=["gz", "zip"])
def test_a_packed_csv_file_must_be_unpacked_first(tmp_path: Path, content: bytes) -> None:
    done = delivered(tmp_path, content)
    assert done.refusal == "bestand_ingepakt"
    assert "Pak het eerst uit" in done.err
