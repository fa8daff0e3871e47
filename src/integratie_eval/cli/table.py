"""integratie-eval table: a crosstab."""

from __future__ import annotations

from typing import Annotated

import typer

from integratie_eval.cli.answers import AsJson, Format, OutputFile, Overwrite, destination, give
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import Paths
from integratie_eval.cli.reading import Reading, open_questions, reads_exports
from integratie_eval.cli.screen import exit_when_left_out
from integratie_eval.cli.suggestions import counts_like, shares_like, views_like

EXAMPLE = "integratie-eval table exports/ --rijen trede --kolommen cohort --procent kolom"


@app.command(cls=Command, help=f"Maak een kruistabel met totalen. Voorbeeld: {EXAMPLE}")
@reads_exports
def table(
    paths: Paths,
    reading: Reading,
    rows: Annotated[str, typer.Option("--rijen", metavar="KOLOM", help="Kolom waarvan de waarden onder elkaar staan.")],
    columns: Annotated[
        str | None, typer.Option("--kolommen", metavar="KOLOM", help="Kolom waarvan de waarden naast elkaar staan.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--waar", metavar="VOORWAARDE", help="Alleen deze regels, zoals \"leerroute = 'B1'\".")
    ] = None,
    view: Annotated[
        str,
        typer.Option(
            "--uit", metavar="BRON", help="Bron: personen, partijen, verloop, ladder, ...", autocompletion=views_like
        ),
    ] = "personen",
    counts: Annotated[
        str | None,
        typer.Option(
            "--telt",
            metavar="WAT",
            help="personen of regels; anders personen waar dat kan.",
            autocompletion=counts_like,
        ),
    ] = None,
    share: Annotated[
        str | None,
        typer.Option(
            "--procent", metavar="VAN", help="Percentages van rij, kolom of totaal.", autocompletion=shares_like
        ),
    ] = None,
    form: Format = None,
    as_json: AsJson = False,
    output: OutputFile = None,
    overwrite: Overwrite = False,
) -> None:
    """Count one column against another."""
    from integratie_eval.crosstab import Crosstab, crosstab

    to = destination(form, as_json, output, overwrite, paths)
    questions = open_questions(paths, reading)
    give(crosstab(questions, Crosstab(view, rows, columns, where, counts, share)), to)
    exit_when_left_out(questions.exports)
