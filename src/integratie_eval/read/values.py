"""One cell's text → one typed value. Missing is None; text that cannot be read raises Unreadable (without the text)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from integratie_eval.text import fold

MISSING = frozenset({"", "nvt", "onbekend", "geen", "leeg", "null", "none", "nan", "na", "nb", "nietbekend"})
_NO_TEXT = re.compile(r"[\W_]*")
_OPEN_END = date(2999, 1, 1)
_FIRST_DAY = date(1900, 1, 2)  # 1 January 1900 and before are sentinels for 'unknown'
_SERIAL_ZERO = date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ][\d:.]+z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[t ][\d:.]+)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_WORDS = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4}|\d{2})")
_SENTINELS = frozenset({"00000000", "99999999", "0", "00000000.0", "99999999.0", "00-00-0000", "0000-00-00"})
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")


class Unreadable(ValueError):  # noqa: N818  reads as the fact that it is
    """The text is not a value of this kind. Deliberately without the text."""


def read_date(text: str) -> date | None:
    """A day from an ISO date, dd-mm-jjjj, jjjjmmdd, an Excel serial number or '1 maart 2019'.

    Far-future days (31-12-9999) and sentinels (00000000) mean: no date. Two-digit years are 1940-2039.
    """
    text = text.strip().lower()
    if _missing(text) or text in _SENTINELS:
        return None
    day = _date_of(text)
    if day >= _OPEN_END:
        return None
    if day < _FIRST_DAY:
        raise Unreadable
    return day


def _date_of(text: str) -> date:
    try:
        if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
            return date(*map(int, match.groups()))
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = match.groups()
            return date(_full_year(year), int(month), int(day))
        if match := _SERIAL.fullmatch(text):
            return _SERIAL_ZERO + timedelta(days=int(match[1]))
        if (match := _WORDS.fullmatch(text)) and (month_number := _month(match[2])):
            return date(_full_year(match[3]), month_number, int(match[1]))
    except ValueError:
        pass
    raise Unreadable


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return 2000 + number if number < 40 else 1900 + number


def _month(name: str) -> int | None:
    if name.startswith(("maart", "maa")):
        return 3
    return next((number for number, month in enumerate(_MONTHS, 1) if name.startswith(month)), None)


def read_number(text: str) -> float | None:
    """A number with a decimal comma or point: '24,5', '24.5', '1.234,5', '1,234.5'.

    A single point is a decimal point: so number cells of a workbook come in.
    """
    if _missing(text):
        return None
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if text.rfind(",") > text.rfind("."):
        text = text.replace(".", "").replace(",", ".")
    elif "," in text or text.count(".") > 1:
        text = text.replace(",", "") if text.count(".") == 1 else text.replace(".", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unreadable from None
    if not number.is_finite():
        raise Unreadable
    return float(number)


def read_whole(text: str) -> int | None:
    """A whole number; '3', '3.0' and '3,0' are 3, 'trede 3' too; '1.234' is 1234."""
    text = text.lower().replace("trede", "").strip()
    number = read_number(text.replace(".", "") if _THOUSANDS.fullmatch(text) else text)
    if number is None:
        return None
    if not number.is_integer() or abs(number) > 2**31 - 1:
        raise Unreadable
    return int(number)


def read_text(text: str) -> str | None:
    """Text without control characters and superfluous spaces."""
    printable = "".join(char if char.isprintable() else " " for char in text.replace("_x000D_", " "))
    cleaned = " ".join(printable.split())
    return None if _missing(cleaned) else cleaned


def code_reader(codes: Mapping[str, str]) -> Callable[[str], str | None]:
    """A reader of values from a code list (folded text → canonical value)."""

    def read_code(text: str) -> str | None:
        folded = fold(text.removesuffix(".0"))
        if folded in codes:
            return codes[folded]
        if _missing(text):
            return None
        raise Unreadable

    return read_code


def yes_no_reader(codes: Mapping[str, str]) -> Callable[[str], bool | None]:
    """A reader of ja/nee in all its forms."""
    read_code = code_reader(codes)

    def read_yes_no(text: str) -> bool | None:
        value = read_code(text)
        return None if value is None else value == "ja"

    return read_yes_no


def _missing(text: str) -> bool:
    return bool(_NO_TEXT.fullmatch(text)) or fold(text) in MISSING


READERS: Mapping[str, Callable[[str], Any]] = {
    "datum": read_date,
    "getal": read_number,
    "geheel": read_whole,
    "tekst": read_text,
}
