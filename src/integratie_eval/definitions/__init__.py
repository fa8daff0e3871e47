"""The definitions that ship with the tool: columns, codes, indicators and checks, read from TOML into frozen types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import tomli

from integratie_eval.model import Finding, Place, Severity
from integratie_eval.resources import definitions_folder
from integratie_eval.text import fold

SURVIVAL = "maanden tot werk"
"""The kind of count of indicators that follow people month by month (time_to_work.py)."""
_COUNTED = {
    "regels": "regels",
    "personen": "verschillende personen",
    "som": "de som van de kolom {}",
    "mediaan": "de middelste waarde van de kolom {}",
    SURVIVAL: "personen per maand",
}
_LAST_CHOICE = 1000  # a BSN is the key only where no other number is

SQL_TYPES = {
    "sleutel": "VARCHAR",
    "tekst": "VARCHAR",
    "code": "VARCHAR",
    "datum": "DATE",
    "getal": "DOUBLE",
    "geheel": "INTEGER",
    "ja_nee": "BOOLEAN",
}


@dataclass(frozen=True)
class Column:
    """A canonical column and the headings that exports use for it."""

    name: str
    kind: str
    required: bool
    codes: str | None
    per_person: bool
    description: str
    aliases: tuple[str, ...]
    bsn_aliases: tuple[str, ...]
    """Headings of a BSN: used as key only when there is no other, and then never as it is."""
    everywhere: frozenset[str]
    """Headings that stand in other lists too: they do not show which table a sheet holds."""

    @property
    def sql_type(self) -> str:
        """The type of the column in the database."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Table:
    """A canonical table and the sheet names that exports use for it."""

    name: str
    title: str
    description: str
    sheet_names: tuple[str, ...]
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    required: tuple[str, ...]
    """The columns without which a sheet is not this table."""
    one_of: tuple[tuple[str, ...], ...]
    """Sets of columns of which one must be complete."""
    meanings: Mapping[str, tuple[str, int]]
    """Folded heading → the column it means, and how usual the heading is for it (0 = most)."""


@dataclass(frozen=True)
class Partner:
    """How exports mark the columns of a partner who stands on the same row; folded."""

    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """What an indicator can count, and the columns that its condition may name."""

    name: str
    description: str
    columns: tuple[str, ...]
    table: str
    """The table of which it has columns under their own names."""
    needs: tuple[str, ...]
    """Without this it tells nothing, as `Indicator.needs`."""
    column_needs: Mapping[str, tuple[str, ...]]
    """The same of single columns."""

    @property
    def per_quarter(self) -> bool:
        """Its rows belong to a quarter, or to the whole period."""
        return "kwartaal" in self.columns


@dataclass(frozen=True)
class Indicator:
    """A declared indicator: what is counted, under which condition, against which base."""

    id: str
    title: str
    view: str
    counts: str
    """'regels' (rows), 'personen' (distinct people), or 'som' or 'mediaan' (the lower of two) of `column`."""
    column: str
    condition: str
    base: str | None
    dimension: str | None
    categories: tuple[str, ...]
    per_cohort: bool
    needs: tuple[str, ...]
    definition: str
    source: str
    unit: tuple[str, str]
    section: str
    interval: bool
    """The percentage gets a 95% interval: it is about what could have been, not only about who was counted."""

    @property
    def counted(self) -> str:
        """What is counted, in words."""
        return _COUNTED[self.counts].format(self.column)


@dataclass(frozen=True)
class Ratio:
    """A declared ratio: a figure divided by the fte of the project (settings)."""

    id: str
    title: str
    figure: str
    definition: str
    source: str


@dataclass(frozen=True)
class Rule:
    """A declared check: which rows break it, how bad that is, and what the user can do."""

    id: str
    title: str
    severity: Severity
    stage: str
    """'lezen' (found by the reader), 'levering' (on the delivered rows), 'indeling' (on the classified persons)."""
    relation: str | None
    condition: str | None
    table: str | None
    column: str | None
    needs: tuple[str, ...]
    set_aside: str | None
    """The reason under which the row is left out of every figure; None when the row stays in use."""
    message: str
    """What is told of one place; `{...}` stands for what `at` fills in."""
    explanation: str
    """What is told of all places together."""
    remedy: str

    def at(self, place: Place, **filled: object) -> Finding:
        """The finding that this rule is broken here; `filled` gives the numbers that its message names."""
        message = self.message.format(**filled) if filled else self.message
        return Finding(self.id, self.severity, place, message, self.remedy)


@dataclass(frozen=True)
class Status:
    """A class of the eindstatus partition and the fact of a person that puts him or her in it."""

    name: str
    fact: str
    description: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Definitions:
    """Everything that is declared."""

    tables: Mapping[str, Table]
    partner: Partner
    codes: Mapping[str, Mapping[str, str]]
    """Code list → folded text → canonical value."""
    code_titles: Mapping[str, Mapping[str, str]]
    """Code list → canonical value → its name in words."""
    rung_of_kind: Mapping[str, int]
    reason_classes: Mapping[str, tuple[str, ...]]
    """Class of outflow → the codes of the reasons that belong to it; what a report puts first comes first."""
    views: Mapping[str, View]
    indicators: tuple[Indicator, ...]
    ratios: tuple[Ratio, ...]
    statuses: tuple[Status, ...]
    rules: Mapping[str, Rule]


