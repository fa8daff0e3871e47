"""integratie-eval explain: where one figure comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from integratie_eval.cli.answers import Overwrite, say_private
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import Paths
from integratie_eval.cli.reading import Reading, classified, reads_exports
from integratie_eval.cli.screen import exit_when_left_out, say, say_json
from integratie_eval.cli.suggestions import figures_like

if TYPE_CHECKING:
    from integratie_eval.explain import Explanation
    from integratie_eval.model import Published

EXAMPLE = "integratie-eval explain uitstroom_werk exports/ --personen personen.csv"


@app.command(cls=Command, help=f"Leg uit waar een cijfer vandaan komt, en wie erachter staan. Voorbeeld: {EXAMPLE}")
@reads_exports
def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="CIJFER", help="Naam van het cijfer; zie integratie-eval indicators.", autocompletion=figures_like
        ),
    ],
    paths: Paths,
    reading: Reading,
    people: Annotated[
        Path | None,
        typer.Option("--personen", metavar="BESTAND", help="Schrijf de clientnummers achter het cijfer (csv of xlsx)."),
    ] = None,
    overwrite: Overwrite = False,
    as_json: Annotated[bool, typer.Option("--json", help="De uitleg als JSON.")] = False,
) -> None:
    """Show the definition, the SQL and the counts; write the client numbers when they are asked for."""
    from integratie_eval.cli.answers import destination
    from integratie_eval.explain import explain, people_behind
    from integratie_eval.export import write_answer
    from integratie_eval.query import questions_to

    to = destination(None, False, people, overwrite, paths) if people else None
    exports = classified(paths, reading)
    explanation = explain(exports, name)
    if to and to.file:
        write_answer(people_behind(questions_to(exports), explanation), to.form, to.file)
        say_private(to.file)
    if as_json:
        say_json(_facts(explanation))
    else:
        _show(explanation)
    exit_when_left_out(exports)


def _facts(explanation: Explanation) -> dict[str, Any]:
    from integratie_eval.render.figures import FIGURE_COLUMNS, json_cells

    indicator = explanation.indicator
    return {
        "id": indicator.id,
        "titel": indicator.title,
        "definitie": indicator.definition,
        "bron": indicator.source,
        "uit": indicator.view,
        "telt": indicator.counted,
        "voorwaarde": indicator.condition,
        "verdeeld_naar": indicator.dimension,
        "noemer": indicator.base,
        "nodig": list(indicator.needs),
        "niet_geleverd": list(explanation.lacking),
        "sql": explanation.sql,
        "cijfers": [dict(zip(FIGURE_COLUMNS, json_cells(row), strict=True)) for row in explanation.figures],
    }


def _show(explanation: Explanation) -> None:
    from integratie_eval.cli.screen import show_columns

    indicator = explanation.indicator
    base = explanation.base.title.lower() if explanation.base else "geen"
    lines = [
        f"{indicator.title} ({indicator.id})",
        indicator.definition,
        f"Bron: {indicator.source}",
        f"Telt: {indicator.counted} uit {indicator.view}",
        f"Voorwaarde: {indicator.condition}",
        f"Noemer: {base}",
        f"SQL:\n  {explanation.sql.replace(chr(10), chr(10) + '  ')}",
    ]
    say("\n".join(lines))
    if explanation.lacking:
        say(f"Niet gemeten, want niet geleverd: {', '.join(explanation.lacking)}")
        return
    if not explanation.figures:
        say("Er is niets te tellen: in de periode, of in de instellingen, staat niets van dit cijfer.")
        return
    of_period = [figure for figure in explanation.figures if figure.quarter is None]
    show_columns(["groep", "categorie", "aantal", "noemer", "percentage"], [_cells(figure) for figure in of_period])
    if len(of_period) < len(explanation.figures):
        say("Dit is de hele periode. Met --json ziet u ook elk kwartaal.")


def _cells(figure: Published) -> list[str]:
    from integratie_eval.render.dutch import percent, shown

    base = shown(figure.base) if figure.base else ""
    share = percent(figure.percentage) if figure.base else ""
    return [figure.cohort.value, figure.category or "", shown(figure.count), base, share]
