"""integratie-eval cache: what was read and kept for the next run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integratie_eval.cli.app import Command, Group, app
from integratie_eval.cli.options import SettingsFile
from integratie_eval.cli.screen import Json, say_done

cache = typer.Typer(cls=Group, help="Beheer de cache: wat van exports is gelezen en bewaard.", no_args_is_help=True)
app.add_typer(cache, name="cache")


@cache.command(cls=Command, help="Maak de cache leeg. Voorbeeld: integratie-eval cache clear exports/")
def clear(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PAD...]", help="Exports met integratie.toml ernaast.")
    ] = None,
    settings_file: SettingsFile = None,
    as_json: Json = False,
) -> None:
    """Remove what was kept in the folder of the settings."""
    from integratie_eval.errors import UsageError
    from integratie_eval.read.cache import clear_cache
    from integratie_eval.read.sources import find_settings
    from integratie_eval.settings import FILE_NAME, load_settings

    beside = [Path(path) / FILE_NAME for path in paths or ["."] if (Path(path) / FILE_NAME).is_file()]
    file = settings_file or (beside[0] if len(beside) == 1 else find_settings(paths or ["."]))
    folder = load_settings(file).cache
    if folder is None:
        raise UsageError(
            "Er is geen cache: de instellingen noemen geen map bij [cache].",
            "Geef de instellingen met -c, of de exports waar integratie.toml naast staat.",
        )
    removed = clear_cache(folder)
    sentence = f"{removed} {'bestand' if removed == 1 else 'bestanden'} gewist uit {folder.resolve()}"
    say_done(sentence, {"map": str(folder.resolve()), "gewist": removed}, as_json=as_json)
