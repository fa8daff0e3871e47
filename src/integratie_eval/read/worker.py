"""The process that opens files for the main process: whatever a damaged file does, only this process ends.

It reads one job per line (JSON) from its standard input, and answers each with a line of JSON: the opened file
(wire.py), or why it cannot be used.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from integratie_eval.errors import Refused
from integratie_eval.read.formats.fast import is_lack_of_memory
from integratie_eval.read.opening import open_file
from integratie_eval.read.wire import bytes_of


def main() -> None:
    """Answer jobs until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process decides
    answers = _own_output()
    for line in sys.stdin.buffer:
        job = json.loads(line)
        _limit(job["memory"], job["seconds"])
        answers.writelines(_answer(Path(os.fsdecode(bytes.fromhex(job["path"])))))
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
    if sys.platform == "win32":  # it has no such limits; the main process ends a worker that takes too long
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime + 2 * seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def _answer(path: Path) -> Iterator[bytes]:
    try:
        return bytes_of(open_file(path))
    except Refused as error:
        return iter((_line(error.refusal, error.where),))
    except BaseException as error:  # noqa: BLE001  a reader's own error, or a panic of Rust, that quotes cells perhaps
        return iter((_line("bestand_te_zwaar" if is_lack_of_memory(error) else "bestand_breekt_lezer", {}),))


def _line(refusal: str, where: Mapping[str, object]) -> bytes:
    return json.dumps({"refusal": refusal, "where": where}).encode() + b"\n"
