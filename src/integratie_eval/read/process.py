"""Starts and stops a worker (worker.py). So little that a worker can be starting while the rest of us is imported."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

Worker = subprocess.Popen[bytes]
"""A process that opens files: jobs go in, answers come out."""

_CODE = "import sys; sys.path[:] = {path!r}; from integratie_eval.read.worker import main; main()"


def start_worker() -> Worker:
    """An interpreter without site packages of its own, that finds modules where we find them."""
    command = [sys.executable, "-I", "-S", "-c", _CODE.format(path=sys.path)]
    return subprocess.Popen(  # noqa: S603  our own interpreter and our own code
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def stop_worker(worker: Worker) -> None:
    """End a worker, whatever it is doing; one that has ended may be stopped again."""
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with suppress(OSError):  # a job that it never read
                pipe.close()
