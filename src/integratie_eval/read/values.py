"""One cell's text → one typed value. Missing is None; text that cannot be read raises Unreadable (without the text)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from integratie_eval.read.grid import ERROR_VALUES, NO_VALUE
from integratie_eval.text import HIDDEN, fold

MISSING = frozenset({"", "nvt", "onbekend", "geen", "leeg", "null", "none", "nan", "na", "nb", "nietbekend"})
_NO_TEXT = re.compile(r"[\W_]*")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ERROR = re.compile(r"(err|fout):\d{3}")
_HASHES = re.compile(r"##+")

_OPEN_END = date(2999, 1, 1)
_FIRST_DAY = date(1900, 1, 2)  # 1 January 1900 and before are sentinels for 'unknown'
_SERIAL_ZERO = date(1899, 12, 30)
_MONTHS = {
    "jan": 1, "feb": 2, "maa": 3, "mrt": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_TIME = r"(?:[t ][\d:.]+(?:z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}")
_FRONT = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})[-/.]\d{2}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_SERIAL = re.compile(r"(\d{5}|2958465)(?:[.,]\d+)?")  # the last one is 31-12-9999
_WORDS = re.compile(rf"(\d{{1,2}})[ -]([a-z]+)\.?[ -](\d{{4}}|\d{{2}}){_TIME}")
_NO_DATE = re.compile(r"[-0/.: t]+|99[-/.]?99[-/.]?9999(\.0)?")
_FEWEST_UNCERTAIN = 3

_CURRENCY = re.compile(r"^(?:€|eur(?:o)?\b)|(?:€|\beuro?)$")
_NO_CENTS = re.compile(r",[-–—=]{1,2}$")
_PLAIN = re.compile(r"\d+(?:([.,])\d+)?(?:e[+-]?\d+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*(?:(?!\1)([.,])\d+)?")
_OTHER = {".": ",", ",": "."}

Roles = frozenset[tuple[str, str]]
"""What the point and the comma mean in a column: ('decimaal', ',') and ('duizend', '.')."""
OF_NUMBER_CELLS: Roles = frozenset({("decimaal", ".")})


class Unreadable(ValueError):  # noqa: N818  reads as the fact that it is
    """The text is not a value of this kind. Deliberately without the text."""


class Ambiguous(Unreadable):
    """The text is one of two numbers, and nothing in its column says which."""


def cell_error(text: str) -> str | None:
    """The rule that is broken when a cell holds the error of a formula, or shows only ####, in place of a value."""
    text = text.strip()
    if not text.startswith(("#", "E", "e", "F", "f")):
        return None
    if text == NO_VALUE:
        return "formule_zonder_waarde"
    if text.upper() in ERROR_VALUES or _ERROR.fullmatch(text.lower()):
        return "cel_fout"
    return "cel_te_smal" if _HASHES.fullmatch(text) else None


def is_missing(text: str) -> bool:
    """A text that says that there is nothing: '-', 'n.v.t.', 'onbekend'."""
    return bool(_NO_TEXT.fullmatch(text)) or fold(text) in MISSING


def clean(text: str) -> str:
    """Text in one form of Unicode, without escapes, control characters and superfluous spaces."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", HIDDEN.sub("", text))
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


# --- dates


def read_date(text: str) -> date | None:
    """A day from an ISO date, dd-mm-jjjj, jjjjmmdd, an Excel serial number or '1 maart 2019'.

    Far-future days (31-12-9999) and sentinels (00000000) mean: no date. Two-digit years are 1940-2039.
    """
    text = clean(text).lower().strip("'")
    if is_missing(text) or _NO_DATE.fullmatch(text):
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
        if (match := _WORDS.fullmatch(text)) and match[2][:3] in _MONTHS:
            return date(_full_year(match[3]), _MONTHS[match[2][:3]], int(match[1]))
    except ValueError:
        pass
    raise Unreadable


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return 2000 + number if number < 40 else 1900 + number


def month_first(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that are only a date with the month in front: 12-31-2019."""
    found = ((text, _FRONT.match(text)) for text in texts)
    return tuple(text for text, front in found if front and int(front[1]) <= 12 < int(front[3]) <= 31)


