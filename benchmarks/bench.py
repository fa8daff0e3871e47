"""The speed figures of docs/prestaties.md: `python -m benchmarks.bench [--snel]`.

Every measurement is a whole process with a warm file cache. The repetitions are interleaved, so that a busy machine
slows down all commands alike; the table gives medians. `--snel` leaves out the export of 100,000 clients.
The exit code is 1 when a budget is broken. Not for Windows: peak memory comes from the module resource.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "sample"
CLIENTS = 100_000
REPETITIONS = 5
GIB = 2**30

# Runs a command; prints its wall-clock seconds and the peak memory (bytes) of that process alone.
STOPWATCH = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps([code, seconds, peak]))
"""
# What it costs to parse the workbook and nothing else: the floor for every tool that uses fastexcel.
ONLY_PARSE = """
import sys, time, fastexcel
start = time.perf_counter()
reader = fastexcel.read_excel(sys.argv[1])
sheets = [reader.load_sheet(n, header_row=None, skip_rows=0, dtypes="string") for n in reader.sheet_names]
print(time.perf_counter() - start)
"""

Figures = Mapping[tuple[str, str, str | None], int]
"""(indicator, cohort, category) → count; of a quarter the indicator is 'instroom 2018-Q3'."""


def _expected() -> Iterator[tuple[tuple[str, str, str | None], int]]:
    """The table of figures that the sample must give."""
    per_cohort = {
        "personen": (199, 94), "gesproken": (199, 94), "uitstroom_werk": (64, 12), "parttime_werk": (16, 3),
        "studie": (13, 0), "vrijwilligerswerk": (33, 10), "voorbereiding_studie": (13, 0), "zorg_en_rust": (15, 36),
        "sollicitatietraining": (56, 0),
    }  # fmt: skip
    for name, (newcomers, settled) in per_cohort.items():
        yield (name, "statushouder", None), newcomers
        yield (name, "oudkomer", None), settled
        yield (name, "totaal", None), newcomers + settled
    totals: dict[str, dict[str | None, int]] = {
        "partijen": {None: 207},
        "partijen_samenstelling": {"alleenstaande": 121, "paar": 86},
        "partijen_gemengd": {None: 2},
        "deelnemers_aanbieder": {"4WD CARE": 24, "2Switch": 8, "Bewegen Werkt": 53, "Stichting Lemat": 13},
        "bijeenkomsten": {"Stichting Lemat": 8},
        "jobcoaching_inzetten": {None: 50},
        "vestigingen": {"2014": 30, "2015": 72, "2016": 95, "2017": 118},
        "eindstatus": {"betaald werk": 76, "parttime werk": 19, "studie": 13, "zorg en rust": 51,
                       "vrijwilligerswerk": 43, "voorbereiding studie": 13},
    }  # fmt: skip
    for name, categories in totals.items():
        for category, count in categories.items():
            yield (name, "totaal", category), count
    yield ("deelnemers_aanbieder", "statushouder", "Bewegen Werkt"), 43
    yield ("deelnemers_aanbieder", "oudkomer", "Bewegen Werkt"), 10
    yield ("taalmaatje", "statushouder", None), 155
    yield ("volwassenen", "statushouder", None), 199


EXPECTED: Figures = dict(_expected())
OVER_TIME = frozenset({
    "stand_begin", "instroom", "uitstroom", "stand_eind", "partijen_begin", "partijen_instroom", "partijen_uitstroom",
    "partijen_eind", "ladder_groep", "ladder_beweging", "ladder_overgang", "banen_begonnen", "banen_te_volgen",
    "uitval_werk", "te_volgen_na_werk", "terugval", "duurzaam_te_volgen", "duurzame_uitstroom", "tijd_tot_werk",
})  # fmt: skip
FEWEST_OVER_TIME = 1_000
OTHER_STATUSES = ("in traject", "uitgestroomd overig", "nog geen traject")


