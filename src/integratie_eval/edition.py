"""One side of a comparison: the published figures of a report, made now or read back from its cijfers.json."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from integratie_eval.errors import InputError
from integratie_eval.manifest import MANIFEST, choices_of
from integratie_eval.model import Below, Cohort, Exact, Hidden, Period, Published, Range, Value
from integratie_eval.report import Report
from integratie_eval.text import all_visible, listed

FIGURES = "cijfers.json"
_ABOUT_AS_LONG = 2  # days: a quarter has 90 to 92 of them, a year 365 or 366
_CHOICES = {
    "versie": "de versie van het programma",
    "cohort_grens": "de grens tussen de groepen",
    "inburgering_is_ondersteuning": "de keuze of een cursus naast werk ondersteuning is",
    "eindstatus": "de volgorde van de eindstatus",
}


@dataclass(frozen=True)
class Edition:
    """The figures of one report, and the choices that they rest on."""

    name: str
    """How the user called it."""
    municipality: str | None
    period: Period
    choices: Mapping[str, str]
    """The choices that can make figures incomparable; empty when the report does not tell them."""
    titles: Mapping[str, str]
    definitions: Mapping[str, str]
    rows: tuple[Published, ...]


def edition_of(report: Report, name: str) -> Edition:
    """The edition that a report holds."""
    return Edition(
        name=name,
        municipality=report.settings.municipality,
        period=report.period,
        choices=_choices({"versie": report.version, **choices_of(report)}),
        titles={indicator.id: indicator.title for indicator in report.indicators},
        definitions={indicator.id: indicator.definition for indicator in report.indicators},
        rows=report.published.rows,
    )


def find_edition(path: Path) -> Path | None:
    """The cijfers.json of a finished report, if the path is one or is the folder of one."""
    file = path / FIGURES if path.is_dir() else path
    return file if file.name == FIGURES and file.is_file() else None


def read_edition(file: Path, name: str) -> Edition:
    """The edition that stands in a cijfers.json. Raises InputError when it is not one of ours."""
    try:
        content = all_visible(json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal))
        manifest = file.with_name(MANIFEST)
        told = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
        days = {key: date.fromisoformat(content["periode"][key]) for key in ("van", "tot", "peildatum")}
        return Edition(
            name=name,
            municipality=content["gemeente"],
            period=Period(days["van"], days["tot"], days["peildatum"]),
            choices=_choices({"versie": told.get("versie"), **told.get("instellingen", {})}),
            titles={item["id"]: item["titel"] for item in content["indicatoren"]},
            definitions={item["id"]: item["definitie"] for item in content["indicatoren"]},
            rows=tuple(map(_published, content["cijfers"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            f"{file} is geen bruikbaar cijferbestand van integratie-eval.", "Maak het rapport opnieuw met report."
        ) from None


def warnings_about(a: Edition, b: Edition) -> Iterator[str]:
    """What makes the figures of two editions hard to compare, in Dutch sentences."""
    different = [_CHOICES[key] for key in _CHOICES if a.choices.get(key) != b.choices.get(key)]
    if not a.choices or not b.choices:
        yield "Van een van beide is niet bekend met welke keuzes de cijfers zijn gemaakt (manifest.json ontbreekt)."
    elif different:
        yield f"A en B verschillen in {listed(different)}. De cijfers zijn dan niet zonder meer te vergelijken."
    others = [a.titles[name] for name, text in a.definitions.items() if b.definitions.get(name, text) != text]
    if others:
        yield f"Deze cijfers hebben in A en B een andere definitie: {listed(others)}."
    lengths = [(side.period.end - side.period.start).days + 1 for side in (a, b)]
    if abs(lengths[0] - lengths[1]) > _ABOUT_AS_LONG:
        yield f"De periodes zijn niet even lang: {lengths[0]} en {lengths[1]} dagen."


def _choices(given: Mapping[str, Any]) -> dict[str, str]:
    return {key: json.dumps(given[key]) for key in _CHOICES if given.get(key) is not None}


def _published(row: Mapping[str, Any]) -> Published:
    share = row["percentage"]
    return Published(
        indicator=row["indicator"],
        cohort=Cohort(row["cohort"]),
        dimension=row["dimensie"],
        category=row["categorie"],
        count=_value(row["aantal"]),
        base=None if row["noemer"] is None else _value(row["noemer"]),
        percentage=None if share is None else Decimal(share),
        quarter=row["kwartaal"],
    )


def _value(given: Any) -> Value:
    match given:
        case bool():
            raise TypeError
        case int():
            return Exact(given)
        case {"minder_dan": int(limit)}:
            return Below(limit)
        case {"van": int(low), "tot_en_met": int(high)}:
            return Range(low, high)
        case {"niet_openbaar": True}:
            return Hidden()
    raise TypeError
