"""How commands give rows: a table on a terminal, csv in a pipe, or a private file."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from integratie_eval.cli.options import not_both
from integratie_eval.cli.screen import rows_told, say
from integratie_eval.cli.suggestions import answer_formats_like
from integratie_eval.errors import UsageError
from integratie_eval.text import listed

if TYPE_CHECKING:
    from integratie_eval.answer import Answer, Row
    from integratie_eval.query import Questions

TABLE = "tabel"
FORMATS = (TABLE, "csv", "csv-internationaal", "json", "md", "xlsx", "parquet")
_NO_ENDINGS = (TABLE, "csv-internationaal")
_NEED_A_FILE = ("xlsx", "parquet")
_MOST_SHOWN = 500
_NARROWEST_COLUMN = 12

Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="VORM",
        help="tabel, csv, csv-internationaal, json, md, xlsx of parquet. Zonder: tabel op het scherm, csv in een pijp.",
        autocompletion=answer_formats_like,
    ),
]  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help="Hetzelfde als --format json.")]
OutputFile = Annotated[
    Path | None,
    typer.Option("-o", "--uit-bestand", metavar="BESTAND", help="Schrijf naar een bestand dat alleen u kunt lezen."),
]
Overwrite = Annotated[bool, typer.Option("--overschrijf", help="Het bestand mag er al zijn.")]


@dataclass(frozen=True)
class Destination:
    """Where an answer goes, in which format."""

    form: str
    file: Path | None


def destination(
    form: str | None, as_json: bool, file: Path | None, overwrite: bool, inputs: Sequence[str]
) -> Destination:
    """Where the answer goes, by the options of the command. Raises UsageError before any work is done.

    `inputs`: the paths of the exports, which are never overwritten.
    """
    from integratie_eval.private import require_free

    chosen = form_of(form, as_json, file, FORMATS, TABLE if file is None and sys.stdout.isatty() else "csv")
    if chosen not in FORMATS:
        raise UsageError(f"De vorm {chosen} bestaat niet.", f"Kies uit {', '.join(FORMATS)}.")
    if file is None and chosen in _NEED_A_FILE:
        raise UsageError(f"De vorm {chosen} past niet op het scherm.", f"Geef een bestand: -o antwoord.{chosen}")
    if file and chosen == TABLE:
        raise UsageError("Een tabel is voor het scherm.", "Kies voor een bestand csv, json, md, xlsx of parquet.")
    if file:
        require_free(file, overwrite=overwrite, inputs=inputs)
    return Destination(chosen, file)


def form_of(form: str | None, as_json: bool, file: Path | None, forms: Collection[str], otherwise: str) -> str:
    """The form that the options ask for, else that of the name of the file, else `otherwise`. Raises UsageError."""
    not_both("--json", f"--format {form}", as_json and form not in (None, "json"))
    suffix = file.suffix.lstrip(".").lower() if file else ""
    asked = "json" if as_json else (form or "").split("-")[0]
    if file and asked and suffix in forms and suffix != asked:
        raise UsageError(
            f"De vorm {form or asked} past niet bij de naam {file}.", f"Laat de naam eindigen op .{asked}."
        )
    if suffix not in ("", "txt", *forms) and not (as_json or form):
        endings = listed((f".{name}" for name in forms if name not in _NO_ENDINGS), last="of")
        raise UsageError(f"Bij {file} is niet te zien welke vorm u wilt.", f"Laat de naam eindigen op {endings}.")
    return "json" if as_json else form or (suffix if suffix in forms else otherwise)


def give(answer: Answer, to: Destination) -> None:
    """Show or write the rows."""
    from integratie_eval.export import TEXT_FORMATS, write_answer

    if to.file:
        write_answer(answer, to.form, to.file)
        say_private(to.file)
    elif to.form == TABLE:
        show_table(answer)
    else:
        print_pieces(TEXT_FORMATS[to.form](answer))


def tell_undelivered(questions: Questions, sql: str) -> None:
    """Tell what an answer says nothing about: what was not delivered is not nought, and not no."""
    from integratie_eval.undelivered import in_words

    for name, needs in questions.undelivered(sql).items():
        say(f"LET OP: {name} zegt niets: {in_words(needs)}.", err=True)


def print_pieces(pieces: Iterable[str]) -> None:
    """Write text to stdout as it comes; stop quietly when nobody reads on (`| head`)."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say_private(file: Path) -> None:
    """Where the file is, and that it may hold persons."""
    say(f"Geschreven: {file.resolve()}. Er kunnen personen in staan; alleen u kunt het lezen.", err=True)


def show_table(answer: Answer) -> None:
    """A table as wide as the terminal; where the columns do not fit, every row is a small list."""
    from itertools import islice

    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    rows = list(islice(answer.rows, _MOST_SHOWN + 1))
    shown = rows[:_MOST_SHOWN]
    if _least_width(answer, shown) > console.width:
        _show_lists(answer, shown, console.width)
    else:
        console.print(_rich_table(answer, shown))
    if len(rows) > _MOST_SHOWN:
        say(f"Alleen de eerste {_MOST_SHOWN} regels. Met -o BESTAND krijgt u alles.", err=True)
    else:
        say(rows_told(len(rows)), err=True)


def _least_width(answer: Answer, rows: list[Row]) -> int:
    """What the columns need beside each other: long texts can be folded."""
    longest = [max(map(len, map(_cell, column))) for column in zip(answer.columns, *rows, strict=True)]
    return sum(min(length, _NARROWEST_COLUMN) + 2 for length in longest) - 2


def _rich_table(answer: Answer, rows: list[Row]) -> object:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, kind in zip(answer.columns, answer.types, strict=True):
        number = kind.startswith(("DECIMAL", "DOUBLE", "FLOAT")) or kind.endswith(("INT", "INTEGER"))
        table.add_column(Text(_cell(name)), justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    return table


def _show_lists(answer: Answer, rows: list[Row], width: int) -> None:
    from textwrap import wrap

    names = [_cell(name) for name in answer.columns]
    longest = max(map(len, names))
    room = max(width - longest - 2, _NARROWEST_COLUMN)
    for number, row in enumerate(rows, 1):
        say(f"-- regel {number}")
        for name, value in zip(names, row, strict=True):
            first, *rest = wrap(_cell(value), room) or [""]
            say(f"{name:<{longest}}  {first}".rstrip())
            for line in rest:
                say(f"{'':<{longest}}  {line}")


def _cell(value: object) -> str:
    from integratie_eval.export.cells import DUTCH, as_text

    return " ".join(as_text(value, DUTCH).split())
