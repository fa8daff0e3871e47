"""The peildatum of a delivery, told by the name of its sheet or file."""

from __future__ import annotations

import re
from datetime import date

from integratie_eval.period import quarter_end

_YEAR = r"(?<!\d)(?P<year>20\d\d)(?!\d)"
_QUARTER = r"(?:(?<![a-z])(?:q|kw|kwartaal)[ _-]*(?P<{0}>[1-4])(?!\d)|(?<!\d)(?P<{1}>[1-4])e[ _-]*(?:kwartaal|kw))"
_QUARTERS = (
    re.compile(_YEAR + r"[ _-]*" + _QUARTER.format("a", "b"), re.IGNORECASE),
    re.compile(_QUARTER.format("a", "b") + r"[ _-]*" + _YEAR, re.IGNORECASE),
)
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-_.](?P<month>\d\d)[-_.](?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d\d)[-_.](?P<month>\d\d)[-_.](?P<year>20\d\d)(?!\d)"),
)


def reference_from_name(name: str) -> date | None:
    """The day that a name points at: '2019-Q3', 'Q3 2019', 'kwartaal 3 2019', '2019-09-30' or '20190930'."""
    for pattern in _QUARTERS:
        if match := pattern.search(name):
            return quarter_end(int(match["year"]), int(match["a"] or match["b"]))
    for pattern in _DAYS:
        if match := pattern.search(name):
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
    return None
