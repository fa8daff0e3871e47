"""The fuzzer of benchmarks/fuzz.py in short: no damaged file escapes, and an escape would be noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.fuzz import Opener, Outcome, Plan, escape_of, fuzz, table
from benchmarks.mutate import mutant
from benchmarks.seeds import KINDS
from integratie_eval.errors import Refused
from integratie_eval.read.grid import Facts, Grid, Mark, Part, part_of_rows
from integratie_eval.read.opened import Kind, OpenedFile

FILES, SEED = 60, 7
SOUND = part_of_rows([["kop", "é"], [None, "waarde"]])
OUTSIDE, WRONG_TEXT = Mark(-1, 0, "#N/A"), Mark(0, 0, "\ud800")


def read_as(*parts: Part, facts: Facts | None = None) -> OpenedFile:
    return OpenedFile(Path("x.csv"), "", 0, Kind.CSV, (Grid("Blad1", parts, facts or Facts()),))


def ending(result: OpenedFile | BaseException, seconds: float = 0.0, memory: int = 0) -> Outcome:
    return Outcome(Path("x.csv"), result, seconds, memory)


def opener_that_gives(error: BaseException) -> Opener:
    def open_files(paths: Sequence[Path]) -> list[Outcome]:
        return [Outcome(path, error) for path in paths]

    return open_files


@pytest.mark.parametrize("kind", KINDS)
def test_no_damaged_file_escapes(kind: str, tmp_path: Path) -> None:
    account = fuzz(kind, Plan(FILES, SEED, tmp_path, command_every=30))

    assert account.escapes == []
    assert sum(account.outcomes.values()) == account.files == FILES
    assert account.outcomes["gelezen"] > 0
    assert sum(account.commands.values()) == 2
    assert "| **ontsnapt** | **0** |" in table([account])


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_the_same_every_time(kind: str) -> None:
    first, again, other = (mutant(kind, seed, 3) for seed in (1, 1, 2))

    assert first == again != other


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (ending(ValueError("x")), "ValueError"),
        (ending(Refused("bestaat_niet")), "onbekende weigering"),
        (ending(Refused("bestand_te_traag")), "mist 'seconden'"),
        (ending(Refused("bestand_leeg"), seconds=5.1), "duurde"),
        (ending(Refused("bestand_leeg"), memory=2**31), "geheugen"),
        (ending(read_as(replace(SOUND, rows=3))), "2 rijen in plaats van 3"),
        (ending(read_as(replace(SOUND, columns=1))), "2 kolommen in plaats van 1"),
        (ending(read_as(replace(SOUND, arrow=SOUND.arrow[:-20]))), "niet te lezen"),
        (ending(read_as(replace(SOUND, arrow=SOUND.arrow.replace("é".encode(), b"\xff\xff")))), "niet te lezen"),
        (ending(read_as(SOUND, SOUND)), "deel begint op rij 0"),
        (ending(read_as(replace(SOUND, first_row=1_048_575))), "deel tot rij 1048577"),
        (ending(read_as(SOUND, facts=Facts(marks=(OUTSIDE,)))), "merkteken buiten het blad"),
        (ending(read_as(SOUND, facts=Facts(marks=(WRONG_TEXT,)))), "surrogates"),
    ],
)  # fmt: skip
def test_what_should_not_happen_is_an_escape(outcome: Outcome, reason: str) -> None:
    assert reason in (escape_of(outcome) or "")


@pytest.mark.parametrize("result", [read_as(SOUND), Refused("bestand_te_traag", seconden=4)])
def test_sheets_in_order_and_declared_refusals_are_no_escape(result: OpenedFile | BaseException) -> None:
    assert escape_of(ending(result)) is None


def test_an_escape_is_counted_and_kept_with_its_reason(tmp_path: Path) -> None:
    account = fuzz("csv", Plan(2, SEED, tmp_path), opener_that_gives(ValueError("stuk")))

    assert len(account.escapes) == 2
    assert [path.suffix for path in sorted((tmp_path / "ontsnapt").iterdir())] == [".csv", ".txt"] * 2
    assert all("ValueError: stuk" in path.read_text("utf-8") for path in tmp_path.glob("ontsnapt/*.txt"))
    assert "| **ontsnapt** | **2** |" in table([account])
