"""Opened files → tables `<table>_geleverd` in the database, every row with its place in the delivered files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions
from integratie_eval.errors import InputError, Refused
from integratie_eval.model import Delivered, FileRead, Finding, Place, SheetRead
from integratie_eval.period import quarter_end_of, quarter_start
from integratie_eval.read.deliveries import reference_from_name
from integratie_eval.read.keys import PARTNER, unify_keys
from integratie_eval.read.load import ISO_DAY, Sheet, load_table
from integratie_eval.read.opened import OpenedFile
from integratie_eval.read.places import column_letters, sheet_name
from integratie_eval.read.providers import Spellings
from integratie_eval.read.sheets import NamedFile, recognise_sheets
from integratie_eval.read.sources import names_of
from integratie_eval.read.store import count_filled_rows, show_as_displayed
from integratie_eval.refusals import refuse
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_NAMED = 3


def read(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    opened: Sequence[OpenedFile | Refused],
    settings: Settings,
    definitions: Definitions,
) -> Delivered:
    """Read all deliveries. Raises InputError when one cannot be used, unless the user chose to go on without it."""
    named = list(zip(names_of(paths), opened, strict=True))
    refused = [(name, _as_error(name, file)) for name, file in named if isinstance(file, Refused)]
    files = [NamedFile(name, file) for name, file in named if not isinstance(file, Refused)]
    kept, findings = _without_twins(files, definitions)
    _stop_or_go_on(refused, settings, bool(kept))
    recognised = recognise_sheets(connection, kept, settings, definitions)
    refused += recognised.refused
    _stop_or_go_on(refused, settings, bool(recognised.sheets))
    if not any(sheet.header.table.name == "clienten" for sheet in recognised.sheets):
        raise refuse("geen_clienten")
    sheets = _load(connection, recognised.sheets, settings, definitions)
    skipped = {name: error.refusal for name, error in refused}
    findings += [
        definitions.rules["bestand_niet_gelezen"].at(Place(name), reden=skipped[name]) for name in sorted(skipped)
    ]
    findings += [f for file in kept if file.name not in skipped for f in _kind_findings(file, definitions)]
    used = tuple(_file_read(file) for file in kept if file.name not in skipped)
    return Delivered(
        files=used,
        sheets=sheets,
        findings=(*findings, *recognised.findings),
        columns=_delivered_columns(sheets),
        unused=_others(paths, {file.name for file in used}),
    )


def _load(
    connection: DuckDBPyConnection, sheets: Sequence[Sheet], settings: Settings, definitions: Definitions
) -> tuple[SheetRead, ...]:
    show_as_displayed(connection, sheets)
    _store_deliveries(connection, sheets)
    connection.execute(ISO_DAY)
    spellings = Spellings(settings.providers)
    delivered = {sheet.header.table.name for sheet in sheets}
    tables = [table for name, table in definitions.tables.items() if name in delivered]
    for table in tables:
        of_table = [sheet for sheet in sheets if sheet.header.table.name == table.name]
        load_table(connection, table, of_table, definitions, settings, spellings)
    unify_keys(connection, tables, partners=any(sheet.header.partner for sheet in sheets))
    read_sheets = _sheets_read(connection, sheets, settings)
    connection.execute("DROP TABLE ruw")
    return read_sheets


def _as_error(name: str, refused: Refused) -> InputError:
    return refuse(refused.refusal, **{"bestand": name, **refused.where})


def _stop_or_go_on(refused: Sequence[tuple[str, InputError]], settings: Settings, something_left: bool) -> None:
    """Stop at files that cannot be used; with --ga-door only when nothing is left."""
    errors = sorted({str(error): error for _, error in refused}.values(), key=str)
    if not errors or (settings.go_on and something_left):
        return
    if len(errors) == 1:
        raise errors[0]
    named, more = errors[:_MOST_NAMED], len(errors) - _MOST_NAMED
    rest = f" En nog {more}." if more > 0 else ""
    remedies = dict.fromkeys(error.remedy for error in named)
    way_out = "" if settings.go_on else " Met --ga-door gaat het zonder deze bestanden."
    raise InputError(
        " ".join(error.message for error in named) + rest,
        f"{' '.join(remedies)}{way_out}",
        errors[0].refusal,
    )


def _without_twins(files: Sequence[NamedFile], definitions: Definitions) -> tuple[list[NamedFile], list[Finding]]:
    """Files with the same bytes and the same peildatum count once; a quarter in which nothing changed is no twin."""
    seen: dict[str, set[date | None]] = {}
    kept, findings = [], []
    for file in files:
        days, day = seen.setdefault(file.opened.sha256, set()), reference_from_name(file.stem)
        if day in days:
            findings.append(definitions.rules["bestand_dubbel"].at(Place(file.name)))
            continue
        if days:
            findings.append(definitions.rules["bestand_gelijk_aan_ander_kwartaal"].at(Place(file.name)))
        days.add(day)
        kept.append(file)
    return kept, findings


def _kind_findings(file: NamedFile, definitions: Definitions) -> Iterator[Finding]:
    if file.opened.path.suffix.lower() not in file.opened.kind.value:
        yield definitions.rules["extensie_klopt_niet"].at(Place(file.name), soort=file.opened.kind.name.lower())


def _file_read(file: NamedFile) -> FileRead:
    return FileRead(file.name, file.opened.sha256, file.opened.size)


def _others(paths: Sequence[Path], used: set[str]) -> tuple[FileRead, ...]:
    """The delivered files of which nothing is used, as far as they can be read at all."""
    found = []
    for name, path in zip(names_of(paths), paths, strict=True):
        if name not in used:
            with suppress(OSError):
                content = path.read_bytes()
                found.append(FileRead(name, hashlib.sha256(content).hexdigest(), len(content)))
    return tuple(found)


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


def _sheets_read(connection: DuckDBPyConnection, sheets: Sequence[Sheet], settings: Settings) -> tuple[SheetRead, ...]:
    days = " UNION ALL ".join(
        f"SELECT DISTINCT _nr, peildatum FROM {table}_geleverd WHERE peildatum IS NOT NULL"
        for table in sorted({sheet.header.table.name for sheet in sheets})
    )
    references: dict[int, list[date]] = {}
    for number, day in sorted(connection.execute(days).fetchall()):
        references.setdefault(number, []).append(day)
    seen = count_filled_rows(connection, {sheet.block: sheet.begin + sheet.header.row for sheet in sheets})
    for sheet in sheets:
        _refuse_empty(sheet, seen.get(sheet.block, 0), settings)
        _refuse_other_day(sheet, references.get(sheet.number, []))
    return tuple(_sheet_read(s, seen.get(s.block, 0), references.get(s.number, [])) for s in sheets)


def _refuse_empty(sheet: Sheet, seen: int, settings: Settings) -> None:
    if not seen and sheet.header.table.name == "clienten" and not settings.empty_allowed:
        raise refuse("geen_regels", waar=sheet_name(sheet.file, sheet.name))


def _refuse_other_day(sheet: Sheet, days: Sequence[date]) -> None:
    """The column peildatum must fit the day in the name: not later, and of that quarter at least once."""
    if sheet.named_day is None or not days or "peildatum" not in sheet.header.columns:
        return
    first, last = quarter_start(sheet.named_day), max(sheet.named_day, quarter_end_of(sheet.named_day))
    wrong = [day for day in days if day > last] or ([] if any(day >= first for day in days) else [days[-1]])
    if wrong:
        where = sheet_name(sheet.file, sheet.name)
        raise refuse("peildatum_botst", waar=where, dag=f"{wrong[0]:%d-%m-%Y}", naam=f"{sheet.named_day:%d-%m-%Y}")


def _sheet_read(sheet: Sheet, seen: int, days: Sequence[date]) -> SheetRead:
    references = tuple(days) or ((sheet.reference,) if sheet.reference else ())
    if not references:
        raise refuse("peildatum_leeg", bestand=sheet.file)
    partner = {f"{PARTNER}{name}": index for name, index in sheet.header.partner.items()}
    named = {**sheet.header.columns, **partner}
    return SheetRead(
        number=sheet.number,
        file=sheet.file,
        sheet=sheet.name,
        table=sheet.header.table.name,
        references=references,
        columns={name: column_letters(index) for name, index in named.items()},
        unread=sheet.header.unread,
        rows_seen=seen,
        header_row=sheet.header.row + 1,
    )


def _delivered_columns(sheets: Sequence[SheetRead]) -> frozenset[str]:
    names = {sheet.table for sheet in sheets}
    return frozenset(names | {f"{sheet.table}.{column}" for sheet in sheets for column in sheet.columns})
