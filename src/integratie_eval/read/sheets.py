"""Opened files → which sheet holds which table, of which peildatum; the cells stand in `ruw`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions
from integratie_eval.errors import InputError
from integratie_eval.model import Finding, Place
from integratie_eval.read.deliveries import reference_of_sheet
from integratie_eval.read.grid import Grid
from integratie_eval.read.header import NEAR_ROWS, SEARCHED_ROWS, Header, NoHeader, Recogniser
from integratie_eval.read.identity import replace_bsn
from integratie_eval.read.load import Sheet
from integratie_eval.read.opened import OpenedFile
from integratie_eval.read.places import column_letters, sheet_name
from integratie_eval.read.store import filled_columns, first_rows, store_cells
from integratie_eval.refusals import refuse
from integratie_eval.settings import FILE_NAME, Settings
from integratie_eval.text import fold, listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class NamedFile:
    """An opened file and how reports call it."""

    name: str
    opened: OpenedFile

    @property
    def stem(self) -> str:
        """The file name without its extension."""
        return self.opened.path.stem


@dataclass(frozen=True)
class Recognised:
    """What the sheets of all files turned out to be, in the order of their peildatum."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]
    refused: tuple[tuple[str, InputError], ...]
    """Files that cannot be used, with the reason."""


def recognise_sheets(
    connection: DuckDBPyConnection, files: Sequence[NamedFile], settings: Settings, definitions: Definitions
) -> Recognised:
    """Store the cells and find the table, header and peildatum of every sheet."""
    filled = [(file, grid) for file in files for grid in file.opened.grids if grid.width]
    begins = store_cells(connection, [grid for _, grid in filled])
    recogniser = Recogniser(definitions, settings)
    headers = _headers(connection, filled, begins, recogniser)
    sheets: list[Sheet] = []
    unknown: dict[str, list[tuple[Place, NoHeader]]] = {file.name: [] for file in files}
    for block, ((file, grid), begin, header) in enumerate(zip(filled, begins, headers, strict=True)):
        if isinstance(header, NoHeader):
            if not header.says_so:
                unknown[file.name].append((Place(file.name, grid.sheet), header))
            continue
        named = reference_of_sheet(grid.sheet, file.stem)
        reference = named or settings.reference
        sheets.append(Sheet(0, block, begin, file.name, grid.sheet, grid, header, reference, named))
    used, skipped = _visible_first(_chosen(sheets, settings.chosen_sheets))
    known = {sheet.file for sheet in used}
    refused = [(file.name, e) for file in files for e in _refusals(file, file.name in known, unknown[file.name])]
    refused += [(sheet.file, error) for sheet in used for error in _unusable(sheet)]
    unusable = {name for name, _ in refused}
    used = [sheet for sheet in used if sheet.file not in unusable]
    for sheet in used:
        _hide_bsn(connection, sheet)
    findings = [definitions.rules["blad_overgeslagen"].at(p) for places in unknown.values() for p, _ in places]
    findings += [definitions.rules["verborgen_blad_overgeslagen"].at(Place(s.file, s.name)) for s in skipped]
    findings += [finding for sheet in used for finding in _sheet_findings(connection, sheet, definitions)]
    findings += _settings_findings(recogniser, settings, definitions)
    return Recognised(tuple(_in_order(used)), tuple(findings), tuple(refused))


def _headers(
    connection: DuckDBPyConnection,
    filled: Sequence[tuple[NamedFile, Grid]],
    begins: Sequence[int],
    recogniser: Recogniser,
) -> list[Header | NoHeader]:
    """The header of every sheet: looked for in its first rows, and further down only where it is not found."""

    def look(rows: int) -> list[Header | NoHeader]:
        first = first_rows(connection, begins, rows)
        return [
            recogniser.recognise(first[number], grid.sheet, file.stem) for number, (file, grid) in enumerate(filled)
        ]

    near = look(NEAR_ROWS)
    if all(isinstance(header, Header) for header in near):
        return near
    far = look(SEARCHED_ROWS)
    return [found if isinstance(found, Header) else other for found, other in zip(near, far, strict=True)]


def _chosen(sheets: Sequence[Sheet], wanted: Sequence[str]) -> list[Sheet]:
    """With --blad, of the sheets with one table of one file only those with a wanted name."""
    names = set(map(fold, wanted))
    if missing := names - {fold(sheet.name) for sheet in sheets if sheet.name}:
        raise refuse("blad_bestaat_niet", blad=next(name for name in wanted if fold(name) in missing))
    chosen = {(s.file, s.header.table.name) for s in sheets if s.name and fold(s.name) in names}
    return [
        sheet
        for sheet in sheets
        if (sheet.file, sheet.header.table.name) not in chosen or (sheet.name and fold(sheet.name) in names)
    ]


