"""The evaluation period, and what the deliveries do not cover of it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from integratie_eval.definitions import Definitions
from integratie_eval.errors import UsageError
from integratie_eval.model import Delivered, Finding, Period, Place
from integratie_eval.settings import Settings


def period_of(delivered: Delivered, settings: Settings) -> Period:
    """The period of the settings; without it, from the quarter of the first delivery to the last peildatum."""
    references = _references(delivered)
    start = settings.start or quarter_start(references[0])
    end = settings.end or references[-1]
    if start > end:
        raise UsageError(
            "De periode begint na het einde ervan.", "Controleer --van en --tot, of [periode] in de instellingen."
        )
    if start > references[-1]:
        raise UsageError(
            f"De periode begint na de laatste levering ({references[-1]:%d-%m-%Y}).",
            "Kies een eerdere --van, of lever bij.",
        )
    return Period(start, end, min(end, references[-1]))


def period_findings(
    period: Period, delivered: Delivered, open_files: Sequence[str], definitions: Definitions
) -> Iterator[Finding]:
    """Missing quarters, a period that runs on after the last delivery, deliveries from after the period, no ends."""

    def finding(rule: str, place: str) -> Finding:
        return definitions.rules[rule].at(Place(place))

    references = _references(delivered)
    quarters = {_quarter(day) for day in references}
    for number in range(_quarter(references[0]), _quarter(references[-1])):
        if number not in quarters:
            yield finding("kwartaal_ontbreekt", f"{number // 4}-Q{number % 4 + 1}")
    if period.end > references[-1]:
        yield finding("periode_na_levering", f"peildatum {references[-1]:%d-%m-%Y}")
    for file in sorted({sheet.file for sheet in delivered.sheets if sheet.reference > period.end}):
        yield finding("levering_na_periode", file)
    for name in open_files:
        yield finding("bestand_open", name)
    if "clienten.eind_uitkering" not in delivered.columns:
        newest = max((sheet for sheet in delivered.sheets if sheet.table == "clienten"), key=lambda sheet: sheet.number)
        yield definitions.rules["einde_niet_geleverd"].at(Place(newest.file, newest.sheet))


def quarter_start(day: date) -> date:
    """The first day of the quarter that a day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    month = quarter * 3
    return date(year, month, monthrange(year, month)[1])


def quarter_end_of(day: date) -> date:
    """The last day of the quarter that a day is in."""
    return quarter_end(day.year, (day.month - 1) // 3 + 1)


def _references(delivered: Delivered) -> list[date]:
    return sorted({day for sheet in delivered.sheets if sheet.table == "clienten" for day in sheet.references})


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
