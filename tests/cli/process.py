"""The real command in a process of its own: exit code, stdout, stderr and the files it left."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

GOOD = (
    "clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering\n"
    "1;A;2015-01-01;2016-01-01\n2;B;2010-01-01;2016-01-01\n"
)


@dataclass(frozen=True)
class Done:
    """What a finished process left behind."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path, cwd: Path | None = None, python: tuple[str, ...] = ("-m", "integratie_eval")) -> Done:
    """Run the command as a user does; messages in UTF-8 whatever the machine."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1", "COLUMNS": "200"}
    environment.pop("INTEGRATIE_EVAL_SLEUTEL", None)
    command = [sys.executable, *python, *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=cwd, check=False
    )
    assert "Traceback" not in done.stderr + done.stdout
    return Done(done.returncode, done.stdout, done.stderr)


def exports(folder: Path, **files: str) -> Path:
    """A folder with one good delivery of 2019-Q4, and other files of the same quarter: name → text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"clienten": GOOD, **files}.items():
        (folder / f"2019-Q4 {name}.csv").write_text(text, encoding="utf-8")
    return folder


def names(folder: Path) -> set[str]:
    """The names in a folder, hidden ones too."""
    return {path.name for path in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    """The files in a folder, hidden ones too; a folder in it has no content."""
    return {path.name: path.read_bytes() if path.is_file() else b"" for path in folder.iterdir()}


def shown(out: str, rule: str, place: str) -> bool:
    """The output of check tells of this rule, with this place among its places and with a remedy."""
    lines = out.splitlines()
    for number, line in enumerate(lines):
        if re.match(rf"[A-Z]+ {rule}[: ]", line) and lines[number + 2].startswith("  oplossing: "):
            return place in lines[number + 1].removeprefix("  waar: ").split("; ")
    return False
