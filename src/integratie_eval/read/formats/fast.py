"""The fast reader of workbooks: text cells of whole sheets, without what it hides (errors, merges, hidden rows)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from integratie_eval.errors import Refused
from integratie_eval.read.formats.cell_text import text_of
from integratie_eval.read.grid import MOST_COLUMNS, Part, part_of_arrow

WORTH_TWO_READERS = 1_000_000
"""Bytes: below this, a second reader costs more than it gains."""


@contextmanager
def faults_refused() -> Iterator[None]:
    """Turns every fault of a reader into a refusal, also a panic of the Rust reader, which is no Exception."""
    try:
        yield
    except (Refused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001  a panic
        if is_lack_of_memory(error):
            raise MemoryError from None
        locked = "password" in str(error).lower() or "encrypted" in str(error).lower()
        raise Refused("bestand_beveiligd" if locked else "bestand_beschadigd") from None


def is_lack_of_memory(error: BaseException | None) -> bool:
    """The error is a MemoryError, or a library made another error of one."""
    while error:
        if isinstance(error, MemoryError) or "MemoryError" in str(error):
            return True
        error = error.__context__
    return False


def sheet_names_of(content: bytes) -> tuple[str, ...]:
    """The names of all sheets, chart sheets too, in the order of the workbook."""
    with faults_refused():
        return tuple(_open(content).sheet_names)


def read_fast(content: bytes) -> dict[str, Part | None]:
    """All sheets by name; None for a sheet without cells. One reader: for kinds that are parsed whole when opened."""
    with faults_refused():
        reader = _open(content)
        return {name: _part(reader, index) for index, name in enumerate(reader.sheet_names)}


def read_fast_sheets(content: bytes, indices: Sequence[int]) -> dict[int, Part | None]:
    """The sheets with these numbers (from 0); None for a sheet without cells. Two readers share the work if it pays."""
    waiting = deque(indices)
    with faults_refused():
        if len(waiting) < 2 or len(content) < WORTH_TWO_READERS:
            return _read_waiting(content, waiting)
        from concurrent.futures import ThreadPoolExecutor  # slow to import, and most workbooks are small

        with ThreadPoolExecutor(2) as pool:  # a reader must not be shared between threads
            done = list(pool.map(_read_waiting, [content] * 2, [waiting] * 2))
        return dict(sorted(chain.from_iterable(parts.items() for parts in done)))


def moment_text(serial: float, since_1904: bool) -> str | None:
    """A day number of Excel as the fast reader prints it; the number itself when it is no day of our calendar."""
    zero = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)
    try:
        moment = zero + timedelta(milliseconds=round(serial * 86_400_000))
    except (OverflowError, ValueError):
        return text_of(serial)
    return moment.isoformat(" ", "milliseconds" if moment.microsecond else "seconds")


def _open(content: bytes) -> Any:
    import fastexcel

    return fastexcel.read_excel(content)


def _read_waiting(content: bytes, waiting: deque[int]) -> dict[int, Part | None]:
    reader = _open(content)
    parts = {}
    while waiting:
        try:
            index = waiting.popleft()
        except IndexError:  # the other reader was first
            break
        parts[index] = _part(reader, index)
    return parts


def _part(reader: Any, index: int) -> Part | None:
    options = {"header_row": None, "skip_rows": 0, "dtypes": "string"}
    sheet = reader.load_sheet(index, **options)
    columns = sheet.available_columns()
    kept = [column.absolute_index for column in columns if column.absolute_index < MOST_COLUMNS]
    if not kept or not sheet.height:
        return None
    if len(kept) < len(columns):
        sheet = reader.load_sheet(index, use_columns=kept, **options)
    return part_of_arrow(sheet, sheet.height, len(kept), 0, columns[0].absolute_index)
