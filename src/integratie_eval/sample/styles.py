"""How the export of each quarter looks: what differs per quarter is a table here, not code elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from integratie_eval.sample.model import Quarter

LARGE = 5000  # from here on all exports are plain workbooks
NEW_HEADERS_FROM = 2018


class Form(Enum):
    """The kind of file."""

    XLSX = "xlsx"
    CSV = "csv"
    ODS = "ods"


@dataclass(frozen=True, kw_only=True)
class QuarterStyle:
    """The habits of one export."""

    form: Form = Form.XLSX
    title: bool = False  # a title line and an empty line above the header of the clients
    totals: bool = False  # a totals row below the clients
    text_dates: bool = False  # dates as text
    reason_text: bool = False  # reasons in words
    letters: bool = False  # J and N


PLAIN = QuarterStyle()
STYLES = {
    "2017-Q2": QuarterStyle(letters=True),
    "2017-Q3": QuarterStyle(letters=True, title=True),
    "2017-Q4": QuarterStyle(letters=True, text_dates=True),
    "2018-Q1": QuarterStyle(reason_text=True, totals=True),
    "2018-Q2": QuarterStyle(reason_text=True),
    "2018-Q3": QuarterStyle(form=Form.CSV, letters=True),
    "2018-Q4": QuarterStyle(title=True),
    "2019-Q1": QuarterStyle(form=Form.ODS),
    "2019-Q2": QuarterStyle(reason_text=True, title=True),
    "2019-Q3": QuarterStyle(totals=True),
    "2019-Q4": QuarterStyle(),
}


def style_of(quarter: Quarter, clients: int) -> QuarterStyle:
    """The style of a quarter; a large municipality has one plain style."""
    return PLAIN if clients > LARGE else STYLES.get(quarter.label, PLAIN)


@dataclass(frozen=True)
class Column:
    """A column of an export: where the value comes from, and the header in 2017 and in later years."""

    field: str
    before: str
    after: str

    def header(self, quarter: Quarter) -> str:
        """The heading that the export of a quarter uses."""
        return self.after if quarter.jaar >= NEW_HEADERS_FROM else self.before


@dataclass(frozen=True)
class Table:
    """A sheet, or a csv file with the sheet's name in small ASCII letters."""

    field: str
    sheet: str
    columns: tuple[Column, ...]


# Columns that no figure needs; all but the klantmanager are not in the data model, and the product must not read them.
NOT_COUNTED = (
    "naam", "telefoon", "opmerkingen", "klantmanager", "adres", "postcode", "woonplaats", "email", "regeling",
    "leefvorm", "norm", "woonsituatie",
)  # fmt: skip
NOT_READ = frozenset(NOT_COUNTED) - {"klantmanager"}

