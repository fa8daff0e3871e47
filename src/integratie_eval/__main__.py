"""The process of the command line: `integratie-eval`, and `python -m integratie_eval`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line in a process that does no more than that."""
    gc.set_threshold(100_000)  # one short run: collecting cycles costs time and brings nothing
    from integratie_eval import cli
    from integratie_eval.errors import ExitCode

    kept: list[object] = []  # what was read stays until the end: taking a database apart costs time
    try:
        cli.main(kept)
    except SystemExit as end:
        if end.code in (ExitCode.DONE, ExitCode.FINDINGS):  # a run that was stopped, or went wrong, is cleared up
            _end_at_once(end.code)
        raise


def _end_at_once(code: int) -> None:
    """Leave without clearing up memory, which the system takes back anyway: that takes a tenth of a second."""
    with suppress(OSError, ValueError):
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
