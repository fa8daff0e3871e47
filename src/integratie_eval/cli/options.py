"""Options that several commands have, and what is said with them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

Paths = Annotated[
    list[str], typer.Argument(metavar="PAD...", help="Bestand, map of patroon met exports.", show_default=False)
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "-c", "--instellingen", metavar="BESTAND", help="Instellingen; anders integratie.toml naast de exports."
    ),
]
OwnTemplates = Annotated[
    Path | None,
    typer.Option("--sjablonen", metavar="MAP", help="Map met eigen sjablonen; zie integratie-eval templates export."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop met code 4 als er een fout of waarschuwing is gevonden.")]
Quiet = Annotated[bool, typer.Option("--stil", help="Toon niets als alles goed gaat.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Toon elke stap en hoe lang die duurt (op stderr).")]
Log = Annotated[
    Path | None,
    typer.Option("--log", metavar="BESTAND", help="Voeg per stap een regel JSON toe aan dit bestand."),
]


def not_both(first: str, second: str, both: bool) -> None:
    """Raises UsageError when two options are given that contradict each other."""
    from integratie_eval.errors import UsageError

    if both:
        raise UsageError(f"{first} en {second} kunnen niet samen.", "Laat een van de twee weg.")


def own_templates(folder: Path | None) -> dict[str, Any]:
    """The setting that --sjablonen gives. Raises UsageError for what is no folder."""
    from integratie_eval.errors import UsageError

    if folder is not None and not folder.is_dir():
        raise UsageError(f"De map {folder} bij --sjablonen bestaat niet.", "Controleer de naam.")
    return {"templates": folder}


def day_of(option: str, text: str | None) -> date | None:
    """The day behind an option. Raises UsageError for what is no date."""
    from integratie_eval.errors import UsageError
    from integratie_eval.settings_values import EARLIEST, LATEST, WRONG_YEAR

    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d"):
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if not EARLIEST <= day.year <= LATEST:
            raise UsageError(f"{text} bij {option}: {WRONG_YEAR}.", "Verbeter het jaar.")
        return day
    raise UsageError(f"{text} bij {option} is geen datum.", "Schrijf de datum als 2019-12-31 of 31-12-2019.")
