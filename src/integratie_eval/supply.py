"""What the providers offer: views of trajecten beside rungs and prices, and, from published values, the free places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.definitions import Indicator
from integratie_eval.model import Exact, PublishedFigures
from integratie_eval.money import prices
from integratie_eval.settings import Provider, Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SQL = Path(__file__).with_suffix(".sql")
_RUNGS = range(1, 7)
_PER_PROVIDER = ("deelnemers_peildatum", "geeindigde_trajecten", "afgeronde_trajecten")


def prepare_supply(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Create the views `aanbod_deelnames` and `kosten_deelnames`."""
    rungs = [(provider.name, rung) for provider in settings.providers for rung in provider.for_rungs]
    priced = [(price.of, price.name, price.post) for price in prices(settings)]
    connection.execute("CREATE TABLE aanbod_voor_trede (aanbieder VARCHAR, trede INTEGER)")
    connection.execute("CREATE TABLE prijzen (van VARCHAR, naam VARCHAR, kostenpost VARCHAR)")
    if rungs:
        connection.executemany("INSERT INTO aanbod_voor_trede VALUES ($1, $2)", rungs)
    if priced:
        connection.executemany("INSERT INTO prijzen VALUES ($1, $2, $3)", priced)
    connection.execute(_SQL.read_text(encoding="utf-8"))


def with_declared(indicators: Iterable[Indicator], settings: Settings) -> tuple[Indicator, ...]:
    """The indicators, with a figure for every provider and every price of the settings: nobody is a fact too."""
    declared = dict.fromkeys(_PER_PROVIDER, tuple(provider.name for provider in settings.providers))
    declared["deelnemers_kostenpost"] = tuple(price.post for price in prices(settings))
    return tuple(replace(i, categories=declared[i.id]) if i.id in declared else i for i in indicators)


@dataclass(frozen=True)
class Offer:
    """A provider and its free places; `free` is None when the places are not told or the participants not published."""

    provider: Provider
    free: int | None
    overfull: bool = False
    """It has more participants than places."""


@dataclass(frozen=True)
class Rung:
    """The providers whose offer is meant for a rung; `free` is of those that tell their places, None if none tells."""

    number: int
    providers: tuple[str, ...]
    free: int | None


@dataclass(frozen=True)
class Supply:
    """What the settings tell of the offer, beside the published figures."""

    offers: tuple[Offer, ...]
    """The providers of which the settings tell more than a name."""
    rungs: tuple[Rung, ...]
    """Every rung of the ladder; empty when no provider tells for which rungs its offer is."""

    @property
    def rungs_without_offer(self) -> Sequence[int]:
        """The rungs that no provider serves."""
        return [rung.number for rung in self.rungs if not rung.providers]


def supply_of(settings: Settings, published: PublishedFigures) -> Supply:
    """Set the offer of the providers beside their participants on the peildatum."""
    described = [p for p in settings.providers if p.offer or p.for_rungs or p.places is not None]
    offers = tuple(_offer(provider, published) for provider in described)
    told = any(provider.for_rungs for provider in described)
    return Supply(offers, tuple(_rung(number, offers) for number in _RUNGS) if told else ())


def _offer(provider: Provider, published: PublishedFigures) -> Offer:
    figure = published.get("deelnemers_peildatum", category=provider.name)
    if provider.places is None or figure is None or not isinstance(figure.count, Exact):
        return Offer(provider, None)
    free = provider.places - figure.count.value
    return Offer(provider, max(free, 0), overfull=free < 0)


def _rung(number: int, offers: Sequence[Offer]) -> Rung:
    serving = [offer for offer in offers if number in offer.provider.for_rungs]
    told = [offer for offer in serving if offer.provider.places is not None]
    known = [offer.free for offer in told if offer.free is not None]
    free = sum(known) if known and len(known) == len(told) else None
    return Rung(number, tuple(offer.provider.name for offer in serving), free)
