"""How long a command takes on every odd file of tests/bad: `python -m benchmarks.odd_files`.

Every case builds its file and gives it to the command, as in the test; a command that takes longer than five seconds
(and one more for every million bytes, as in `Limits`) gives exit code 1. The memory of workers is limited anyway.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from integratie_eval import cli
from integratie_eval.read.isolation import Limits

CASES = ("a_containers", "b_headers", "b_shapes", "d_csv", "e_files")
SHOWN = 10
_LIMITS = Limits(seconds=5.0)


class Stopwatch:
    """A plugin of pytest that times every command of a test."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, float, str]] = []
        """The part of the allowed time, the seconds, and the case."""

    @pytest.fixture(autouse=True)
    def timed(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        run = cli.run

        def timed_run(arguments: list[str]) -> int:
            begin = time.perf_counter()
            try:
                return run(arguments)
            finally:
                seconds = time.perf_counter() - begin
                self.taken.append((seconds / allowed(arguments), seconds, request.node.nodeid))

        monkeypatch.setattr(cli, "run", timed_run)


def allowed(arguments: Sequence[str]) -> float:
    """The seconds that a command with these arguments may take."""
    given = [Path(argument) for argument in arguments if os.path.exists(argument)]  # noqa: PTH110  any name, however long
    files = [file for path in given for file in (path.rglob("*") if path.is_dir() else [path])]
    return max([_LIMITS.seconds, *map(_LIMITS.seconds_for, files)])


def main() -> int:
    stopwatch = Stopwatch()
    files = [f"tests/bad/test_{name}.py" for name in CASES]
    code = pytest.main(["-q", "-p", "no:randomly", "-p", "no:xdist", *files], plugins=[stopwatch])
    taken = sorted(stopwatch.taken, reverse=True)
    print(f"{len(taken)} opdrachten; de langzaamste:")
    for part, seconds, case in taken[:SHOWN]:
        print(f"| {case.rpartition('::')[2]} | {seconds:.2f} s | {part:.0%} van wat mag |")
    return int(code != 0 or not taken or taken[0][0] > 1)


if __name__ == "__main__":
    sys.exit(main())
