"""What a run tells about itself: each step with its duration on the screen (--verbose) or in a file (--log)."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import typer

from integratie_eval.cli.screen import counted, say
from integratie_eval.cli.stopping import INTERRUPTED
from integratie_eval.errors import ExitCode, OutputError, UsageError, UserError, is_full, reason_of
from integratie_eval.text import visible

if TYPE_CHECKING:
    from integratie_eval.cli.screen import Checked


_NO_LOG = {".xlsx", ".xlsb", ".xls", ".ods", ".csv", ".toml", ".html", ".md", ".pdf", ".docx"}
"""Lines at the end of such a file would be rows of an export, or damage."""


class Logbook:
    """The steps of one run. Use as a context manager: its end is the last line, with the exit code.

    It holds numbers, names of rules and messages to the user; never the value of a cell.
    """

    def __init__(self, command: str, verbose: bool, path: Path | None) -> None:
        if path is not None and path.suffix.lower() in _NO_LOG:
            raise UsageError(
                f"{path} kan geen logbestand zijn: zo heet een export of een rapport.", "Kies een naam als run.jsonl."
            )
        self._command = command
        self._verbose = verbose
        self._path = path
        self._start = self._step_start = time.monotonic()
        self._step: str | None = None
        self._facts: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._line(stap="start", opdracht=self._command)
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        try:
            self._end_step()
            if isinstance(error, UserError):
                self._facts["melding"] = visible(error.message)
            total = round(time.monotonic() - self._start, 3)
            self._line(stap="einde", seconden=total, afsluitcode=code_of(error), **self._facts)
        except OutputError:
            if error is None:  # an error that is on its way is more important
                raise

    def step(self, name: str) -> None:
        """A step begins; the one before it is done."""
        self._end_step()
        self._step, self._step_start = name, time.monotonic()

    def tell(self, **facts: Any) -> None:
        """Facts for the last line."""
        self._facts |= facts

    def tell_result(self, exports: Checked) -> None:
        """How many files and rows were read, and how often each rule of the checks was broken."""
        self.tell(bestanden=len(exports.delivered.files), **counted(exports))

    def _end_step(self) -> None:
        if self._step is None:
            return
        seconds = time.monotonic() - self._step_start
        name, self._step = self._step, None
        if self._verbose:
            shown = f"{seconds:.2f}".replace(".", ",")
            with suppress(OSError):
                say(f"{name}: {shown} s", err=True)
        self._line(stap=name, seconden=round(seconds, 3))

    def _line(self, **content: Any) -> None:
        if self._path is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        try:
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps({"tijd": now, **content}, ensure_ascii=False) + "\n")
        except OSError as error:
            raise OutputError(
                f"Het logbestand {self._path} is niet te beschrijven ({reason_of(error)}).",
                "Kies een ander bestand met --log.",
            ) from None


def code_of(error: BaseException | None) -> int:
    """The exit code that an error leads to (design §6)."""
    match error:
        case None | BrokenPipeError():
            return ExitCode.DONE
        case UserError() | typer.Exit():
            return error.exit_code
        case SystemExit():
            return int(error.code or 0)
        case KeyboardInterrupt() | typer.Abort():
            return INTERRUPTED
        case _:
            return ExitCode.OUTPUT_FAILED if is_full(error) else ExitCode.OUR_FAULT
