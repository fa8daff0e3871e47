"""Damaged files through the reader: `python -m benchmarks.fuzz [--aantal 20000] [--soort xlsx,csv] [--zaad 2019]`.

Every file is opened as in a real run, by workers that read file after file. It must end as sheets that hold what they
announce or as a declared refusal, in time and within the memory. Anything else has escaped: then the exit code is 1.
Every fiftieth file also goes through the whole command. Escapes and files that kill their reader are kept, with the
reason, in the folder of `--bewaar`. Memory and living workers are looked up in /proc: only Linux has it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.mutate import Mutant, mutant
from benchmarks.seeds import KINDS, seeds_of
from integratie_eval import cli
from integratie_eval.errors import Refused
from integratie_eval.read.grid import MOST_COLUMNS, MOST_ROWS, Facts, Grid, Part
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.opened import OpenedFile
from integratie_eval.refusals import load_refusals
from tests.unit.parts import rows_of

SECONDS = 5.0
BATCH = 500
COMMAND_EVERY = 50
STUCK = ("bestand_breekt_lezer", "bestand_te_traag", "bestand_te_zwaar")
"""The refusals of a file whose reader was stopped, or stopped by itself."""
_MOST_COLUMNS = 16_384
_MOST_LINES = 5
_WITH_CHECKSUMS = ("xlsx", "xlsb", "ods")
_MOST_KEPT = 100
_SHARED_MEMORY = Path("/dev/shm")
_LIMITS = Limits()
# Why a reader stops: the traceback that a worker does not show, under the limits of a worker.
_READ_ALONE = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), resource.RLIM_INFINITY))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from integratie_eval.read.opening import open_file
open_file(Path(sys.argv[1]))
"""


@dataclass(frozen=True)
class Outcome:
    """How one file ended: its sheets, a refusal, or an error that should not have been."""

    path: Path
    result: OpenedFile | BaseException
    seconds: float = 0.0
    memory: int = 0
    """Bytes of address space that the worker had at most."""

    @property
    def name(self) -> str:
        """'gelezen', or the id of the refusal."""
        return self.result.refusal if isinstance(self.result, Refused) else "gelezen"


Opener = Callable[[Sequence[Path]], list[Outcome]]


@dataclass
class Account:
    """What became of the files of one kind."""

    kind: str
    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    other_cells: int = 0
    """A bad copy that was read, but with other cells than the original."""
    slowest: float = 0.0
    memory: int = 0
    commands: Counter[int] = field(default_factory=Counter)
    slowest_command: float = 0.0
    escapes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What to do. `keep` is the folder for files that are worth a look."""

    files: int
    seed: int
    keep: Path
    command_every: int = COMMAND_EVERY


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description="Leest beschadigde bestanden.")
    parser.add_argument("--aantal", type=int, default=20_000, help="bestanden per soort")
    parser.add_argument("--soort", default=",".join(KINDS), help="soorten, met komma's ertussen")
    parser.add_argument("--zaad", type=int, default=2019, help="een ander getal geeft andere bestanden")
    kept = Path(tempfile.gettempdir()) / "integratie-eval-fuzz"
    parser.add_argument("--bewaar", type=Path, default=kept, help=f"map voor wat opvalt (anders {kept})")
    given = parser.parse_args()
    plan = Plan(given.aantal, given.zaad, given.bewaar)
    accounts = []
    for kind in given.soort.split(","):
        start = time.monotonic()
        verify_seeds(kind)
        accounts.append(fuzz(kind, plan))
        print(f"{kind}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    print(table(accounts))
    for account in accounts:
        print(*(f"ONTSNAPT {escape}" for escape in account.escapes), sep="\n", end="\n" if account.escapes else "")
    return 1 if any(account.escapes for account in accounts) else 0


def fuzz(kind: str, plan: Plan, open_files: Opener | None = None) -> Account:
    """Read the damaged files of one kind. `open_files` may stand in for the reader: are its escapes noticed?"""
    account = Account(kind)
    originals = {seed: _grids(outcome) for seed, outcome in _read_seeds(kind).items()}
    for first in range(0, plan.files, BATCH):
        numbers = range(first, min(first + BATCH, plan.files))
        with tempfile.TemporaryDirectory(dir=_SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None) as folder:
            mutants = {number: mutant(kind, plan.seed, number) for number in numbers}
            paths = [Path(folder) / f"{number:06} 2019-Q4.{kind}" for number in numbers]
            for path, made in zip(paths, mutants.values(), strict=True):
                path.write_bytes(made.content)
            for outcome, made in zip((open_files or opened)(paths), mutants.values(), strict=True):
                _judge(account, outcome, made, originals[made.seed], plan)
            for path in paths[:: plan.command_every]:
                _judge_command(account, path, plan)
    return account


# --- the reader


class _Watched(Opening):
    """An opening that notes the time and memory of every file, and the workers that it started."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.notes: dict[Path, tuple[float, int]] = {}
        self.workers: set[int] = set()
        super().__init__(paths, _LIMITS)

    def _ask(self, worker: int, path: Path) -> OpenedFile:
        start = time.monotonic()
        self.workers.add(self._processes[worker].pid)
        try:
            return super()._ask(worker, path)
        finally:
            process = self._processes[worker].pid
            self.workers.add(process)
            self.notes[path] = (time.monotonic() - start, _peak(process))


