"""What one question costs: `python -m benchmarks.question`.

Whole processes in turn: `query` on the sample, a pandas script that answers the same question from the same workbooks,
and `import duckdb`. The two answers must be equal; the exit code is 1 when `query` takes more than half of the script,
or more than twice `import duckdb` plus the parsing of the sample: its files opened and read into typed tables, timed
inside a process that has imported everything.
"""

from __future__ import annotations

import csv
import io
import sys
from statistics import median

from benchmarks.bench import SAMPLE, Line, _dutch, _python, measured

TURNS = 15
MOST = 0.5
SQL = "SELECT cohort, count(*) AS aantal FROM personen GROUP BY cohort"
QUERY = ["-m", "integratie_eval", "query", str(SAMPLE), SQL]
PANDAS = f"""
from pathlib import Path
from benchmarks.naive import classify, merged, read_all
tables = read_all(Path({str(SAMPLE)!r}))
_, persons = classify(tables, merged(tables, "trajecten"))
print("cohort;aantal")
for cohort, count in persons["cohort"].value_counts().items():
    print(cohort, count, sep=";")
"""
PARSE = f"""
import time
import duckdb
from pathlib import Path
from integratie_eval.classified import classified
from integratie_eval.settings import load_settings
settings = load_settings(Path({str(SAMPLE / "integratie.toml")!r}))
begun = {{}}
classified([{str(SAMPLE)!r}], settings, lambda step: begun.update({{step: time.perf_counter()}}))
print(begun["controleren"] - begun["openen"])
"""


def main() -> int:
    answers = [counts_in(_python(*command)) for command in (QUERY, ["-c", PANDAS])]
    if answers[0] != answers[1]:
        raise SystemExit(f"De antwoorden verschillen: {answers}")
    turns = [turn() for _ in range(TURNS)]
    query, pandas, duckdb, parsing = (median(times) for times in zip(*turns, strict=True))
    of_script = median(query / pandas for query, pandas, *_ in turns)
    of_floor = median(query / (2 * duckdb + parsing) for query, _, duckdb, parsing in turns)
    lines = (
        Line("`query` op het voorbeeld, deel van het script", _dutch(query, 2, "s"), of_script, MOST),
        Line("`query`, deel van 2 x `import duckdb` plus inlezen", _dutch(query, 2, "s"), of_floor, 1.0),
        Line("script met pandas", _dutch(pandas, 2, "s")),
        Line("`import duckdb`", _dutch(duckdb, 2, "s")),
        Line("het voorbeeld inlezen: van bestanden tot tabellen", _dutch(parsing, 2, "s")),
    )
    for line in lines:
        print(line)
    return int(not all(line.ok for line in lines))


def turn() -> tuple[float, float, float, float]:
    """Seconds: a query, the script, `import duckdb`, and the parsing alone. One after another, in the same noise."""
    query, pandas, duckdb = (measured(*command).seconds for command in (QUERY, ["-c", PANDAS], ["-c", "import duckdb"]))
    return query, pandas, duckdb, float(_python("-c", PARSE))


def counts_in(answer: str) -> dict[str, int]:
    """Cohort → persons, of a csv."""
    rows = csv.DictReader(io.StringIO(answer.removeprefix("\ufeff")), delimiter=";")
    return {row["cohort"]: int(row["aantal"]) for row in rows}


if __name__ == "__main__":
    sys.exit(main())
