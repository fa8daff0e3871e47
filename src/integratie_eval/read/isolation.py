"""Opens the delivered files in worker processes, side by side: a file that kills its reader does not kill the run."""

from __future__ import annotations

import json
import os
import subprocess
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from time import monotonic
from typing import BinaryIO, cast

from integratie_eval.errors import OutputError, Refused
from integratie_eval.read.cache import Cache
from integratie_eval.read.opened import OpenedFile
from integratie_eval.read.process import Worker, start_worker, stop_worker
from integratie_eval.read.wire import opened_from

_MOST_WORKERS = 4
_BYTES_PER_WORKER = 250_000  # starting one costs as much as opening this much
_BYTES_PER_SECOND = 1_000_000  # beside the fixed seconds: a large file may take longer
_OUT_OF_TIME = -24  # SIGXCPU
_OUT_OF_MEMORY = -6  # SIGABRT: so the Rust reader ends when it gets no memory; its other faults are exceptions


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost."""

    memory: int = 2**30
    """Bytes of address space."""
    seconds: float = 4.0
    """For a small file; a large one gets more, in proportion to its size."""

    def seconds_for(self, path: Path) -> float:
        """The time that this file may take."""
        return self.seconds + _size(path) / _BYTES_PER_SECOND


class Opening:
    """Files that are being opened. Use as a context manager, so that no worker outlives the run.

    `on_file` is told the number of each file when its turn comes, from the threads that serve the workers. What the
    cache knows is not opened again. `worker` was started by the caller, to be the first.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        limits: Limits,
        on_file: Callable[[int], None] = lambda _: None,
        cache: Cache | None = None,
        worker: Worker | None = None,
    ) -> None:
        self._limits = limits
        self._on_file = on_file
        self._cache = cache
        self._paths = paths
        self._results: list[OpenedFile | BaseException | None] = [cache.find(path) if cache else None for path in paths]
        self._waiting = deque(number for number, known in enumerate(self._results) if known is None)
        workers = _workers_for([paths[number] for number in self._waiting])
        self._processes = [worker] if worker and workers else []
        self._processes += [start_worker() for _ in range(workers - len(self._processes))]
        self._threads = [Thread(target=self._serve, args=(n,), daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Opening:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()
        for process in self._processes:
            process.kill()  # the threads read the end of its answers
        for thread in self._threads:
            thread.join()
        for process in self._processes:  # with those that took the place of the killed ones
            stop_worker(process)

    def results(self) -> list[OpenedFile | Refused]:
        """For every file, in the order given, its sheets or why it cannot be used."""
        done: list[OpenedFile | Refused] = []
        for ending in self.endings():
            if not isinstance(ending, OpenedFile | Refused):
                raise ending
            done.append(ending)
        return done

    def endings(self) -> list[OpenedFile | BaseException]:
        """As `results`, but an unexpected error stands in its own place."""
        for thread in self._threads:
            thread.join()
        return [ending for ending in self._results if ending is not None]

    def _serve(self, worker: int) -> None:
        """Give one worker file after file; a worker that died is replaced."""
        while self._waiting:
            try:
                number = self._waiting.popleft()
            except IndexError:  # another worker was first
                return
            try:
                self._on_file(number)
                opened = self._ask(worker, self._paths[number])
                if self._cache:
                    with suppress(OutputError):  # a full disk costs time, not the report
                        self._cache.keep(opened)
                self._results[number] = opened
            except BaseException as error:  # noqa: BLE001  handed over to the main thread
                self._results[number] = error

    def _ask(self, worker: int, path: Path) -> OpenedFile:
        process = self._processes[worker]
        if process.poll() is not None:  # it ended before this job, and not of it
            stop_worker(process)
            process = self._processes[worker] = start_worker()
        seconds = self._limits.seconds_for(path)
        end = monotonic() + seconds
        clock = Timer(seconds, process.kill)
        clock.start()
        try:
            return _exchange(process, path, self._limits.memory, seconds)
        except (OSError, EOFError, ValueError, LookupError, TypeError):  # it ended halfway, or its answer is nonsense
            refusal = _reason(process, late=monotonic() >= end)
            stop_worker(process)
            self._processes[worker] = start_worker()
            raise Refused(refusal, **_limits(self._limits.memory, seconds)) from None
        finally:
            clock.cancel()


def _workers_for(paths: Sequence[Path]) -> int:
    """How many workers these files are worth."""
    size = sum(_size(path) for path in paths)
    return min(len(paths), os.cpu_count() or 1, _MOST_WORKERS, 1 + size // _BYTES_PER_WORKER)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the worker will tell what is wrong with it
        return 0


def _reason(process: Worker, *, late: bool) -> str:
    """The refusal that tells why a worker gave no answer."""
    try:
        code = process.wait(1)
    except subprocess.TimeoutExpired:  # it lives, but what it says is no answer
        code = 0
    if late or code == _OUT_OF_TIME:
        return "bestand_te_traag"
    return "bestand_te_zwaar" if code == _OUT_OF_MEMORY else "bestand_breekt_lezer"


def _limits(memory: int, seconds: float) -> dict[str, object]:
    """What the sentences of refusals name."""
    return {"geheugen": f"{memory // 2**20} MB", "seconden": round(seconds)}


def _exchange(process: Worker, path: Path, memory: int, seconds: float) -> OpenedFile:
    """Send one job and read the answer. Raises EOFError or OSError when the worker dies halfway."""
    jobs, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    job = {"path": os.fsencode(path.resolve()).hex(), "memory": memory, "seconds": seconds}
    jobs.write(json.dumps(job).encode() + b"\n")
    jobs.flush()
    answer = json.loads(answers.readline())
    if "refusal" in answer:
        raise Refused(answer["refusal"], **_limits(memory, seconds) | answer["where"])
    return opened_from(answer, answers, path)
