"""What the export of a quarter holds: everything as it is known at the end of that quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from integratie_eval.sample.model import (
    Bijeenkomst,
    Meting,
    Municipality,
    Persoon,
    Plaatsing,
    Quarter,
    Traject,
    Uitkering,
    Vestiging,
    Wijziging,
)

SCHAAL = "participatieladder"


class ClientRow(NamedTuple):
    """One person in one period with bijstand."""

    clientnummer: str
    uitkeringnummer: str
    rol: str
    geboortedatum: date
    geslacht: str
    nationaliteit: str
    datum_vestiging: date
    datum_vergunning: date
    begin_uitkering: date
    eind_uitkering: date | None
    reden_einde: str | None
    inkomsten_arbeid: bool
    trede: int | None
    datum_trede: date | None
    groeipotentieel: int | None
    zorg_en_rust: bool
    datum_gesprek: date | None
    taalmaatje: bool
    leerroute: str | None
    taalniveau: str | None


class TrajectRow(NamedTuple):
    """One traject of one person."""

    clientnummer: str
    soort: str
    aanbieder: str
    begin: date
    eind: date | None
    reden_einde: str | None


class PlaatsingRow(NamedTuple):
    """One job of one person."""

    clientnummer: str
    begin: date
    eind: date | None
    reden_einde: str | None
    uren_per_week: int
    contract: str
    jobcoach: bool


class MetingRow(NamedTuple):
    """One measurement on the participatieladder."""

    clientnummer: str
    datum: date
    trede: int
    groeipotentieel: int | None
    schaal: str


class VestigingRow(NamedTuple):
    """How many statushouders settled in a year, up to now."""

    jaar: int
    aantal: int


class BijeenkomstRow(NamedTuple):
    """A meeting for a group."""

    aanbieder: str
    datum: date
    aantal_deelnemers: int


# The columns of each table of a delivery.
FIELDS = {
    "clienten": ClientRow._fields,
    "trajecten": TrajectRow._fields,
    "plaatsingen": PlaatsingRow._fields,
    "metingen": MetingRow._fields,
    "vestigingen": VestigingRow._fields,
    "bijeenkomsten": BijeenkomstRow._fields,
}


@dataclass(frozen=True)
class Delivery:
    """The export of one quarter."""

    quarter: Quarter
    clienten: tuple[ClientRow, ...]
    trajecten: tuple[TrajectRow, ...]
    plaatsingen: tuple[PlaatsingRow, ...]
    metingen: tuple[MetingRow, ...]
    vestigingen: tuple[VestigingRow, ...]
    bijeenkomsten: tuple[BijeenkomstRow, ...]


class _Lasting(Protocol):
    @property
    def begin(self) -> date: ...
    @property
    def eind(self) -> date | None: ...


def deliver(town: Municipality, quarter: Quarter) -> Delivery:
    """The export of `quarter`: whoever had bijstand in it, with their trajecten, jobs and measurements."""
    first, last = quarter.begin, quarter.eind
    named = [person for person in town.personen if any(_touches(u, first, last) for u in person.uitkeringen)]
    return Delivery(
        quarter=quarter,
        clienten=tuple(
            _client(person, uitkering, last)
            for person in named
            for uitkering in person.uitkeringen
            if _touches(uitkering, first, last)
        ),
        trajecten=tuple(_traject(p, t, last) for p in named for t in p.trajecten if _touches(t, first, last)),
        plaatsingen=tuple(_plaatsing(p, w, last) for p in named for w in p.plaatsingen if _touches(w, first, last)),
        metingen=tuple(_meting(p, m) for p in named for m in p.metingen if first <= m.datum <= last),
        vestigingen=tuple(_vestiging(v, quarter) for v in town.vestigingen if v.jaar <= quarter.jaar),
        bijeenkomsten=tuple(_bijeenkomst(b) for b in town.bijeenkomsten if first <= b.datum <= last),
    )


def _touches(lasting: _Lasting, first: date, last: date) -> bool:
    return lasting.begin <= last and (lasting.eind is None or lasting.eind >= first)


def _known(moment: date | None, last: date) -> date | None:
    """A date that is still to come is not in the export."""
    return moment if moment is not None and moment <= last else None


def _answer(changes: Sequence[Wijziging], last: date) -> bool:
    answer = False
    for change in changes:
        if change.datum <= last:
            answer = change.ja
    return answer


def _client(person: Persoon, uitkering: Uitkering, last: date) -> ClientRow:
    meting: Meting | None = None
    for candidate in person.metingen:
        if candidate.datum <= last:
            meting = candidate
    eind = _known(uitkering.eind, last)
    return ClientRow(
        clientnummer=person.clientnummer,
        uitkeringnummer=person.uitkeringnummer,
        rol=person.rol,
        geboortedatum=person.geboortedatum,
        geslacht=person.geslacht,
        nationaliteit=person.nationaliteit,
        datum_vestiging=person.datum_vestiging,
        datum_vergunning=person.datum_vergunning,
        begin_uitkering=uitkering.begin,
        eind_uitkering=eind,
        reden_einde=uitkering.reden if eind else None,
        inkomsten_arbeid=_answer(person.inkomsten_arbeid, last),
        trede=meting.trede if meting else None,
        datum_trede=meting.datum if meting else None,
        groeipotentieel=meting.groeipotentieel if meting else None,
        zorg_en_rust=_answer(person.zorg_en_rust, last),
        datum_gesprek=max((day for day in person.gesprekken if day <= last), default=None),
        taalmaatje=_answer(person.taalmaatje, last),
        leerroute=person.leerroute,
        taalniveau=max((level.niveau for level in person.taalniveaus if level.datum <= last), default=None),
    )


def _traject(person: Persoon, traject: Traject, last: date) -> TrajectRow:
    eind = _known(traject.eind, last)
    reden = traject.reden if eind else None
    return TrajectRow(person.clientnummer, traject.soort, traject.aanbieder, traject.begin, eind, reden)


def _plaatsing(person: Persoon, job: Plaatsing, last: date) -> PlaatsingRow:
    eind = _known(job.eind, last)
    reden = job.reden if eind else None
    return PlaatsingRow(person.clientnummer, job.begin, eind, reden, job.uren_per_week, job.contract, job.jobcoach)


def _meting(person: Persoon, meting: Meting) -> MetingRow:
    return MetingRow(person.clientnummer, meting.datum, meting.trede, meting.groeipotentieel, SCHAAL)


def _vestiging(vestiging: Vestiging, quarter: Quarter) -> VestigingRow:
    """The year itself is not complete before its last quarter."""
    quarters = quarter.kwartaal if vestiging.jaar == quarter.jaar else 4
    return VestigingRow(vestiging.jaar, vestiging.aantal * quarters // 4)


def _bijeenkomst(meeting: Bijeenkomst) -> BijeenkomstRow:
    return BijeenkomstRow(meeting.aanbieder, meeting.datum, meeting.aantal_deelnemers)