TABLES = (
    Table(
        "clienten",
        "Cliënten",
        (
            Column("clientnummer", "Cliëntnr.", "Cliëntnummer"),
            Column("naam", "Naam", "Naam"),
            Column("uitkeringnummer", "Dossiernr.", "Uitkeringsnummer"),
            Column("rol", "Hoofd of partner", "Rol"),
            Column("geboortedatum", "Geb. datum", "Geboortedatum"),
            Column("geslacht", "M/V", "Geslacht"),
            Column("nationaliteit", "Nationaliteit", "Nationaliteit"),
            Column("telefoon", "Telefoon", "Telefoon"),
            Column("datum_vestiging", "Vestigingsdatum", "Datum vestiging in gemeente"),
            Column("datum_vergunning", "Vergunningsdatum", "Ingangsdatum verblijfsvergunning"),
            Column("begin_uitkering", "Ingangsdatum", "Begindatum uitkering"),
            Column("eind_uitkering", "Einddatum", "Einddatum uitkering"),
            Column("reden_einde", "Reden beëindiging", "Reden einde uitkering"),
            Column("inkomsten_arbeid", "Parttime werk J/N", "Inkomsten uit arbeid"),
            Column("klantmanager", "Klantmanager", "Klantmanager"),
            Column("trede", "Trede", "Trede participatieladder"),
            Column("datum_trede", "Trede per", "Datum trede"),
            Column("groeipotentieel", "Perspectief", "Groeipotentieel"),
            Column("zorg_en_rust", "Zorg & rust", "Zorg en rust"),
            Column("datum_gesprek", "Gesproken op", "Datum laatste gesprek"),
            Column("taalmaatje", "Taalbuddy", "Taalmaatje"),
            Column("leerroute", "Route inburgering", "Leerroute"),
            Column("taalniveau", "Niveau Nederlands", "Taalniveau"),
            Column("adres", "Adres", "Straat en huisnummer"),
            Column("postcode", "Postcode", "Postcode"),
            Column("woonplaats", "Woonplaats", "Woonplaats"),
            Column("email", "E-mail", "E-mailadres"),
            Column("regeling", "Wet", "Regeling"),
            Column("leefvorm", "Leefvorm", "Leefvorm"),
            Column("norm", "Norm per maand", "Bijstandsnorm"),
            Column("woonsituatie", "Woonsit.", "Woonsituatie"),
            Column("opmerkingen", "Opmerkingen", "Opmerkingen"),
        ),
    ),
    Table(
        "trajecten",
        "Trajecten",
        (
            Column("clientnummer", "Cliëntnr.", "Cliëntnummer"),
            Column("soort", "Instrument", "Soort traject"),
            Column("aanbieder", "Leverancier", "Aanbieder"),
            Column("begin", "Startdatum", "Begindatum"),
            Column("eind", "Einddatum", "Werkelijke einddatum"),
            Column("reden_einde", "Resultaat", "Reden einde traject"),
        ),
    ),
    Table(
        "plaatsingen",
        "Plaatsingen",
        (
            Column("clientnummer", "Cliëntnr.", "Cliëntnummer"),
            Column("begin", "Datum plaatsing", "Eerste werkdag"),
            Column("eind", "Einddatum", "Laatste werkdag"),
            Column("reden_einde", "Reden einde", "Reden einde dienstverband"),
            Column("uren_per_week", "Uren p/w", "Uren per week"),
            Column("contract", "Contract", "Soort contract"),
            Column("jobcoach", "Jobcoach J/N", "Jobcoach ingezet"),
        ),
    ),
    Table(
        "metingen",
        "Ladder",
        (
            Column("clientnummer", "Cliëntnr.", "Cliëntnummer"),
            Column("datum", "Meetdatum", "Datum meting"),
            Column("trede", "Positie", "Trede"),
            Column("groeipotentieel", "Perspectief", "Groeipotentieel"),
            Column("schaal", "Schaal", "Schaal"),
        ),
    ),
    Table(
        "vestigingen",
        "Vestigingen",
        (Column("jaar", "Jaar", "Jaar van vestiging"), Column("aantal", "Aantal", "Aantal statushouders")),
    ),
    Table(
        "bijeenkomsten",
        "Bijeenkomsten",
        (
            Column("aanbieder", "Organisatie", "Aanbieder"),
            Column("datum", "Datum", "Datum bijeenkomst"),
            Column("aantal_deelnemers", "Aanwezigen", "Aantal deelnemers"),
        ),
    ),
)

# BUS, kenmerk 34, and SRG: the text of the codes that the sample uses.
REASON_TEXTS = {
    "clienten": {
        "01": "Gaan volgen van onderwijs met studiefinanciering",
        "02": "Aangaan relatie",
        "03": "Bereiken AOW-gerechtigde leeftijd",
        "11": "Arbeid in dienstbetrekking/uitkering ziekte",
        "13": "Zelfstandig beroep of bedrijf",
        "32": "Verhuizing andere gemeente",
        "33": "Verhuizing buitenland",
        "97": "Oorzaak bij partner",
        "98": "Andere oorzaak",
    },
    "trajecten": {"1": "Volledig afgerond", "2": "Voortijdig gestopt", "3": "Overig"},
}

REMARKS = (
    "",
    "",
    "",
    "Geen bijzonderheden",
    "Belt terug; liever 's ochtends",
    "Dossier compleet",
    "Cliënt ontvangt brief",
    "Afspraak verzet",
)
