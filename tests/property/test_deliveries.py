"""What holds for every delivery: rows are not lost or changed, and figures do not depend on how they are delivered."""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from integratie_eval.evaluation import Evaluation
from integratie_eval.model import Cohort
from tests.helpers import (
    Cell,
    Record,
    Rows,
    clienten,
    count,
    evaluated,
    plaatsingen,
    trajecten,
    write_csv,
    write_ods,
    write_xlsx,
)

FIRST, LAST = date(2018, 1, 1), date(2019, 12, 31)
QUARTERS = [date(2019, 3, 31), date(2019, 6, 30), date(2019, 9, 30), LAST]
NUMBERS = st.integers(1, 99_999_999).map(lambda number: f"0{number:03}")
DAYS = st.dates(FIRST, LAST)
SETTLED = st.sampled_from([None, date(2005, 5, 1), date(2012, 12, 31), date(2013, 1, 1), date(2017, 7, 7)])
REASONS = st.sampled_from(["01", "11", "13", "32", "97", None])
Writer = Callable[[Path, Rows], Path]


@st.composite
def people(draw: st.DrawFn, most: int = 8) -> list[dict[str, Cell]]:
    """Persons who each have one period of bijstand."""
    numbers = draw(st.lists(NUMBERS, min_size=1, max_size=most, unique_by=lambda number: number.lstrip("0") or "0"))
    persons: list[dict[str, Cell]] = []
    for number in numbers:
        begin = draw(DAYS)
        end = draw(st.none() | st.dates(begin + timedelta(days=1), LAST) if begin < LAST else st.none())
        persons.append(
            {
                "clientnummer": number,
                "uitkeringnummer": f"U{number}",
                "datum_vestiging": draw(SETTLED),
                "begin_uitkering": begin,
                "eind_uitkering": end,
                "reden_einde": draw(REASONS) if end else None,
                "inkomsten_arbeid": draw(st.sampled_from(["ja", "nee", None])),
                "trede": draw(st.sampled_from([1, 2, 3, 4, 5, 6, 7, None])),
                "datum_trede": draw(st.none() | DAYS),
                "zorg_en_rust": draw(st.sampled_from(["ja", "nee", None])),
            }
        )
    return persons


@st.composite
def followed(draw: st.DrawFn, persons: Sequence[Mapping[str, Cell]]) -> list[dict[str, Cell]]:
    """Some trajecten of these persons."""
    result: list[dict[str, Cell]] = []
    for person in draw(st.lists(st.sampled_from(persons), max_size=6)):
        begin = draw(DAYS)
        kind = draw(st.sampled_from(["taal", "vrijwilligerswerk", "voorbereiding studie", "sollicitatietraining"]))
        end = draw(st.none() | st.dates(begin, LAST))
        result.append({"clientnummer": person["clientnummer"], "soort": kind, "begin": begin, "eind": end})
    return result


def workbook(path: Path, rows: Rows) -> Path:
    return write_xlsx(path.with_suffix(".xlsx"), {"Cliënten": rows})


def opendocument(path: Path, rows: Rows) -> Path:
    return write_ods(path.with_suffix(".ods"), {"Cliënten": rows})


def text(path: Path, rows: Rows) -> Path:
    return write_csv(path.with_suffix(".csv"), rows)


def figures(evaluation: Evaluation) -> dict[tuple[Any, ...], int]:
    return {(f.indicator, f.cohort.value, f.category): f.count for f in evaluation.figures}


def accounted(evaluation: Evaluation) -> bool:
    return all(row.seen == row.used + sum(row.set_aside.values()) for row in evaluation.rows)


def known(day: Any) -> str:
    return "" if str(day) == "NaT" else f"{day:%Y-%m-%d}"


def rung(cell: Any) -> int | None:
    return None if str(cell) in ("nan", "<NA>", "None") else int(cell)


# --- reading