@dataclass(frozen=True, slots=True)
class Run:
    """One measured process."""

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table."""

    what: str
    value: str
    ratio: float | None = None
    budget: float | None = None

    @property
    def ok(self) -> bool:
        return self.ratio is None or self.budget is None or self.ratio <= self.budget

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}".replace(".", ",")
        budget = "" if self.budget is None else f"{self.budget:.2f}".replace(".", ",")
        verdict = "" if self.budget is None else "ok" if self.ok else "**te veel**"
        return f"| {self.what} | {self.value} | {ratio} | {budget} | {verdict} |"


def measured(*command: str) -> Run:
    """Run Python with these arguments under the stopwatch."""
    code, seconds, peak = json.loads(_python("-c", STOPWATCH, sys.executable, *command))
    if code:
        raise SystemExit(f"Mislukt (code {code}): python {' '.join(command)}")
    return Run(seconds, peak)


def _python(*arguments: str) -> str:
    # as installed: Python may keep what it compiles, of our modules and of the script alike
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def interleaved(commands: Mapping[str, Sequence[str]], repetitions: int) -> dict[str, list[Run]]:
    """Run every command once to warm the caches, then measure them in turn."""
    for command in commands.values():
        measured(*command)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(repetitions):
        for name, command in commands.items():
            runs[name].append(measured(*command))
    return runs


def small(folder: Path, repetitions: int) -> list[Line]:
    """The sample: our report against the pandas script, and what a process costs anyway."""
    ours, naive = folder / "rapport", folder / "naive"
    commands = {
        "report": ["-m", "integratie_eval", "report", str(SAMPLE), "-o", str(ours)],
        "naive": ["-m", "benchmarks.naive", str(SAMPLE), str(naive)],
        "help": ["-m", "integratie_eval", "--help"],
        "pass": ["-c", "pass"],
    }
    runs = interleaved(commands, repetitions)
    from_us = our_figures(json.loads((ours / "cijfers.json").read_bytes()))
    from_naive = naive_figures(json.loads((naive / "cijfers.json").read_bytes()))
    verify("integratie-eval", from_us)
    verify("naive.py", from_naive)
    verify_over_time(from_us, from_naive)
    ratio = typical(runs["report"]) / typical(runs["naive"])
    return [
        Line("`integratie-eval report data/sample`, deel van naive.py", seconds(runs["report"]), ratio, 0.35),
        Line("`python -m benchmarks.naive data/sample` (pandas, openpyxl, jinja2)", seconds(runs["naive"])),
        Line("`integratie-eval --help`", seconds(runs["help"])),
        Line("`python -c pass`", seconds(runs["pass"])),
    ]


def large(folder: Path, repetitions: int) -> list[Line]:
    """One export of 100,000 clients: our report against parsing alone."""
    exports = large_export()
    workbook = next(exports.glob("*.xlsx"))
    report = ["-m", "integratie_eval", "report", str(exports), "-o", str(folder / "groot")]
    measured(*report)
    parses, runs = [], []
    for _ in range(repetitions):
        parses.append(float(_python("-c", ONLY_PARSE, str(workbook))))
        runs.append(measured(*report))
    peak = max(run.peak for run in runs)
    return [
        Line("`integratie-eval report`, keer fastexcel", seconds(runs), typical(runs) / median(parses), 3.0),
        Line("fastexcel leest alleen de werkmap", _dutch(median(parses), 2, "s")),
        Line("grootste geheugen van `report`, in GiB", _dutch(peak / 2**20, 0, "MiB"), peak / GIB, 1.0),
    ]


def large_export() -> Path:
    """The export of 100,000 clients, made once for every version of the sample's code."""
    code = b"".join(path.read_bytes() for path in sorted((ROOT / "src/integratie_eval/sample").rglob("*.py")))
    name = f"integratie-eval-bench-{CLIENTS}-{hashlib.sha256(code).hexdigest()[:12]}"
    folder = Path(tempfile.gettempdir()) / name
    if not folder.is_dir():
        print(f"De export van {CLIENTS} cliënten wordt gemaakt in {folder} …", file=sys.stderr)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            made = Path(scratch) / "export"
            _python("-m", "integratie_eval", "sample", str(made), "--clienten", str(CLIENTS), "--kwartalen", "1")
            made.rename(folder)
    return folder


