"""The stroomtabel of any history reconciles, and is what a plain count over the same people gives."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from integratie_eval.evaluation import Evaluation
from integratie_eval.sample.model import Uitkering
from tests.spec import reference
from tests.spec.reference import Interval, Spell
from tests.spec.town import Row, Town, client, count, left

VAN, TOT = date(2018, 1, 1), date(2019, 12, 31)
QUARTERS = [Interval("2018-Q1", date(2017, 12, 31), date(2018, 3, 31))]
for quarter, end in (
    ("2018-Q2", date(2018, 6, 30)), ("2018-Q3", date(2018, 9, 30)), ("2018-Q4", date(2018, 12, 31)),
    ("2019-Q1", date(2019, 3, 31)), ("2019-Q2", date(2019, 6, 30)), ("2019-Q3", date(2019, 9, 30)), ("2019-Q4", TOT),
):  # fmt: skip
    QUARTERS.append(Interval(quarter, QUARTERS[-1].end, end))
PERIOD = Interval("periode", date(2017, 12, 31), TOT)
REASONS = st.sampled_from(["11", "01", "97", "32", "98"])

History = Mapping[tuple[str, str], Sequence[Uitkering]]
"""Person and uitkering → periods with bijstand."""


@st.composite
def histories(draw: st.DrawFn) -> History:
    """People alone or in couples, who enter, leave, come back, and split: the periods of a person do not overlap."""
    found: dict[tuple[str, str], list[Uitkering]] = defaultdict(list)
    for number in range(1, draw(st.integers(2, 7))):
        days = sorted(draw(st.sets(st.dates(date(2017, 1, 1), date(2020, 3, 1)), min_size=1, max_size=5)))
        party = draw(st.sampled_from(["A", "B", f"U{number}"]))
        for place in range(0, len(days), 2):
            end = days[place + 1] if place + 1 < len(days) else None
            party = draw(st.sampled_from([party, f"U{number}", f"V{number}"]))
            found[str(number), party].append(Uitkering(days[place], end, draw(REASONS) if end else None))
            if end and draw(st.booleans()):  # goes on the same day under another number
                found[str(number), f"W{number}{place}"].append(Uitkering(end, end + timedelta(days=1), "98"))
    return found


def rows_of(history: History, first: date, last: date) -> list[Row]:
    """What an export of the people with bijstand from the first day to the last holds on the last day."""
    rows: list[Row] = []
    for (person, party), periods in history.items():
        for period in periods:
            if period.begin <= last and (period.eind is None or period.eind >= first):
                known = period.eind is not None and period.eind <= last
                end = left(period.reden or "", str(period.eind)) if known else {}
                rows.append(client(person, uitkeringnummer=party, begin_uitkering=str(period.begin), **end))
    return rows


def spells(history: History, place: int) -> list[Spell]:
    """Joined periods per person (place 0) or per party (1), as far as they touch the period."""
    periods: dict[str, list[Uitkering]] = defaultdict(list)
    for key, found in history.items():
        periods[key[place]] += [p for p in found if p.begin <= TOT and (p.eind is None or p.eind >= VAN)]
    return [spell for owner, found in periods.items() for spell in reference.joined_spells(owner, found)]


def found_flow(result: Evaluation, names: Sequence[str], quarter: str | None) -> tuple[int, ...]:
    return tuple(count(result, name, quarter=quarter) for name in names)


def delivered(folder: Path, history: History, every_quarter: bool) -> Evaluation:
    """The same people in one export of everyone since the start, or in an export of every quarter."""
    town = Town(folder, {"start": VAN, "end": TOT})
    if not every_quarter:
        return town.deliver("2019-Q4", rows_of(history, date.min, TOT)).evaluate()
    for quarter in QUARTERS:
        town.deliver(quarter.name, rows_of(history, quarter.before + timedelta(days=1), quarter.end))
    return town.evaluate(empty_allowed=True)


@settings(max_examples=12)
@given(histories(), st.booleans())
def test_begin_plus_in_minus_out_is_end_for_any_history(history: History, every_quarter: bool) -> None:
    """Issue 4, 1: it reconciles exactly, also with re-entry and couples that split, however it is delivered."""
    everyone = {**history, ("99", "U99"): [Uitkering(date(2016, 1, 1), date(2018, 1, 2), "98")]}
    with tempfile.TemporaryDirectory() as folder:
        result = delivered(Path(folder), everyone, every_quarter)
    tables = {
        0: ("stand_begin", "instroom", "uitstroom", "stand_eind"),
        1: ("partijen_begin", "partijen_instroom", "partijen_uitstroom", "partijen_eind"),
    }
    for place, names in tables.items():
        expected = spells(everyone, place)
        for interval in [*QUARTERS, PERIOD]:
            quarter = None if interval is PERIOD else interval.name
            flow = reference.flow(expected, interval)
            told = found_flow(result, names, quarter)
            assert told == (flow.before, flow.entries, sum(flow.exits.values()), flow.after)
            assert told[0] + told[1] - told[2] == told[3]
