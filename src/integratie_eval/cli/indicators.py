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
    from integratie_eval.definitions import load_definitions
    from integratie_eval.settings import load_settings

    definitions = load_definitions()
    facts = [
        {"id": i.id, "titel": i.title, "definitie": i.definition, "noemer": i.base, "bron": i.source}
        for i in (*definitions.indicators, *load_settings(settings_file).indicators)
    ]
    facts += [
        {"id": r.id, "titel": r.title, "definitie": r.definition, "noemer": None, "bron": r.source}
        for r in definitions.ratios
    ]
    if as_json:
        say_json(facts)
        return
    width = max(len(fact["id"] or "") for fact in facts)
    for fact in facts:
        say(f"{fact['id']:<{width}}  {fact['titel']}")
        say(f"{'':<{width}}  {fact['definitie']}")
