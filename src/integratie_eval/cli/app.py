"""The group of commands, with its help in Dutch."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from integratie_eval import __version__

_HELP_IN_DUTCH = {
    "Usage:": "Gebruik:",
    "Options:": "Opties:",
    "Commands:": "Commando's:",
    "Arguments:": "Argumenten:",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "COMMANDO ...",
    "Show this message and exit.": "Toon deze uitleg en stop.",
    "[default:": "[standaard:",
    "[required]": "[verplicht]",
}
_BRACED = re.compile(r"\{([A-Z][^{}]*)\}")
_RANGE = re.compile(r"(\d+)<=x<=(\d+)")
_LEAST = re.compile(r"; x>=\S+(?=\])")


def _dutch(text: str) -> str:
    for english, dutch in _HELP_IN_DUTCH.items():
        text = text.replace(english, dutch)
    return _BRACED.sub(r"\1", _RANGE.sub(r"\1 tot en met \2", _LEAST.sub("", text)))


class Group(TyperGroup):
    """The group of commands, with its help in Dutch."""

    def get_help(self, ctx: Any) -> str:
        """The help of Typer, with its fixed words in Dutch."""
        return _dutch(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in alphabetical order: in whichever order their modules were loaded."""
        return sorted(super().list_commands(ctx))


class Command(TyperCommand):
    """A command, with its help in Dutch."""

    def get_help(self, ctx: Any) -> str:
        """The help of Typer, with its fixed words in Dutch."""
        return _dutch(super().get_help(ctx))


app = typer.Typer(
    cls=Group,
    name="integratie-eval",
    help="Maakt uit kwartaalexports van de bijstand een evaluatie over statushouders en oudkomers.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Toon de versie en stop.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"integratie-eval {__version__}")
        raise typer.Exit
