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
IN_ZSH = r"""
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell "HOME={folder}; autoload -Uz compinit; compinit -u -D; source {script}"
zpty -w shell "show() {{ print -r -- \$BUFFER > {folder}/line; exit }}; zle -N show; bindkey '^X' show"
zpty -w -n shell $'integratie-eval explain uitstroom_we\t\C-x'
while [[ ! -s {folder}/line ]]; do zpty -r -t shell shown; sleep 0.05; done
cat {folder}/line
"""
"""The line as it stands after Tab goes to a file."""


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
        (["integratie-eval", "table", "exports", "--procent", "k"], ["kolom"]),
        (["integratie-eval", "table", "exports", "--telt", ""], ["personen", "regels"]),
        (["integratie-eval", "query", "exports", "--format", "csv"], ["csv", "csv-internationaal"]),
        (["integratie-eval", "report", "exports", "--format", "md,h"], ["md,html"]),
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
    assert done.err.startswith("FOUT: De waarde bij SHELL kan niet: kies uit bash, zsh, fish en powershell.")


@pytest.fixture
def program() -> Path:
    found = Path(sys.executable).with_name("integratie-eval")
    if not found.exists():
        pytest.skip("the command is not installed beside this Python")
    return found


def script_for(shell: str, folder: Path) -> Path:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = folder / "script"
    script.write_text(run("completion", shell).out, encoding="utf-8")
    return script


def answered(command: list[str], program: Path) -> str:
    """What a shell prints that finds the program on its path."""
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment).stdout


def test_bash_completes_with_the_script(tmp_path: Path, program: Path) -> None:
    script = script_for("bash", tmp_path)
    words = f"COMP_WORDS=({program} tem); COMP_CWORD=1"
    ask = f"source {script}; {words}; _integratie_eval_completion {program}; echo $COMPREPLY"
    assert answered(["bash", "-c", ask], program).split() == ["template"]


def test_fish_completes_with_the_script(tmp_path: Path, program: Path) -> None:
    script = script_for("fish", tmp_path)
    line = "integratie-eval worklist exports --soort zonder-taal"
    offered = answered(["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"], program)
    assert offered.split("\t") == ["zonder-taalmaatje", "Statushouder zonder taalmaatje\n"]


def test_zsh_completes_with_the_script(tmp_path: Path, program: Path) -> None:
    """A shell in a terminal of its own, in which Tab is pressed."""
    script = script_for("zsh", tmp_path)
    asking = tmp_path / "asking"
    asking.write_text(IN_ZSH.format(script=script, folder=tmp_path), encoding="utf-8")
    assert answered(["zsh", "-f", str(asking)], program).split() == ["integratie-eval", "explain", "uitstroom_werk"]
