"""A crosstab of a view: two columns against each other, with totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from integratie_eval.answer import Answer, Row, unique_names
from integratie_eval.conditions import columns_in, condition_problems
from integratie_eval.definitions import View
from integratie_eval.errors import InputError, UsageError
from integratie_eval.protect import percentage
from integratie_eval.query import Questions
from integratie_eval.text import hint, listed
from integratie_eval.undelivered import in_words, undelivered

TOTAL = "totaal"
COUNTS = ("personen", "regels")
SHARES = ("rij", "kolom", "totaal")
_EMPTY = "(leeg)"
_VALUE_TOTAL = "totaal (waarde)"  # a value that is called as the totals are
_MOST_COLUMNS = 50
_ALL = "alles"  # what stands in the place of a column when there is none

Key = tuple[Any, Any]
Counts = Mapping[tuple[bool, Any, bool, Any], int]
"""(row is totalled, row, column is totalled, column) → count."""


@dataclass(frozen=True)
class Crosstab:
    """What is asked: the values of `rows` below each other, those of `columns` (if any) beside each other."""

    view: str
    rows: str
    columns: str | None
    where: str | None
    counts: str | None
    """'personen' (distinct people), 'regels' (rows) or None: people where the view has them."""
    share: str | None
    """'rij', 'kolom' or 'totaal': percentages of that total; None: counts."""


def crosstab(questions: Questions, asked: Crosstab) -> Answer:
    """The table. Raises UsageError when something does not exist or is no condition."""
    views = questions.exports.definitions.views
    if asked.view not in views:
        raise UsageError(f"De bron {asked.view} bestaat niet.", f"Mogelijk zijn: {listed(views)}.")
    view = views[asked.view]
    _check(questions, asked, view)
    across = f"CAST({asked.columns} AS VARCHAR)" if asked.columns else f"'{_ALL}'"
    found = _rows(
        questions,
        f"SELECT grouping(r) = 1, r, grouping(k) = 1, k, {_counted(asked, view)} "
        f"FROM (SELECT *, {asked.rows} AS r, {across} AS k FROM {view.name} WHERE {_condition(asked, view)}) AS t "
        "GROUP BY GROUPING SETS ((r, k), (r), (k), ())",
    )
    counts = {(row[0], row[1], row[2], row[3]): int(row[4]) for row in found}
    return _layout(asked, counts, questions.exports.settings.percentage_decimals)


def _check(questions: Questions, asked: Crosstab, view: View) -> None:
    for name in filter(None, (asked.rows, asked.columns)):
        if name not in view.columns:
            raise UsageError(f"De kolom {name} bestaat niet in {view.name}.", hint(name, view.columns, most=3))
    _check_choice("--telt", asked.counts, COUNTS)
    _check_choice("--procent", asked.share, SHARES)
    if asked.share == "rij" and asked.columns is None:
        raise UsageError("--procent rij heeft --kolommen nodig.", "Zonder --kolommen past --procent kolom.")
    if asked.counts == "personen" and "clientnummer" not in view.columns:
        raise UsageError(f"In {view.name} staan geen personen.", "Gebruik --telt regels.")
    if asked.where:
        for problem, remedy in condition_problems(asked.where, view.columns):
            raise UsageError(f"--waar: {problem}.", remedy)
        kind = _rows(questions, f"DESCRIBE SELECT ({asked.where}) AS waar FROM {view.name}")[0][1]
        if kind != "BOOLEAN":
            raise UsageError(
                "--waar: de voorwaarde is geen ja of nee.", "Schrijf een vergelijking, zoals leerroute = 'B1'."
            )
    _require_delivered(questions, asked)


def _require_delivered(questions: Questions, asked: Crosstab) -> None:
    exports = questions.exports
    columns = {asked.rows, *filter(None, [asked.columns]), *(columns_in(asked.where) if asked.where else ())}
    lacking = undelivered(exports.definitions, exports.delivered.columns, asked.view, columns)
    if lacking:
        name, needs = next(iter(lacking.items()))
        raise InputError(
            f"{name} is niet te tellen: {in_words(needs)}.", "Lever de kolom of de tabel mee, of kies een andere."
        )


def _rows(questions: Questions, sql: str) -> list[Row]:
    """The rows of our SQL; what is wrong in it is the condition of the user, and its place would say nothing."""
    try:
        return list(questions.ask(sql).rows)
    except UsageError as error:
        raise UsageError("--waar: deze vergelijking kan niet.", error.remedy) from None


def _check_choice(option: str, choice: str | None, choices: Sequence[str]) -> None:
    if choice is not None and choice not in choices:
        raise UsageError(f"{choice} bij {option} kan niet.", f"Kies uit {listed(choices)}.")


def _counted(asked: Crosstab, view: View) -> str:
    per_person = asked.counts == "personen" or (asked.counts is None and "clientnummer" in view.columns)
    return "count(DISTINCT clientnummer)" if per_person else "count(*)"


def _condition(asked: Crosstab, view: View) -> str:
    """The condition; a view per quarter holds every row of the whole period too, and only one of both counts."""
    conditions = [f"({asked.where})"] if asked.where else []
    if view.per_quarter and "kwartaal" in (asked.rows, asked.columns):
        conditions.append("kwartaal IS NOT NULL")
    elif view.per_quarter and not (asked.where and "kwartaal" in columns_in(asked.where)):
        conditions.append("kwartaal IS NULL")
    return " AND ".join(conditions) or "TRUE"


def _layout(asked: Crosstab, counts: Counts, decimals: int) -> Answer:
    rows = _ordered(row for all_rows, row, _, _ in counts if not all_rows)
    columns = _ordered(column for _, _, all_columns, column in counts if not all_columns)
    if len(columns) > _MOST_COLUMNS:
        raise UsageError(
            f"De kolom {asked.columns} heeft {len(columns)} verschillende waarden.",
            f"Kies een kolom met hoogstens {_MOST_COLUMNS} waarden, of zet haar bij --rijen.",
        )
    across = [*((False, column) for column in columns if asked.columns), (True, None)]
    lines: list[Row] = []
    for all_rows, row in [*((False, row) for row in rows), (True, None)]:
        cells = [_cell(asked.share, counts, (all_rows, row), place, decimals) for place in across]
        label = row if isinstance(row, date) else _label(row)  # every format writes a day in its own way
        lines.append((TOTAL if all_rows else label, *cells))
    names = (asked.rows, *(TOTAL if everything else _label(column) for everything, column in across))
    kinds = ("VARCHAR", *["DECIMAL(9,2)" if asked.share else "BIGINT"] * len(across))
    return Answer(unique_names(names), kinds, iter([lines]))


def _cell(share: str | None, counts: Counts, row: Key, column: Key, decimals: int) -> Any:
    count = counts.get((*row, *column), 0)
    if share is None:
        return count
    everything = (True, None)
    base = {"rij": (*row, *everything), "kolom": (*everything, *column), "totaal": (*everything, *everything)}[share]
    return percentage(count, counts.get(base, 0), decimals)


def _ordered(values: Iterable[Any]) -> list[Any]:
    """Different values, in order, with what is empty at the end."""
    return sorted(set(values), key=lambda value: (value is None, value))


def _label(value: Any) -> str:
    match value:
        case None:
            return _EMPTY
        case bool():
            return "ja" if value else "nee"
    return {"true": "ja", "false": "nee", TOTAL: _VALUE_TOTAL}.get(str(value), str(value))
