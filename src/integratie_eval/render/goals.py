"""Targets in words: what was aimed at, what came of it, how far off it is, and why something cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import integratie_eval.render.dutch as dutch
from integratie_eval.model import Cohort
from integratie_eval.targets import Outcome, Verdict

if TYPE_CHECKING:
    from integratie_eval.render.prose import Number

_GROUPS = {
    Cohort.TOTAL: "totaal",
    Cohort.STATUSHOUDER: "statushouders",
    Cohort.OUDKOMER: "oudkomers",
    Cohort.UNKNOWN: "groep onbekend",
}
_CATEGORIES = {"maanden": "{} maanden", "trede_klasse": "trede {}"}
_REASONS: Mapping[Verdict, str] = {
    Verdict.NOT_DELIVERED: "de gegevens voor dit cijfer zijn niet geleverd",
    Verdict.NOT_FOUND: "deze categorie komt in de leveringen niet voor",
    Verdict.NO_BASE: "er is niets waarvan dit een percentage kan zijn",
    Verdict.HIDDEN: "het aantal is niet openbaar",
}


@dataclass(frozen=True)
class TargetWords:
    """An outcome as the templates see it."""

    outcome: Outcome
    title: str
    dimension: str | None
    number: Number | None
    """The realised figure; None when it was not measured."""
    decimals: int

    @property
    def naam(self) -> str:
        """The title of the figure and its category: 'Terugval in de bijstand na werk, 12 maanden'."""
        category = self.outcome.target.category
        if category is None:
            return self.title
        return f"{self.title}, {_CATEGORIES.get(self.dimension or '', '{}').format(category)}"

    @property
    def groep(self) -> str:
        """The group of people, in the plural."""
        return _GROUPS[Cohort(self.outcome.target.cohort)]

    @property
    def naam_met_groep(self) -> str:
        """The name, with the group unless it is about everyone."""
        everyone = self.outcome.target.cohort == Cohort.TOTAL.value
        return self.naam if everyone else f"{self.naam} ({self.groep})"

    @property
    def gerealiseerd(self) -> object:
        """The realised number or percentage, a link to its definition; a dash when it was not measured."""
        if self.number is None:
            return "–"
        return self.number.procent if self.outcome.target.percentage else self.number

    @property
    def streefwaarde(self) -> str:
        """'minstens 25%'."""
        target = self.outcome.target
        value = dutch.percent(target.value) if target.percentage else dutch.number(target.value)
        return f"{target.direction.value} {value}"

    @property
    def verschil(self) -> str:
        """'3 procentpunt hoger', 'minder dan 1 procentpunt lager', 'gelijk'; a dash when it is not known."""
        difference, target = self.outcome.difference, self.outcome.target
        if difference is None:
            return "–"
        if self.outcome.side == 0:
            return "gelijk"
        least = f"minder dan {dutch.number(Decimal(1).scaleb(-self.decimals))}"
        size = dutch.number(abs(difference)) if difference else least
        unit = " procentpunt" if target.percentage else ""
        return f"{size}{unit} {'hoger' if self.outcome.side > 0 else 'lager'}"

    @property
    def bereikt(self) -> bool:
        """The target is reached."""
        return self.outcome.verdict is Verdict.REACHED

    @property
    def gemist(self) -> bool:
        """The target is not reached."""
        return self.outcome.verdict is Verdict.MISSED

    @property
    def oordeel(self) -> str:
        """'bereikt', 'niet bereikt' or 'niet te zeggen'."""
        return self.outcome.verdict.value if self.outcome.told else "niet te zeggen"

    @property
    def waarom(self) -> str:
        """Why it cannot be told."""
        return _REASONS[self.outcome.verdict]