def our_figures(content: Mapping[str, Any]) -> Figures:
    """The counts in cijfers.json of integratie-eval."""
    return {(_named(row), row["cohort"], row["categorie"]): row["aantal"] for row in content["cijfers"]}


def naive_figures(rows: Sequence[Mapping[str, Any]]) -> Figures:
    """The counts in cijfers.json of naive.py."""
    cohorts = ("statushouder", "oudkomer", "totaal")
    return {(_named(row), c, row["categorie"]): row[c] for row in rows for c in cohorts if row[c] is not None}


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['indicator']} {row['kwartaal'] or ''}".rstrip()


def verify(program: str, figures: Figures) -> None:
    """Stop when a program does not give the figures of the sample: then its time means nothing."""
    wrong = [f"{key}: {figures.get(key)} in plaats van {n}" for key, n in EXPECTED.items() if figures.get(key) != n]
    persons = {cohort: figures["personen", cohort, None] for cohort in ("statushouder", "oudkomer", "totaal")}
    for cohort, count in persons.items():
        for indicator in ("eindstatus", "trede"):
            parts = [n for (name, of, category), n in figures.items() if (name, of) == (indicator, cohort) and category]
            if sum(parts) != count:
                wrong.append(f"{indicator} van {cohort} telt op tot {sum(parts)}, niet tot {count}")
    rest = sum(figures.get(("eindstatus", "totaal", status), 0) for status in OTHER_STATUSES)
    if rest != 78:
        wrong.append(f"de andere eindstatussen tellen op tot {rest}, niet tot 78")
    if 2 * figures["met_traject", "totaal", None] <= persons["totaal"]:
        wrong.append("niet meer dan de helft heeft een traject")
    if wrong:
        raise SystemExit("\n".join([f"{program} geeft niet de cijfers van het voorbeeld:", *wrong]))


def verify_over_time(ours: Figures, naive: Figures) -> None:
    """Stop when the two programs differ about a figure over time that both give, or when one gives none."""
    of_naive = {key: count for key, count in naive.items() if key[0].split(" ")[0] in OVER_TIME}
    wrong = [f"{key}: {ours[key]} en {count}" for key, count in of_naive.items() if ours.get(key, count) != count]
    missing = OVER_TIME - {name.split(" ")[0] for name, _, _ in of_naive} - {name for name, _, _ in ours}
    if wrong or missing or len(of_naive) < FEWEST_OVER_TIME:
        raise SystemExit("\n".join(["naive.py geeft andere cijfers over de tijd:", *wrong, *sorted(missing)]))


def typical(runs: Sequence[Run]) -> float:
    return median(run.seconds for run in runs)


def seconds(runs: Sequence[Run]) -> str:
    return _dutch(typical(runs), 2, "s")


def _dutch(number: float, decimals: int, unit: str) -> str:
    return f"{number:.{decimals}f} {unit}".replace(".", ",")


def machine(repetitions: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "fastexcel", "pandas", "openpyxl", "jinja2"))
    return (
        f"{os.cpu_count()} kernen ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"{packages}. Medianen van {repetitions} herhalingen om de beurt, hele processen, bestanden in het geheugen."
    )


def table(title: str, lines: Sequence[Line]) -> str:
    head = [f"### {title}", "", "| opdracht | mediaan | verhouding | budget | oordeel |", "|---|---:|---:|---:|---|"]
    return "\n".join([*head, *map(str, lines), ""])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description="Meet de snelheid.")
    parser.add_argument("--snel", action="store_true", help="alleen het voorbeeld, drie herhalingen")
    quick = parser.parse_args().snel
    repetitions = 3 if quick else REPETITIONS
    print(f"{machine(repetitions)}\n")
    with tempfile.TemporaryDirectory() as scratch:
        lines = small(Path(scratch), repetitions)
        print(table("Het voorbeeld: 293 personen in elf kwartalen", lines), flush=True)
        if not quick:
            lines_large = large(Path(scratch), repetitions)
            print(table("Eén export van 100.000 cliënten", lines_large), flush=True)
            lines += lines_large
    return 0 if all(line.ok for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
