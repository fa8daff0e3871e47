"""Cron gives a program almost nothing: no HOME, no terminal, no language, a short PATH (bad inputs F04)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import contents, exports, run

COMMAND = [sys.executable, "-m", "integratie_eval"]
posix = pytest.mark.skipif(os.name != "posix", reason="a shell of Linux or macOS")


def bare(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """The command with nothing but these variables, in /, without a terminal, and with files only for the owner."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=variables, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, umask=0o077, check=False,
    )  # fmt: skip


@posix
@pytest.mark.parametrize(
    "variables",
    [{"LANG": "C", "PATH": "/usr/bin:/bin"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "weg"}],
)
def test_the_same_bytes_in_any_surroundings(tmp_path: Path, variables: dict[str, str]) -> None:
    source = exports(tmp_path / "in", trajecten="clientnummer;soort;begin\n9;taal;2019-01-01\n")
    assert run("report", source, "-o", tmp_path / "gewoon").code == 0
    done = bare("report", source, "-o", tmp_path / "cron", **variables)
    assert (done.returncode, done.stderr) == (0, b"")
    assert contents(tmp_path / "cron") == contents(tmp_path / "gewoon")
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "cron").iterdir())
    check = bare("check", source, **variables)
    assert (check.returncode, check.stderr) == (0, b"")
    assert b"oplossing: " in check.stdout


@posix
@pytest.mark.parametrize("command", ["report {} -o {}/uit", "check {}", "indicators", "--help"])
def test_a_reader_that_stops_early(tmp_path: Path, command: str) -> None:
    source = exports(tmp_path / "in")
    line = f"{shutil.which(sys.executable)} -m integratie_eval {command.format(source, tmp_path)} | true"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, cwd=tmp_path, check=False, env={}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    if command.startswith("report"):
        assert run("verify", tmp_path / "uit").code == 0


@posix
@pytest.mark.parametrize(
    "command",
    [["report", "in", "-o", "uit"], ["check", "in"], ["query", "in", "FROM personen"], ["indicators"], ["--help"]],
)
def test_output_to_a_full_disk(tmp_path: Path, command: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    exports(tmp_path / "in")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *command], stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False
        )
    assert done.returncode == 6
    assert done.stderr.startswith("FOUT: De uitvoer is niet te schrijven: de schijf is vol.\n")
    assert len(done.stderr.splitlines()) == 2


@posix
def test_no_output_at_all(tmp_path: Path) -> None:
    source = exports(tmp_path / "in")
    line = f"{sys.executable} -m integratie_eval report {source} -o {tmp_path / 'uit'} <&- >&- 2>&-"
    assert subprocess.run(["bash", "-c", line], check=False, cwd=tmp_path).returncode == 0
    assert run("verify", tmp_path / "uit").code == 0
