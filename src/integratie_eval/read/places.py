"""Names of columns and cells as a spreadsheet program shows them."""

from __future__ import annotations


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_name(file: str, sheet: str | None) -> str:
    """A file with its sheet, if it has sheets."""
    return f"{file}, blad '{sheet}'" if sheet else file