def _visible_first(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """A hidden sheet counts only when no visible sheet of the file holds that table of that day: it is an old copy."""
    visible = {(s.file, s.header.table.name, s.reference) for s in sheets if not s.grid.facts.hidden}

    def is_copy(sheet: Sheet) -> bool:
        return sheet.grid.facts.hidden and (sheet.file, sheet.header.table.name, sheet.reference) in visible

    return [s for s in sheets if not is_copy(s)], [s for s in sheets if is_copy(s)]


def _refusals(file: NamedFile, known: bool, unknown: Sequence[tuple[Place, NoHeader]]) -> Iterator[InputError]:
    """A sheet that is clearly meant as a table but lacks columns is refused, and so is a file without any table."""
    silent = not known
    for place, header in unknown:
        if header.resembles or (not known and header.known):
            silent = False
            yield refuse("kolommen_ontbreken", waar=sheet_name(place.file, place.sheet), wat=header.sentence())
    if silent and not any(grid.width for grid in file.opened.grids):
        yield refuse("geen_werkblad", bestand=file.name)
    elif silent:
        yield refuse("koppen_onbekend", bestand=file.name, rijen=SEARCHED_ROWS)


def _unusable(sheet: Sheet) -> Iterator[InputError]:
    """Why a sheet with all needed columns still cannot be used."""
    if twice := sheet.header.headings.twice:
        one, other = (f"{column_letters(index)}{sheet.header.row + 1}" for index in twice)
        yield refuse("kolom_twee_keer", waar=sheet_name(sheet.file, sheet.name), een=one, ander=other)
    if sheet.reference is None and "peildatum" not in sheet.header.columns:
        yield refuse("peildatum_onbekend", bestand=sheet.file)


def _hide_bsn(connection: DuckDBPyConnection, sheet: Sheet) -> None:
    last = sheet.begin + sheet.grid.height
    for index in sheet.header.headings.bsn:
        replace_bsn(connection, f"c{index}", sheet.begin + sheet.header.row + 1, last, sheet.file)


def _sheet_findings(connection: DuckDBPyConnection, sheet: Sheet, definitions: Definitions) -> Iterator[Finding]:
    """What the user should know about how a sheet was read."""
    rules, headings = definitions.rules, sheet.header.headings

    def at(index: int | None) -> Place:
        return Place(sheet.file, sheet.name, sheet.header.row + 1, column_letters(index) if index is not None else None)

    for index in headings.passed_over:
        yield rules["kolom_dubbel"].at(at(index))
    if sheet.header.unread:
        letters = listed(column_letters(index) for index in headings.unread)
        yield rules["kolommen_niet_gelezen"].at(at(None), kolommen=letters)
    if headings.other_number is not None:
        yield rules["partner_ander_nummer"].at(at(headings.other_number))
    if unnamed := filled_columns(connection, sheet, headings.unnamed):
        yield rules["kolom_zonder_kop"].at(at(unnamed[0]), aantal=len(unnamed))
    place = Place(sheet.file, sheet.name)
    for rule, count in _counted(sheet).items():
        if count:
            yield rules[rule].at(place, aantal=count)
    if sheet.grid.facts.stray:
        yield rules["losse_cellen"].at(place, aantal=sheet.grid.facts.stray, cel=sheet.grid.facts.stray_at)
    if sheet.grid.height in _ROW_LIMITS:
        yield rules["mogelijk_afgekapt"].at(place, aantal=sheet.grid.height)


def _settings_findings(recogniser: Recogniser, settings: Settings, definitions: Definitions) -> Iterator[Finding]:
    """Headings of the settings that are in no export: a slip of the pen would not be seen."""
    for table, column in recogniser.unused():
        place = Place(settings.source.name if settings.source else FILE_NAME)
        yield definitions.rules["kop_niet_gevonden"].at(place, tabel=table, kolom=column)


_ROW_LIMITS = (65_536, 1_048_576)


def _counted(sheet: Sheet) -> Mapping[str, int]:
    """Rule → how often it holds for the sheet."""
    facts, keys = sheet.grid.facts, sheet.key_columns()
    return {
        "verborgen_blad_gelezen": int(facts.hidden),
        "verborgen_rijen": facts.hidden_rows,
        "verborgen_kolommen": facts.hidden_columns,
        "cellen_samengevoegd": len(sheet.merged_down()),
        "nullen_aangevuld": sum(p.last_row - p.first_row + 1 for p in facts.padded if p.column in keys),
    }


def _in_order(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Number the sheets by peildatum and name, so that the order in which files are given does not matter."""
    ordered = sorted(sheets, key=lambda s: (s.reference or date.min, s.file, s.name or "", s.block))
    return [replace(sheet, number=number) for number, sheet in enumerate(ordered, 1)]
