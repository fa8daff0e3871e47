"""A new Excel workbook, as all our workbooks are: text stays text, and the same content gives the same bytes."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

LONGEST_TEXT = 32_767
"""What a cell can hold."""
_NO_DAY = date(2000, 1, 1)
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def new_workbook(target: Path | IO[bytes], *, created: date = _NO_DAY, title: str = "", **options: Any) -> Any:
    """A workbook of xlsxwriter. `created` stands in its properties instead of the clock."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, {**_TEXT_STAYS_TEXT, **options})
    book.set_properties({"title": title, "created": datetime.combine(created, time())})
    return book
