"""Many quarters of a large municipality: `python -m benchmarks.quarters [--kwartalen 40] [--mensen 25000]`.

Writes csv exports (every quarter all people with bijstand, one in forty replaced each quarter) and measures a whole
`report` against reading the same files alone, for a quarter, half and all of the quarters: does time grow with rows?
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.bench import STOPWATCH, _python

YEAR = 2010
LEAVE = 40
# Reading alone: workers parse, the main process stores the cells; nothing is recognised or counted.
ONLY_READ = """
import sys
from integratie_eval.database import open_database
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.sources import find_files
from integratie_eval.read.store import store_cells
files = find_files([sys.argv[1]])
with Opening(files, Limits()) as opening:
    connection = open_database(sum(file.stat().st_size for file in files))
    store_cells(connection, [grid for opened in opening.results() for grid in opened.grids])
"""
HEADINGS = (
    "Clientnummer;Uitkeringnummer;Rol;Geboortedatum;Geslacht;Datum vestiging;Ingangsdatum uitkering;Einddatum uitkering"
    ";Reden einde;Inkomsten arbeid;Trede;Datum trede;Groeipotentieel;Zorg en rust;Datum gesprek;Taalmaatje"
)


@dataclass
class Person:
    """Someone with bijstand, as the next export will tell."""

    number: int
    settled: date
    begin: date
    rung: int
    measured: date


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quarters", description="Veel kwartalen.")
    parser.add_argument("--kwartalen", type=int, default=40)
    parser.add_argument("--mensen", type=int, default=25_000)
    given = parser.parse_args()
    print("| rijen | alleen lezen (s) | hele rapport (s) | verhouding | geheugen (MiB) |\n|---:|---:|---:|---:|---:|")
    worst = 0.0
    for quarters in (given.kwartalen // 4, given.kwartalen // 2, given.kwartalen):
        with tempfile.TemporaryDirectory() as folder:
            rows = write(Path(folder), quarters, given.mensen)
            reading, _ = measured("-c", ONLY_READ, folder)
            whole, peak = measured("-m", "integratie_eval", "report", folder, "-o", f"{folder}/uit")
        worst = max(worst, whole / reading)
        print(f"| {rows:,} | {reading:.1f} | {whole:.1f} | {whole / reading:.2f} | {peak >> 20} |".replace(",", "."))
    return 0 if worst <= 3 else 1


def measured(*command: str) -> tuple[float, int]:
    code, seconds, peak = json.loads(_python("-c", STOPWATCH, sys.executable, *command))
    if code:
        raise SystemExit(f"Mislukt (code {code}): python {' '.join(command)}")
    return seconds, peak


def write(folder: Path, quarters: int, people: int) -> int:
    """The exports of the quarters from 2010 on; returns the number of rows."""
    die = random.Random(2019)
    numbers = iter(range(1_000_000, 9_000_000))
    present = [new_person(next(numbers), date(YEAR, 1, 1), die) for _ in range(people)]
    rows = 0
    for place in range(quarters):
        first, last = quarter_of(place)
        lines = list(export(present, numbers, first, last, die))
        name = f"{last.year}-Q{(last.month + 2) // 3}"
        (folder / f"{name} clienten.csv").write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
        rows += len(lines)
    return rows


def quarter_of(place: int) -> tuple[date, date]:
    year, quarter = YEAR + place // 4, place % 4
    first = date(year, quarter * 3 + 1, 1)
    following = date(year + quarter // 3, (quarter * 3 + 3) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def export(present: list[Person], numbers: Iterator[int], first: date, last: date, die: random.Random) -> Iterator[str]:
    """The rows of one quarter; who leaves is told with an end, and a new person takes the place."""
    for place, person in enumerate(present):
        leaves = die.randrange(LEAVE) == 0
        end = first + timedelta(days=die.randrange(90)) if leaves else None
        if (last - person.measured).days > 200:
            person.rung, person.measured = min(5, max(1, person.rung + die.randrange(-1, 3))), first
        yield row(person, end, die)
        if leaves:
            present[place] = new_person(next(numbers), last + timedelta(days=1), die)


def new_person(number: int, begin: date, die: random.Random) -> Person:
    settled = begin - timedelta(days=die.randrange(1, 3_000))
    return Person(number, settled, begin, die.randrange(1, 5), begin)


def row(person: Person, end: date | None, die: random.Random) -> str:
    reason = die.choice(("11", "11", "32", "01", "98")) if end else ""
    born = 1950 + person.number % 45
    cells = (
        f"0{person.number}", f"U{person.number}", "aanvrager", f"{born}-05-17", "m", person.settled, person.begin,
        end or "", reason, "nee", person.rung, person.measured, min(6, person.rung + 1), "nee", person.measured, "ja",
    )  # fmt: skip
    return ";".join(map(str, cells))


if __name__ == "__main__":
    sys.exit(main())
