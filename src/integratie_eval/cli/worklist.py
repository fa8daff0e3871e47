"""integratie-eval worklist: the people who need something."""

from __future__ import annotations

from typing import Annotated

import typer

from integratie_eval.cli.answers import AsJson, Format, OutputFile, Overwrite, destination, give
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import End, Paths, Reference, SettingsFile, Start, days, open_questions
from integratie_eval.cli.suggestions import worklists_like

EXAMPLE = "integratie-eval worklist exports/ --soort zonder-gesprek -o werklijst.xlsx"


@app.command(cls=Command, help=f"Maak een lijst van mensen voor wie iets moet gebeuren. Voorbeeld: {EXAMPLE}")
def worklist(
    paths: Paths,
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
    settings_file: SettingsFile = None,
    start: Start = None,
    end: End = None,
    reference: Reference = None,
) -> None:
    """Show or write everyone on the lists."""
    from integratie_eval.worklist import chosen_worklists, people_on

    to = destination(form, as_json, output, overwrite, paths)
    questions = open_questions(paths, settings_file, days(start, end, reference))
    lists = chosen_worklists(kinds or [], questions.exports.delivered.columns)
    give(people_on(questions, lists, klantmanager), to)
