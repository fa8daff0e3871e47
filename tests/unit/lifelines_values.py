"""The values that lifelines and statsmodels give, for test_survival.py: writes lifelines_values.jsonl beside this file.

lifelines 0.30.3 refuses the pandas that this project uses, so this runs in an environment of its own:

    python -m venv /tmp/lifelines && /tmp/lifelines/bin/pip install lifelines statsmodels
    /tmp/lifelines/bin/python tests/unit/lifelines_values.py
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).with_suffix(".jsonl")
Person = tuple[int, int, bool]  # entry, months, event


def people(die: Random, number: int, pace: float, *, late: bool) -> list[Person]:
    """Invented persons, each at risk in at least one month: who leaves in a later month of entry is drawn again."""
    drawn: list[Person] = []
    while len(drawn) < number:
        entry = die.choice([0, die.randint(0, 24)]) if late else 0
        event, end = int(die.expovariate(pace)), die.randint(0, 48)
        months = min(event, end)
        if months > entry or entry == 0:
            drawn.append((entry, months, event <= end))
    return drawn


def curve(persons: list[Person]) -> dict[str, Any]:
    """What lifelines makes of these persons: the share with the event by month with its band, and the median."""
    from lifelines import KaplanMeierFitter
    from lifelines.utils import median_survival_times

    entry, months, event = zip(*persons, strict=True)
    fit = KaplanMeierFitter().fit(months, event, entry=entry)
    share = 1 - fit.survival_function_.iloc[:, 0]
    band = fit.confidence_interval_cumulative_density_
    limits = median_survival_times(fit.confidence_interval_).iloc[0]
    return {
        "persons": persons,
        "steps": list(zip(map(int, share.index), share, band.iloc[:, 0], band.iloc[:, 1], strict=True)),
        "median": [None if value == float("inf") else int(value) for value in (fit.median_survival_time_, *limits)],
    }


def logrank(groups: list[list[Person]], *, late: bool) -> dict[str, Any]:
    """The log-rank test by lifelines; by statsmodels when persons enter late, for which lifelines has no such test."""
    import numpy as np
    from lifelines.statistics import multivariate_logrank_test
    from statsmodels.duration.survfunc import survdiff

    rows = [(number, *person) for number, group in enumerate(groups) for person in group]
    number, entry, months, event = zip(*rows, strict=True)
    if late:
        statistic, p = survdiff(months, event, number, entry=np.array([value or -1 for value in entry]))
    else:
        result = multivariate_logrank_test(months, number, event)
        statistic, p = result.test_statistic, result.p_value
    return {"groups": groups, "statistic": float(statistic), "p": float(p)}


def main() -> None:
    from lifelines.exceptions import StatError

    die = Random(1)
    curves: list[dict[str, Any]] = []
    while len(curves) < 20:
        drawn = people(die, die.randint(2, 60), die.choice([0.01, 0.03, 0.08]), late=len(curves) % 2 == 1)
        try:
            curves.append(curve(drawn))
        except StatError:  # everybody at risk has the event early on: lifelines gives no curve
            continue
    tests = []
    for number in range(12):
        late = number % 2 == 1
        paces = [die.choice([0.02, 0.03, 0.06]) for _ in range(2 + number % 3)]
        tests.append(logrank([people(die, die.randint(5, 30), pace, late=late) for pace in paces], late=late))
    lines = [json.dumps(case) for case in (*curves, *tests)]
    FILE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
