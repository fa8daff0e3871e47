"""paths → tables `<table>_geleverd` in the database, every row with its place in the delivered files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions
from integratie_eval.errors import InputError
from integratie_eval.model import Delivered, Finding, Place, SheetRead
from integratie_eval.read.deliveries import reference_from_name
from integratie_eval.read.grids import Grid, OpenedFile, open_file
from integratie_eval.read.header import NEAR_ROWS, SEARCHED_ROWS, Header, NoHeader, recognise
from integratie_eval.read.identity import replace_bsn
from integratie_eval.read.load import ISO_DAY, Sheet, load_table
from integratie_eval.read.providers import Spellings
from integratie_eval.read.sources import names_of
from integratie_eval.read.store import count_filled_rows, first_rows, store_cells
from integratie_eval.settings import FILE_NAME, Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class _Recognised:
    """What the sheets of all files turned out to be."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]


def read(
    connection: DuckDBPyConnection, files: Sequence[OpenedFile], settings: Settings, definitions: Definitions
) -> Delivered:
    """Read all deliveries. Raises InputError when one of them cannot be used; then nothing is usable."""
    opened, findings = _without_twins(files, definitions)
    recognised = _recognise_all(connection, opened, settings, definitions)
    sheets = _in_order(recognised.sheets)
    _store_deliveries(connection, sheets)
    connection.execute(ISO_DAY)
    spellings = Spellings(settings.providers)
    for name, table in definitions.tables.items():
        of_table = [sheet for sheet in sheets if sheet.header.table.name == name]
        if of_table:
            load_table(connection, table, of_table, definitions, settings, spellings)
    read_sheets = _sheets_read(connection, sheets)
    connection.execute("DROP TABLE ruw")
    return Delivered(
        files=tuple(file.read for file in opened),
        sheets=read_sheets,
        findings=(*findings, *recognised.findings),
        columns=_delivered_columns(read_sheets),
    )


def start_opening(pool: Executor, paths: Sequence[Path]) -> list[Future[OpenedFile]]:
    """Open and parse the files side by side: parsing a workbook leaves Python free.

    The threads must not import: two threads that import modules which need each other end in a deadlock error.
    """
    import fastexcel  # noqa: F401  here, so that no thread has to

    return [pool.submit(open_file, path, name) for path, name in zip(paths, names_of(paths), strict=True)]


def opened_files(pending: Sequence[Future[OpenedFile]]) -> list[OpenedFile]:
    """The files, when all are opened. Raises InputError that names every file that cannot be used."""
    errors = [error for future in pending if isinstance(error := future.exception(), InputError)]
    _raise_together(sorted(errors, key=str))
    return [future.result() for future in pending]