def opened(paths: Sequence[Path]) -> list[Outcome]:
    """The files through the workers. Raises AssertionError when a worker lives on."""
    opening = _Watched(paths)
    with opening:
        endings = opening.endings()
    left = [process for process in opening.workers if Path(f"/proc/{process}").exists()]
    if left:
        raise AssertionError(f"workers that live on: {left}")
    return [Outcome(path, ending, *opening.notes[path]) for path, ending in zip(paths, endings, strict=True)]


def _peak(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmPeak")), 0)


def _read_seeds(kind: str) -> dict[bytes, Outcome]:
    """The valid files; every one must be read."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = dict(zip(seeds_of(kind), opened(_write_seeds(kind, Path(folder))), strict=True))
    wrong = [escape_of(outcome) or outcome.name for outcome in outcomes.values() if not _grids(outcome)]
    if wrong:
        raise AssertionError(f"a valid {kind} is not read: {wrong}")
    return outcomes


def verify_seeds(kind: str) -> None:
    """Every valid file must give a report: otherwise a damaged one tells nothing about the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        for path in _write_seeds(kind, Path(folder)):
            code, errors = _command(path, Path(folder) / "uit")
            if code:
                raise SystemExit(f"{path.name} is niet te gebruiken: {errors}")


def _write_seeds(kind: str, folder: Path) -> list[Path]:
    paths = [folder / f"{number} 2019-Q4.{kind}" for number in range(len(seeds_of(kind)))]
    for path, content in zip(paths, seeds_of(kind), strict=True):
        path.write_bytes(content)
    return paths


# --- the judgement


def _judge(account: Account, outcome: Outcome, made: Mutant, original: Sequence[Grid], plan: Plan) -> None:
    account.files += 1
    account.outcomes[outcome.name] += 1
    account.slowest = max(account.slowest, outcome.seconds)
    account.memory = max(account.memory, outcome.memory)
    escape = escape_of(outcome)
    if escape:
        account.escapes.append(f"{outcome.path.name} ({', '.join(made.how)}): {escape}")
        _keep(plan.keep, "ontsnapt", outcome.path, made, escape)
    elif outcome.name in STUCK:
        _keep(plan.keep, outcome.name, outcome.path, made, f"{outcome.seconds:.1f} s")
    same_kind = isinstance(outcome.result, OpenedFile) and outcome.result.kind.name.lower() == account.kind
    checked = made.only_bytes and same_kind and account.kind in _WITH_CHECKSUMS
    if checked and (change := _difference(_grids(outcome), original)):
        account.other_cells += 1
        _keep(plan.keep, "andere_cellen", outcome.path, made, change)


def escape_of(outcome: Outcome) -> str | None:
    """Why this should not have happened; None for sheets that are in order and for a declared refusal in time."""
    result = outcome.result
    if outcome.seconds > SECONDS:
        return f"duurde {outcome.seconds:.1f} s"
    if outcome.memory > _LIMITS.memory:
        return f"{outcome.memory // 2**20} MB geheugen"
    if isinstance(result, Refused):
        return _wrong_refusal(result)
    if isinstance(result, BaseException):
        return f"{type(result).__name__}: {result}"
    try:
        return next((reason for grid in result.grids if (reason := _wrong_grid(grid))), None)
    except Exception as error:
        return f"blad niet te lezen: {type(error).__name__}: {error}"


def _wrong_refusal(refused: Refused) -> str | None:
    if refused.refusal not in load_refusals():
        return f"onbekende weigering {refused.refusal}"
    declared = load_refusals()[refused.refusal]
    try:
        (declared.message + declared.remedy).format(**{"bestand": "x", **refused.where})
    except (KeyError, IndexError) as error:
        return f"de zin van {refused.refusal} mist {error}"
    return None


def _wrong_grid(grid: Grid) -> str | None:
    """What does not hold of a sheet."""
    facts = grid.facts
    json.dumps(asdict(facts), allow_nan=False, ensure_ascii=False).encode()  # surrogates, numbers that are none
    (grid.sheet or "").encode()
    end = 0
    for part in grid.parts:
        if part.first_row < end or part.first_column < 0:
            return f"deel begint op rij {part.first_row}, na {end}"
        end = part.first_row + part.rows
        if end > MOST_ROWS or part.first_column + part.columns > MOST_COLUMNS:
            return f"deel tot rij {end} en kolom {part.first_column + part.columns}"
        if wrong := _wrong_part(part):
            return wrong
    return _wrong_facts(facts)


def _wrong_facts(facts: Facts) -> str | None:
    for mark in facts.marks:
        if not (_is_inside(mark.row, mark.column) and mark.column < MOST_COLUMNS and isinstance(mark.text, str)):
            return f"merkteken buiten het blad: {mark}"
    if not (0 <= facts.hidden_rows <= MOST_ROWS and 0 <= facts.hidden_columns <= _MOST_COLUMNS and facts.stray >= 0):
        return f"{facts.hidden_rows} rijen en {facts.hidden_columns} kolommen verborgen, {facts.stray} los"
    for block in facts.merged:
        if min(block.first_row, block.first_column) < 0:
            return f"samengevoegd buiten het blad: {block}"
    for run in facts.padded:
        if run.first_row > run.last_row or not all(
            _is_inside(row, run.column) for row in (run.first_row, run.last_row)
        ):
            return f"opgevuld buiten het blad: {run}"
    return None


def _is_inside(row: int, column: int) -> bool:
    return 0 <= row < MOST_ROWS and 0 <= column < _MOST_COLUMNS


def _wrong_part(part: Part) -> str | None:
    """The stream must hold the announced rows and columns, of text in UTF-8."""
    import nanoarrow
    from nanoarrow import ipc

    rows = 0
    with nanoarrow.c_array_stream(ipc.InputStream.from_readable(part.arrow)) as stream:
        for array in stream:
            rows += array.length
            children = list(array.view().children)
            if len(children) != part.columns:
                return f"{len(children)} kolommen in plaats van {part.columns}"
            for child in children:
                str(bytes(list(child.buffers)[2]), "utf-8")
    return None if rows == part.rows else f"{rows} rijen in plaats van {part.rows}"


def _grids(outcome: Outcome) -> tuple[Grid, ...]:
    return outcome.result.grids if isinstance(outcome.result, OpenedFile) else ()


def _difference(found: Sequence[Grid], original: Sequence[Grid]) -> str | None:
    """Where the cells of a file that was read differ from those of the original."""
    if not found or found == original:
        return None
    if [grid.sheet for grid in found] != [grid.sheet for grid in original]:
        return f"bladen {[grid.sheet for grid in found]}, niet {[grid.sheet for grid in original]}"
    for grid, other in zip(found, original, strict=True):
        cells, others = _cells(grid), _cells(other)
        for place in sorted(cells.keys() | others.keys()):
            if cells.get(place) != others.get(place):
                return f"blad {grid.sheet!r}, cel {place}: {cells.get(place)!r}, niet {others.get(place)!r}"
    return None


def _cells(grid: Grid) -> dict[tuple[int, int], str]:
    cells = {(row, c): text for row, texts in rows_of(grid).items() for c, text in enumerate(texts) if text}
    return cells | {(mark.row, mark.column): mark.text for mark in grid.facts.marks}


# --- the whole command


def _judge_command(account: Account, path: Path, plan: Plan) -> None:
    made = mutant(account.kind, plan.seed, int(path.name.split()[0]))
    start = time.monotonic()
    code, errors = _command(path, path.parent / "uit")
    seconds = time.monotonic() - start
    account.commands[code] += 1
    account.slowest_command = max(account.slowest_command, seconds)
    wrong = []
    if code not in (0, 3):
        wrong.append(f"code {code}")
    if len(errors.splitlines()) > _MOST_LINES or "Traceback" in errors or "panicked" in errors:
        wrong.append("te veel uitleg")
    if seconds > SECONDS:
        wrong.append(f"{seconds:.1f} s")
    if wrong:
        reason = f"de hele opdracht: {', '.join(wrong)}: {errors}"
        account.escapes.append(f"{path.name} ({', '.join(made.how)}): {reason}")
        _keep(plan.keep, "ontsnapt", path, made, reason)


def _command(path: Path, output: Path) -> tuple[int, str]:
    """The exit code of a report on this file, and what it said on stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(["report", str(path), "-o", str(output)])
    return code, err.getvalue()


# --- what is kept


def _keep(folder: Path, why: str, path: Path, made: Mutant, reason: str) -> None:
    """Save the file, what was done to it, and the traceback of its reader."""
    place = folder / why
    place.mkdir(parents=True, exist_ok=True)
    kept = place / f"{path.suffix[1:]} {path.name}"
    if sum(1 for other in place.glob(f"{path.suffix[1:]} *{path.suffix}")) >= _MOST_KEPT:
        return
    kept.write_bytes(made.content)
    ending = "" if why == "bestand_te_traag" else _traceback(kept)
    kept.with_suffix(".txt").write_text(f"{', '.join(made.how)}\n{reason}\n\n{ending}\n", encoding="utf-8")


def _traceback(path: Path) -> str:
    """What a process that reads only this file says at its end."""
    command = [sys.executable, "-c", _READ_ALONE, str(path), str(_LIMITS.memory)]
    try:
        alone = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"na {SECONDS} s nog niet klaar"
    return f"code {alone.returncode}\n{alone.stderr[-4000:]}"


# --- the table


def table(accounts: Sequence[Account]) -> str:
    """The accounts side by side, in Dutch."""
    import resource

    refusals = sorted({name for account in accounts for name in account.outcomes} - {"gelezen", *STUCK})
    lines: list[tuple[str, Callable[[Account], str]]] = [
        ("bestanden", lambda a: _number(a.files)),
        ("gelezen", lambda a: _number(a.outcomes["gelezen"])),
        (
            "beschadigde kopie gelezen met andere cellen",
            lambda a: _number(a.other_cells) if a.kind in _WITH_CHECKSUMS else "–",
        ),
        *((f"geweigerd: `{name}`", lambda a, name=name: _number(a.outcomes[name])) for name in refusals),
        *((f"werker vastgelopen: `{name}`", lambda a, name=name: _number(a.outcomes[name])) for name in STUCK),
        ("langste tijd", lambda a: _seconds(a.slowest)),
        ("grootste adresruimte van een werker", lambda a: f"{a.memory // 2**20} MB"),
        ("hele opdracht: rapport gemaakt (code 0)", lambda a: _number(a.commands[0])),
        ("hele opdracht: geweigerd (code 3)", lambda a: _number(a.commands[3])),
        ("hele opdracht: langste tijd", lambda a: _seconds(a.slowest_command)),
        ("**ontsnapt**", lambda a: f"**{_number(len(a.escapes))}**"),
    ]
    head = [f"| | {' | '.join(account.kind for account in accounts)} |", f"|---|{'---:|' * len(accounts)}"]
    rows = [f"| {what} | {' | '.join(show(account) for account in accounts)} |" for what, show in lines]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    limits = f"{_LIMITS.memory // 2**20} MB en {_LIMITS.seconds:.0f} s per bestand, {os.cpu_count()} kernen"
    return "\n".join([f"Grenzen: {limits}. Geheugen van de hele opdracht: {peak // 2**20} MB.", "", *head, *rows, ""])


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())
