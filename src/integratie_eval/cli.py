"""The command line: the only place that prints, picks files or exits. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from integratie_eval import __version__
from integratie_eval.errors import ExitCode, OutputError, UserError

if TYPE_CHECKING:
    from integratie_eval.edition import Edition
    from integratie_eval.evaluation import Evaluation
    from integratie_eval.model import Finding, OutputFile, Place

_NOT_READ = "bestand_niet_gelezen"
_MOST_PLACES = 10
_HELP_IN_DUTCH = {
    "Usage:": "Gebruik:",
    "Options:": "Opties:",
    "Commands:": "Commando's:",
    "Arguments:": "Argumenten:",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "COMMANDO ...",
    "Show this message and exit.": "Toon deze uitleg en stop.",
    "[default:": "[standaard:",
    "{PAD...}": "PAD...",
    "{A} {B}": "A B",
    "[required]": "[verplicht]",
}


def _dutch(text: str) -> str:
    for english, dutch in _HELP_IN_DUTCH.items():
        text = text.replace(english, dutch)
    return text


class _Group(TyperGroup):
    """The group of commands, with its help in Dutch."""

    def get_help(self, ctx: Any) -> str:
        return _dutch(super().get_help(ctx))


class _Command(TyperCommand):
    """A command, with its help in Dutch."""

    def get_help(self, ctx: Any) -> str:
        return _dutch(super().get_help(ctx))


app = typer.Typer(
    cls=_Group,
    name="integratie-eval",
    help="Maakt uit kwartaalexports van de bijstand een evaluatie over statushouders en oudkomers.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

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
Strict = Annotated[bool, typer.Option("--strict", help="Stop met code 4 als er een fout of waarschuwing is gevonden.")]


@app.command(cls=_Command, help="Maak het rapport. Voorbeeld: integratie-eval report exports/ -o uitvoer")
def report(
    paths: Paths,
    settings_file: SettingsFile = None,
    output: Annotated[Path, typer.Option("-o", "--map", metavar="MAP", help="Map voor het rapport.")] = Path("uitvoer"),
    start: Start = None,
    end: End = None,
    reference: Reference = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIJST", help="Een of meer van md, html, json, csv.")
    ] = "md,html,json,csv",
    go_on: GoOn = False,
    latest: Latest = False,
    sheets: Sheets = None,
    empty_allowed: EmptyAllowed = False,
    strict: Strict = False,
) -> None:
    """Read, check, measure and write the report."""
    from integratie_eval.render import known_formats, write_report
    from integratie_eval.report import report_of

    chosen = known_formats(formats)
    reading = _reading(go_on, latest, sheets, empty_allowed)
    evaluation = _evaluate(paths, settings_file, reading | _days(start, end, reference))
    files = write_report(report_of(evaluation), output, chosen)
    _show_summary(evaluation, files)
    _exit_on_findings(evaluation, strict)


@app.command(
    cls=_Command, help="Lees en controleer de exports, zonder rapport. Voorbeeld: integratie-eval check exports/"
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
    reading = _reading(go_on, latest, sheets, empty_allowed)
    evaluation = _evaluate(paths, settings_file, reading | _days(start, end, reference))
    _show_sheets(evaluation)
    _show_rows(evaluation)
    _show_findings(evaluation)
    _exit_on_findings(evaluation, strict)


@app.command(
    cls=_Command, help="Maak een map met verzonnen exports. Voorbeeld: integratie-eval sample voorbeeld --clienten 100"
)
def sample(
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Map voor de exports.", show_default=False)],
    clients: Annotated[
        int, typer.Option("--clienten", metavar="N", min=20, max=500_000, help="Aantal mensen met bijstand.")
    ] = 293,
    quarters: Annotated[
        int, typer.Option("--kwartalen", metavar="N", min=1, max=24, help="Aantal kwartalen, tot en met 2019-Q4.")
    ] = 11,
    seed: Annotated[int, typer.Option("--zaad", metavar="N", help="Een ander getal geeft andere mensen.")] = 2019,
) -> None:
    """Write the synthetic exports."""
    from integratie_eval.errors import UsageError
    from integratie_eval.sample import write_sample

    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(
            f"De map {folder} is niet leeg.", "Kies een nieuwe map: verzonnen exports horen niet bij echte."
        )
    try:
        files = write_sample(folder, clients=clients, quarters=quarters, seed=seed)
    except OSError as error:
        raise OutputError(
            f"De map {folder} is niet te beschrijven ({error.strerror}).", "Kies een andere map."
        ) from None
    typer.echo(f"{len(files)} bestanden geschreven in {folder.resolve()}")


@app.command(
    cls=_Command,
    help="Vergelijk twee periodes, twee mappen of twee gemeenten. A en B zijn exports of de map van een klaar rapport. "
    "Voorbeeld: integratie-eval compare exports exports --tot-a 2018-12-31 --van-b 2019-01-01",
)
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="Exports, of de map van een rapport.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Waarmee A wordt vergeleken.", show_default=False)],
    settings_file: SettingsFile = None,
    start_a: Annotated[str | None, typer.Option("--van-a", metavar="DATUM", help="Eerste dag van A.")] = None,
    end_a: Annotated[str | None, typer.Option("--tot-a", metavar="DATUM", help="Laatste dag van A.")] = None,
    start_b: Annotated[str | None, typer.Option("--van-b", metavar="DATUM", help="Eerste dag van B.")] = None,
    end_b: Annotated[str | None, typer.Option("--tot-b", metavar="DATUM", help="Laatste dag van B.")] = None,
    everything: Annotated[bool, typer.Option("--alles", help="Toon elk cijfer, niet alleen de belangrijkste.")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="NAAM", help="tabel, csv, json of md.")] = "tabel",
    output: Annotated[
        Path | None, typer.Option("-o", "--bestand", metavar="BESTAND", help="Schrijf naar dit bestand.")
    ] = None,
) -> None:
    """Show the differences between two editions of the figures."""
    from integratie_eval.compare import compare as compare_rows
    from integratie_eval.edition import warnings_about
    from integratie_eval.render import comparison_format, put
    from integratie_eval.render.comparison import Compared

    render = comparison_format(format_)
    days_a = {"start": _day("--van-a", start_a), "end": _day("--tot-a", end_a)}
    days_b = {"start": _day("--van-b", start_b), "end": _day("--tot-b", end_b)}
    side_a, side_b = _edition(a, settings_file, days_a), _edition(b, settings_file, days_b)
    comparison = compare_rows(side_a.rows, side_b.rows)
    text = render(Compared(side_a, side_b, comparison, tuple(warnings_about(side_a, side_b)), everything))
    if output is None:
        typer.echo(text.removeprefix("\ufeff"), nl=False)
    else:
        put(output.parent, {output.name: text.encode("utf-8")})
        typer.echo(f"Geschreven: {output.resolve()}")


@app.command(cls=_Command, help="Toon alle cijfers die het rapport kan geven, met hun definitie.")
def indicators(settings_file: SettingsFile = None) -> None:
    """List the declared indicators."""
    from integratie_eval.definitions import load_definitions
    from integratie_eval.settings import load_settings

    declared = (*load_definitions().indicators, *load_settings(settings_file).indicators)
    width = max(len(indicator.id) for indicator in declared)
    for indicator in declared:
        typer.echo(f"{indicator.id:<{width}}  {indicator.title}")
        typer.echo(f"{'':<{width}}  {indicator.definition}")


def main() -> NoReturn:
    """Run the command line and exit with the code of design §6."""
    gc.set_threshold(100_000)  # one short run: collecting cycles costs time and brings nothing
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run a command line (default: that of the process) and give its exit code; messages go to stderr."""
    try:
        code = typer.main.get_command(app).main(arguments, standalone_mode=False, prog_name="integratie-eval")
        return int(code or 0)
    except UserError as error:
        return _complain(error.message, error.remedy, error.exit_code, getattr(error, "refusal", ""))
    except typer.Exit as error:
        return error.exit_code
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.format_message(), err=True)
            return ExitCode.WRONG_USE
        return _complain(_in_dutch(error), "Zie integratie-eval --help.", ExitCode.WRONG_USE)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001  the text of an unknown error may quote a cell: tell only where it happened
        return _complain(
            f"Er ging iets mis in integratie-eval zelf ({type(error).__name__}, {_where(error)}).",
            "Meld dit aan de makers; er is niets geschreven.",
            ExitCode.OUR_FAULT,
        )


