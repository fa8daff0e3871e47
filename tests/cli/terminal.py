"""The real command on a terminal: what it shows, and what is typed at its prompts."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

SLOW_MACHINE = 60
_PROMPT = re.compile(rb"(integratie> |\.\.\.> |\[J/n\] |\[j/N\] |\(Enter: [\w ]+\) )$")


def after_progress(shown: str) -> str:
    """What stays on the screen when the line about the progress is wiped."""
    return shown[shown.rindex("\x1b[2K") + 4 :]


def on_terminal(*arguments: str | Path, typed: str = "", columns: int = 80, code: int = 0, **environment: str) -> str:
    """What a terminal shows; the typed lines go in when the prompt is there."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    variables = {**inherited, "TERM": "xterm", "PYTHONUTF8": "1", "COLUMNS": str(columns), **environment}
    command = [sys.executable, "-m", "integratie_eval", *map(str, arguments)]
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=variables, close_fds=True)
    os.close(follower)
    shown, lines, end = b"", typed.splitlines(keepends=True), time.monotonic() + SLOW_MACHINE
    while time.monotonic() < end:
        if not select.select([leader], [], [], 0.2)[0]:
            if process.poll() is not None:
                break
            continue
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        shown += piece
        if lines and _PROMPT.search(shown):
            os.write(leader, lines.pop(0).encode())
    os.close(leader)
    assert process.wait(SLOW_MACHINE) == code
    return shown.decode()
