"""integratie-eval worklist: the people who need something."""

from __future__ import annotations

from typing import Annotated

import typer

from integratie_eval.cli.answers import AsJson, Format, OutputFile, Overwrite, destination, give
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import Paths
from integratie_eval.cli.reading import Reading, open_questions, reads_exports
from integratie_eval.cli.screen import exit_when_left_out, say
from integratie_eval.cli.suggestions import worklists_like

EXAMPLE = "integratie-eval worklist exports/ --soort zonder-gesprek -o werklijst.xlsx"


@app.command(cls=Command, help=f"Maak een lijst van mensen voor wie iets moet gebeuren. Voorbeeld: {EXAMPLE}")
@reads_exports
def worklist(
    paths: Paths,
    reading: Reading,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--soort",
            metavar="LIJST",
            help="Bijvoorbeeld zonder-gesprek, zonder-traject, trede-verouderd of zonder-taalmaatje; mag vaker. "
            "Zonder deze optie: alle lijsten.",
            autocompletion=worklists_like,
        ),
    ] = None,
    klantmanager: Annotated[
        str | None,
        typer.Option("--klantmanager", metavar="NAAM", help="Alleen de mensen van deze klantmanager."),
    ] = None,
    form: Format = None,
    as_json: AsJson = False,
    output: OutputFile = None,
    overwrite: Overwrite = False,
) -> None:
    """Show or write everyone on the lists."""
    from integratie_eval.undelivered import in_words
    from integratie_eval.worklist import chosen_worklists, left_out, people_on

    to = destination(form, as_json, output, overwrite, paths)
    questions = open_questions(paths, reading)
    chosen = [kind.strip() for given in kinds or [] for kind in given.split(",")]
    lists = chosen_worklists(chosen, questions.exports.delivered.columns)
    give(people_on(questions, lists, klantmanager), to)
    if not kinds:
        for name, needs in left_out(questions.exports.delivered.columns).items():
            say(f"LET OP: de lijst {name} is niet gemaakt: {in_words(needs)}.", err=True)
    exit_when_left_out(questions.exports)
