"""integratie-eval template: an empty workbook to deliver in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integratie_eval.cli.answers import Overwrite
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.screen import Json, say_done

EXAMPLE = "integratie-eval template levering.xlsx"


@app.command(cls=Command, help=f"Maak een lege werkmap met alle kolommen en keuzelijsten. Voorbeeld: {EXAMPLE}")
def template(
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Naam van de werkmap, eindigend op .xlsx.")],
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Write the workbook."""
    from integratie_eval.definitions import load_definitions
    from integratie_eval.errors import UsageError
    from integratie_eval.private import private_file, require_free
    from integratie_eval.template import write_template

    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"{file} eindigt niet op .xlsx.", f"Voorbeeld: {EXAMPLE}")
    require_free(file, overwrite=overwrite)
    with private_file(file) as draft:
        write_template(draft, load_definitions())
    say_done(f"Geschreven: {file.resolve()}", {"bestand": str(file.resolve())}, as_json=as_json, err=True)