def _complain(message: str, remedy: str, code: ExitCode, refusal: str = "") -> int:
    typer.echo(f"{' '.join(filter(None, ('FOUT', refusal)))}: {message}\n{remedy}", err=True)
    return code


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    place = "onbekende plaats"
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "integratie_eval" in file.parts:
            place = f"{file.name} regel {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _in_dutch(error: typer.TyperException) -> str:
    """The message of a wrong command line, in Dutch. Typer keeps its kinds of error private: they are told by name."""
    message = error.format_message()
    option = getattr(error, "option_name", None) or "een optie"
    match type(error).__name__:
        case "NoSuchOption":
            return f"De optie {option} bestaat niet."
        case "BadOptionUsage":
            return f"Achter {option} hoort een waarde."
        case "MissingParameter":
            return f"Er ontbreekt iets: {_parameter(error)}."
        case "BadParameter":
            return f"De waarde bij {_parameter(error)} kan niet."
    if "No such command" in message:
        return f"Het commando {message.split(chr(39))[1]} bestaat niet."
    return "Er staat te veel achter dit commando." if "extra argument" in message else message


def _parameter(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "een optie"
    return str(parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[-1])


def _evaluate(paths: list[str], settings_file: Path | None, options: Mapping[str, Any]) -> Evaluation:
    from integratie_eval.evaluation import evaluate
    from integratie_eval.read.sources import find_settings
    from integratie_eval.settings import load_settings

    settings = load_settings(settings_file or find_settings(paths)).but(**options)
    return evaluate(paths, settings)


def _edition(path: str, settings_file: Path | None, days: Mapping[str, date | None]) -> Edition:
    """The figures of a finished report, or of exports that are read now."""
    from integratie_eval.edition import edition_of, find_edition, read_edition
    from integratie_eval.errors import UsageError
    from integratie_eval.report import report_of

    finished = find_edition(Path(path))
    if finished is None:
        return edition_of(report_of(_evaluate([path], settings_file, days)), path)
    if any(days.values()):
        raise UsageError(
            f"{path} is een klaar rapport: de periode ervan ligt vast.", "Noem de exports, of laat --van en --tot weg."
        )
    return read_edition(finished, path)


def _days(start: str | None, end: str | None, reference: str | None) -> dict[str, date | None]:
    return {"start": _day("--van", start), "end": _day("--tot", end), "reference": _day("--peildatum", reference)}


def _reading(go_on: bool, latest: bool, sheets: list[str] | None, empty_allowed: bool) -> dict[str, Any]:
    chosen = tuple(sheets or ())
    return {"go_on": go_on, "latest_wins": latest, "chosen_sheets": chosen, "empty_allowed": empty_allowed}


def _day(option: str, text: str | None) -> date | None:
    from integratie_eval.errors import UsageError

    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise UsageError(f"{text} bij {option} is geen datum.", "Schrijf de datum als 2019-12-31 of 31-12-2019.")


def _show_summary(evaluation: Evaluation, files: tuple[OutputFile, ...]) -> None:
    """Where the report is, and the main figures in a short table."""
    shown = ("personen", "partijen", "uitstroom_werk", "parttime_werk", "studie", "vrijwilligerswerk",
             "voorbereiding_studie", "zorg_en_rust", "met_traject")  # fmt: skip
    titles = {indicator.id: indicator.title for indicator in evaluation.indicators}
    rows = []
    for name in shown:
        values = [evaluation.published.get(name, cohort) for cohort in ("statushouder", "oudkomer", "totaal")]
        if values[-1]:
            rows.append([titles[name], *(_cell(value) for value in values)])
    _table(["", "statushouders", "oudkomers", "totaal"], rows)
    _show_rows(evaluation)
    for finding in evaluation.findings:
        if finding.rule == _NOT_READ:
            typer.echo(f"Niet gelezen: {finding.place.file}")
    counts = _count_severities(evaluation)
    typer.echo(f"Bevindingen: {counts or 'geen'}")
    typer.echo(f"Geschreven in {files[0].path.parent.resolve()}: {', '.join(file.path.name for file in files)}")


def _cell(value: Any) -> str:
    from integratie_eval.render.dutch import shown

    return shown(value.count) if value else ""


def _show_rows(evaluation: Evaluation) -> None:
    seen = sum(row.seen for row in evaluation.rows)
    used = sum(row.used for row in evaluation.rows)
    typer.echo(f"Regels: {seen} gezien = {used} gebruikt + {seen - used} opzij gezet")
    for row in evaluation.rows:
        for reason, count in row.set_aside.items():
            typer.echo(f"  opzij: {count} in {_name(row.file, row.sheet)} ({reason})")


def _show_sheets(evaluation: Evaluation) -> None:
    """Which sheet was read as which table."""
    for sheet in evaluation.delivered.sheets:
        typer.echo(
            f"{_name(sheet.file, sheet.sheet)}: tabel {sheet.table}, peildatum {sheet.reference:%d-%m-%Y}, "
            f"koppen in rij {sheet.header_row}"
        )


def _show_findings(evaluation: Evaluation) -> None:
    """The findings by rule: what it is, where, and what to do."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in evaluation.findings:
        groups.setdefault((finding.rule, finding.message), []).append(finding)
    for alike in groups.values():
        first = alike[0]
        times = f" ({len(alike)} keer)" if len(alike) > 1 else ""
        typer.echo(f"{first.severity.value.upper()} {first.rule}{times}: {first.message}")
        places = [_place_name(finding.place) for finding in alike]
        rest = f" en nog {len(places) - _MOST_PLACES}" if len(places) > _MOST_PLACES else ""
        typer.echo(f"  waar: {'; '.join(places[:_MOST_PLACES])}{rest}")
        typer.echo(f"  oplossing: {first.remedy}")
    typer.echo(f"Bevindingen: {_count_severities(evaluation) or 'geen'}")


def _place_name(place: Place) -> str:
    return ", ".join(filter(None, (_name(place.file, place.sheet), _cell_name(place.column, place.row))))


def _name(file: str, sheet: str | None) -> str:
    return f"{file}, blad '{sheet}'" if sheet else file


def _cell_name(column: str | None, row: int | None) -> str:
    if row is None:
        return ""
    return f"cel {column}{row}" if column else f"rij {row}"


def _count_severities(evaluation: Evaluation) -> str:
    from integratie_eval.model import Severity

    plurals = {Severity.ERROR: "fouten", Severity.WARNING: "waarschuwingen", Severity.REMARK: "opmerkingen"}
    parts = []
    for severity, plural in plurals.items():
        count = sum(finding.severity is severity for finding in evaluation.findings)
        if count:
            parts.append(f"{count} {severity.value if count == 1 else plural}")
    return ", ".join(parts)


def _exit_on_findings(evaluation: Evaluation, strict: bool) -> None:
    from integratie_eval.model import Severity

    if any(finding.rule == _NOT_READ for finding in evaluation.findings):
        raise typer.Exit(ExitCode.FINDINGS)
    if strict and any(finding.severity is not Severity.REMARK for finding in evaluation.findings):
        raise typer.Exit(ExitCode.FINDINGS)


def _table(headings: list[str], rows: list[list[str]]) -> None:
    widths = [max(len(row[index]) for row in [headings, *rows]) for index in range(len(headings))]
    for row in [headings, *rows]:
        first, *rest = (
            cell.ljust(w) if not i else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        typer.echo("  ".join([first, *rest]).rstrip())


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Toon de versie en stop.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"integratie-eval {__version__}")
        raise typer.Exit
