"""Opens one delivered file into sheets of text cells, each row at its own place; no interpretation."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from integratie_eval.errors import InputError
from integratie_eval.model import FileRead
from integratie_eval.read.preflight import Kind, damaged, kind_of, locked

_WORTH_TWO_READERS = 1_000_000  # bytes
_DELIMITERS = ";,\t|"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet. `cells` is an Arrow stream of texts (workbook) or a list of rows (csv).

    Row 0 of the cells is row 1 of the sheet; cell 0 of a row stands in column `first_column` (0 = A).
    """

    sheet: str | None
    cells: Any
    width: int
    height: int
    first_column: int


@dataclass(frozen=True)
class OpenedFile:
    """A delivered file and its sheets."""

    path: Path
    read: FileRead
    grids: tuple[Grid, ...]


def open_file(path: Path, name: str) -> OpenedFile:
    """Open a file of any supported kind. `name` is how reports call it. Raises InputError that says what to do."""
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise InputError(f"{path.name} is een map.", "Noem een bestand, of de map die de exports bevat.") from None
    except PermissionError:
        raise InputError(f"{path.name} mag niet worden gelezen.", "Vraag leesrechten op het bestand.") from None
    except OSError:
        raise InputError(f"{path.name} is niet te lezen.", "Controleer de schijf of de netwerkmap.") from None
    read = FileRead(name, hashlib.sha256(content).hexdigest(), len(content))
    grids = _workbook(path, content) if kind_of(path, content) is Kind.WORKBOOK else (_csv(path, content),)
    return OpenedFile(path, read, grids)


def _workbook(path: Path, content: bytes) -> tuple[Grid, ...]:
    import fastexcel

    try:
        names = fastexcel.read_excel(content).sheet_names
        if len(names) == 1 or len(content) < _WORTH_TWO_READERS:
            return tuple(_sheets(content, deque(range(len(names)))).values())
        # a reader must not be shared between threads: two readers take the sheets in turn
        waiting = deque(range(len(names)))
        with ThreadPoolExecutor(2) as pool:
            parsed = dict(chain.from_iterable(done.items() for done in pool.map(_sheets, [content] * 2, [waiting] * 2)))
        return tuple(parsed[index] for index in sorted(parsed))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001  the Rust reader raises panics that are no Exception
        raise (locked(path) if "password" in str(error).lower() else damaged(path)) from None


def _sheets(content: bytes, waiting: deque[int]) -> dict[int, Grid]:
    """Parse the sheets that wait, one by one, until none is left."""
    import fastexcel

    reader = fastexcel.read_excel(content)
    parsed = {}
    while waiting:
        try:
            index = waiting.popleft()
        except IndexError:  # the other reader was first
            break
        parsed[index] = _sheet(reader, index, reader.sheet_names[index])
    return parsed


def _sheet(reader: Any, index: int, name: str) -> Grid:
    sheet = reader.load_sheet(index, header_row=None, skip_rows=0, dtypes="string")
    columns = sheet.available_columns()
    first = columns[0].absolute_index if columns else 0
    return Grid(name, sheet, sheet.width, sheet.height, first)


def _csv(path: Path, content: bytes) -> Grid:
    text = _decoded(path, content)
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        delimiter = text[4]
        text = text[5:]  # the line stays as an empty one, so that row numbers stay true
    else:
        delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise InputError(
            f"{path.name} is geen geldig csv-bestand: een aanhalingsteken wordt niet gesloten.",
            "Exporteer het bestand opnieuw, liefst als xlsx.",
        ) from None
    _check_widths(path, rows)
    width = max(map(len, rows), default=0)
    return Grid(None, rows, width, len(rows), 0)


def _decoded(path: Path, content: bytes) -> str:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    if encoding is None:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            encoding = "cp1252"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(f"De tekens in {path.name} zijn niet te lezen.", "Bewaar het csv-bestand als UTF-8.") from None


def _delimiter(text: str) -> str:
    """The delimiter that splits the most of the first lines into the same number of fields."""
    sample = [line for line in text[:65536].splitlines()[:50] if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter)]
        common = max(set(widths), key=lambda width: (widths.count(width), width))
        return (widths.count(common) if common > 1 else 0, common)

    return max(_DELIMITERS, key=agreement)


def _check_widths(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A row with more filled cells than the widest header-like row means a broken line; refuse it by number."""
    filled = [(number, len(row)) for number, row in enumerate(rows, 1) if sum(map(bool, row)) > 1]
    if not filled:
        return
    widths = [width for _, width in filled]
    common = max(set(widths), key=widths.count)
    wrong = [number for number, width in filled if width != common and any(rows[number - 1][common:])]
    if wrong:
        raise InputError(
            f"{path.name}, regel {wrong[0]}: deze regel heeft meer velden dan de andere regels.",
            "Zet een tekst met een scheidingsteken erin tussen aanhalingstekens, of lever xlsx.",
        )
