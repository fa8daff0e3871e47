"""What the sample knows about an invented municipality: facts with dates, nothing derived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

LAST_YEAR = 2019


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year."""

    jaar: int
    kwartaal: int

    @property
    def label(self) -> str:
        """The quarter as file names write it: 2019-Q3."""
        return f"{self.jaar}-Q{self.kwartaal}"

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.jaar, 3 * self.kwartaal - 2, 1)

    @property
    def eind(self) -> date:
        """The last day: the peildatum of the delivery."""
        following = date(self.jaar + self.kwartaal // 4, 3 * self.kwartaal % 12 + 1, 1)
        return following - timedelta(days=1)


@dataclass(frozen=True)
class Uitkering:
    """A period with bijstand of one person; `reden` is the CBS code (BUS, kenmerk 34)."""

    begin: date
    eind: date | None
    reden: str | None


@dataclass(frozen=True)
class Traject:
    """A programme that one person follows; `reden` is the SRG code of its end."""

    soort: str
    aanbieder: str
    begin: date
    eind: date | None
    reden: str | None


@dataclass(frozen=True)
class Plaatsing:
    """A job; `reden` tells in words why it ended."""

    begin: date
    eind: date | None
    reden: str | None
    uren_per_week: int
    contract: str
    jobcoach: bool


@dataclass(frozen=True)
class Meting:
    """One measurement on the participatieladder."""

    datum: date
    trede: int
    groeipotentieel: int | None


@dataclass(frozen=True)
class Wijziging:
    """From this day on the answer is yes or no; before the first change it is no."""

    datum: date
    ja: bool


@dataclass(frozen=True)
class Niveau:
    """The level of Dutch that somebody has reached since this day."""

    datum: date
    niveau: str


@dataclass(frozen=True)
class Persoon:
    """One person with everything that happened, each list in order of date."""

    clientnummer: str
    uitkeringnummer: str
    rol: str
    geboortedatum: date
    geslacht: str
    nationaliteit: str
    datum_vestiging: date
    datum_vergunning: date
    uitkeringen: tuple[Uitkering, ...]
    trajecten: tuple[Traject, ...]
    plaatsingen: tuple[Plaatsing, ...]
    metingen: tuple[Meting, ...]
    gesprekken: tuple[date, ...]
    inkomsten_arbeid: tuple[Wijziging, ...]
    zorg_en_rust: tuple[Wijziging, ...]
    taalmaatje: tuple[Wijziging, ...]
    leerroute: str | None
    taalniveaus: tuple[Niveau, ...]


@dataclass(frozen=True)
class Vestiging:
    """How many statushouders settled in a year."""

    jaar: int
    aantal: int


@dataclass(frozen=True)
class Bijeenkomst:
    """A meeting for a group."""

    aanbieder: str
    datum: date
    aantal_deelnemers: int


@dataclass(frozen=True)
class Municipality:
    """The invented municipality: `van` and `tot` are the evaluation period."""

    van: date
    tot: date
    quarters: tuple[Quarter, ...]
    personen: tuple[Persoon, ...]
    vestigingen: tuple[Vestiging, ...]
    bijeenkomsten: tuple[Bijeenkomst, ...]


def last_quarters(count: int) -> tuple[Quarter, ...]:
    """The `count` quarters that end with the last quarter of 2019, oldest first."""
    newest = 4 * LAST_YEAR + 3
    return tuple(Quarter(index // 4, index % 4 + 1) for index in range(newest - count + 1, newest + 1))
