"""The database of a run: nothing of it ever stands on a disk, and what is made together is there together or not."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from integratie_eval import cli
from integratie_eval.database import all_or_nothing, open_database

LARGE = 10_000_000


def test_what_does_not_fit_in_memory_goes_to_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_database(LARGE) as connection:
        connection.execute("SET memory_limit = '20MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            connection.execute("CREATE TABLE veel AS SELECT md5(i::VARCHAR) AS tekst FROM range(2_000_000) AS r(i)")
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def read(*_: object) -> None:
        raise duckdb.OutOfMemoryException("could not allocate block 'ZQXGEHEIM'")

    monkeypatch.setattr("integratie_eval.classified.classified", read)
    assert cli.run(["query", "data/sample", "SELECT 1 AS n"]) == 3
    shown = capsys.readouterr().err
    assert shown.startswith("FOUT: Het geheugen van deze computer is te klein") and "ZQXGEHEIM" not in shown


def test_what_is_interrupted_leaves_nothing_behind() -> None:
    def make(number: int, error: BaseException | None = None) -> None:
        with all_or_nothing(connection):
            connection.execute(f"CREATE TABLE een AS SELECT {number} AS n")
            if error:
                raise error

    with open_database(0) as connection:
        with pytest.raises(KeyboardInterrupt):
            make(1, KeyboardInterrupt())
        make(2)
        assert connection.execute("FROM een").fetchall() == [(2,)]
