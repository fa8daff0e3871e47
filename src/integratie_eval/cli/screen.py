"""What a command shows on the screen: figures, rows, sheets and findings, never the value of a cell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from integratie_eval.errors import ExitCode
from integratie_eval.text import visible

if TYPE_CHECKING:
    from integratie_eval.classified import Classified
    from integratie_eval.evaluation import Evaluation
    from integratie_eval.model import Finding, OutputFile, Place

    Checked = Classified | Evaluation
    """Exports that were read and checked, with or without figures."""

Json = Annotated[bool, typer.Option("--json", help="De uitkomst als JSON.")]
NOT_READ = "bestand_niet_gelezen"
_MOST_PLACES = 10


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Show text on the screen, without anything that a terminal would obey."""
    typer.echo(visible(text), err=err, nl=nl)


def say_json(facts: object) -> None:
    """Show facts for a program."""
    import json
    import sys

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    say(json.dumps(facts, ensure_ascii=False, indent=1))


def say_done(sentence: str, facts: object, *, as_json: bool, err: bool = False) -> None:
    """What a command did: a sentence, or facts for a program."""
    if as_json:
        say_json(facts)
    else:
        say(sentence, err=err)


def report_facts(evaluation: Evaluation, files: tuple[OutputFile, ...]) -> dict[str, Any]:
    """What the summary of a report tells, for a program."""
    period = evaluation.period
    return {
        "map": str(files[0].path.parent.resolve()),
        "ongewijzigd": False,
        "bestanden": [file.path.name for file in files],
        "van": period.start.isoformat(),
        "tot": period.end.isoformat(),
        "peildatum": period.reference.isoformat(),
        **counted(evaluation),
    }


def counted(exports: Checked) -> dict[str, Any]:
    """How many rows were seen and used, and how often each rule of the checks was broken."""
    return {
        "regels_gezien": sum(row.seen for row in exports.rows),
        "regels_gebruikt": sum(row.used for row in exports.rows),
        "bevindingen": dict(Counter(finding.rule for finding in exports.findings)),
    }


def show_summary(evaluation: Evaluation, files: tuple[OutputFile, ...]) -> None:
    """Where the report is, and the main figures in a short table."""
    shown = ("personen", "partijen", "uitstroom_werk", "parttime_werk", "studie", "vrijwilligerswerk",
             "voorbereiding_studie", "zorg_en_rust", "met_traject")  # fmt: skip
    titles = {indicator.id: indicator.title for indicator in evaluation.indicators}
    rows = []
    for name in shown:
        values = [evaluation.published.get(name, cohort) for cohort in ("statushouder", "oudkomer", "totaal")]
        if values[-1]:
            rows.append([titles[name], *(_cell(value) for value in values)])
    show_columns(["", "statushouders", "oudkomers", "totaal"], rows)
    show_rows(evaluation)
    for name in _left_out(evaluation):
        say(f"Niet gelezen: {name}")
    counts = _count_severities(evaluation)
    say(f"Bevindingen: {counts or 'geen'}")
    say(f"Geschreven in {files[0].path.parent.resolve()}: {', '.join(file.path.name for file in files)}")


def _cell(value: Any) -> str:
    from integratie_eval.render.dutch import shown

    return shown(value.count) if value else ""


def show_rows(exports: Checked) -> None:
    """The row account: how many rows were seen, used and set aside, and why."""
    seen = sum(row.seen for row in exports.rows)
    used = sum(row.used for row in exports.rows)
    say(f"Regels: {seen} gezien = {used} gebruikt + {seen - used} opzij gezet")
    for row in exports.rows:
        for reason, count in row.set_aside.items():
            say(f"  opzij: {count} in {_name(row.file, row.sheet)} ({reason})")


def show_sheets(exports: Checked) -> None:
    """Which sheet was read as which table."""
    for sheet in exports.delivered.sheets:
        say(
            f"{_name(sheet.file, sheet.sheet)}: tabel {sheet.table}, peildatum {sheet.reference:%d-%m-%Y}, "
            f"koppen in rij {sheet.header_row}"
        )


def show_findings(exports: Checked) -> None:
    """The findings by rule: what it is, where, and what to do."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in exports.findings:
        groups.setdefault((finding.rule, finding.message), []).append(finding)
    for alike in groups.values():
        first = alike[0]
        times = f" ({len(alike)} keer)" if len(alike) > 1 else ""
        say(f"{first.severity.value.upper()} {first.rule}{times}: {first.message}")
        places = [_place_name(finding.place) for finding in alike]
        rest = f" en nog {len(places) - _MOST_PLACES}" if len(places) > _MOST_PLACES else ""
        say(f"  waar: {'; '.join(places[:_MOST_PLACES])}{rest}")
        say(f"  oplossing: {first.remedy}")
    say(f"Bevindingen: {_count_severities(exports) or 'geen'}")


def _place_name(place: Place) -> str:
    return ", ".join(filter(None, (_name(place.file, place.sheet), _cell_name(place.column, place.row))))


def _name(file: str, sheet: str | None) -> str:
    return f"{file}, blad '{sheet}'" if sheet else file


def _cell_name(column: str | None, row: int | None) -> str:
    if row is None:
        return ""
    return f"cel {column}{row}" if column else f"rij {row}"


def _count_severities(exports: Checked) -> str:
    from integratie_eval.model import Severity

    plurals = {Severity.ERROR: "fouten", Severity.WARNING: "waarschuwingen", Severity.REMARK: "opmerkingen"}
    parts = []
    for severity, plural in plurals.items():
        count = sum(finding.severity is severity for finding in exports.findings)
        if count:
            parts.append(f"{count} {severity.value if count == 1 else plural}")
    return ", ".join(parts)


def exit_on_findings(exports: Checked, strict: bool, *, say_why: bool = False) -> None:
    """End with code 4 when a file was left out, or (with --strict) when there is an error or warning."""
    from integratie_eval.model import Severity

    left_out = _left_out(exports)
    if left_out or (strict and any(finding.severity is not Severity.REMARK for finding in exports.findings)):
        if say_why:
            say(f"LET OP: bevindingen: {_count_severities(exports)}.", err=True)
            if left_out:
                say(f"Niet gelezen: {', '.join(left_out)}.", err=True)
        raise typer.Exit(ExitCode.FINDINGS)


def _left_out(exports: Checked) -> list[str]:
    """The files that were not read, and without which the user chose to go on."""
    return [finding.place.file for finding in exports.delivered.findings if finding.rule == NOT_READ]


def tell_left_out(*several: Checked) -> bool:
    """Tell which files were left out, if any: the answer is not about them."""
    left_out = [name for exports in several for name in _left_out(exports)]
    if left_out:
        say(
            f"LET OP: niet gelezen: {', '.join(left_out)}. Het antwoord gaat alleen over de andere bestanden.", err=True
        )
    return bool(left_out)


def exit_when_left_out(*several: Checked) -> None:
    """End with code 4 when a file was left out."""
    if tell_left_out(*several):
        raise typer.Exit(ExitCode.FINDINGS)


def show_columns(headings: list[str], rows: list[list[str]]) -> None:
    """Text in columns: the first to the left, the others to the right."""
    widths = [max(len(row[index]) for row in [headings, *rows]) for index in range(len(headings))]
    for row in [headings, *rows]:
        first, *rest = (
            cell.ljust(w) if not i else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        say("  ".join([first, *rest]).rstrip())


def rows_told(count: int) -> str:
    """So many rows, in words."""
    return "1 regel" if count == 1 else f"{count} regels"
