"""What one question costs: `python -m benchmarks.question`.

Whole processes in turn: `query` on the sample, a pandas script that answers the same question from the same workbooks,
and `import duckdb`. The two answers must be equal; the exit code is 1 when `query` takes more than half of the script.
"""

from __future__ import annotations

import csv
import io
import sys
from statistics import median

from benchmarks.bench import SAMPLE, Line, _python, interleaved, seconds

TURNS = 9
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


def main() -> int:
    answers = [counts_in(_python(*command)) for command in (QUERY, ["-c", PANDAS])]
    if answers[0] != answers[1]:
        raise SystemExit(f"De antwoorden verschillen: {answers}")
    runs = interleaved({"query": QUERY, "pandas": ["-c", PANDAS], "duckdb": ["-c", "import duckdb"]}, TURNS)
    ratio = median(ours.seconds / theirs.seconds for ours, theirs in zip(runs["query"], runs["pandas"], strict=True))
    for line in (
        Line("`query` op het voorbeeld, deel van het script", seconds(runs["query"]), ratio, MOST),
        Line("script met pandas", seconds(runs["pandas"])),
        Line("`import duckdb`", seconds(runs["duckdb"])),
    ):
        print(line)
    return int(ratio > MOST)


def counts_in(answer: str) -> dict[str, int]:
    """Cohort → persons, of a csv."""
    rows = csv.DictReader(io.StringIO(answer.removeprefix("\ufeff")), delimiter=";")
    return {row["cohort"]: int(row["aantal"]) for row in rows}


if __name__ == "__main__":
    sys.exit(main())
