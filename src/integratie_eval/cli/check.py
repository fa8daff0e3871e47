"""integratie-eval check: read and check, without a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from integratie_eval.cli.answers import Overwrite
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.logbook import Logbook
from integratie_eval.cli.options import Log, Paths, Quiet, Strict, Verbose
from integratie_eval.cli.reading import Reading, classified, reads_exports
from integratie_eval.cli.screen import Json, exit_on_findings, say, say_json, show_findings, show_rows, show_sheets
from integratie_eval.cli.stopping import stoppable

if TYPE_CHECKING:
    from integratie_eval.classified import Classified


@app.command(
    cls=Command, help="Lees en controleer de exports, zonder rapport. Voorbeeld: integratie-eval check exports/"
)
@reads_exports
def check(
    paths: Paths,
    reading: Reading,
    strict: Strict = False,
    marked: Annotated[
        Path | None,
        typer.Option(
            "--gemarkeerd", metavar="BESTAND", help="Kopie van de werkmap met gekleurde cellen en de oplossing erbij."
        ),
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    log: Log = None,
) -> None:
    """Read and check only; the findings go to stdout."""
    workbook = _workbook(paths, marked, overwrite) if marked else None
    with Logbook("check", verbose, log) as book, stoppable():
        exports = classified(paths, reading, book.step, silent=quiet or verbose)
        exports.require_conditions()
        book.tell_result(exports)
        if as_json:
            say_json(_facts(exports))
        elif not quiet:
            show_sheets(exports)
            show_rows(exports)
            show_findings(exports)
        if workbook and marked:
            _mark(exports, workbook, marked)
        exit_on_findings(exports, strict, say_why=quiet or as_json)


def _workbook(paths: list[str], marked: Path, overwrite: bool) -> Path:
    from integratie_eval.marked import require_workbook
    from integratie_eval.private import require_free
    from integratie_eval.read.sources import find_files

    workbook = require_workbook(find_files(paths), marked)
    require_free(marked, overwrite=overwrite, inputs=paths)
    return workbook


def _mark(exports: Classified, workbook: Path, marked: Path) -> None:
    from integratie_eval.marked import write_marked_copy

    count = write_marked_copy(workbook, exports.findings, marked)
    cells = "1 cel" if count == 1 else f"{count} cellen"
    say(f"Geschreven: {marked.resolve()}, {cells} gemarkeerd. Er staan personen in; alleen u kunt het lezen.", err=True)


def _facts(exports: Classified) -> dict[str, Any]:
    return {
        "bladen": [
            {"bestand": s.file, "blad": s.sheet, "tabel": s.table, "peildatum": s.reference.isoformat(),
             "rij_met_koppen": s.header_row} for s in exports.delivered.sheets
        ],
        "regels": [
            {"bestand": r.file, "blad": r.sheet, "gezien": r.seen, "gebruikt": r.used, "opzij": dict(r.set_aside)}
            for r in exports.rows
        ],
        "bevindingen": [
            {"regel": f.rule, "ernst": f.severity.value, "bestand": f.place.file, "blad": f.place.sheet,
             "rij": f.place.row, "kolom": f.place.column, "melding": f.message, "oplossing": f.remedy}
            for f in exports.findings
        ],
    }  # fmt: skip
