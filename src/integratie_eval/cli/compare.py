"""integratie-eval compare: the figures of two periods, folders, reports or municipalities side by side."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from integratie_eval.cli.answers import TABLE, AsJson, Overwrite, form_of
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import day_of
from integratie_eval.cli.reading import Reading, evaluate, reads_exports
from integratie_eval.cli.screen import exit_when_left_out, say
from integratie_eval.errors import UsageError

if TYPE_CHECKING:
    from integratie_eval.edition import Edition
    from integratie_eval.evaluation import Evaluation


@app.command(
    cls=Command,
    help="Vergelijk twee periodes, twee mappen of twee gemeenten. A en B zijn exports of de map van een klaar rapport. "
    "Voorbeeld: integratie-eval compare exports exports --tot-a 2018-12-31 --van-b 2019-01-01",
)
@reads_exports
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="Exports, of de map van een rapport.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Waarmee A wordt vergeleken.", show_default=False)],
    reading: Reading,
    start_a: Annotated[str | None, typer.Option("--van-a", metavar="DATUM", help="Eerste dag van A.")] = None,
    end_a: Annotated[str | None, typer.Option("--tot-a", metavar="DATUM", help="Laatste dag van A.")] = None,
    start_b: Annotated[str | None, typer.Option("--van-b", metavar="DATUM", help="Eerste dag van B.")] = None,
    end_b: Annotated[str | None, typer.Option("--tot-b", metavar="DATUM", help="Laatste dag van B.")] = None,
    everything: Annotated[bool, typer.Option("--alles", help="Toon elk cijfer, niet alleen de belangrijkste.")] = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="NAAM", help="tabel, csv, json of md; anders bepaalt de naam bij -o de vorm."),
    ] = None,
    as_json: AsJson = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--bestand", metavar="BESTAND", help="Schrijf naar dit bestand.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Show the differences between two editions of the figures."""
    from integratie_eval.compare import compare as compare_rows
    from integratie_eval.edition import find_edition, warnings_about
    from integratie_eval.private import private_file, require_free
    from integratie_eval.render import comparison_format
    from integratie_eval.render.comparison import COMPARISON_FORMATS, Compared

    render = comparison_format(form_of(format_, as_json, output, COMPARISON_FORMATS, TABLE))
    if output is not None:
        require_free(output, overwrite=overwrite, inputs=[path for path in (a, b) if find_edition(Path(path)) is None])
    days_a = {"start": day_of("--van-a", start_a), "end": day_of("--tot-a", end_a)}
    days_b = {"start": day_of("--van-b", start_b), "end": day_of("--tot-b", end_b)}
    (side_a, read_a), (side_b, read_b) = _edition(a, reading, days_a), _edition(b, reading, days_b)
    comparison = compare_rows(side_a.rows, side_b.rows)
    width = get_terminal_size().columns if output is None and sys.stdout.isatty() else None
    text = render(Compared(side_a, side_b, comparison, tuple(warnings_about(side_a, side_b)), everything, width))
    if output is None:
        say(text.removeprefix("\ufeff"), nl=False)
    else:
        with private_file(output, make_folder=True) as draft:
            draft.write_bytes(text.encode("utf-8"))
        say(f"Geschreven: {output.resolve()}")
    exit_when_left_out(*(evaluation for evaluation in (read_a, read_b) if evaluation))


def _edition(path: str, reading: Reading, days: Mapping[str, date | None]) -> tuple[Edition, Evaluation | None]:
    """The figures of a finished report, or of exports that are read now: with what came of those."""
    from integratie_eval.edition import edition_of, find_edition, read_edition
    from integratie_eval.report import report_of

    reading = reading.but(**{name: day for name, day in days.items() if day})
    finished = find_edition(Path(path))
    if finished is None:
        _require_figures(Path(path))
        evaluation = evaluate([path], reading)
        return edition_of(report_of(evaluation), path), evaluation
    if reading.choices["start"] or reading.choices["end"]:
        raise UsageError(
            f"{path} is een klaar rapport: de periode ervan ligt vast.", "Noem de exports, of laat --van en --tot weg."
        )
    return read_edition(finished, path), None


def _require_figures(path: Path) -> None:
    """Raises UsageError for the folder of a report that holds no figures for programs."""
    from integratie_eval.manifest import MANIFEST

    if (path / MANIFEST).is_file():
        raise UsageError(f"{path} is een rapport zonder cijfers.json.", "Maak het opnieuw met ook --format json.")
