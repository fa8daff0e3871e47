"""Options that several commands have, and the evaluation that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from integratie_eval.cli.progress import progress_shown

if TYPE_CHECKING:
    from integratie_eval.evaluation import Classified, Evaluation
    from integratie_eval.query import Questions
    from integratie_eval.settings import Settings

Paths = Annotated[
    list[str], typer.Argument(metavar="PAD...", help="Bestand, map of patroon met exports.", show_default=False)
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "-c", "--instellingen", metavar="BESTAND", help="Instellingen; anders integratie.toml naast de exports."
    ),
]
Start = Annotated[
    str | None, typer.Option("--van", metavar="DATUM", help="Eerste dag van de periode, bijvoorbeeld 2017-06-01.")
]
End = Annotated[str | None, typer.Option("--tot", metavar="DATUM", help="Laatste dag van de periode.")]
Reference = Annotated[
    str | None, typer.Option("--peildatum", metavar="DATUM", help="Peildatum van exports die er zelf geen noemen.")
]
GoOn = Annotated[
    bool, typer.Option("--ga-door", help="Maak het rapport ook als een bestand niet te gebruiken is (code 4).")
]
Latest = Annotated[
    bool, typer.Option("--laatste", help="Spreken leveringen elkaar tegen, dan telt het nieuwste bestand.")
]
Sheets = Annotated[
    list[str] | None,
    typer.Option("--blad", metavar="NAAM", help="Werkblad dat telt als een bestand er meer heeft; mag vaker."),
]
EmptyAllowed = Annotated[bool, typer.Option("--leeg-toegestaan", help="Een export zonder regels is geen fout.")]
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


def evaluate(
    paths: list[str],
    settings_file: Path | None,
    options: Mapping[str, Any],
    on_step: Callable[[str], None] = lambda _: None,
    *,
    silent: bool = False,
) -> Evaluation:
    """Evaluate exports with the settings beside them (or those that are given) and the options of the command.

    A terminal shows how far it is, unless `silent`.
    """
    from integratie_eval.evaluation import evaluate

    with _told(on_step, silent=silent) as (step, file):
        return evaluate(paths, _settings(paths, settings_file, options), step, file)


def classified(
    paths: list[str],
    settings_file: Path | None,
    options: Mapping[str, Any],
    on_step: Callable[[str], None] = lambda _: None,
    *,
    silent: bool = False,
) -> Classified:
    """The tables and views of exports, told and with settings in the same way, without counting any figure."""
    from integratie_eval.evaluation import classified

    with _told(on_step, silent=silent) as (step, file):
        return classified(paths, _settings(paths, settings_file, options), step, file)


@contextmanager
def _told(
    on_step: Callable[[str], None], *, silent: bool
) -> Iterator[tuple[Callable[[str], None], Callable[[str, int, int], None]]]:
    """Who must be told of steps and files: the caller, and a terminal unless `silent`."""
    with progress_shown(silent=silent) as progress:

        def step(name: str) -> None:
            on_step(name)
            progress.step(name)

        yield step, progress.file


def open_questions(paths: list[str], settings_file: Path | None, options: Mapping[str, Any]) -> Questions:
    """The same tables and views, closed to everything but questions."""
    from integratie_eval.query import questions_to

    return questions_to(classified(paths, settings_file, options))


def _settings(paths: list[str], settings_file: Path | None, options: Mapping[str, Any]) -> Settings:
    from integratie_eval.read.sources import find_settings
    from integratie_eval.settings import load_settings

    return load_settings(settings_file or find_settings(paths)).but(**options)


def days(start: str | None, end: str | None, reference: str | None) -> dict[str, date | None]:
    """The settings that --van, --tot and --peildatum give. Raises UsageError for what is no date."""
    return {"start": day_of("--van", start), "end": day_of("--tot", end), "reference": day_of("--peildatum", reference)}


def reading(go_on: bool, latest: bool, sheets: list[str] | None, empty_allowed: bool) -> dict[str, Any]:
    """The settings that the options about reading give."""
    chosen = tuple(sheets or ())
    return {"go_on": go_on, "latest_wins": latest, "chosen_sheets": chosen, "empty_allowed": empty_allowed}


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
