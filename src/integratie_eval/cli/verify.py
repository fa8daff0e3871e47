"""integratie-eval verify: is the report in a folder as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.screen import Json, say, say_json
from integratie_eval.errors import ExitCode


@app.command(
    cls=Command,
    help="Controleer of een rapport nog is zoals het is geschreven. Voorbeeld: integratie-eval verify uitvoer",
)
def verify(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Map van een rapport.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Compare the files of a report with its manifest."""
    from integratie_eval.manifest import changed_outputs, read_manifest
    from integratie_eval.swap import is_halfway

    manifest = read_manifest(folder)
    changed, halfway, total = changed_outputs(folder, manifest), is_halfway(folder), len(manifest["uitvoer"])
    in_order = not changed and not halfway
    if as_json:
        say_json({"map": str(folder.resolve()), "in_orde": in_order, "bestanden": total, "veranderd": dict(changed),
                  "halverwege": halfway})  # fmt: skip
    else:
        _show(folder, changed, halfway, total)
    if not in_order:
        raise typer.Exit(ExitCode.FINDINGS)


def _show(folder: Path, changed: Mapping[str, str], halfway: bool, total: int) -> None:
    for name, what in changed.items():
        say(f"{name}: {what}")
    if halfway:
        say("Een run is halverwege gestopt. De volgende run zet het vorige rapport terug.")
    if not changed and not halfway:
        say(f"In orde: {total} bestanden in {folder.resolve()}")
