"""integratie-eval indicators: all figures that the report can give."""

from __future__ import annotations

import typer

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import SettingsFile


@app.command(cls=Command, help="Toon alle cijfers die het rapport kan geven, met hun definitie.")
def indicators(settings_file: SettingsFile = None) -> None:
    """List the declared indicators."""
    from integratie_eval.definitions import load_definitions
    from integratie_eval.settings import load_settings

    declared = (*load_definitions().indicators, *load_settings(settings_file).indicators)
    width = max(len(indicator.id) for indicator in declared)
    for indicator in declared:
        typer.echo(f"{indicator.id:<{width}}  {indicator.title}")
        typer.echo(f"{'':<{width}}  {indicator.definition}")
