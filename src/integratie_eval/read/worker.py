"""The process that opens files for the main process: whatever a damaged file does, only this process ends.

It reads one job per line (JSON) from its standard input, and answers each with a line of JSON about the sheets,
followed by their cells as bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from integratie_eval.errors import Refused
from integratie_eval.read.formats.fast import is_lack_of_memory
from integratie_eval.read.grid import Grid
from integratie_eval.read.opening import OpenedFile, open_file


def main() -> None:
    """Answer jobs until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process decides
    answers = _own_output()
    for line in sys.stdin.buffer:
        job = json.loads(line)
        _limit(job["memory"], job["seconds"])
        answer, payload = _answer(Path(os.fsdecode(bytes.fromhex(job["path"]))))
        answers.write(json.dumps(answer).encode() + b"\n")
        for part in payload:
            answers.write(part)
        answers.flush()


def _own_output() -> BinaryIO:
    """The answers' channel; anything that a library prints goes nowhere."""
    channel = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return channel


def _limit(memory: int, seconds: float) -> None:
    """No more than this many bytes of address space, and this much computing time from now on."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def _answer(path: Path) -> tuple[dict[str, Any], Iterator[bytes]]:
    try:
        opened = open_file(path)
    except Refused as error:
        return {"refusal": error.refusal, "where": error.where}, iter(())
    except BaseException as error:  # noqa: BLE001  a reader's own error, or a panic of Rust, that quotes cells perhaps
        refusal = "bestand_te_zwaar" if is_lack_of_memory(error) else "bestand_breekt_lezer"
        return {"refusal": refusal, "where": {}}, iter(())
    return _described(opened), (part.arrow for grid in opened.grids for part in grid.parts)


def _described(opened: OpenedFile) -> dict[str, Any]:
    return {
        "sha256": opened.sha256,
        "size": opened.size,
        "kind": opened.kind.name,
        "grids": [_described_grid(grid) for grid in opened.grids],
    }


def _described_grid(grid: Grid) -> dict[str, Any]:
    parts = [
        {"first_row": p.first_row, "first_column": p.first_column, "rows": p.rows, "columns": p.columns,
         "arrow": len(p.arrow)}
        for p in grid.parts
    ]  # fmt: skip
    return {"sheet": grid.sheet, "parts": parts, "facts": asdict(grid.facts)}
