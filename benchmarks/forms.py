"""What each form of the report costs: `python -m benchmarks.forms`.

Whole processes in turn (`report data/sample`): all forms against md and html alone; then each form in one process,
of a report that is there already, with the prose, the charts and the blocks made before.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import STOPWATCH, _python
from integratie_eval.evaluation import evaluate
from integratie_eval.render import FORMATS, Material
from integratie_eval.report import report_of
from integratie_eval.resources import sample_folder
from integratie_eval.settings import FILE_NAME, load_settings

TURNS = 5
MOST, MOST_OF_PDF = 2.5, 0.5


def main() -> int:
    few, everything = whole_processes(["md,html", "alles"])
    print(f"| alle vormen / md,html | {everything:.2f} s / {few:.2f} s | {everything / few:.2f} |")
    own = each_form()
    for form, seconds in own.items():
        print(f"| {form} | {seconds * 1000:.0f} ms |")
    return 0 if everything / few <= MOST and own["pdf"] <= MOST_OF_PDF else 1


def whole_processes(formats: Sequence[str]) -> list[float]:
    """The median of each choice of formats, in turn so that noise hits all alike."""
    taken: dict[str, list[float]] = {chosen: [] for chosen in formats}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(TURNS + 1):
            for chosen in formats:
                command = ("-m", "integratie_eval", "report", str(sample_folder()), "-o", folder, "--format", chosen)
                code, seconds, _ = json.loads(_python("-c", STOPWATCH, sys.executable, *command))
                if code:
                    raise SystemExit(f"Mislukt: {chosen}")
                taken[chosen].append(seconds)
    return [statistics.median(seconds[1:]) for seconds in taken.values()]


def each_form() -> dict[str, float]:
    """The shortest time of each form in one process."""
    sample = Path(sample_folder())
    material = Material(report_of(evaluate(sample, load_settings(sample / FILE_NAME))))
    _ = material.blocks, material.charts
    taken: dict[str, list[float]] = {form: [] for form in FORMATS}
    for _ in range(TURNS + 1):
        for form, write in FORMATS.items():
            begin = time.perf_counter()
            write(material)
            taken[form].append(time.perf_counter() - begin)
    return {form: min(seconds[1:]) for form, seconds in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
