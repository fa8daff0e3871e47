"""integratie-eval completion: the Tab key of a shell completes commands, options and the names that they take."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from integratie_eval.cli.app import Command, app

PROGRAM = "integratie-eval"
_VARIABLE = "_INTEGRATIE_EVAL_COMPLETE"
"""By this variable of the environment a shell asks what is possible; Typer answers."""
_ASKED = {"COMP_WORDS", "_TYPER_COMPLETE_ARGS"}
"""What bash, or another shell, hands over with the question."""


class Shell(StrEnum):
    """The shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@app.command(
    cls=Command,
    help="Toon het script waarmee de Tab-toets namen aanvult. Voorbeeld: integratie-eval completion bash",
)
def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish of powershell.")],
) -> None:
    """Print the script for a shell."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # it is there, but not in __all__

    typer.echo(get_completion_script(prog_name=PROGRAM, complete_var=_VARIABLE, shell=shell.value))


def prepare_completion() -> None:
    """Let Typer answer the shell when that asks what is possible."""
    if _VARIABLE in os.environ and _ASKED & os.environ.keys():
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
