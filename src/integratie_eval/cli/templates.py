"""integratie-eval templates export: our templates, to make your own from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integratie_eval.cli.answers import Overwrite
from integratie_eval.cli.app import Command, Group, app
from integratie_eval.cli.screen import Json, say_done

templates = typer.Typer(cls=Group, help="Eigen sjablonen voor de tekst van het rapport.", no_args_is_help=True)
app.add_typer(templates, name="templates")


@templates.callback()
def _group() -> None:
    """Without this, Typer would take the only command for the group itself."""


@templates.command(
    cls=Command,
    help="Zet de sjablonen van het rapport in een map. Voorbeeld: integratie-eval templates export sjablonen",
)
def export(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Map voor de sjablonen.", show_default=False)],
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Copy the templates."""
    from integratie_eval.export.templates import export_templates

    files = export_templates(folder, overwrite=overwrite)
    facts = {"map": str(folder.resolve()), "bestanden": [str(file) for file in files]}
    say_done(f"{len(files)} bestanden geschreven in {folder.resolve()}", facts, as_json=as_json)
