"""A new Excel workbook, as all our workbooks are: text stays text, and the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import IO, Any

LONGEST_TEXT = 32_767
"""What a cell can hold."""
_NO_DAY = date(2000, 1, 1)
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_workbook(
    target: Path | IO[bytes], *, created: date = _NO_DAY, title: str = "", **options: Any
) -> Iterator[Any]:
    """A workbook of xlsxwriter, written when the block ends. `created` stands in its properties instead of the clock.

    It is packed in memory: on a full disk the library would complain about its own half file as well.
    """
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {**_TEXT_STAYS_TEXT, **options}) as book:
        book.set_properties({"title": title, "created": datetime.combine(created, time())})
        yield book
    if isinstance(target, Path):
        target.write_bytes(content.getbuffer())
    else:
        target.write(content.getbuffer())
