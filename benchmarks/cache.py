"""What the cache saves: `python -m benchmarks.cache [--kwartalen 40] [--mensen 5000]`.

`report` of many quarters, as csv and as xlsx, without a cache, the first time with one, and the next times.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from benchmarks.quarters import measured, write

TURNS = 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cache", description="Wat de cache scheelt.")
    parser.add_argument("--kwartalen", type=int, default=40)
    parser.add_argument("--mensen", type=int, default=5_000)
    given = parser.parse_args()
    print("| soort | regels | zonder cache (s) | eerste keer (s) | daarna (s) |\n|---|---:|---:|---:|---:|")
    for kind in ("csv", "xlsx"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows = write(folder, given.kwartalen, given.mensen)
            if kind == "xlsx":
                for path in sorted(folder.glob("*.csv")):
                    as_workbook(path)
            without = statistics.median(report(folder) for _ in range(TURNS))
            (folder / "integratie.toml").write_text('[cache]\nmap = "cache"\n', encoding="utf-8")
            first = report(folder)
            later = statistics.median(report(folder) for _ in range(TURNS))
        print(f"| {kind} | {rows:,} | {without:.1f} | {first:.1f} | {later:.1f} |".replace(",", "."))
    return 0


def report(folder: Path) -> float:
    seconds, _ = measured("-m", "integratie_eval", "report", str(folder), "-o", str(folder / "uit"))
    return seconds


def as_workbook(path: Path) -> None:
    """The same export as xlsx, in the place of the csv."""
    with xlsxwriter.Workbook(path.with_suffix(".xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Cliënten")
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter=";")):
                sheet.write_row(number, 0, row)
    path.unlink()


if __name__ == "__main__":
    sys.exit(main())