def _raise_together(errors: Sequence[InputError]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        remedies = dict.fromkeys(error.remedy for error in errors)
        raise InputError(" ".join(error.message for error in errors), " ".join(remedies))


def _without_twins(files: Sequence[OpenedFile], definitions: Definitions) -> tuple[list[OpenedFile], list[Finding]]:
    """Files with the same bytes and the same peildatum count once; a quarter in which nothing changed is no twin."""
    seen: set[tuple[str, date | None]] = set()
    kept, findings = [], []
    for file in files:
        identity = file.read.sha256, reference_from_name(file.path.stem)
        if identity in seen:
            findings.append(definitions.rules["bestand_dubbel"].at(Place(file.read.name)))
        else:
            seen.add(identity)
            kept.append(file)
    return kept, findings


def _recognise_all(
    connection: DuckDBPyConnection, files: Sequence[OpenedFile], settings: Settings, definitions: Definitions
) -> _Recognised:
    filled = [(file, grid) for file in files for grid in file.grids if grid.width]
    begins = store_cells(connection, [grid for _, grid in filled])
    headers = _headers(connection, filled, begins, settings, definitions)
    sheets: list[Sheet] = []
    unknown: dict[str, list[tuple[Place, NoHeader]]] = {file.read.name: [] for file in files}
    for block, ((file, grid), begin, header) in enumerate(zip(filled, begins, headers, strict=True)):
        if isinstance(header, NoHeader):
            unknown[file.read.name].append((Place(file.read.name, grid.sheet), header))
            continue
        last = begin + grid.height
        for index in header.bsn:
            replace_bsn(connection, f"c{index}", begin + header.row + 1, last, file.read.name)
        named = (grid.sheet and reference_from_name(grid.sheet)) or reference_from_name(file.path.stem)
        reference = named or settings.reference
        sheets.append(Sheet(0, block, begin, file.read.name, grid.sheet, grid, header, reference))
    used = {sheet.file for sheet in sheets}
    _raise_together([e for file in files for e in _refusals(file, file.read.name in used, unknown[file.read.name])])
    if not any(sheet.header.table.name == "clienten" for sheet in sheets):
        raise InputError(
            "In geen van de bestanden staat de tabel clienten.", "Lever een blad met clientnummer en uitkeringnummer."
        )
    skipped = tuple(place for places in unknown.values() for place, _ in places)
    findings = [definitions.rules["blad_overgeslagen"].at(place) for place in skipped]
    findings += [finding for sheet in sheets for finding in _heading_findings(sheet, definitions)]
    return _Recognised(tuple(sheets), tuple(findings))


def _headers(
    connection: DuckDBPyConnection,
    filled: Sequence[tuple[OpenedFile, Grid]],
    begins: Sequence[int],
    settings: Settings,
    definitions: Definitions,
) -> list[Header | NoHeader]:
    """The header of every sheet: looked for in its first rows, and further down only where it is not found."""

    def look(rows: int) -> list[Header | NoHeader]:
        first = first_rows(connection, begins, rows)
        return [
            recognise(first[number], grid.sheet, file.path.stem, definitions, settings)
            for number, (file, grid) in enumerate(filled)
        ]

    near = look(NEAR_ROWS)
    if all(isinstance(header, Header) for header in near):
        return near
    far = look(SEARCHED_ROWS)
    return [found if isinstance(found, Header) else other for found, other in zip(near, far, strict=True)]


def _refusals(file: OpenedFile, known: bool, unknown: Sequence[tuple[Place, NoHeader]]) -> list[InputError]:
    """A sheet that is clearly meant as a table but lacks columns is refused, and so is a file without any table."""
    errors = []
    for place, header in unknown:
        if header.resembles or (not known and header.headings):
            sheet = f", blad '{place.sheet}'" if place.sheet else ""
            errors.append(
                InputError(
                    f"{place.file}{sheet}: {header.sentence()}.",
                    f"Voeg de kolommen toe, of zet in {FILE_NAME} onder [kolommen] welke kop wat betekent.",
                )
            )
    if not known and not errors:
        errors.append(
            InputError(
                f"{file.read.name}: in de eerste {SEARCHED_ROWS} rijen staat geen rij met bekende kolomkoppen.",
                f"Lever een regel met koppen mee, of zet in {FILE_NAME} onder [kolommen] welke kop wat betekent.",
            )
        )
    return errors


def _heading_findings(sheet: Sheet, definitions: Definitions) -> Iterator[Finding]:
    row = sheet.header.row + 1
    for index in sheet.header.passed_over:
        place = Place(sheet.file, sheet.name, row, column_letters(index + sheet.grid.first_column))
        yield definitions.rules["kolom_dubbel"].at(place)
    if sheet.header.unread:
        yield definitions.rules["kolommen_niet_gelezen"].at(Place(sheet.file, sheet.name, row))


def _in_order(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Number the sheets by peildatum and name, so that the order in which files are given does not matter."""
    for sheet in sheets:
        if sheet.reference is None and "peildatum" not in sheet.header.columns:
            raise InputError(
                f"Van {sheet.file} is de peildatum niet bekend.",
                "Zet het kwartaal in de naam (2019-Q3), voeg een kolom peildatum toe of geef --peildatum.",
            )
    ordered = sorted(sheets, key=lambda s: (s.reference or date.min, s.file, s.name or "", s.block))
    return [replace(sheet, number=number) for number, sheet in enumerate(ordered, 1)]


def _store_deliveries(connection: DuckDBPyConnection, sheets: Sequence[Sheet]) -> None:
    connection.execute(
        "CREATE TABLE leveringen (nr INTEGER, bestand VARCHAR, blad VARCHAR, tabel VARCHAR, peildatum DATE, "
        "kolommen VARCHAR)"
    )
    rows = [
        (s.number, s.file, s.name, s.header.table.name, s.reference, f" {' '.join(s.header.columns)} ") for s in sheets
    ]
    fields = ", ".join(f"unnest(${number})" for number in range(1, 7))
    connection.execute(f"INSERT INTO leveringen SELECT {fields}", [list(column) for column in zip(*rows, strict=True)])


def _sheets_read(connection: DuckDBPyConnection, sheets: Sequence[Sheet]) -> tuple[SheetRead, ...]:
    days = " UNION ALL ".join(
        f"SELECT DISTINCT _nr, peildatum FROM {table}_geleverd WHERE peildatum IS NOT NULL"
        for table in sorted({sheet.header.table.name for sheet in sheets})
    )
    references: dict[int, list[date]] = {}
    for number, day in sorted(connection.execute(days).fetchall()):
        references.setdefault(number, []).append(day)
    seen = count_filled_rows(connection, {sheet.block: sheet.begin + sheet.header.row for sheet in sheets})
    return tuple(_sheet_read(s, seen.get(s.block, 0), references.get(s.number, [])) for s in sheets)


def _sheet_read(sheet: Sheet, seen: int, days: Sequence[date]) -> SheetRead:
    references = tuple(days) or ((sheet.reference,) if sheet.reference else ())
    if not references:
        raise InputError(
            f"Van {sheet.file} is de peildatum niet bekend: de kolom peildatum is leeg.",
            "Vul de kolom of geef --peildatum.",
        )
    if not seen and sheet.header.table.name == "clienten":
        where = f", blad '{sheet.name}'" if sheet.name else ""
        raise InputError(f"{sheet.file}{where}: er staan geen regels onder de koppen.", "Exporteer opnieuw.")
    first = sheet.grid.first_column
    return SheetRead(
        number=sheet.number,
        file=sheet.file,
        sheet=sheet.name,
        table=sheet.header.table.name,
        references=references,
        columns={name: column_letters(index + first) for name, index in sheet.header.columns.items()},
        unread=sheet.header.unread,
        rows_seen=seen,
    )


def _delivered_columns(sheets: Sequence[SheetRead]) -> frozenset[str]:
    names = {sheet.table for sheet in sheets}
    return frozenset(names | {f"{sheet.table}.{column}" for sheet in sheets for column in sheet.columns})


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
