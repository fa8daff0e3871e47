"""What SIGTERM and Ctrl-C do to a run: everything is cleared up, and the exit code tells which signal it was."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 128 + signal.SIGINT
"""The exit code of a run that the user stopped with Ctrl-C."""


@contextmanager
def stoppable() -> Iterator[None]:
    """End what is inside with SystemExit 143 or 130 when a signal comes.

    Also when a library that was busy makes an error of its own out of it (duckdb does).
    """
    codes: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        codes.append(128 + number)
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except (Exception, KeyboardInterrupt):
        if not codes:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if codes:
        raise SystemExit(codes[0])
