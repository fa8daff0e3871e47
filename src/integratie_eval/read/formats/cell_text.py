"""Values of the second readers as the text that the fast reader gives for the same cell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_ZERO = datetime(1899, 12, 31)


def text_of(value: object) -> str | None:
    """A cell's value as text: 3.0 is '3', a day '2019-12-31 00:00:00'."""
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.9f}".rstrip("0").rstrip(".")
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return f"{value.isoformat()} 00:00:00"
        case time():
            return f"{_ZERO:%Y-%m-%d} {value.isoformat('seconds')}"
        case timedelta():
            return (_ZERO + value).isoformat(" ", "seconds")
    return str(value)