def of_uncertain_order(texts: Iterable[str]) -> tuple[str, ...]:
    """The dates with slashes, if none of them says whether the day or the month comes first."""
    slashed = [(text, front) for text in texts if (front := _FRONT.match(text)) and front[2] == "/"]
    if len(slashed) < _FEWEST_UNCERTAIN or any(int(front[1]) > 12 or int(front[3]) > 12 for _, front in slashed):
        return ()
    return tuple(text for text, _ in slashed)


# --- numbers


def read_number(text: str, roles: Roles = OF_NUMBER_CELLS, *, default: str | None = None) -> float | None:
    """A number with a decimal comma or point: '24,5', '24.5', '1.234,5', '€ 1,234.5', '(100)', '100-'.

    '12.345' is two numbers: `roles` tells which, and else `default` does ('decimaal' or 'duizend').
    """
    if is_missing(text):
        return None
    bare, sign = _unsigned(text)
    plain, grouped = _PLAIN.fullmatch(bare), _GROUPED.fullmatch(bare)
    if plain and grouped:
        role = _role(plain[1], roles) or default
        if role is None:
            raise Ambiguous
        plain, grouped = (plain, None) if role == "decimaal" else (None, grouped)
    if plain:
        return _finite(sign * float(bare.replace(",", ".")))
    if grouped:
        return sign * float(bare.replace(grouped[1], "").replace(",", "."))
    raise Unreadable


def mark_roles(texts: Iterable[str]) -> Roles:
    """What the point and the comma mean, as told by the numbers of a column that can be read in one way only."""
    roles = set()
    for text in texts:
        bare, _ = _unsigned(text)
        plain, grouped = _PLAIN.fullmatch(bare), _GROUPED.fullmatch(bare)
        if plain and not grouped and plain[1]:
            roles.add(("decimaal", plain[1]))
        elif grouped and not plain:
            roles |= {("duizend", grouped[1])} | ({("decimaal", grouped[2])} if grouped[2] else set())
    return frozenset(roles)


def _role(mark: str, roles: Roles) -> str | None:
    decimal = ("decimaal", mark) in roles or ("duizend", _OTHER[mark]) in roles
    thousands = ("duizend", mark) in roles or ("decimaal", _OTHER[mark]) in roles
    if decimal == thousands:
        return None
    return "decimaal" if decimal else "duizend"


def _unsigned(text: str) -> tuple[str, int]:
    """The number without currency and sign, in small letters; and its sign."""
    bare = clean(text).lower().lstrip("'").replace("\u2212", "-")
    bare = _CURRENCY.sub("", bare).strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1].strip(), True
    else:
        bare = _NO_CENTS.sub("", bare)
        negative = bare.startswith("-") or bare.endswith("-")
        bare = bare.removeprefix("-") if bare.startswith("-") else bare.removesuffix("-")
    return _CURRENCY.sub("", bare.strip()).strip().removeprefix("+"), -1 if negative else 1


def _finite(number: float) -> float:
    if abs(number) == float("inf"):
        raise Unreadable
    return number


def read_whole(text: str, roles: Roles = frozenset()) -> int | None:
    """A whole number; '3', '3.0' and '3,0' are 3, 'trede 3' too; '1.234' is 1234, unless the column has decimals."""
    number = read_number(text.lower().replace("trede", ""), roles, default="duizend")
    if number is None:
        return None
    if not number.is_integer() or abs(number) > 2**31 - 1:
        raise Unreadable
    return int(number)


# --- words


def read_text(text: str) -> str | None:
    """Text without control characters and superfluous spaces."""
    cleaned = clean(text)
    return None if is_missing(cleaned) else cleaned


def code_reader(codes: Mapping[str, str]) -> Callable[[str], str | None]:
    """A reader of values from a code list (folded text → canonical value)."""

    def read_code(text: str) -> str | None:
        text = clean(text)
        folded = fold(text.removesuffix(".0"))
        if folded in codes and not _doubted(text):
            return codes[folded]
        if is_missing(text):
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


def _doubted(text: str) -> bool:
    """Someone wrote 'ja?': that is no ja."""
    return "?" in text and any(map(str.isalnum, text))


READERS: Mapping[str, Callable[[str], Any]] = {
    "datum": read_date,
    "getal": read_number,
    "geheel": read_whole,
    "tekst": read_text,
}