@cache
def load_definitions() -> Definitions:
    """Read the four TOML files that ship with the tool."""
    columns = _toml("columns")
    codes = _toml("codes")
    indicators = _toml("indicators")
    rungs = codes.pop("trede_bij_soort")
    classes = codes.pop("klasse_van_reden")
    partner = columns["clienten"].pop("partner")
    return Definitions(
        tables={name: _table(name, spec, columns) for name, spec in columns.items()},
        partner=Partner(tuple(map(fold, partner["voorvoegsels"])), tuple(map(fold, partner["achtervoegsels"]))),
        codes={name: _code_list(values) for name, values in codes.items()},
        code_titles={name: {code: texts[0] for code, texts in values.items()} for name, values in codes.items()},
        rung_of_kind=rungs,
        reason_classes={name: tuple(members) for name, members in classes.items()},
        views={name: _view(name, spec) for name, spec in indicators["uit"].items()},
        indicators=tuple(indicator_of(spec) for spec in indicators["indicator"]),
        ratios=tuple(map(_ratio, indicators["verhouding"])),
        statuses=tuple(_status(spec) for spec in indicators["eindstatus"]),
        rules={rule.id: rule for rule in map(_rule, _toml("checks")["regel"])},
    )


def indicator_of(spec: Mapping[str, Any]) -> Indicator:
    """An indicator from its TOML table. Raises KeyError on a missing key."""
    return Indicator(
        id=spec["id"],
        title=spec["titel"],
        view=spec.get("uit", "personen"),
        counts=spec.get("telt", "regels"),
        column=spec.get("kolom", "aantal"),
        condition=spec.get("voorwaarde", "TRUE"),
        base=spec.get("noemer"),
        dimension=spec.get("dimensie"),
        categories=tuple(spec.get("categorieen", ())),
        per_cohort=spec.get("per_cohort", True),
        needs=tuple(spec.get("nodig", ())),
        definition=spec["definitie"],
        source=spec["bron"],
        unit=tuple(spec.get("eenheid", ("persoon", "personen"))),
        section=spec.get("hoofdstuk", "resultaten"),
        interval=spec.get("interval", False),
    )


def _view(name: str, spec: Mapping[str, Any]) -> View:
    return View(
        name=name,
        description=spec["omschrijving"],
        columns=tuple(spec["kolommen"]),
        table=spec.get("tabel", "clienten"),
        needs=tuple(spec.get("nodig", ())),
        column_needs={column: tuple(needs) for column, needs in spec.get("kolom_nodig", {}).items()},
    )


def _toml(name: str) -> dict[str, Any]:
    return tomli.loads((definitions_folder() / f"{name}.toml").read_text(encoding="utf-8"))


def _table(name: str, spec: Mapping[str, Any], everything: Mapping[str, Any]) -> Table:
    columns = {column: _column(column, body, everything) for column, body in spec["kolommen"].items()}
    return Table(
        name=name,
        title=spec["titel"],
        description=spec["omschrijving"],
        sheet_names=tuple(fold(sheet) for sheet in spec["bladen"]),
        key=tuple(spec["sleutel"]),
        columns=columns,
        required=tuple(column.name for column in columns.values() if column.required),
        meanings=_meanings(columns),
        one_of=tuple(tuple(group) for group in spec.get("een_van", ())),
    )


def _meanings(columns: Mapping[str, Column]) -> dict[str, tuple[str, int]]:
    meanings = {alias: (c.name, _LAST_CHOICE) for c in columns.values() for alias in c.bsn_aliases}
    for column in columns.values():
        for rank, alias in enumerate(column.aliases):
            meanings.setdefault(alias, (column.name, rank))
    return meanings


def _column(name: str, spec: Mapping[str, Any], everything: Mapping[str, Any]) -> Column:
    if "als" in spec:  # the same column as in another table, with its own 'required'
        table, _, column = spec["als"].partition(".")
        spec = {**everything[table]["kolommen"][column], "verplicht": False, **spec}
    aliases = tuple(dict.fromkeys(fold(alias) for alias in (name, *spec["namen"])))
    bsn_aliases = tuple(map(fold, spec.get("bsn_namen", ())))
    everywhere = spec.get("overal", ())
    return Column(
        name=name,
        kind=spec["soort"],
        required=spec.get("verplicht", False),
        codes=spec.get("codes"),
        per_person=spec.get("per") == "persoon",
        description=spec["omschrijving"],
        aliases=aliases,
        bsn_aliases=bsn_aliases,
        everywhere=frozenset((*aliases, *bsn_aliases) if everywhere is True else map(fold, everywhere)),
    )


def _code_list(values: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(text): code for code, texts in values.items() for text in (code, *texts)}


def _status(spec: Mapping[str, Any]) -> Status:
    return Status(spec["naam"], spec["feit"], spec["omschrijving"], tuple(spec.get("nodig", ())))


def _ratio(spec: Mapping[str, Any]) -> Ratio:
    return Ratio(spec["id"], spec["titel"], spec["cijfer"], spec["definitie"], spec["bron"])


def _rule(spec: Mapping[str, Any]) -> Rule:
    return Rule(
        id=spec["id"],
        title=spec["titel"],
        severity=Severity(spec["ernst"]),
        stage=spec["fase"],
        relation=spec.get("uit"),
        condition=spec.get("voorwaarde"),
        table=spec.get("tabel"),
        column=spec.get("kolom"),
        needs=tuple(spec.get("nodig", ())),
        set_aside=spec.get("terzijde"),
        message=spec["melding"],
        explanation=spec.get("uitleg", spec["melding"]),
        remedy=spec["oplossing"],
    )
