"""Which published figures each chart draws; None for a chart that they cannot make.

A chart of parts that add up needs to know them all: what is not published exactly is left open, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from integratie_eval.model import Cohort, Exact, Hidden, Published, Value
from integratie_eval.render.charts.bars import Row, bars, length_of
from integratie_eval.render.charts.columns import Column, columns
from integratie_eval.render.charts.flow import Move, flow
from integratie_eval.render.charts.shapes import Drawing, Series
from integratie_eval.render.charts.steps import Curve, steps
from integratie_eval.render.charts.waterfall import Change, waterfall
from integratie_eval.render.prose import HEADINGS
from integratie_eval.report import Report
from integratie_eval.time_to_work import curves_of, followed_from_the_start

MOST_PROVIDERS = 15
_PAINTS = {"statushouder": "een", "oudkomer": "twee", "onbekend": "onbekend"}
_GROUPS = tuple((group, Series(HEADINGS[group], paint)) for group, paint in _PAINTS.items())
_RUNGS = (*(Series(f"trede {rung}", f"trede{rung}") for rung in range(1, 7)), Series("onbekend", "onbekend"))
_RUNG_NAMES = tuple(entry.name.removeprefix("trede ") for entry in _RUNGS)


def settlements(report: Report) -> Drawing | None:
    """Statushouders who came to live in the municipality, per year."""
    return _columns(
        [(year, [report.published.get("vestigingen", category=year)]) for year in _categories(report, "vestigingen")],
        [Series("statushouders", "een")],
    )


def statuses(report: Report) -> Drawing | None:
    """The eindstatus of everyone, per group; the unknown group only when somebody is in it."""
    categories = _categories(report, "eindstatus")
    values = {group: [_value(report, "eindstatus", group, name) for name in categories] for group, _ in _GROUPS}
    shown = [(group, entry) for group, entry in _GROUPS if group != "onbekend" or set(values[group]) != {Exact(0)}]
    rows = [Row(name, tuple(values[group][index] for group, _ in shown)) for index, name in enumerate(categories)]
    return _bars(rows, [entry for _, entry in shown])


def providers(report: Report) -> Drawing | None:
    """Participants per provider, most first; not more providers than fit."""
    names = _categories(report, "deelnemers_aanbieder")
    rows = [Row(name, (_value(report, "deelnemers_aanbieder", "totaal", name),)) for name in names]
    most = sorted(rows, key=lambda row: -length_of(row.values[0]))[:MOST_PROVIDERS]
    return _bars(most, [Series("deelnemers", "een")])


def rungs_per_quarter(report: Report) -> Drawing | None:
    """People with bijstand at the end of each quarter, by rung; a quarter that was not delivered is left open."""
    known = [interval.quarter for interval in report.intervals if interval.quarter]
    if len(known) < 2 or not _categories(report, "ladder_stand"):
        return None
    return _columns(
        [
            (quarter, [report.published.get("ladder_stand", category=rung, quarter=quarter) for rung in _RUNG_NAMES])
            for quarter in sorted({*known, *report.gaps})
        ],
        _RUNGS,
    )


def moves(report: Report) -> Drawing | None:
    """From the rung before the period to the rung at its end, of who has both."""
    found = []
    for before in range(1, 7):
        for after in range(1, 7):
            figure = report.published.get("ladder_overgang", category=f"{before} → {after}")
            if figure is not None:
                found.append((before, after, figure))
    counts = _counts(figure for _, _, figure in found)
    if not counts or not any(counts):
        return None
    drawn = [Move(b, a, count) for (b, a, _), count in zip(found, counts, strict=True) if count]
    return flow(drawn, ("vlak voor de periode", "aan het eind"))


def in_and_out(report: Report) -> Drawing | None:
    """People with bijstand at the start, who came in, who went out for which reason, and who is left."""
    find, names = report.published.get, _categories(report, "uitstroom_reden")
    out = [(f"eruit: {name}", find("uitstroom_reden", category=name)) for name in names] or [
        ("eruit", find("uitstroom"))
    ]
    counts = _counts([find("stand_begin"), find("instroom"), *(figure for _, figure in out)])
    if not counts or not any(counts):
        return None
    begin, came, *gone = counts
    changes = [Change("erbij", came), *(Change(name, -count) for (name, _), count in zip(out, gone, strict=True))]
    drawn = [change for change in changes if change.count]
    return waterfall(("bijstand aan het begin", begin), drawn, "bijstand aan het eind")


def time_to_work(report: Report) -> Drawing | None:
    """The share with work by each month after settlement, of the groups that are followed from the start."""
    known = curves_of(row for row in report.published.rows if row.indicator == "tijd_tot_werk")
    named = [(entry.name, known.get(("tijd_tot_werk", (Cohort(group), None)), ())) for group, entry in _GROUPS[:2]]
    curves = [Curve(name, followed) for name, months in named if (followed := followed_from_the_start(months))]
    if not any(curve.steps[-1].share for curve in curves):
        return None
    return steps(curves, "maanden na de vestiging")


CHARTS: Mapping[str, Callable[[Report], Drawing | None]] = {
    "vestigingen": settlements,
    "eindstatus": statuses,
    "aanbieders": providers,
    "stroom": in_and_out,
    "ladder-bewegingen": moves,
    "ladder-per-kwartaal": rungs_per_quarter,
    "tijd-tot-werk": time_to_work,
}
"""The charts by name, in the order of the report."""


def _categories(report: Report, indicator: str) -> Sequence[str]:
    return report.published.categories(indicator)


def _value(report: Report, indicator: str, group: str, category: str) -> Value:
    figure = report.published.get(indicator, group, category)
    return figure.count if figure else Hidden()


def _counts(figures: Iterable[Published | None]) -> tuple[int, ...] | None:
    """All counts; None when one of them is not known exactly."""
    counts = tuple(f.count.value if f is not None and isinstance(f.count, Exact) else -1 for f in figures)
    return None if -1 in counts else counts


def _bars(rows: Sequence[Row], series: Sequence[Series]) -> Drawing | None:
    drawn = any(length_of(value) for row in rows for value in row.values)
    return bars(rows, series) if drawn else None


def _columns(named: Iterable[tuple[str, Iterable[Published | None]]], series: Sequence[Series]) -> Drawing | None:
    found = [Column(name, _counts(figures)) for name, figures in named]
    return columns(found, series) if any(column.total for column in found) else None
