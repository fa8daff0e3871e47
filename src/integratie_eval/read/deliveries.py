"""The peildatum of a delivery, told by the name of its sheet or file. A name that says two things says nothing."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from integratie_eval.period import quarter_end_of

_MONTHS = {
    "jan": 1, "januari": 1, "feb": 2, "februari": 2, "mrt": 3, "maart": 3, "apr": 4, "april": 4, "mei": 5, "jun": 6,
    "juni": 6, "jul": 7, "juli": 7, "aug": 8, "augustus": 8, "sep": 9, "sept": 9, "september": 9, "okt": 10,
    "oktober": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}  # fmt: skip
_QUARTERS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?<!\d)(?P<year>20\d\d)(?!\d)"
_MONTH = rf"(?<![a-z])(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![a-z])"
_ANY_QUARTER = re.compile(
    r"(?<![a-z])(?:q|kw|kwartaal)[ _-]*(?P<one>[1-4])(?!\d)"
    r"|(?:(?<!\d)(?P<two>[1-4])e|(?<![a-z])(?P<three>eerste|tweede|derde|vierde))[ _-]*(?:kwartaal|kw)"
)
_ANY_MONTH = re.compile(_MONTH)
_ANY_YEAR = re.compile(_YEAR)
_YEAR_BEFORE = re.compile(_YEAR + r"[ _.-]*$")
_YEAR_BEHIND = re.compile(r"[ _.-]*" + _YEAR)
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)[-_](?P<month>0[1-9]|1[0-2])(?!\d)")
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-_.](?P<month>\d\d?)[-_.](?P<day>\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d\d?)[-_.](?P<month>\d\d?)[-_.](?P<year>20\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d\d?)[ _-]+{_MONTH}[ _-]+{_YEAR}"),
)

Months = set[tuple[int, int]]
"""(year, month)."""


def reference_of_sheet(sheet: str | None, stem: str) -> date | None:
    """The day of a sheet: its own name tells it, if need be with the year in the name of the file; else the file."""
    if sheet:
        own = reference_from_name(sheet)
        if own is None and (year := _year_of(stem)):
            own = reference_from_name(f"{sheet} {year}")
        if own:
            return own
    return reference_from_name(stem)


def reference_from_name(name: str) -> date | None:
    """The day that a name points at: '2019-Q3', 'kwartaal 3 2019', 'september 2019', '2019-09-30' or '20190930'.

    A quarter or month points at its last day. A day beside it is the day of the export.
    """
    text, days = _cut_days(name.lower())
    for period in (_quarters(text), _months(text)):
        if period:
            return _last_day(*period.pop()) if len(period) == 1 else None
    if _ANY_QUARTER.search(text):  # of an unknown year
        days = {day for day in days if {(day.year, quarter_end_of(day).month)} == _quarters(f"{text} {day.year}")}
    return days.pop() if len(days) == 1 else None


def _cut_days(text: str) -> tuple[str, set[date]]:
    """The text without the days in it, and those days."""
    days: set[date] = set()

    def cut(match: re.Match[str]) -> str:
        month = _MONTHS.get(match["month"]) or int(match["month"])
        try:
            days.add(date(int(match["year"]), month, int(match["day"])))
        except ValueError:
            return match[0]
        return " | "

    for pattern in _DAYS:
        text = pattern.sub(cut, text)
    return text, days


def _quarters(text: str) -> Months:
    """The last months of the quarters in a text, as far as their year is known."""
    found = list(_ANY_QUARTER.finditer(text))
    numbers = [_QUARTERS[match["one"] or match["two"] or match["three"]] for match in found]
    if len(set(numbers)) > 1:
        years = {int(match["year"]) for match in _ANY_YEAR.finditer(text)}
        return {(year, number * 3) for year in years for number in numbers}
    return {(year, number * 3) for match, number in zip(found, numbers, strict=True) for year in _years_of(text, match)}


def _months(text: str) -> Months:
    named = {(year, _MONTHS[m["month"]]) for m in _ANY_MONTH.finditer(text) for year in _years_of(text, m)}
    return named | {(int(match["year"]), int(match["month"])) for match in _YEAR_AND_MONTH.finditer(text)}


def _years_of(text: str, match: re.Match[str]) -> set[int]:
    """The years that stand beside a quarter or month; without such a year, all years in the text."""
    beside = (_YEAR_BEFORE.search(text[: match.start()]), _YEAR_BEHIND.match(text[match.end() :]))
    years = {int(found["year"]) for found in beside if found}
    return years or {int(found["year"]) for found in _ANY_YEAR.finditer(text)}


def _year_of(stem: str) -> int | None:
    """The year that a whole file is about."""
    text, days = _cut_days(stem.lower())
    years = {int(match["year"]) for match in _ANY_YEAR.finditer(text)}
    years = years or {day.year for day in days if day == quarter_end_of(day)}
    return years.pop() if len(years) == 1 else None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
