"""How a command reads exports: the options that all such commands share, and what they ask of the evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from integratie_eval.cli.options import SettingsFile, day_of
from integratie_eval.cli.progress import progress_shown
from integratie_eval.cli.stopping import stoppable
from integratie_eval.read.process import Worker, start_worker, stop_worker

if TYPE_CHECKING:
    from integratie_eval.classified import Classified
    from integratie_eval.evaluation import Evaluation
    from integratie_eval.query import Questions
    from integratie_eval.settings import Settings


@dataclass(frozen=True)
class Reading:
    """What the options of a command say about reading exports."""

    settings_file: Path | None
    choices: Mapping[str, Any]
    """The settings that options give, by the names of `Settings.but`."""
    kept: list[object] | None = None
    """Where what was read is put, to outlive the command; None: nowhere."""

    def but(self, **choices: Any) -> Reading:
        """The same, with more settings chosen."""
        return replace(self, choices={**self.choices, **choices})

    def keep(self, exports: Classified) -> Classified:
        """What was read, kept if it must be."""
        if self.kept is not None:
            self.kept.append(exports)
        return exports

    def settings_of(self, paths: list[str]) -> Settings:
        """The settings beside the exports, or those of the option, with the choices of this command."""
        from integratie_eval.read.sources import find_settings
        from integratie_eval.settings import load_settings

        return load_settings(self.settings_file or find_settings(paths)).but(**self.choices)


def reads_exports(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options about reading exports; it gets what they say as its argument `reading`."""
    own, shared = signature(command, eval_str=True), signature(_reading, eval_str=True)
    together = [p for p in own.parameters.values() if p.name != "reading"] + list(shared.parameters.values())
    parameters = sorted(together, key=lambda parameter: parameter.default is not parameter.empty)

    @wraps(command)
    def with_options(**given: Any) -> None:
        said = {name: given.pop(name) for name in shared.parameters}
        command(reading=_reading(**said), **given)

    with_options.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_options


def _reading(
    context: typer.Context,
    settings_file: SettingsFile = None,
    start: Annotated[
        str | None, typer.Option("--van", metavar="DATUM", help="Eerste dag van de periode, bijvoorbeeld 2017-06-01.")
    ] = None,
    end: Annotated[str | None, typer.Option("--tot", metavar="DATUM", help="Laatste dag van de periode.")] = None,
    reference: Annotated[
        str | None, typer.Option("--peildatum", metavar="DATUM", help="Peildatum van exports die er zelf geen noemen.")
    ] = None,
    go_on: Annotated[
        bool, typer.Option("--ga-door", help="Ga ook door als een bestand niet te gebruiken is (code 4).")
    ] = False,
    latest: Annotated[
        bool, typer.Option("--laatste", help="Spreken leveringen elkaar tegen, dan telt het nieuwste bestand.")
    ] = False,
    sheets: Annotated[
        list[str] | None,
        typer.Option("--blad", metavar="NAAM", help="Werkblad dat telt als een bestand er meer heeft; mag vaker."),
    ] = None,
    empty_allowed: Annotated[
        bool, typer.Option("--leeg-toegestaan", help="Een export zonder regels is geen fout.")
    ] = False,
) -> Reading:
    days = {"start": day_of("--van", start), "end": day_of("--tot", end), "reference": day_of("--peildatum", reference)}
    choices = {
        "go_on": go_on,
        "latest_wins": latest,
        "chosen_sheets": tuple(sheets or ()),
        "empty_allowed": empty_allowed,
    }
    return Reading(settings_file, {**days, **choices}, context.obj)


def evaluate(
    paths: list[str],
    reading: Reading,
    on_step: Callable[[str], None] = lambda _: None,
    *,
    silent: bool = False,
) -> Evaluation:
    """Evaluate exports. A terminal shows how far it is, unless `silent`."""
    with stoppable(), _told(on_step, silent=silent) as (step, file), _worker_ahead() as worker:
        from integratie_eval.classified import classified
        from integratie_eval.evaluation import measured

        return measured(reading.keep(classified(paths, reading.settings_of(paths), step, file, worker)), step)


def classified(
    paths: list[str],
    reading: Reading,
    on_step: Callable[[str], None] = lambda _: None,
    *,
    silent: bool = False,
) -> Classified:
    """The tables and views of exports, told in the same way, without counting any figure."""
    with stoppable(), _told(on_step, silent=silent) as (step, file), _worker_ahead() as worker:
        from integratie_eval.classified import classified

        return reading.keep(classified(paths, reading.settings_of(paths), step, file, worker))


def open_questions(paths: list[str], reading: Reading) -> Questions:
    """The same tables and views, closed to everything but questions."""
    exports = classified(paths, reading)
    from integratie_eval.query import questions_to

    return questions_to(exports)


@contextmanager
def _worker_ahead() -> Iterator[Worker]:
    """The first process that opens files: it starts while we are imported and read the settings."""
    worker = start_worker()
    try:
        yield worker
    finally:
        stop_worker(worker)


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
