"""integratie-eval report: from exports to the report."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.logbook import Logbook
from integratie_eval.cli.options import Log, OwnTemplates, Paths, Quiet, Strict, Verbose, own_templates
from integratie_eval.cli.reading import Reading, evaluate, reads_exports
from integratie_eval.cli.screen import Json, exit_on_findings, report_facts, say, say_json, show_summary
from integratie_eval.cli.stopping import stoppable
from integratie_eval.cli.suggestions import report_formats_like
from integratie_eval.errors import UsageError

if TYPE_CHECKING:
    from integratie_eval.manifest import Options


@app.command(cls=Command, help="Maak het rapport. Voorbeeld: integratie-eval report exports/ -o uitvoer")
@reads_exports
def report(
    paths: Paths,
    reading: Reading,
    output: Annotated[Path, typer.Option("-o", "--map", metavar="MAP", help="Map voor het rapport.")] = Path("uitvoer"),
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="LIJST",
            help="Een of meer van md, html, pdf, docx, xlsx, json, csv, of alles.",
            autocompletion=report_formats_like,
        ),
    ] = "md,html,json,csv",
    templates: OwnTemplates = None,
    strict: Strict = False,
    if_changed: Annotated[
        bool, typer.Option("--als-gewijzigd", help="Doe niets als alles nog hetzelfde is als bij de vorige run.")
    ] = False,
    wait: Annotated[
        float, typer.Option("--wacht", metavar="N", min=0, help="Wacht hoogstens N seconden op een andere run.")
    ] = 0,
    quiet: Quiet = False,
    verbose: Verbose = False,
    log: Log = None,
    as_json: Json = False,
) -> None:
    """Read, check, measure and write the report."""
    from integratie_eval.lock import locked
    from integratie_eval.manifest import options_given
    from integratie_eval.swap import restore

    if math.isnan(wait):
        raise UsageError("De waarde bij --wacht kan niet.", "Geef een aantal seconden, bijvoorbeeld --wacht 600.")
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in formats.split(",") if part.strip()))
    reading = reading.but(**own_templates(templates))
    options = options_given(format=chosen, **reading.choices)
    with Logbook("report", verbose, log) as book, stoppable():
        with locked(output, wait):
            restore(output)
            if if_changed and _is_current(output, paths, reading.settings_file, options):
                book.tell(ongewijzigd=True)
                if as_json:
                    say_json({"map": str(output.resolve()), "ongewijzigd": True})
                else:
                    _say(f"Niets veranderd: het rapport in {output.resolve()} is nog goed.", quiet)
                return

            from integratie_eval.render import formats_named, write_report
            from integratie_eval.report import report_of

            wanted = formats_named(chosen)
            evaluation = evaluate(paths, reading, book.step, silent=quiet or verbose)
            book.tell_result(evaluation)
            book.step("schrijven")
            files = write_report(report_of(evaluation), output, wanted, options)
        if as_json:
            say_json(report_facts(evaluation, files))
        elif not quiet:
            show_summary(evaluation, files)
        exit_on_findings(evaluation, strict, say_why=quiet or as_json)


def _is_current(output: Path, paths: list[str], settings_file: Path | None, options: Options) -> bool:
    from integratie_eval.manifest import is_current
    from integratie_eval.read.sources import find_files, find_settings, names_of, open_elsewhere

    files = find_files(paths)
    inputs = dict(zip(names_of(files), files, strict=True))
    return is_current(output, inputs, settings_file or find_settings(paths), options, open_elsewhere(files))


def _say(message: str, quiet: bool) -> None:
    if not quiet:
        say(message)
