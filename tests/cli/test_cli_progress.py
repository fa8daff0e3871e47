"""How far a run is: only on a terminal, with the step and the file at hand, and wiped at the end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.process import exports, run
from tests.cli.terminal import after_progress, on_terminal

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def words(shown: str) -> str:
    return " ".join(_CODES.sub("", shown).split())


@pytest.mark.parametrize("command", ["report", "check", "query", "table"])
def test_a_terminal_shows_the_file_and_the_step_at_hand(tmp_path: Path, command: str) -> None:
    more = {"report": ["-o", f"{tmp_path}/uit"], "query": ["SELECT 1"], "table": ["--rijen", "cohort"], "check": []}
    shown = on_terminal(command, exports(tmp_path / "in"), *more[command])
    assert "0/1 openen: 2019-Q4 clienten.csv" in words(shown)
    assert re.search(r"(lezen|controleren|indelen|tellen)", shown)
    assert not re.search(r"\d/\d (lezen|controleren|indelen|tellen)", words(shown))
    assert "openen" not in after_progress(shown)


def test_the_answer_on_a_terminal_is_the_answer_in_a_pipe(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    shown = on_terminal("check", folder, columns=200)
    assert words(after_progress(shown)).endswith(words(run("check", folder).out))


@pytest.mark.parametrize("options", [["--stil"], ["--verbose"]])
def test_nothing_that_moves_when_it_is_asked_to_be_quiet_or_to_tell_all(tmp_path: Path, options: list[str]) -> None:
    shown = on_terminal("report", exports(tmp_path / "in"), "-o", tmp_path / "uit", *options)
    assert "0/1" not in shown and "\x1b[2K" not in shown


def test_nothing_that_moves_on_a_terminal_that_cannot(tmp_path: Path) -> None:
    assert "\x1b" not in on_terminal("check", exports(tmp_path / "in"), TERM="dumb")


def test_nothing_in_a_pipe(tmp_path: Path) -> None:
    done = run("report", exports(tmp_path / "in"), "-o", tmp_path / "uit")
    assert (done.err, "\x1b" in done.out) == ("", False)
