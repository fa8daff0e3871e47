"""integratie-eval query: questions in SQL over the tables of the report."""

from __future__ import annotations

import glob
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from integratie_eval.cli.answers import AsJson, Format, OutputFile, Overwrite, destination, give, tell_undelivered
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import not_both
from integratie_eval.cli.reading import Reading, open_questions, reads_exports
from integratie_eval.cli.screen import exit_when_left_out, tell_left_out
from integratie_eval.cli.stopping import stoppable
from integratie_eval.errors import UsageError, reason_of

_EXAMPLE = 'integratie-eval query exports/ "SELECT cohort, count(*) AS personen FROM personen GROUP BY cohort"'


@app.command(cls=Command, help=f"Stel een vraag in SQL aan de tabellen van het rapport. Voorbeeld: {_EXAMPLE}")
@reads_exports
def query(
    given: Annotated[
        list[str],
        typer.Argument(metavar="PAD... [SQL]", help="Exports, en daarachter de vraag; - leest de vraag van stdin."),
    ],
    reading: Reading,
    sql_file: Annotated[
        Path | None, typer.Option("--sql", metavar="BESTAND", help="Bestand met de vraag; - is stdin.")
    ] = None,
    form: Format = None,
    as_json: AsJson = False,
    output: OutputFile = None,
    overwrite: Overwrite = False,
) -> None:
    """Answer one question, or open a prompt when there is none."""
    paths, sql = _split(given)
    if sql_file:
        not_both("--sql", "een vraag achter het pad", sql is not None)
        sql = _text_of(sql_file)
    if sql is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = f"Bedoelt u --sql {given[-1]}? " if given[-1].lower().endswith(".sql") else ""
        raise UsageError("Er is geen vraag.", f"{hint}Zet de SQL achter het pad. Voorbeeld: {_EXAMPLE}")
    if sql is None and (output or form or as_json):
        raise UsageError("Er is geen vraag, en dus geen antwoord om te bewaren.", "Zet de SQL achter het pad.")
    to = destination(form, as_json, output, overwrite, paths)
    questions = open_questions(paths, reading)
    if sql is None:
        from integratie_eval.cli.prompt import talk

        tell_left_out(questions.exports)
        talk(questions)
    else:
        with stoppable():
            give(questions.ask(sql), to)
            tell_undelivered(questions, sql)
    exit_when_left_out(questions.exports)


def _split(given: list[str]) -> tuple[list[str], str | None]:
    """The paths, and the SQL that stands behind them. Words that name no file and have a space between them are SQL."""
    *paths, last = given
    if paths and last == "-":
        return paths, sys.stdin.read()
    if paths and re.search(r"\S\s+\S|;", last) and not _names_a_file(last):
        return paths, last
    return given, None


def _names_a_file(text: str) -> bool:
    """Also for a text that is too long to be a name."""
    return bool(glob.glob(glob.escape(text)) or glob.glob(text))


def _text_of(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} is niet te lezen ({reason_of(error)}).", "Controleer de naam.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is geen tekst in UTF-8.", "Sla het bestand op als UTF-8.") from None
