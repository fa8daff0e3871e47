"""Every exit code of design §6, by a real process; the manual tells what they mean."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from integratie_eval.errors import ExitCode
from integratie_eval.lock import locked
from tests.cli.process import exports, run
from tests.cli.test_cli_bad_input import UNEXPECTED

UNKNOWN_CLIENT = "clientnummer;soort;begin\n9;taal;2019-01-01\n"


def done(folder: Path) -> int:
    return run("report", exports(folder / "in"), "-o", folder / "uit").code


def our_fault(folder: Path) -> int:
    return run("report", exports(folder / "in"), "-o", folder / "uit", python=("-c", UNEXPECTED)).code


def wrong_use(folder: Path) -> int:
    return run("report", exports(folder / "in"), "--bestaat-niet").code


def unusable_input(folder: Path) -> int:
    return run("report", folder / "weg", "-o", folder / "uit").code


def findings(folder: Path) -> int:
    return run("report", exports(folder / "in", trajecten=UNKNOWN_CLIENT), "-o", folder / "uit", "--strict").code


def try_later(folder: Path) -> int:
    with locked(folder / "uit"):
        return run("report", exports(folder / "in"), "-o", folder / "uit").code


def output_failed(folder: Path) -> int:
    (folder / "uit").write_text("in de weg", encoding="utf-8")
    return run("report", exports(folder / "in"), "-o", folder / "uit").code


CASES: dict[int, Callable[[Path], int]] = {
    ExitCode.DONE: done,
    ExitCode.OUR_FAULT: our_fault,
    ExitCode.WRONG_USE: wrong_use,
    ExitCode.UNUSABLE_INPUT: unusable_input,
    ExitCode.FINDINGS: findings,
    ExitCode.TRY_LATER: try_later,
    ExitCode.OUTPUT_FAILED: output_failed,
}


@pytest.mark.parametrize("code", ExitCode)
def test_exit_code(tmp_path: Path, code: ExitCode) -> None:
    assert CASES[code](tmp_path) == code


@pytest.mark.parametrize(("how", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_exit_code_of_a_signal(tmp_path: Path, how: str, code: int) -> None:
    """The run waits for a lock, so that it is surely busy when the signal comes."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such signals")
    log = tmp_path / "log.jsonl"
    command: list[str | Path] = [sys.executable, "-m", "integratie_eval", "report", exports(tmp_path / "in")]
    with locked(tmp_path / "uit"):
        process = subprocess.Popen([*command, "-o", tmp_path / "uit", "--wacht", "60", "--log", log])
        while not log.exists() or not log.stat().st_size:
            assert process.poll() is None
        process.send_signal(signal.Signals[how])
        assert process.wait() == code
    assert f'"afsluitcode": {code}' in log.read_text(encoding="utf-8").splitlines()[-1]
