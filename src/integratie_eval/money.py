"""What the project costs: prices of the settings × published numbers. Arithmetic, which tells nothing about effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from integratie_eval.model import Exact, Period, Published, PublishedFigures, Value
from integratie_eval.settings import Settings
from integratie_eval.text import listed

_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Price:
    """What one participant of a provider (van aanbieder) or of a kind of traject (soort) costs."""

    of: str
    name: str
    post: str
    """The name of the price in the figures and the report."""
    euros: int


@dataclass(frozen=True)
class FteCost:
    """The extra klantmanagers: fte × price of a year × months / 12."""

    fte: Decimal
    euros: int
    months: int
    amount: int


@dataclass(frozen=True)
class TrajectCost:
    """Price × participants; `amount` is None when the number of participants is not published."""

    price: Price
    participants: Published
    amount: int | None


@dataclass(frozen=True)
class Share:
    """A sum divided by a number; `amount` is None when one of the two is not known, or the number is zero."""

    name: str
    total: int | None
    divided_by: Published
    amount: int | None


@dataclass(frozen=True)
class Line:
    """A line of the arithmetic: what it is about, price, months, number, and the amount that comes of it."""

    post: str
    euros: int | None
    months: int | None
    number: Value | Decimal | None
    amount: int | None


@dataclass(frozen=True)
class Money:
    """All arithmetic with money. A total is None when a part of it is not known."""

    fte: FteCost | None
    trajecten: tuple[TrajectCost, ...]
    """One line per price; less when the trajecten were not delivered."""
    trajecten_total: int | None
    total: int | None
    shares: tuple[Share, ...]

    @property
    def lines(self) -> Sequence[Line]:
        """All of it, line by line: fte, trajecten, their sum, and what is divided by a number of people."""
        fte = [self.fte] if self.fte else []
        return [
            *(Line("fte", cost.euros, cost.months, cost.fte, cost.amount) for cost in fte),
            *(Line(c.price.post, c.price.euros, None, c.participants.count, c.amount) for c in self.trajecten),
            Line("samen", None, None, None, self.total),
            *(Line(share.name, None, None, share.divided_by.count, share.amount) for share in self.shares),
        ]


def prices(settings: Settings) -> Sequence[Price]:
    """The prices of trajecten in the settings; that of a provider goes before that of a kind."""
    of_providers = [Price("aanbieder", p.name, p.name, p.price) for p in settings.providers if p.price is not None]
    of_kinds = [Price("soort", kind, f"soort {kind}", euros) for kind, euros in settings.price_of_kind.items()]
    return [*of_providers, *of_kinds]


def money_of(settings: Settings, period: Period, published: PublishedFigures) -> Money | None:
    """Calculate with the prices of the settings; None when there are none."""
    fte = _fte(settings, period)
    priced = prices(settings)
    if fte is None and not priced:
        return None
    trajecten = [_traject(price, figure) for price in priced if (figure := _participants(price, published))]
    trajecten_total = _sum([line.amount for line in trajecten]) if len(trajecten) == len(priced) else None
    total = _sum([trajecten_total, fte.amount if fte else 0])
    everything = listed((["fte"] if fte else []) + (["trajecten"] if priced else []))
    divisions = [
        *([("trajecten, per deelnemer", trajecten_total, "deelnemers_met_kosten")] if priced else []),
        (f"{everything}, per persoon met bijstand in de periode", total, "personen"),
        (f"{everything}, per persoon die uitstroomde naar betaald werk", total, "uitstroom_werk"),
    ]
    shares = [_share(name, sum_, figure) for name, sum_, id_ in divisions if (figure := published.get(id_))]
    return Money(fte, tuple(trajecten), trajecten_total, total, tuple(shares))


def months_between(start: date, end: date) -> int:
    """The calendar months that a time touches, both days included; 0 when it ends before it starts."""
    return (end.year - start.year) * _MONTHS_OF_A_YEAR + end.month - start.month + 1 if start <= end else 0


def _fte(settings: Settings, period: Period) -> FteCost | None:
    """The part of the project in the period of the figures: costs and results are about the same months."""
    project = settings.project
    if settings.price_of_fte is None or project.fte is None:
        return None
    start = max(project.start or period.start, period.start)
    months = months_between(start, min(project.end or period.reference, period.reference))
    years = Fraction(months, _MONTHS_OF_A_YEAR)
    amount = _half_up(Fraction(project.fte) * settings.price_of_fte * years)
    return FteCost(project.fte, settings.price_of_fte, months, amount)


def _participants(price: Price, published: PublishedFigures) -> Published | None:
    return published.get("deelnemers_kostenpost", category=price.post)


def _traject(price: Price, participants: Published) -> TrajectCost:
    count = participants.count
    return TrajectCost(price, participants, price.euros * count.value if isinstance(count, Exact) else None)


def _share(name: str, total: int | None, divided_by: Published) -> Share:
    count = divided_by.count
    if total is None or not isinstance(count, Exact) or count.value == 0:
        return Share(name, total, divided_by, None)
    return Share(name, total, divided_by, _half_up(Fraction(total, count.value)))


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))
