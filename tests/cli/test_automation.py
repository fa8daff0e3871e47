"""The examples of docs/automatiseren.md work: they are taken from the page and run in a sandbox folder."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import exports, run

PAGE = (Path(__file__).parents[2] / "docs" / "automatiseren.md").read_text(encoding="utf-8")
PROGRAM = "/opt/integratie/bin/integratie-eval"
posix = pytest.mark.skipif(os.name != "posix", reason="a shell of Linux or macOS")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def unit(name: str) -> str:
    return next(text for text in examples("ini") if text.startswith(f"# {name}\n"))


def parsed(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit(name))
    return parser


def program(folder: Path) -> Path:
    """The command as an installed program."""
    path = folder / "integratie-eval"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m integratie_eval "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def sandboxed(command: str, folder: Path) -> str:
    """A command of the page, with its places in this folder."""
    for place, own in {
        PROGRAM: str(program(folder)),
        "/srv/integratie": str(folder),
        "/var/log/integratie": str(folder),
    }.items():
        assert place in command
        command = command.replace(place, own)
    return command


def run_as_cron(command: str) -> tuple[int, str]:
    done = subprocess.run(
        ["/bin/sh", "-c", command], env={"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}, cwd="/",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def works(command: str, folder: Path) -> None:
    """The command makes the report without a word, does nothing the second time, and keeps a log."""
    exports(folder / "exports")
    for _ in range(2):
        assert run_as_cron(sandboxed(command, folder)) == (0, "")
    assert run("verify", folder / "rapport").code == 0
    log = [json.loads(line) for line in (folder / "integratie.jsonl").read_text(encoding="utf-8").splitlines()]
    ends = [line for line in log if line["stap"] == "einde"]
    assert [(end["afsluitcode"], end.get("ongewijzigd", False)) for end in ends] == [(0, False), (0, True)]


@posix
def test_the_line_of_crontab(tmp_path: Path) -> None:
    (line,) = examples("crontab")
    *moment, command = line.rstrip("\n").split(" ", 5)
    assert [re.fullmatch(r"\*|\d+(-\d+)?", part) is not None for part in moment] == [True] * 5
    assert "%" not in command and "\n" not in command  # cron makes a new line of a percent sign
    works(command, tmp_path)


@posix
def test_the_command_of_the_systemd_service(tmp_path: Path) -> None:
    service = parsed("integratie-eval.service")["Service"]
    assert (service["Type"], service["SuccessExitStatus"]) == ("oneshot", "4")
    works(service["ExecStart"], tmp_path)


def test_the_timer_belongs_to_the_service() -> None:
    assert parsed("integratie-eval.timer").sections() == ["Unit", "Timer", "Install"]
    assert "systemctl enable --now integratie-eval.timer" in PAGE


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    service = unit("integratie-eval.service").replace("User=integratie", "User=root")
    (tmp_path / "integratie-eval.service").write_text(sandboxed(service, tmp_path), encoding="utf-8")
    (tmp_path / "integratie-eval.timer").write_text(unit("integratie-eval.timer"), encoding="utf-8")
    files = [str(tmp_path / f"integratie-eval.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if "integratie-eval" in line] == []


def test_the_command_of_the_task_scheduler_has_options_that_exist() -> None:
    (line,) = examples("bat")
    task = re.search(r'/TR "([^"]+)"', line)
    assert task
    assert len(task[1]) <= 261  # schtasks takes no more
    program, command, source, *options = task[1].split()
    assert (program.endswith("integratie-eval.exe"), command, source) == (True, "report", r"D:\integratie\exports")
    known = run("report", "--help").out
    assert all(option in known for option in options if option.startswith("-"))


def test_every_option_on_the_page_exists() -> None:
    known = run("report", "--help").out
    of_others = {"--now"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) - of_others
    assert {option for option in named if option not in known} == set()


@posix
@pytest.mark.parametrize(
    ("trajecten", "code", "said"),
    [
        ("clientnummer;soort;begin\n1;taal;2019-01-01\n", 0, ""),
        ("clientnummer;soort;begin\n9;taal;2019-01-01\n", 4, "Bekijk de bevindingen"),
        ("clientnummer;soort\n1;taal\n", 3, "Een export is niet bruikbaar"),
    ],
)
def test_the_script_with_exit_codes(tmp_path: Path, trajecten: str, code: int, said: str) -> None:
    script = next(text for text in examples("bash") if text.startswith("#!"))
    (tmp_path / "maak.sh").write_text(script, encoding="utf-8")
    program(tmp_path)
    source, target = exports(tmp_path / "in", trajecten=trajecten), tmp_path / "uit"
    command = f"PATH={shlex.quote(str(tmp_path))}:$PATH bash {tmp_path / 'maak.sh'} {source} {target}"
    done = run_as_cron(command)
    assert (done[0], said in done[1]) == (code, True)
    assert bool(done[1]) == bool(code)


def test_the_line_of_the_log_is_json() -> None:
    (line,) = examples("json")
    assert json.loads(line)["afsluitcode"] == 0
