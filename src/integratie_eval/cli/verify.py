"""integratie-eval verify: is the report in a folder as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.screen import say
from integratie_eval.errors import ExitCode


@app.command(
    cls=Command,
    help="Controleer of een rapport nog is zoals het is geschreven. Voorbeeld: integratie-eval verify uitvoer",
)
def verify(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Map van een rapport.", show_default=False)],
) -> None:
    """Compare the files of a report with its manifest."""
    from integratie_eval.manifest import changed_outputs, read_manifest
    from integratie_eval.swap import is_halfway

    manifest = read_manifest(folder)
    changed = changed_outputs(folder, manifest)
    for name, what in changed.items():
        say(f"{name}: {what}")
    if is_halfway(folder):
        say("Een run is halverwege gestopt. De volgende run zet het vorige rapport terug.")
    if changed or is_halfway(folder):
        raise typer.Exit(ExitCode.FINDINGS)
    say(f"In orde: {len(manifest['uitvoer'])} bestanden in {folder.resolve()}")
