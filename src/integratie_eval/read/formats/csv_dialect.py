"""How the lines of a csv file are cut into fields, by evidence in the first lines."""

from __future__ import annotations

import contextlib
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_DELIMITERS = (";", "\t", "|", ",")
_NONE = "\x1f"
"""The delimiter of a text without columns: a character that does not occur in it."""
_DECLARED = re.compile(r"""\ufeff?"?sep=([^"'\r\n])\1*"?[\r\n]*$""", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How to cut lines into fields."""

    delimiter: str
    quote: str = '"'
    spaced: bool = False
    """Spaces stand between a delimiter and a quote."""
    declared: bool = False
    """The first line only names the delimiter (sep=;)."""

    def options(self) -> dict[str, Any]:
        """The same for the csv module."""
        return {"delimiter": self.delimiter, "quotechar": self.quote, "skipinitialspace": self.spaced}


def dialect_of(lines: Sequence[str]) -> Dialect:
    """The dialect of a file that begins with these lines."""
    declared = _DECLARED.match(lines[0]) if lines else None
    body = lines[1:] if declared else lines
    quote = "'" if _in_apostrophes(body) else '"'
    delimiter = _delimiter(body, declared[1] if declared else None, quote)
    return Dialect(delimiter, quote, _spaced(body, delimiter, quote), bool(declared))


def fields(lines: Sequence[str], **options: Any) -> list[list[str]]:
    """The records in these lines as far as they can be cut, without complaints."""
    records: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        records.extend(csv.reader(lines, **options))
    return records


def _delimiter(lines: Sequence[str], declared: str | None, quote: str) -> str:
    """The delimiter that cuts the most fields out of lines, headings included, that agree on their number."""
    scores = {d: _agreement(lines, d, quote) for d in ((declared,) if declared else ()) + _DELIMITERS}
    if declared and scores[declared]:
        return declared
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else _NONE


def _agreement(lines: Sequence[str], delimiter: str, quote: str) -> int:
    """Lines with the same number of fields, times the delimiters in each; 0 when this is no table but prose.

    With and without quotes: one that is not closed in time hides the rows behind it.
    """
    ways = ({"quotechar": quote}, {"quoting": csv.QUOTE_NONE})
    return max(_score(fields(lines, delimiter=delimiter, skipinitialspace=True, **way)) for way in ways)


def _score(records: Sequence[Sequence[str]]) -> int:
    widths = [len(record) for record in records if any(record)]
    counts = Counter(width for width in widths if width > 1)
    all_count = _begins_at_its_widest(widths)
    return max((n * (width - 1) for width, n in counts.items() if all_count or 2 * n >= len(widths)), default=0)


def _begins_at_its_widest(widths: Sequence[int]) -> bool:
    """From its headings on, a table has no wider line, and most of its lines are cut."""
    first = next((index for index, width in enumerate(widths) if width > 2), None)
    if first is None or widths[first] < max(widths):
        return False
    return 2 * sum(width > 1 for width in widths[first:]) >= len(widths) - first


def _in_apostrophes(lines: Sequence[str]) -> bool:
    """Every line begins and ends with an apostrophe: they are the quotes."""
    filled = [text for text in (line.strip() for line in lines) if text]
    return len(filled) > 1 and all(len(text) > 1 and text[0] == text[-1] == "'" for text in filled)


def _spaced(lines: Sequence[str], delimiter: str, quote: str) -> bool:
    """Quotes work only when the spaces before them are left out."""
    plain, skipped = (
        fields(lines, delimiter=delimiter, quotechar=quote, skipinitialspace=skip) for skip in (False, True)
    )
    return [[cell.lstrip(" ") for cell in row] for row in plain] != [
        [cell.lstrip(" ") for cell in row] for row in skipped
    ]
