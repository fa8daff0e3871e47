"""integratie-eval check: read and check, without a report."""

from __future__ import annotations

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.logbook import Logbook
from integratie_eval.cli.options import (
    EmptyAllowed,
    End,
    GoOn,
    Latest,
    Log,
    Paths,
    Quiet,
    Reference,
    SettingsFile,
    Sheets,
    Start,
    Strict,
    Verbose,
    days,
    evaluate,
    reading,
)  # fmt: skip
from integratie_eval.cli.screen import exit_on_findings, show_findings, show_rows, show_sheets
from integratie_eval.cli.stopping import stoppable


@app.command(
    cls=Command, help="Lees en controleer de exports, zonder rapport. Voorbeeld: integratie-eval check exports/"
)
def check(
    paths: Paths,
    settings_file: SettingsFile = None,
    start: Start = None,
    end: End = None,
    reference: Reference = None,
    go_on: GoOn = False,
    latest: Latest = False,
    sheets: Sheets = None,
    empty_allowed: EmptyAllowed = False,
    strict: Strict = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    log: Log = None,
) -> None:
    """Read and check only; the findings go to stdout."""
    settings = reading(go_on, latest, sheets, empty_allowed) | days(start, end, reference)
    with Logbook("check", verbose, log) as book, stoppable():
        evaluation = evaluate(paths, settings_file, settings, book.step)
        book.tell_result(evaluation)
        if not quiet:
            show_sheets(evaluation)
            show_rows(evaluation)
            show_findings(evaluation)
        exit_on_findings(evaluation, strict, say_why=quiet)
