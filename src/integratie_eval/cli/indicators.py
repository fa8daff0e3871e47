"""integratie-eval indicators: all figures that the report can give."""

from __future__ import annotations

from typing import Annotated

import typer

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import SettingsFile
from integratie_eval.cli.screen import say, say_json


@app.command(cls=Command, help="Toon alle cijfers die het rapport kan geven, met hun definitie.")
def indicators(
    settings_file: SettingsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="De lijst als JSON.")] = False,
) -> None:
    """List the declared indicators."""
    from integratie_eval.definitions import Indicator, Ratio, load_definitions
    from integratie_eval.settings import load_settings

    definitions = load_definitions()
    declared: tuple[Indicator | Ratio, ...]
    declared = (*definitions.indicators, *load_settings(settings_file).indicators, *definitions.ratios)
    if as_json:
        facts = [
            {"id": i.id, "titel": i.title, "definitie": i.definition,
             "noemer": i.base if isinstance(i, Indicator) else None, "bron": i.source}
            for i in declared
        ]  # fmt: skip
        say_json(facts)
        return
    width = max(len(figure.id) for figure in declared)
    for figure in declared:
        say(f"{figure.id:<{width}}  {figure.title}")
        say(f"{'':<{width}}  {figure.definition}")
