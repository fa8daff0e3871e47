"""integratie-eval sample: invented exports to practise with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.screen import Json, say_done
from integratie_eval.errors import folder_unwritable


@app.command(
    cls=Command, help="Maak een map met verzonnen exports. Voorbeeld: integratie-eval sample voorbeeld --clienten 100"
)
def sample(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Map voor de exports.", show_default=False)],
    clients: Annotated[
        int, typer.Option("--clienten", metavar="N", min=20, max=500_000, help="Aantal mensen met bijstand.")
    ] = 293,
    quarters: Annotated[
        int, typer.Option("--kwartalen", metavar="N", min=1, max=24, help="Aantal kwartalen, tot en met 2019-Q4.")
    ] = 11,
    seed: Annotated[int, typer.Option("--zaad", metavar="N", help="Een ander getal geeft andere mensen.")] = 2019,
    as_json: Json = False,
) -> None:
    """Write the synthetic exports."""
    from integratie_eval.errors import UsageError
    from integratie_eval.sample import write_sample

    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(
            f"De map {folder} is niet leeg.", "Kies een nieuwe map: verzonnen exports horen niet bij echte."
        )
    try:
        files = write_sample(folder, clients=clients, quarters=quarters, seed=seed)
    except OSError as error:
        raise folder_unwritable(folder, error) from None
    facts = {"map": str(folder.resolve()), "bestanden": [file.relative_to(folder).as_posix() for file in files]}
    say_done(f"{len(files)} bestanden geschreven in {folder.resolve()}", facts, as_json=as_json)
