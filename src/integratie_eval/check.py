"""Tables → findings. The rules stand in checks.toml; all of them run. A finding tells a place, never a cell's value.

First come the rules that set rows aside, because they decide what counts; then those that only remark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions, Rule
from integratie_eval.model import Delivered, Finding, Place, RowCount, Severity, SheetRead

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def set_rows_aside(
    connection: DuckDBPyConnection, delivered: Delivered, definitions: Definitions
) -> tuple[Finding, ...]:
    """Run the rules that set rows aside, in order: a row that one of them sets aside is out of sight of the others."""
    sheets = {sheet.number: sheet for sheet in delivered.sheets}
    waiting = [rule for rule in _runnable(delivered, definitions) if rule.set_aside]
    findings: list[Finding] = []
    while waiting:
        broken = _broken(connection, waiting)
        waiting = []
        if broken:
            first, *waiting = broken  # these rows may have been the ones that broke the rules after this
            rows = _rows(connection, first)
            findings += [_finding(first, sheets[number], row) for number, row in rows]
            _set_aside(connection, first, rows)
    return tuple(findings)


def remarks(connection: DuckDBPyConnection, delivered: Delivered, definitions: Definitions) -> tuple[Finding, ...]:
    """Run the rules that only remark, on the rows that are left and on the classified persons."""
    sheets = {sheet.number: sheet for sheet in delivered.sheets}
    broken = _broken(connection, [rule for rule in _runnable(delivered, definitions) if not rule.set_aside])
    return tuple(_finding(rule, sheets[number], row) for rule in broken for number, row in _rows(connection, rule))


def remarks_of_reader(
    connection: DuckDBPyConnection, delivered: Delivered, definitions: Definitions
) -> tuple[Finding, ...]:
    """What the reader noted about single cells: unreadable, unknown, spelled otherwise."""
    sheets = {sheet.number: sheet for sheet in delivered.sheets}
    findings = []
    for table in definitions.tables:
        if table not in delivered.columns:
            continue
        rows = connection.execute(
            f"SELECT DISTINCT _nr, _rij, _meldingen FROM {table}_geleverd "
            "WHERE _meldingen IS NOT NULL AND _terzijde IS NULL ORDER BY _nr, _rij, _meldingen"
        ).fetchall()
        for number, row, remarks in rows:
            for remark in remarks.split(" "):
                rule, _, column = remark.partition(":")
                findings.append(_finding(definitions.rules[rule], sheets[number], row, column))
    return tuple(findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the report: worst first, then by rule and place."""
    return tuple(sorted(findings, key=_rank))


def count_rows(connection: DuckDBPyConnection, delivered: Delivered) -> tuple[RowCount, ...]:
    """The row account: for every sheet, rows seen = rows used + rows set aside per reason."""
    aside: dict[int, Counter[str]] = {sheet.number: Counter() for sheet in delivered.sheets}
    used: Counter[int] = Counter()
    # a partner on the same row is a second person, but not a second row
    counted = " UNION ALL ".join(
        f"SELECT _nr, reden, count(*) FROM (SELECT _nr, _rij, CASE WHEN count(*) = count(_terzijde) "
        f"THEN min(_terzijde) END AS reden FROM {table}_geleverd GROUP BY _nr, _rij) AS r GROUP BY _nr, reden"
        for table in sorted({sheet.table for sheet in delivered.sheets})
    )
    for number, reason, count in connection.execute(counted).fetchall():
        if reason is None:
            used[number] += count
        else:
            aside[number][reason] += count
    account = tuple(
        RowCount(s.file, s.sheet, s.table, s.rows_seen, used[s.number], dict(sorted(aside[s.number].items())))
        for s in delivered.sheets
    )
    if any(row.seen != row.used + sum(row.set_aside.values()) for row in account):
        raise AssertionError("the row account does not balance: a row was lost or counted twice")
    return account


def _runnable(delivered: Delivered, definitions: Definitions) -> list[Rule]:
    """The rules with a condition of their own, about what was delivered."""
    return [rule for rule in definitions.rules.values() if rule.condition and _can_run(rule, delivered.columns)]


def _can_run(rule: Rule, delivered: frozenset[str]) -> bool:
    needed = {name for name in (rule.table, *rule.needs) if name}
    if rule.table and rule.column and rule.relation is None and not rule.set_aside:
        needed.add(f"{rule.table}.{rule.column}")
    return needed <= delivered


def _relation(rule: Rule) -> str:
    return rule.relation or f"(SELECT * FROM {rule.table}_geleverd WHERE _terzijde IS NULL)"


def _rows(connection: DuckDBPyConnection, rule: Rule) -> list[tuple[int, int]]:
    """The sheet and the row of everything that breaks a rule."""
    return connection.execute(
        f"SELECT DISTINCT _nr, _rij FROM {_relation(rule)} AS r WHERE {rule.condition} ORDER BY _nr, _rij"
    ).fetchall()


def _broken(connection: DuckDBPyConnection, rules: Sequence[Rule]) -> list[Rule]:
    """The rules that at least one row breaks: all counted in one statement, in one pass over every relation."""
    passes: dict[tuple[str, int], list[Rule]] = {}
    for number, rule in enumerate(rules):
        alone = number if "SELECT" in (rule.condition or "") else -1  # a sub-query cannot stand in a FILTER
        passes.setdefault((_relation(rule), alone), []).append(rule)
    selects = [_counting(number, relation, group, alone >= 0)
               for number, ((relation, alone), group) in enumerate(passes.items())]  # fmt: skip
    counts = dict(connection.execute(" UNION ALL ".join(selects)).fetchall())
    groups = list(passes.values())
    broken = {
        rule.id for number, group in enumerate(groups) for rule, n in zip(group, counts[number], strict=True) if n
    }
    return [rule for rule in rules if rule.id in broken]


def _counting(number: int, relation: str, rules: Sequence[Rule], alone: bool) -> str:
    if alone:
        return f"SELECT {number}, [count(*)] FROM {relation} AS r WHERE {rules[0].condition}"
    counts = ", ".join(f"count(*) FILTER (WHERE {rule.condition})" for rule in rules)
    return f"SELECT {number}, [{counts}] FROM {relation} AS r"


def _finding(rule: Rule, sheet: SheetRead, row: int, column: str | None = None) -> Finding:
    name = column or rule.column
    letters = sheet.columns.get(name) if name else None
    return rule.at(Place(sheet.file, sheet.sheet, row, letters))


def _set_aside(connection: DuckDBPyConnection, rule: Rule, rows: Sequence[tuple[int, int]]) -> None:
    connection.execute(
        f"UPDATE {rule.table}_geleverd SET _terzijde = $reason WHERE _terzijde IS NULL AND (_nr, _rij) IN "
        "(SELECT (unnest($numbers), unnest($rows)))",
        {"reason": rule.set_aside, "numbers": [n for n, _ in rows], "rows": [r for _, r in rows]},
    )


def _rank(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (
        _ORDER[finding.severity], finding.rule, place.file, place.sheet or "", place.row or 0, place.column or ""
    )  # fmt: skip
