"""Rows of an answer as text and files."""

from __future__ import annotations

import json
import stat
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from integratie_eval.answer import Answer, unique_names
from integratie_eval.errors import OutputError, UsageError
from integratie_eval.export import FILE_FORMATS, TEXT_FORMATS, write_answer
from integratie_eval.private import private_file, require_free
from integratie_eval.text import visible

VALUES: dict[str, tuple[str, Any]] = {
    "tekst": ("VARCHAR", "=1+1"),
    "dag": ("DATE", date(2019, 12, 31)),
    "getal": ("DECIMAL(4,2)", Decimal("12.50")),
    "aantal": ("BIGINT", -3),
    "waar": ("BOOLEAN", True),
    "leeg": ("VARCHAR", None),
    "nul": ("VARCHAR", "007"),
    "code": ("VARCHAR", "\x1b[31mrood\x1b[0m\x9b2J|;"),
    "lijst": ("INTEGER[]", [1, 2]),
}


def answer(*rows: tuple[Any, ...]) -> Answer:
    types = tuple(kind for kind, _ in VALUES.values())
    return Answer(tuple(VALUES), types, iter([rows or [tuple(value for _, value in VALUES.values())]]))


def text(form: str) -> str:
    return "".join(TEXT_FORMATS[form](answer()))


def test_csv_for_a_dutch_excel() -> None:
    assert text("csv") == (
        "\ufefftekst;dag;getal;aantal;waar;leeg;nul;code;lijst\r\n"
        '\'=1+1;31-12-2019;12,50;-3;ja;;007;"rood2J|;";[1, 2]\r\n'
    )


def test_csv_for_programs() -> None:
    assert text("csv-internationaal") == (
        'tekst,dag,getal,aantal,waar,leeg,nul,code,lijst\n\'=1+1,2019-12-31,12.50,-3,true,,007,rood2J|;,"[1, 2]"\n'
    )


def test_json_keeps_the_kinds() -> None:
    assert json.loads(text("json")) == [
        {"tekst": "=1+1", "dag": "2019-12-31", "getal": 12.5, "aantal": -3, "waar": True, "leeg": None, "nul": "007",
         "code": "rood2J|;", "lijst": [1, 2]}
    ]  # fmt: skip


def test_json_without_rows_is_an_empty_list() -> None:
    assert json.loads("".join(TEXT_FORMATS["json"](Answer(("a",), ("VARCHAR",), iter([]))))) == []


def test_a_table_in_markdown_keeps_its_columns() -> None:
    assert text("md").splitlines()[2] == "| =1+1 | 31-12-2019 | 12,50 | -3 | ja |  | 007 | rood2J\\|; | \\[1, 2\\] |"


def test_a_workbook_has_real_dates_and_numbers_and_no_formulas(tmp_path: Path) -> None:
    write_answer(answer(), "xlsx", tmp_path / "a.xlsx")
    head, row = openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()
    assert [cell.value for cell in head] == list(VALUES)
    assert [(cell.value, cell.data_type) for cell in row] == [
        ("=1+1", "s"), (datetime(2019, 12, 31), "d"), (12.5, "n"), (-3, "n"), ("ja", "s"), (None, "n"), ("007", "s"),
        ("rood2J|;", "s"), ("[1, 2]", "s"),
    ]  # fmt: skip


def test_parquet_keeps_the_kinds(tmp_path: Path) -> None:
    nothing = (None,) * len(VALUES)
    write_answer(answer(nothing, tuple(value for _, value in VALUES.values())), "parquet", tmp_path / "a.parquet")
    rows = duckdb.connect().execute(f"SELECT * FROM '{tmp_path / 'a.parquet'}'").fetchall()
    expected = [value for _, value in VALUES.values()]
    assert rows == [nothing, (*expected[:7], "rood2J|;", "[1, 2]")]


@pytest.mark.parametrize("form", [*TEXT_FORMATS, *FILE_FORMATS])
def test_a_file_is_for_its_owner_only(tmp_path: Path, form: str) -> None:
    write_answer(answer(), form, tmp_path / "uit")
    assert stat.S_IMODE((tmp_path / "uit").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]


def test_a_file_that_fails_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("oud", encoding="utf-8")
    with pytest.raises(ValueError, match="half"), private_file(tmp_path / "uit"):
        raise ValueError("half")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("uit", "oud")]


def test_a_file_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError), private_file(tmp_path / "weg" / "uit"):
        pass


def test_a_file_that_exists_needs_a_yes(tmp_path: Path) -> None:
    (tmp_path / "uit").touch()
    with pytest.raises(UsageError):
        require_free(tmp_path / "uit", overwrite=False)
    require_free(tmp_path / "uit", overwrite=True)
    with pytest.raises(UsageError):
        require_free(tmp_path, overwrite=True)


@pytest.mark.parametrize("code", ["\x1b]0;titel\x07", "\x1b[2J", "\x1b", "\x07", "\x9b31m"[:1], "\u202e", "\x00"])
def test_text_obeys_no_terminal(code: str) -> None:
    assert visible(f"a{code}b") == "ab"


def test_what_does_not_fit_in_excel_is_refused_and_not_cut_off(tmp_path: Path) -> None:
    for answer_ in (
        Answer(("lang",), ("VARCHAR",), iter([[("x" * 32_768,)]])),
        Answer(tuple(f"k{number}" for number in range(16_385)), ("INTEGER",) * 16_385, iter([[(1,) * 16_385]])),
    ):
        with pytest.raises(OutputError, match="Excel"):
            write_answer(answer_, "xlsx", tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_parquet_keeps_the_digits_of_a_sum(tmp_path: Path) -> None:
    write_answer(Answer(("w",), ("HUGEINT",), iter([[(2**53 + 1,)]])), "parquet", tmp_path / "a.parquet")
    stored = duckdb.execute(f"SELECT w::VARCHAR FROM '{tmp_path / 'a.parquet'}'").fetchall()
    assert stored == [(str(2**53 + 1),)]


def test_no_file_for_others_is_there_while_parquet_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB would write beside the draft, in a file that all can read."""
    asked: list[str] = []
    real = duckdb.connect

    class Listening:
        def __init__(self) -> None:
            self.real = real()

        def __enter__(self) -> Listening:
            return self

        def __exit__(self, *_: object) -> None:
            self.real.close()

        def execute(self, sql: str, *values: Any) -> Any:
            done = self.real.execute(sql, *values)
            asked.append(sql)
            if sql.startswith("COPY"):
                assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]
            return done

    monkeypatch.setattr(duckdb, "connect", Listening)
    write_answer(answer(), "parquet", tmp_path / "a.parquet")
    assert "USE_TMP_FILE false" in asked[-1]


def test_names_that_a_reader_cannot_tell_apart_get_a_number() -> None:
    assert unique_names(["a", "A", "a\u200b", "a_2", "b"]) == ("a", "A_2", "a_3", "a_2_2", "b")


def test_a_list_is_written_as_its_values_are() -> None:
    days = Answer(("d",), ("DATE[]",), iter([[([date(2019, 12, 31), None],)]]))
    assert "".join(TEXT_FORMATS["csv"](days)) == "\ufeffd\r\n[31-12-2019, ]\r\n"
