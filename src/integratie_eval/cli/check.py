"""integratie-eval check: read and check, without a report."""

from __future__ import annotations

from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import (
    EmptyAllowed,
    End,
    GoOn,
    Latest,
    Paths,
    Reference,
    SettingsFile,
    Sheets,
    Start,
    Strict,
    days,
    evaluate,
    reading,
)  # fmt: skip
from integratie_eval.cli.screen import exit_on_findings, show_findings, show_rows, show_sheets


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
) -> None:
    """Read and check only; the findings go to stdout."""
    chosen_reading = reading(go_on, latest, sheets, empty_allowed)
    evaluation = evaluate(paths, settings_file, chosen_reading | days(start, end, reference))
    show_sheets(evaluation)
    show_rows(evaluation)
    show_findings(evaluation)
    exit_on_findings(evaluation, strict)