@pytest.mark.parametrize("write", [workbook, opendocument, text])
@given(persons=people())
def test_rows_come_back_as_they_were_written(write: Writer, persons: list[dict[str, Cell]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        evaluation = evaluated(write(Path(folder) / "2019-Q4", clienten(*persons)))
    frame = evaluation.frame("clienten")
    found = Counter(
        (row.clientnummer, row.uitkeringnummer, known(row.begin_uitkering), known(row.eind_uitkering),
         known(row.datum_vestiging), rung(row.trede))
        for row in frame.itertuples()
    )  # fmt: skip
    written = Counter(
        (p["clientnummer"], p["uitkeringnummer"], str(p["begin_uitkering"]), str(p["eind_uitkering"] or ""),
         str(p["datum_vestiging"] or ""), p["trede"]) for p in persons
    )  # fmt: skip
    assert found == written
    assert [(row.seen, row.used) for row in evaluation.rows] == [(len(persons), len(persons))]


@given(persons=people(), junk=st.lists(st.sampled_from(["double", "empty", "total", "header", "nameless"]), max_size=5))
def test_every_row_is_used_or_set_aside_with_a_reason(persons: list[dict[str, Cell]], junk: list[str]) -> None:
    rows = clienten(*persons)
    added: dict[str, list[Cell]] = {
        "double": rows[1],
        "empty": [None] * len(rows[0]),
        "total": ["Totaal", len(persons)],
        "header": rows[0],
        "nameless": [None, *rows[1][1:]],
    }
    with tempfile.TemporaryDirectory() as folder:
        clean = evaluated(workbook(Path(folder) / "schoon 2019-Q4", rows))
        soiled = evaluated(workbook(Path(folder) / "vuil 2019-Q4", [*rows, *(added[kind] for kind in junk)]))
    assert accounted(soiled)
    (row,) = soiled.rows
    assert (row.seen, row.used) == (len(persons) + len(junk) - junk.count("empty"), len(persons))
    assert figures(soiled) == figures(clean)


# --- the way of delivering


@given(persons=people(), data=st.data())
def test_the_order_of_files_and_rows_never_changes_a_figure(
    persons: list[dict[str, Cell]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(persons))
    courses = data.draw(followed(persons))
    with tempfile.TemporaryDirectory() as folder:
        first = workbook(Path(folder) / "a 2019-Q3", clienten(*persons))
        other = workbook(Path(folder) / "b 2019-Q3", clienten(*shuffled))
        last = write_xlsx(
            Path(folder) / "2019-Q4.xlsx", {"Cliënten": clienten(*shuffled), "Trajecten": trajecten(*courses)}
        )
        same = write_xlsx(
            Path(folder) / "z 2019-Q4.xlsx", {"Trajecten": trajecten(*courses[::-1]), "Cliënten": clienten(*persons)}
        )
        results = [evaluated(files) for files in ([first, last], [last, first], [other, same])]
    assert all(figures(result) == figures(results[0]) for result in results)
    assert all(result.findings == results[0].findings for result in results[:2])


def as_of(persons: Sequence[Record], day: date) -> list[dict[str, Cell]]:
    """The full history as an export of that day told it: who began later is not there, who ended later still runs."""
    told = []
    for person in persons:
        begin, end = person["begin_uitkering"], person["eind_uitkering"]
        if isinstance(begin, date) and begin <= day:
            running = not isinstance(end, date) or end > day
            told.append({**person, **({"eind_uitkering": None, "reden_einde": None} if running else {})})
    return told


@given(persons=people(), told=st.sets(st.sampled_from(QUARTERS[:-1])))
def test_a_history_in_quarters_gives_the_figures_of_the_whole(persons: list[dict[str, Cell]], told: set[date]) -> None:
    chosen = {"start": date(2019, 1, 1), "end": LAST}
    with tempfile.TemporaryDirectory() as folder:
        whole = evaluated(workbook(Path(folder) / f"heel {LAST}", clienten(*persons)), **chosen)
        history = {day: as_of(persons, day) for day in [*sorted(told), LAST]}
        parts = [workbook(Path(folder) / f"deel {day}", clienten(*rows)) for day, rows in history.items() if rows]
        split = evaluated(parts, **chosen)
    different = {key for key, number in figures(whole).items() if figures(split).get(key) != number}
    assert {key for key in different if key[0] != "bijstand_per_peildatum"} == set()


@given(persons=people())
def test_ended_benefits_may_be_left_out_of_later_deliveries(persons: list[dict[str, Cell]]) -> None:
    """A quarterly export holds who has bijstand and who left it in that quarter; the figures are those of the whole."""
    chosen = {"start": date(2019, 1, 1), "end": LAST}
    begin = date(2018, 12, 31)
    with tempfile.TemporaryDirectory() as folder:
        whole = evaluated(workbook(Path(folder) / f"heel {LAST}", clienten(*persons)), **chosen)
        parts = []
        for before, day in itertools.pairwise([begin, *QUARTERS]):
            current = [
                p
                for p in as_of(persons, day)
                if not isinstance(p["eind_uitkering"], date) or p["eind_uitkering"] > before
            ]
            if current:
                parts.append(workbook(Path(folder) / f"deel {day}", clienten(*current)))
        assume(parts)
        split = evaluated(parts, **chosen)
    for indicator in ("personen", "uitstroom_werk", "studie", "uitgestroomd", "in_bijstand", "parttime_werk"):
        for cohort in Cohort:
            assert count(split, indicator, cohort) == count(whole, indicator, cohort), (indicator, cohort)


# --- partitions


@given(persons=people(), data=st.data())
def test_groups_end_states_and_rungs_add_up_to_all_persons(persons: list[dict[str, Cell]], data: st.DataObject) -> None:
    courses = data.draw(followed(persons))
    jobs = [
        {"clientnummer": person["clientnummer"]} for person in data.draw(st.lists(st.sampled_from(persons), max_size=2))
    ]
    sheets = {"Cliënten": clienten(*persons), "Trajecten": trajecten(*courses), "Plaatsingen": plaatsingen(*jobs)}
    with tempfile.TemporaryDirectory() as folder:
        evaluation = evaluated(write_xlsx(Path(folder) / "2019-Q4.xlsx", sheets), start=date(2019, 1, 1))
    counted = figures(evaluation)
    for cohort in Cohort:
        for partition in ("eindstatus", "trede", "trede_afgeleid"):
            parts = [n for (name, group, _), n in counted.items() if (name, group) == (partition, cohort.value)]
            assert sum(parts) == counted["personen", cohort.value, None], (partition, cohort)
        running, ended = (counted[name, cohort.value, None] for name in ("in_bijstand", "uitgestroomd"))
        assert running + ended == counted["personen", cohort.value, None]
    for (name, group, category), total in counted.items():
        if group == "totaal" and (name, "onbekend", category) in counted and not name.endswith("_mediaan"):
            assert total == sum(counted[name, part, category] for part in ("statushouder", "oudkomer", "onbekend"))
    for figure in evaluation.figures:
        assert figure.count >= 0
        if figure.indicator.removeprefix("partijen_") not in ("instroom", "uitstroom"):  # shares of the begin
            assert figure.base is None or figure.count <= figure.base
