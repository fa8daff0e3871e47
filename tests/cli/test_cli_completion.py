"""The Tab key: the script for a shell, and what is possible at a place of the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import run
from tests.package.test_imports import HEAVY

VARIABLE = "_INTEGRATIE_EVAL_COMPLETE"


def asked(*words: str) -> subprocess.CompletedProcess[str]:
    """What bash gets when the user presses Tab behind the last word; also which modules were imported."""
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "integratie_eval"],
        env={**os.environ, VARIABLE: "complete_bash", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["integratie-eval", "wor"], ["worklist"]),
        (["integratie-eval", "report", "--als"], ["--als-gewijzigd"]),
        (["integratie-eval", "explain", "uitstroom_we"], ["uitstroom_werk"]),
        (["integratie-eval", "worklist", "exports", "--soort", "zonder-t"],
         ["zonder-traject", "zonder-trede", "zonder-taalmaatje"]),
        (["integratie-eval", "table", "exports", "--uit", "verloop_"], ["verloop_partijen"]),
        (["integratie-eval", "completion", "z"], ["zsh"]),
        (["integratie-eval", "bestaatniet", "x"], []),
    ],
)  # fmt: skip
def test_what_tab_offers(words: list[str], offered: list[str]) -> None:
    assert asked(*words).stdout.split() == offered


def test_tab_loads_no_engine() -> None:
    imported = {
        line.rpartition("|")[2].strip() for line in asked("integratie-eval", "explain", "uit").stderr.splitlines()
    }
    assert "integratie_eval.cli" in imported
    assert imported & set(HEAVY) == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_for_a_shell_asks_this_program(shell: str) -> None:
    done = run("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert VARIABLE in done.out and "integratie-eval" in done.out


def test_a_shell_that_we_do_not_know() -> None:
    done = run("completion", "tcsh")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("FOUT: De waarde bij SHELL kan niet.")


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("integratie-eval")
    if not program.exists():
        pytest.skip("the command is not installed beside this Python")
    script = tmp_path / "script"
    script.write_text(run("completion", "bash").out, encoding="utf-8")
    words = f"COMP_WORDS=({program} tem); COMP_CWORD=1"
    ask = f"source {script}; {words}; _integratie_eval_completion {program}; echo $COMPREPLY"
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["template"]
