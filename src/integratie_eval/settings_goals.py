"""[streefwaarden] and [kosten] of integratie.toml: what the municipality wants to reach, and what it pays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from integratie_eval.definitions import SURVIVAL, Indicator, load_definitions
from integratie_eval.model import Cohort
from integratie_eval.settings_values import Values
from integratie_eval.text import hint


class Direction(StrEnum):
    """On which side of the target a figure should be."""

    AT_LEAST = "minstens"
    AT_MOST = "hoogstens"


@dataclass(frozen=True)
class Target:
    """A target of the settings for one figure of the whole period."""

    indicator: str
    value: Decimal
    percentage: bool
    """The value is a percentage of the base; otherwise a count."""
    cohort: str = Cohort.TOTAL.value
    category: str | None = None
    direction: Direction = Direction.AT_LEAST
    curve: bool = False
    """The percentage is that of a curve, not a quotient of the count and its base."""


_PERCENTAGE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]+))?\s?%")


def read_targets(
    values: Values, given: Mapping[str, Any], indicators: Iterable[Indicator], decimals: int
) -> tuple[Target, ...]:
    """The targets: per indicator a value, a table with more than a value, or a list of those."""
    known = {indicator.id: indicator for indicator in indicators}
    result = []
    for name, value in given.items():
        where = f"streefwaarden.{name}"
        if name not in known:
            remedy = hint(name, known, otherwise="Zie integratie-eval indicators.")
            raise values.wrong(where, f"het cijfer {name} bestaat niet", remedy)
        if value == []:
            raise values.wrong(where, "de lijst is leeg", "Noem een streefwaarde, of haal de regel weg.")
        for entry in value if isinstance(value, list) else [value]:
            spec = entry if isinstance(entry, dict) else {"waarde": entry}
            result.append(_target(values, where, known[name], spec, decimals))
    return tuple(result)


def read_prices(values: Values, given: Mapping[str, Any], fte: Decimal | None) -> tuple[int | None, dict[str, int]]:
    """The price of a year of one fte, and those of the kinds of traject: whole euros."""
    values.known("kosten", given, ("fte", "soort"))
    kinds = values.typed("kosten", given, "soort", dict, {})
    values.known("kosten.soort", kinds, tuple(load_definitions().code_titles["soort_traject"]))
    of_fte = values.at_least("kosten", given, "fte", 0)
    if of_fte is not None and fte is None:
        raise values.wrong("kosten.fte", "het aantal fte van het project ontbreekt", "Voeg fte toe bij [project].")
    of_kinds = {kind: values.at_least("kosten.soort", kinds, kind, 0) for kind in kinds}
    return of_fte, {kind: price for kind, price in of_kinds.items() if price is not None}


def _target(values: Values, where: str, indicator: Indicator, spec: Mapping[str, Any], decimals: int) -> Target:
    values.known(where, spec, ("waarde", "cohort", "categorie", "richting"))
    value, percentage = _value(values, where, spec.get("waarde"), decimals)
    if percentage and indicator.base is None and indicator.counts != SURVIVAL:
        raise values.wrong(where, "dit cijfer heeft geen noemer, en dus geen percentage", "Schrijf een heel getal.")
    if not percentage and indicator.counts in (SURVIVAL, "mediaan"):
        remedy = (
            'Schrijf een percentage, bijvoorbeeld "40%".'
            if indicator.counts == SURVIVAL
            else "Haal de streefwaarde weg."
        )
        raise values.wrong(where, "bij dit cijfer past geen aantal als streefwaarde", remedy)
    cohorts = [cohort.value for cohort in Cohort] if indicator.per_cohort else [Cohort.TOTAL.value]
    return Target(
        indicator=indicator.id,
        value=value,
        percentage=percentage,
        cohort=values.choice(where, spec, "cohort", cohorts) or Cohort.TOTAL.value,
        category=_category(values, where, indicator, spec),
        direction=Direction(values.choice(where, spec, "richting", list(Direction)) or Direction.AT_LEAST),
        curve=indicator.counts == SURVIVAL,
    )


def _value(values: Values, where: str, given: Any, decimals: int) -> tuple[Decimal, bool]:
    if type(given) is int and given >= 0:
        return Decimal(given), False
    match = _PERCENTAGE.fullmatch(given) if isinstance(given, str) else None
    value = Decimal(".".join(part for part in match.groups() if part)) if match else None
    if match is None or value is None or value > 100:
        what = 'een streefwaarde is een heel getal vanaf 0, of een percentage van "0%" tot en met "100%"'
        raise values.wrong(where, what, 'Schrijf bijvoorbeeld 20 of "40%".')
    if len(match[2] or "") > decimals:
        what = f"dit percentage heeft meer decimalen dan het rapport ({decimals})"
        raise values.wrong(where, what, "Rond het af, of pas procent_decimalen aan bij [rapport].")
    return value, True


def _category(values: Values, where: str, indicator: Indicator, spec: Mapping[str, Any]) -> str | None:
    if indicator.dimension is None:
        if "categorie" in spec:
            raise values.wrong(f"{where}.categorie", "dit cijfer heeft geen categorieën", "Haal de categorie weg.")
        return None
    if "categorie" not in spec:
        what = f"dit cijfer is verdeeld naar {indicator.dimension}, en de categorie ontbreekt"
        raise values.wrong(where, what, 'Schrijf { waarde = ..., categorie = "..." }.')
    return values.choice(where, spec, "categorie", indicator.categories)
