"""The figures over time of naive.py: in- and outflow, the ladder, lasting work and months to work, in pandas."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd

FOREVER = pd.Timestamp("2262-01-01")
VAN = pd.Timestamp("2017-06-01")
DAY = pd.Timedelta(days=1)
LASTING = (6, 12, 18)
Add = Callable[..., None]


def add_over_time(tables: dict[str, pd.DataFrame], frames: dict[str, pd.DataFrame], work: Any, add: Add) -> None:
    """Add every figure of every quarter and of the period. `frames`: periods, persons and jobs of the period."""
    cohort = frames["persons"].set_index("clientnummer")["cohort"]
    last = tables["clienten"]["peildatum"].max()
    spells = joined(frames["periods"].assign(cohort=frames["periods"]["clientnummer"].map(cohort)), "clientnummer")
    parties = joined(frames["periods"].assign(cohort=""), "uitkeringnummer")
    jobs = lasting_jobs(frames["jobs"], frames["periods"])
    jobs = jobs.assign(cohort=jobs["clientnummer"].map(cohort))
    rungs = registered(tables)
    for quarter, before, end in intervals(tables["clienten"]):
        flow(spells, quarter, before, end, "", add)
        flow(parties, quarter, before, end, "partijen_", add)
        ladder(spells, rungs, quarter, before, end, add)
        lost_early(jobs, quarter, before, end, last, add)
        left = spells["reden"].isin(work) & spells["eind"].gt(before) & spells["eind"].le(end)
        after_work(spells[left].reset_index(drop=True), spells, jobs, quarter, last, add)
    months_to_work(spells, jobs, frames["persons"], work, last, add)


def intervals(clienten: pd.DataFrame) -> list[tuple[str | None, pd.Timestamp, pd.Timestamp]]:
    days: list[Any] = [VAN - DAY, *sorted(clienten["peildatum"].unique())]
    quarters: list[Any] = [(f"{day.year}-Q{day.quarter}", before, day) for before, day in pairwise(days)]
    return [*quarters, (None, days[0], days[-1])]


def ends(rows: pd.DataFrame) -> Any:
    """The first day without; of what vanished from the exports the day after it was last seen."""
    gone = rows["eind"].isna() & ~rows["loopt"]
    return rows["eind"].where(~gone, rows["peildatum"] + DAY).fillna(FOREVER)


def lasting_jobs(jobs: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """A job of somebody who left is in no export any more: it goes on."""
    still = periods.loc[periods["eind"].isna(), "clientnummer"]
    away = jobs["eind"].isna() & ~jobs["clientnummer"].isin(still)
    days = ends(jobs.assign(eind=jobs["eind"] + DAY))  # the end of a job is its last day at work
    return jobs.assign(eind=days.where(~away, FOREVER))


def joined(periods: pd.DataFrame, key: str) -> pd.DataFrame:
    """Periods that touch or overlap as one."""
    rows = periods.assign(eind=ends(periods)).query("eind > begin").sort_values([key, "begin", "eind"])
    last = rows.groupby(key)["eind"].cummax().groupby(rows[key]).shift()
    rows["eiland"] = (last.isna() | (rows["begin"] > last)).groupby(rows[key]).cumsum()
    grouped = rows.sort_values("eind", kind="stable").groupby([key, "eiland"], sort=False)
    return grouped.agg({"begin": "min", "eind": "max", "reden": "last", "cohort": "last"}).reset_index()


def flow(spells: pd.DataFrame, quarter: str | None, before: Any, end: Any, prefix: str, add: Add) -> None:
    begin, stop = spells["begin"], spells["eind"]
    stands = prefix or "stand_"
    holds = {
        f"{stands}begin": (begin <= before) & (stop > before),
        f"{prefix}instroom": (begin > before) & (begin <= end),
        f"{prefix}uitstroom": (stop > before) & (stop <= end),
        f"{stands}eind": (begin <= end) & (stop > end),
    }
    for name, held in holds.items():
        add(name, held.sum(), quarter, None if prefix else held.groupby(spells["cohort"]).sum())


def registered(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    lists = tables["clienten"][["clientnummer", "datum_trede", "trede"]].rename(columns={"datum_trede": "datum"})
    rungs = pd.concat([lists, tables["metingen"][["clientnummer", "datum", "trede"]]])
    rungs = rungs[rungs["trede"].between(1, 6) & rungs["datum"].notna()]
    return rungs.sort_values("datum", kind="stable").drop_duplicates(["clientnummer", "datum"], keep="last")


def rung_on(rungs: pd.DataFrame, day: Any) -> Any:
    return rungs[rungs["datum"] <= day].drop_duplicates("clientnummer", keep="last").set_index("clientnummer")["trede"]


def ladder(spells: pd.DataFrame, rungs: pd.DataFrame, quarter: str | None, before: Any, end: Any, add: Add) -> None:
    earlier, later = rung_on(rungs, before), rung_on(rungs, end)
    there = spells[(spells["begin"] <= end) & (spells["eind"] > end)]
    level = pd.cut(there["clientnummer"].map(later).astype(float), [0, 2, 4, 6], labels=["laag", "midden", "hoog"])
    for name, per in pd.crosstab(level.astype(object).fillna("onbekend"), there["cohort"]).iterrows():
        add("ladder_groep", per.sum(), quarter, per, name)
    touched = spells[(spells["begin"] <= end) & (spells["eind"] > before)].drop_duplicates("clientnummer")
    old, new = touched["clientnummer"].map(earlier), touched["clientnummer"].map(later)
    for name, held in (("gestegen", new > old), ("gelijk", new == old), ("gedaald", new < old)):
        add("ladder_beweging", held.sum(), quarter, held.groupby(touched["cohort"]).sum(), name)
    rung = [column.astype(object).map(lambda r: "onbekend" if pd.isna(r) else str(int(r))) for column in (old, new)]
    for name, per in pd.crosstab(rung[0] + " → " + rung[1], touched["cohort"]).iterrows():
        add("ladder_overgang", per.sum(), quarter, per, name)


def lost_early(jobs: pd.DataFrame, quarter: str | None, before: Any, end: Any, last: Any, add: Add) -> None:
    begun = jobs[jobs["begin"].gt(before) & jobs["begin"].le(end)]
    half_year = begun["begin"] + pd.DateOffset(months=6)
    followed = half_year <= last
    lost = followed & (begun["eind"] < half_year)
    every = begun["begin"].notna()
    for name, held in (("banen_begonnen", every), ("banen_te_volgen", followed), ("uitval_werk", lost)):
        add(name, held.sum(), quarter, held.groupby(begun["cohort"]).sum())


def after_work(
    exits: pd.DataFrame, spells: pd.DataFrame, jobs: pd.DataFrame, quarter: str | None, last: Any, add: Add
) -> None:
    """How it was 6, 12 and 18 months after every exit to work."""
    started = runs(jobs, exits, 1) & ~runs(spells, exits, 1)
    for months in LASTING:
        followed = exits["eind"] + pd.DateOffset(months=months) <= last
        lasting = started & runs(jobs, exits, months) & ~runs(spells, exits, months)
        holds = {
            "te_volgen_na_werk": followed,
            "terugval": followed & comes_back(spells, exits, months),
            "duurzaam_te_volgen": followed & started,
            "duurzame_uitstroom": followed & lasting,
        }
        for name, held in holds.items():
            add(name, held.sum(), quarter, held.groupby(exits["cohort"]).sum(), str(months))


def runs(lasting: pd.DataFrame, exits: pd.DataFrame, months: int) -> Any:
    """Whether anything of the same person runs so many months after the exit."""
    both = beside(lasting, exits, months)
    found = both.loc[(both["begin"] <= both["dag"]) & (both["eind"] > both["dag"]), "index"]
    return pd.Series(exits.index.isin(found), index=exits.index)


def comes_back(spells: pd.DataFrame, exits: pd.DataFrame, months: int) -> Any:
    both = beside(spells, exits, months)
    found = both.loc[(both["begin"] > both["weg"]) & (both["begin"] <= both["dag"]), "index"]
    return pd.Series(exits.index.isin(found), index=exits.index)


def beside(lasting: pd.DataFrame, exits: pd.DataFrame, months: int) -> pd.DataFrame:
    """Every exit beside everything of the same person."""
    days = exits[["clientnummer"]].assign(weg=exits["eind"], dag=exits["eind"] + pd.DateOffset(months=months))
    return days.reset_index().merge(lasting[["clientnummer", "begin", "eind"]], on="clientnummer")


def months_to_work(
    spells: pd.DataFrame, jobs: pd.DataFrame, persons: pd.DataFrame, work: Any, last: Any, add: Add
) -> None:
    """Per month after settlement who began to work, of whom could (Kaplan and Meier, with late entry)."""
    per: Any = spells.groupby("clientnummer")
    exits = spells.loc[spells["reden"].isin(work), ["clientnummer", "eind"]].rename(columns={"eind": "begin"})
    begun = pd.concat([jobs[["clientnummer", "begin"]], exits])
    first = begun[begun["begin"] <= last].groupby("clientnummer")["begin"].min()
    p = persons.set_index("clientnummer")[["cohort", "vestiging"]].assign(
        seen=per["begin"].min().clip(lower=VAN), until=per["eind"].max().clip(upper=last), work=first
    )
    p = p[(p["vestiging"] <= p["seen"]) & (p["work"].isna() | (p["work"] > p["seen"]))]
    entry, stop = completed(p["vestiging"], p["seen"]), completed(p["vestiging"], p["work"].fillna(p["until"]))
    works = p["work"].notna() & (stop.gt(entry) | entry.eq(0))
    for month, people in works.groupby(stop):
        add("tijd_tot_werk", people.sum(), None, people.groupby(p["cohort"]).sum(), str(month))


def completed(first: pd.Series, last: pd.Series) -> Any:
    months = (last.dt.year - first.dt.year) * 12 + last.dt.month - first.dt.month
    return months - (last.dt.day < first.dt.day)
