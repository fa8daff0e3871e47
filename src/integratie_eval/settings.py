"""integratie.toml: the settings of a municipality, read into frozen types; a wrong key or value is refused by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli

from integratie_eval.definitions import Indicator, indicator_of, load_definitions
from integratie_eval.errors import SettingsError
from integratie_eval.settings_goals import Target, read_prices, read_targets
from integratie_eval.settings_style import HouseStyle, read_style, read_templates
from integratie_eval.settings_values import Values
from integratie_eval.text import all_visible, fold, hint, listed, visible
from integratie_eval.toml_errors import in_dutch

FILE_NAME = "integratie.toml"
_MOST_HOUSED = 1_000_000


@dataclass(frozen=True)
class Provider:
    """An organisation that gives trajecten: its name, other spellings of it, and the rung its trajecten give."""

    name: str
    spellings: tuple[str, ...] = ()
    rung: int | None = None
    offer: str | None = None
    """What it offers, in words."""
    for_rungs: tuple[int, ...] = ()
    """The rungs of the people that the offer is meant for; empty: not told."""
    places: int | None = None
    """How many people can take part at one time."""
    price: int | None = None
    """Whole euros per participant."""


@dataclass(frozen=True)
class Project:
    """Facts of the project that stand in no export."""

    name: str | None = None
    fte: Decimal | None = None
    start: date | None = None
    end: date | None = None
    money: str | None = None
    coaching_from: date | None = None
    """The day on which jobcoaching started; without it, the begin of the first job with a jobcoach."""


@dataclass(frozen=True)
class Settings:
    """All settings; the defaults are enough for an export with ordinary headings."""

    municipality: str | None = None
    title: str = "Evaluatie integratie en participatie statushouders"
    start: date | None = None
    end: date | None = None
    reference: date | None = None
    """Peildatum of deliveries that do not name one themselves."""
    cohort_border: date = date(2013, 1, 1)
    status_order: tuple[str, ...] = ()
    course_is_support: bool = True
    """Work beside an inburgering or language course counts as work with support (rung 5)."""
    percentage_decimals: int = 0
    approximate: tuple[str, ...] = ()
    """Indicators whose number the prose introduces with 'ongeveer'."""
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical table → heading in the export → canonical column."""
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Sheet name in the export → canonical table."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Code list → text in the export → canonical value."""
    providers: tuple[Provider, ...] = ()
    targets: tuple[Target, ...] = ()
    price_of_fte: int | None = None
    """Whole euros for one fte in one year."""
    price_of_kind: Mapping[str, int] = field(default_factory=dict)
    """Kind of traject → whole euros per participant, for a traject at a provider without a price of its own."""
    project: Project = field(default_factory=Project)
    housing: Mapping[int, int] = field(default_factory=dict)
    """Year → how many statushouders the municipality had to house (taakstelling)."""
    partners: tuple[str, ...] = ()
    """Organisations with which the results are shared."""
    passages: Mapping[str, str] = field(default_factory=dict)
    """Section of the report → Markdown text of the municipality."""
    house_style: HouseStyle = field(default_factory=HouseStyle)
    templates: Path | None = None
    """A folder with templates of the municipality, which go before ours."""
    indicators: tuple[Indicator, ...] = ()
    source: Path | None = None
    source_hashes: Mapping[str, str] = field(default_factory=dict)
    """Every file that these settings were read from, seen from the folder of integratie.toml → sha256."""
    go_on: bool = False
    """Make the report without the files that cannot be used."""
    latest_wins: bool = False
    """Of two deliveries that contradict each other the newest file counts."""
    empty_allowed: bool = False
    """An export without rows is an export of nobody."""
    chosen_sheets: tuple[str, ...] = ()
    """Only sheets with these names are read; empty: all."""
    cache: Path | None = None
    """The folder that keeps what was read; None: nothing is kept."""
    memory_mb: int = 1024
    """What reading one file may take."""
    seconds: float = 4.0
    """What reading a small file may take; a large one may take longer."""

    def but(self, **changes: Any) -> Settings:
        """These settings with the options of the command line that were given."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


PASSAGES = (
    "samenvatting", "aanleiding", "doelgroep", "participatieladder", "resultaten", "trajecten",
    "taal_en_netwerken", "zorg_en_rust", "verloop", "blijvend", "tijd_tot_werk", "streefwaarden", "financiering",
    "communicatie", "colofon",
)  # fmt: skip


def load_settings(path: Path | None) -> Settings:
    """Read integratie.toml; without a file, the defaults. Raises SettingsError that names the key."""
    if path is None:
        return Settings()
    reader = _Reader(path)
    try:
        data = all_visible(_parsed(reader.text_of(path.name)))
    except FileNotFoundError:
        raise SettingsError(f"Het instellingenbestand {path} bestaat niet.", "Controleer het pad na -c.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = type(error).__name__
        raise SettingsError(
            f"Het instellingenbestand {path} is niet te lezen ({reason}).", "Bewaar het als tekst in UTF-8."
        ) from None
    except ValueError as error:  # of either reader
        raise in_dutch(path, error) from None
    return reader.settings(data)


def _parsed(text: str) -> dict[str, Any]:
    """TOML 1.0, as people know it: in that of tomli a mistaken backslash in a path can be another path."""
    if "\\e" in text or "\\x" in text:
        import tomllib

        return tomllib.loads(text)
    return tomli.loads(text)


_INDICATOR_KEYS: Mapping[str, type] = {
    "id": str, "titel": str, "uit": str, "telt": str, "voorwaarde": str, "noemer": str, "dimensie": str,
    "kolom": str, "categorieen": list, "per_cohort": bool, "nodig": list, "definitie": str, "bron": str,
    "eenheid": list, "hoofdstuk": str,
}  # fmt: skip


class _Reader(Values):
    """Turns the parsed TOML into Settings."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.hashes: dict[str, str] = {}

    def text_of(self, name: str) -> str:
        """The text of a file in the folder of integratie.toml; its hash is kept."""
        return self.bytes_of(name).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")

    def bytes_of(self, name: str) -> bytes:
        """The content of a file in the folder of integratie.toml; its hash is kept."""
        content = (self.path.parent / name).read_bytes()
        self.hashes[name] = hashlib.sha256(content).hexdigest()
        return content

    def settings(self, data: Mapping[str, Any]) -> Settings:
        names = ("gemeente", "rapport", "periode", "cohort", "eindstatus", "trede", "kolommen", "bladen",
                 "waarden", "aanbieders", "project", "streefwaarden", "kosten", "teksten", "indicator",
                 "lezen", "taakstelling", "cache", "huisstijl", "sjablonen")  # fmt: skip
        self.known("", data, names)
        part = {name: self.typed("", data, name, dict, {}) for name in names if name not in ("aanbieders", "indicator")}
        self.known("gemeente", part["gemeente"], ("naam",))
        self.known("rapport", part["rapport"], ("titel", "procent_decimalen", "ongeveer", "delen_met"))
        self.known("periode", part["periode"], ("van", "tot", "peildatum"))
        self.known("cohort", part["cohort"], ("grens",))
        self.known("eindstatus", part["eindstatus"], ("volgorde",))
        self.known("trede", part["trede"], ("inburgering_is_ondersteuning",))
        self.known("cache", part["cache"], ("map",))
        self.known("lezen", part["lezen"], ("geheugen_mb", "seconden"))
        default = Settings()
        own = self.indicators(data)
        decimals = self.decimals(part["rapport"])
        project = self.project(part["project"])
        price_of_fte, price_of_kind = read_prices(self, part["kosten"], project.fte)
        municipality = self.typed("gemeente", part["gemeente"], "naam", str, None)
        start, end = self.day(part, "periode", "van"), self.day(part, "periode", "tot")
        if start and end and start > end:
            raise self.wrong("periode.van", "van ligt na tot", "Draai de twee datums om.")
        settings = Settings(
            municipality=municipality,
            title=self.typed("rapport", part["rapport"], "titel", str, default.title),
            start=start,
            end=end,
            reference=self.day(part, "periode", "peildatum"),
            cohort_border=self.day(part, "cohort", "grens") or default.cohort_border,
            status_order=self.status_order(self.strings("eindstatus", part["eindstatus"], "volgorde")),
            course_is_support=self.typed("trede", part["trede"], "inburgering_is_ondersteuning", bool, True),
            percentage_decimals=decimals,
            approximate=self.strings("rapport", part["rapport"], "ongeveer"),
            columns=self.columns(part["kolommen"]),
            sheets=self.sheets(part["bladen"]),
            values=self.values(part["waarden"]),
            providers=self.providers(data),
            targets=read_targets(self, part["streefwaarden"], (*load_definitions().indicators, *own), decimals),
            housing=self.housing(part["taakstelling"]),
            price_of_fte=price_of_fte,
            price_of_kind=price_of_kind,
            project=project,
            partners=self.strings("rapport", part["rapport"], "delen_met"),
            passages=self.passages(part["teksten"]),
            house_style=read_style(self, part["huisstijl"], municipality, self.bytes_of),
            templates=read_templates(self, part["sjablonen"]),
            indicators=own,
            source=self.path,
            source_hashes=self.hashes,
            cache=self.cache(part["cache"]),
            memory_mb=self.at_least("lezen", part["lezen"], "geheugen_mb", 256) or default.memory_mb,
            seconds=self.at_least("lezen", part["lezen"], "seconden", 1) or default.seconds,
        )
        self.check_posts(settings)
        return self.check_approximate(settings)

    def cache(self, part: Mapping[str, Any]) -> Path | None:
        """The folder of the cache; a relative path starts at the folder of the settings."""
        given = self.typed("cache", part, "map", str, None)
        return self.path.parent / Path(given).expanduser() if given else None

    def check_posts(self, settings: Settings) -> None:
        """Refuse a provider with the name of the price of a kind: its cost would count twice."""
        posts = {fold(f"soort {kind}") for kind in settings.price_of_kind}
        for provider in settings.providers:
            if fold(provider.name) in posts:
                what = f"de aanbieder {provider.name} heet net zo als een prijs bij [kosten.soort]"
                raise self.wrong("aanbieders.naam", what, "Geef de aanbieder een andere naam.")

    def decimals(self, report: Mapping[str, Any]) -> int:
        value: int = self.typed("rapport", report, "procent_decimalen", int, 0)
        if value not in (0, 1, 2):
            raise self.wrong("rapport.procent_decimalen", "dit getal moet 0, 1 of 2 zijn", "Pas de waarde aan.")
        return value

    def status_order(self, given: tuple[str, ...]) -> tuple[str, ...]:
        names = [status.name for status in load_definitions().statuses]
        if given and sorted(given) != sorted(names):
            raise self.wrong(
                "eindstatus.volgorde", "de lijst noemt niet elke eindstatus precies één keer", f"Noem: {listed(names)}."
            )
        return given

    def columns(self, given: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        tables = load_definitions().tables
        if any(isinstance(value, str) and name not in tables for name, value in given.items()):
            remedy = 'Schrijf [kolommen.clienten], of de naam van een andere tabel, en daaronder "kop" = "kolom".'
            raise self.wrong("kolommen", "bij de koppen ontbreekt de naam van de tabel", remedy)
        self.known("kolommen", given, tuple(tables))
        result: dict[str, dict[str, str]] = {}
        for table in given:
            pairs = self.texts(f"kolommen.{table}", self.typed("kolommen", given, table, dict, {}))
            for heading, column in pairs.items():
                if column not in tables[table].columns:
                    where = f'kolommen.{table}."{heading}"'
                    raise self.wrong(where, f"de kolom {column} bestaat niet", hint(column, tables[table].columns))
            result[table] = {fold(heading): column for heading, column in pairs.items()}
        return result

    def sheets(self, given: Mapping[str, Any]) -> dict[str, str]:
        tables = load_definitions().tables
        for sheet, table in self.texts("bladen", given).items():
            if table not in tables:
                raise self.wrong(
                    f'bladen."{sheet}"', f"de tabel {table} bestaat niet", f"Mogelijk zijn: {listed(tables)}."
                )
        return {fold(sheet): table for sheet, table in given.items()}

    def values(self, given: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        titles = load_definitions().code_titles
        self.known("waarden", given, tuple(titles))
        result: dict[str, dict[str, str]] = {}
        for name in given:
            pairs = self.texts(f"waarden.{name}", self.typed("waarden", given, name, dict, {}))
            for text, code in pairs.items():
                if code not in titles[name]:
                    choices = listed(titles[name])
                    raise self.wrong(
                        f'waarden.{name}."{text}"', f"de waarde {code} bestaat niet", f"Mogelijk zijn: {choices}."
                    )
            result[name] = {fold(text): code for text, code in pairs.items()}
        return result

    def providers(self, data: Mapping[str, Any]) -> tuple[Provider, ...]:
        result = [self.provider(spec) for spec in self.tables("aanbieders", data)]
        spellings = [fold(text) for p in result for text in dict.fromkeys(map(fold, (p.name, *p.spellings)))]
        if len(set(spellings)) < len(spellings):
            raise self.wrong(
                "aanbieders", "één schrijfwijze hoort bij twee aanbieders", "Haal haar bij een van de twee weg."
            )
        return tuple(result)

    def provider(self, spec: Mapping[str, Any]) -> Provider:
        keys = ("naam", "schrijfwijzen", "trede", "aanbod", "voor_treden", "capaciteit", "kosten")
        self.known("aanbieders", spec, keys)
        name = self.typed("aanbieders", spec, "naam", str, None)
        rung = self.typed("aanbieders", spec, "trede", int, None)
        if not name or not name.strip():
            raise self.wrong("aanbieders", "een aanbieder heeft geen naam", 'Voeg naam = "..." toe.')
        if rung is not None and not 0 <= rung <= 6:
            raise self.wrong(
                "aanbieders.trede", "de trede moet 0 tot en met 6 zijn", "0 betekent: geen invloed op de trede."
            )
        return Provider(
            name=name,
            spellings=self.strings("aanbieders", spec, "schrijfwijzen"),
            rung=rung,
            offer=self.typed("aanbieders", spec, "aanbod", str, None),
            for_rungs=self.rungs(spec),
            places=self.at_least("aanbieders", spec, "capaciteit", 0),
            price=self.at_least("aanbieders", spec, "kosten", 0),
        )

    def rungs(self, spec: Mapping[str, Any]) -> tuple[int, ...]:
        rungs = self.typed("aanbieders", spec, "voor_treden", list, [])
        if not all(type(rung) is int and 1 <= rung <= 6 for rung in rungs):
            raise self.wrong(
                "aanbieders.voor_treden", "hier hoort een lijst van treden van 1 tot en met 6", "Schrijf [1, 2, 3]."
            )
        return tuple(sorted(set(rungs)))

    def project(self, given: Mapping[str, Any]) -> Project:
        self.known("project", given, ("naam", "fte", "van", "tot", "geldbron", "jobcoaching_vanaf"))
        fte = given.get("fte")
        if fte is not None and (isinstance(fte, bool) or not isinstance(fte, int | float)):
            raise self.wrong("project.fte", "hier hoort een getal", "Schrijf bijvoorbeeld fte = 2 of fte = 1.5.")
        if fte is not None and not 0 < fte < float("inf"):
            raise self.wrong("project.fte", "dit getal moet meer dan 0 zijn", "Pas de waarde aan.")
        start, end = self.day({"project": given}, "project", "van"), self.day({"project": given}, "project", "tot")
        if start and end and start > end:
            raise self.wrong("project.van", "van ligt na tot", "Draai de twee datums om.")
        return Project(
            name=self.typed("project", given, "naam", str, None),
            fte=None if fte is None else Decimal(str(fte)),
            start=start,
            end=end,
            money=self.typed("project", given, "geldbron", str, None),
            coaching_from=self.day({"project": given}, "project", "jobcoaching_vanaf"),
        )

    def housing(self, given: Mapping[str, Any]) -> dict[int, int]:
        for year in given:
            if not re.fullmatch(r"(19|20)\d\d", year):
                raise self.wrong(f"taakstelling.{year}", "dit is geen jaar", "Schrijf bijvoorbeeld 2019 = 60.")
            number = self.at_least("taakstelling", given, year, 1)
            if number is not None and number > _MOST_HOUSED:
                raise self.wrong(f"taakstelling.{year}", "dit getal is hoogstens 1.000.000", "Pas de waarde aan.")
        return {int(year): number for year, number in sorted(given.items())}

    def passages(self, given: Mapping[str, Any]) -> dict[str, str]:
        self.known("teksten", given, PASSAGES)
        result = {}
        for name in given:
            file = self.typed("teksten", given, name, str, "")
            try:
                result[name] = visible(self.text_of(file)).strip()
            except (OSError, UnicodeDecodeError):
                raise self.wrong(
                    f"teksten.{name}",
                    f"het bestand {self.path.parent / file} is niet te lezen",
                    "Controleer de naam; bewaar de tekst in UTF-8.",
                ) from None
        return result

    def indicators(self, data: Mapping[str, Any]) -> tuple[Indicator, ...]:
        specs = self.tables("indicator", data)
        if not specs:
            return ()
        from integratie_eval.conditions import check_indicators  # sqlglot is slow to import: only for own indicators

        result = []
        for spec in specs:
            self.known("indicator", spec, tuple(_INDICATOR_KEYS))
            for key, kind in _INDICATOR_KEYS.items():
                self.typed("indicator", spec, key, kind, None)
                if kind is list:
                    self.strings("indicator", spec, key)
            if len(spec.get("eenheid", ("", ""))) != 2:
                raise self.wrong("indicator.eenheid", "hier horen twee woorden", 'Schrijf ["persoon", "personen"].')
            try:
                result.append(indicator_of({"hoofdstuk": "eigen", **spec}))
            except KeyError as error:
                raise self.wrong("indicator", f"de sleutel {error.args[0]} ontbreekt", "Voeg de sleutel toe.") from None
        check_indicators(result, load_definitions(), str(self.path))
        return tuple(result)

    def check_approximate(self, settings: Settings) -> Settings:
        """Refuse 'ongeveer' for an indicator that does not exist."""
        known = [indicator.id for indicator in (*load_definitions().indicators, *settings.indicators)]
        for name in settings.approximate:
            if name not in known:
                remedy = hint(name, known, otherwise="Zie integratie-eval indicators.")
                raise self.wrong("rapport.ongeveer", f"het cijfer {name} bestaat niet", remedy)
        return settings
