"""integratie.toml: every setting is read into its type, and a wrong one is refused by its name."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from integratie_eval.definitions import load_definitions
from integratie_eval.errors import SettingsError
from integratie_eval.resources import sample_folder
from integratie_eval.settings import FILE_NAME, Provider, Settings, load_settings
from integratie_eval.settings_goals import Direction, Target

OWN = """
[[indicator]]
id = "mijn_cijfer"
titel = "Mijn cijfer"
definitie = "Wat het is."
bron = "eigen"
"""


def load(folder: Path, text: str) -> Settings:
    path = folder / FILE_NAME
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def refusal(folder: Path, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load(folder, text)
    assert FILE_NAME in caught.value.message
    return caught.value


# --- what is read


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings(None) == Settings()
    assert Settings().cohort_border == date(2013, 1, 1)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Settings(source=tmp_path / FILE_NAME, source_hashes={FILE_NAME: sha256().hexdigest()})


def test_every_setting_of_the_manual_is_read(tmp_path: Path) -> None:
    (tmp_path / "tekst.md").write_text("\ufeffOnze *aanleiding*.\n", encoding="utf-8")
    settings = load(
        tmp_path,
        """
        [gemeente]
        naam = "Duin"
        [rapport]
        titel = "Titel"
        procent_decimalen = 1
        ongeveer = ["personen"]
        delen_met = ["A", "B"]
        [periode]
        van = 2017-06-01
        tot = 2019-12-31
        peildatum = 2019-09-30
        [cohort]
        grens = 2014-01-01
        [trede]
        inburgering_is_ondersteuning = false
        [kolommen.clienten]
        "Wonende vanaf" = "datum_vestiging"
        [bladen]
        "Blad 1" = "clienten"
        [waarden.reden_einde_uitkering]
        "Naar werk!" = "11"
        [project]
        naam = "P"
        fte = 1.5
        van = 2018-01-01
        tot = 2018-12-31
        geldbron = "Rijk"
        [taakstelling]
        2019 = 48
        2018 = 60
        [teksten]
        aanleiding = "tekst.md"
        [[aanbieders]]
        naam = "Werkt"
        schrijfwijzen = ["Werkt BV"]
        trede = 0
        aanbod = "leren werken"
        voor_treden = [3, 1, 3]
        capaciteit = 12
        kosten = 1250
        [streefwaarden]
        uitstroom_werk = "25%"
        taalmaatje = [{ waarde = "80,5%", cohort = "statushouder" }, "50 %"]
        partijen = 20
        terugval = { waarde = "10%", categorie = "12", richting = "hoogstens" }
        [kosten]
        fte = 85000
        soort.taal = 600
        """,
    )
    assert (settings.municipality, settings.title, settings.percentage_decimals) == ("Duin", "Titel", 1)
    assert dict(settings.housing) == {2018: 60, 2019: 48}
    assert (settings.approximate, settings.partners) == (("personen",), ("A", "B"))
    assert (settings.start, settings.end, settings.reference) == (
        date(2017, 6, 1),
        date(2019, 12, 31),
        date(2019, 9, 30),
    )
    assert (settings.cohort_border, settings.course_is_support) == (date(2014, 1, 1), False)
    assert settings.columns == {"clienten": {"wonendevanaf": "datum_vestiging"}}
    assert settings.sheets == {"blad1": "clienten"}
    assert settings.values == {"reden_einde_uitkering": {"naarwerk": "11"}}
    assert settings.providers == (Provider("Werkt", ("Werkt BV",), 0, "leren werken", (1, 3), 12, 1250),)
    assert settings.targets == (
        Target("uitstroom_werk", Decimal(25), percentage=True),
        Target("taalmaatje", Decimal("80.5"), percentage=True, cohort="statushouder"),
        Target("taalmaatje", Decimal(50), percentage=True),
        Target("partijen", Decimal(20), percentage=False),
        Target("terugval", Decimal(10), percentage=True, category="12", direction=Direction.AT_MOST),
    )
    assert (settings.price_of_fte, settings.price_of_kind) == (85_000, {"taal": 600})
    assert (settings.project.fte, settings.project.start, settings.project.money) == (
        Decimal("1.5"),
        date(2018, 1, 1),
        "Rijk",
    )
    assert settings.passages == {"aanleiding": "Onze *aanleiding*."}


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, '\ufeff[gemeente]\nnaam = "Duin"').municipality == "Duin"


def test_the_settings_of_the_sample_are_right() -> None:
    assert load_settings(sample_folder() / FILE_NAME).municipality == "Voorbeeldgemeente"


def test_options_that_are_not_given_leave_the_settings_as_they_are() -> None:
    settings = Settings(start=date(2019, 1, 1))
    assert settings.but(start=None, end=None) == settings
    assert settings.but(start=date(2018, 1, 1)).start == date(2018, 1, 1)
    assert settings.start == date(2019, 1, 1)


def test_a_whole_number_of_fte_has_no_decimals(tmp_path: Path) -> None:
    assert str(load(tmp_path, "[project]\nfte = 2").project.fte) == "2"


def test_fte_keeps_its_decimals(tmp_path: Path) -> None:
    assert load(tmp_path, "[project]\nfte = 1.2345678").project.fte == Decimal("1.2345678")


def test_an_own_order_of_the_end_states_is_kept(tmp_path: Path) -> None:
    names = [status.name for status in load_definitions().statuses][::-1]
    assert load(tmp_path, f"[eindstatus]\nvolgorde = {names}").status_order == tuple(names)


def test_an_own_indicator_is_read(tmp_path: Path) -> None:
    (own,) = load(tmp_path, OWN + 'voorwaarde = "gesproken AND leeftijd >= 27"\nnoemer = "personen"').indicators
    assert (own.id, own.base, own.view, own.section) == ("mijn_cijfer", "personen", "personen", "eigen")


# --- what is refused


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("[gemeent]", "gemeent", "Bedoelt u gemeente?"),
        ("[gemeente]\nnam = 'x'", "gemeente.nam", "Bedoelt u naam?"),
        ("[rapport]\nprocent_decimaal = 1", "rapport.procent_decimaal", "Bedoelt u procent_decimalen?"),
        ("[periode]\nvann = 2019-01-01", "periode.vann", "Bedoelt u van?"),
        ("[periode]\npeil_datum = 2019-01-01", "periode.peil_datum", "Bedoelt u peildatum?"),
        ("[cohort]\ngrenzen = 2013-01-01", "cohort.grenzen", "Bedoelt u grens?"),
        ("[eindstatus]\nvolgorden = []", "eindstatus.volgorden", "Bedoelt u volgorde?"),
        ("[trede]\ninburgering_is_steun = true", "trede.inburgering_is_steun", "inburgering_is_ondersteuning"),
        ("[kolommen.client]", "kolommen.client", "Bedoelt u clienten?"),
        ("[waarden.reden_einde]", "waarden.reden_einde", "Bedoelt u reden_einde_traject?"),
        ("[project]\ngeld_bron = 'x'", "project.geld_bron", "Bedoelt u geldbron?"),
        ("[teksten]\ntrajekten = 'x'", "teksten.trajekten", "Bedoelt u trajecten?"),
        ("[[aanbieders]]\nnaam = 'x'\nschrijfwijze = []", "aanbieders.schrijfwijze", "Bedoelt u schrijfwijzen?"),
        ("[[aanbieders]]\nnaam = 'x'\nvoor_trede = [1]", "aanbieders.voor_trede", "Bedoelt u voor_treden?"),
        ("[streefwaarden]\npartijen = { waard = 1 }", "streefwaarden.partijen.waard", "Bedoelt u waarde?"),
        ("[kosten]\nftes = 1", "kosten.ftes", "Bedoelt u fte?"),
        ("[kosten.soort]\ntaalles = 1", "kosten.soort.taalles", "Bedoelt u taal?"),
        ("[[indicator]]\nvoorwaarden = 'x'", "indicator.voorwaarden", "Bedoelt u voorwaarde?"),
        ("qqq = 1", "qqq", "Mogelijk zijn: gemeente, rapport, "),
    ],
)
def test_a_setting_that_does_not_exist_is_named_with_a_suggestion(
    tmp_path: Path, text: str, key: str, hint: str
) -> None:
    error = refusal(tmp_path, text)
    assert f"[{key}]: deze instelling bestaat niet" in error.message
    assert hint in error.remedy


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("gemeente = 'x'", "gemeente"),
        ("aanbieders = 'x'", "aanbieders"),
        ("indicator = 'x'", "indicator"),
        ("[gemeente]\nnaam = 1", "gemeente.naam"),
        ("[rapport]\ntitel = 2019-01-01", "rapport.titel"),
        ("[rapport]\nprocent_decimalen = 1.0", "rapport.procent_decimalen"),
        ("[rapport]\nprocent_decimalen = true", "rapport.procent_decimalen"),
        ("[rapport]\nprocent_decimalen = 3", "rapport.procent_decimalen"),
        ("[rapport]\nongeveer = 'personen'", "rapport.ongeveer"),
        ("[rapport]\ndelen_met = [1]", "rapport.delen_met"),
        ("[periode]\nvan = '2019-01-01'", "periode.van"),
        ("[periode]\ntot = 2019-01-01T10:00:00", "periode.tot"),
        ("[periode]\npeildatum = 20190101", "periode.peildatum"),
        ("[periode]\nvan = 0001-01-01", "periode.van"),
        ("[periode]\ntot = 2101-01-01", "periode.tot"),
        ("[[aanbieders]]\nnaam = 'soort taal'\n[kosten.soort]\ntaal = 1", "aanbieders.naam"),
        ("[periode]\nvan = 2019-02-01\ntot = 2019-01-01", "periode.van"),
        ("[cohort]\ngrens = 2013", "cohort.grens"),
        ("[eindstatus]\nvolgorde = ['betaald werk']", "eindstatus.volgorde"),
        ("[trede]\ninburgering_is_ondersteuning = 'ja'", "trede.inburgering_is_ondersteuning"),
        ("[kolommen]\nclienten = 'x'", "kolommen.clienten"),
        ("[kolommen.clienten]\n'Nr' = 'klantnummer'", 'kolommen.clienten."Nr"'),
        ("[bladen]\n'Blad1' = 'klanten'", 'bladen."Blad1"'),
        ("[waarden]\nrol = 'x'", "waarden.rol"),
        ("[waarden.rol]\n'p' = 'echtgenoot'", 'waarden.rol."p"'),
        ("[[aanbieders]]\ntrede = 1", "aanbieders"),
        ("[[aanbieders]]\nnaam = ''", "aanbieders"),
        ("[[aanbieders]]\nnaam = ' '", "aanbieders"),
        ("[[aanbieders]]\nnaam = 1", "aanbieders.naam"),
        ("[streefwaarden]\npartijen = []", "streefwaarden.partijen"),
        ("[[aanbieders]]\nnaam = 'x'\ntrede = 7", "aanbieders.trede"),
        ("[[aanbieders]]\nnaam = 'x'\ntrede = '4'", "aanbieders.trede"),
        ("[[aanbieders]]\nnaam = 'x'\nschrijfwijzen = 'y'", "aanbieders.schrijfwijzen"),
        ("[[aanbieders]]\nnaam = 'x'\naanbod = 1", "aanbieders.aanbod"),
        ("[[aanbieders]]\nnaam = 'x'\nvoor_treden = 3", "aanbieders.voor_treden"),
        ("[[aanbieders]]\nnaam = 'x'\nvoor_treden = [0]", "aanbieders.voor_treden"),
        ("[[aanbieders]]\nnaam = 'x'\nvoor_treden = [7]", "aanbieders.voor_treden"),
        ("[[aanbieders]]\nnaam = 'x'\nvoor_treden = [true]", "aanbieders.voor_treden"),
        ("[[aanbieders]]\nnaam = 'x'\ncapaciteit = -1", "aanbieders.capaciteit"),
        ("[[aanbieders]]\nnaam = 'x'\ncapaciteit = 2.5", "aanbieders.capaciteit"),
        ("[[aanbieders]]\nnaam = 'x'\nkosten = -1", "aanbieders.kosten"),
        ("[[aanbieders]]\nnaam = 'x'\nkosten = '100'", "aanbieders.kosten"),
        ("streefwaarden = 1", "streefwaarden"),
        ("[streefwaarden]\npartijen = -1", "streefwaarden.partijen"),
        ("[streefwaarden]\npartijen = 1.5", "streefwaarden.partijen"),
        ("[streefwaarden]\npartijen = true", "streefwaarden.partijen"),
        ("[streefwaarden]\npartijen = 'veel'", "streefwaarden.partijen"),
        ("[streefwaarden]\npartijen = {}", "streefwaarden.partijen"),
        ("[streefwaarden]\nmet_traject = '-5%'", "streefwaarden.met_traject"),
        ("[streefwaarden]\nmet_traject = '101%'", "streefwaarden.met_traject"),
        ("[streefwaarden]\nmet_traject = '5,5%'", "streefwaarden.met_traject"),
        ("[streefwaarden]\nmet_traject = { waarde = 5, cohort = 'iedereen' }", "streefwaarden.met_traject.cohort"),
        ("[streefwaarden]\nmet_traject = { waarde = 5, richting = 'meer' }", "streefwaarden.met_traject.richting"),
        ("[streefwaarden]\nmet_traject = { waarde = 5, categorie = 'x' }", "streefwaarden.met_traject.categorie"),
        ("[streefwaarden]\npartijen = { waarde = 5, cohort = 'oudkomer' }", "streefwaarden.partijen.cohort"),
        ("[streefwaarden]\nterugval = '10%'", "streefwaarden.terugval"),
        ("[streefwaarden]\nterugval = { waarde = '10%', categorie = '9' }", "streefwaarden.terugval.categorie"),
        ("[kosten]\nfte = -1\n[project]\nfte = 1", "kosten.fte"),
        ("[kosten]\nfte = 85000.5\n[project]\nfte = 1", "kosten.fte"),
        ("[kosten]\nfte = 85000", "kosten.fte"),
        ("[streefwaarden]\ntijd_tot_werk = { waarde = 5, categorie = '24' }", "streefwaarden.tijd_tot_werk"),
        ("[streefwaarden]\nverblijfsduur_mediaan = 5", "streefwaarden.verblijfsduur_mediaan"),
        ("[kosten]\nsoort = 1", "kosten.soort"),
        ("[kosten.soort]\ntaal = -1", "kosten.soort.taal"),
        ("[project]\nfte = 0", "project.fte"),
        ("[project]\nfte = nan", "project.fte"),
        ("[project]\nfte = '2'", "project.fte"),
        ("[project]\nfte = true", "project.fte"),
        ("[project]\nvan = '2019'", "project.van"),
        ("[project]\ngeldbron = 1", "project.geldbron"),
        ("[teksten]\naanleiding = 1", "teksten.aanleiding"),
        ("[teksten]\naanleiding = 'weg.md'", "teksten.aanleiding"),
        ("[[indicator]]\nid = 'x'", "indicator"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_setting(tmp_path: Path, text: str, key: str) -> None:
    error = refusal(tmp_path, text)
    assert f"[{key}]: " in error.message
    assert error.remedy.endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("aanbieders = [1]", "aanbieders"),
        ("indicator = [1]", "indicator"),
        ("[bladen]\n'Blad1' = []", 'bladen."Blad1"'),
        ("[kolommen.clienten]\n'Nr' = []", 'kolommen.clienten."Nr"'),
        ("[waarden.rol]\n'p' = {}", 'waarden.rol."p"'),
        (OWN.replace('"mijn_cijfer"', "5"), "indicator"),
        (OWN + "voorwaarde = 5", "indicator"),
    ],
)
def test_a_value_of_another_type_in_a_list_or_mapping_is_refused_by_name(tmp_path: Path, text: str, key: str) -> None:
    assert key.split(".")[0] in refusal(tmp_path, text).message


@pytest.mark.parametrize(
    "line", ['categorieen = "abc"', 'per_cohort = "nee"', 'eenheid = "x"', 'eenheid = ["keer"]', "definitie = 3"]
)
def test_a_value_of_another_type_in_an_own_indicator_is_refused(tmp_path: Path, line: str) -> None:
    text = OWN.replace('definitie = "Wat het is."', "") if line.startswith("definitie") else OWN
    refusal(tmp_path, f"{text}{line}")


def test_an_unknown_indicator_at_ongeveer_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path, "[rapport]\nongeveer = ['bestaat_niet']")


def test_a_target_for_an_unknown_indicator_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    error = refusal(tmp_path, "[streefwaarden]\nuitstrom_werk = '25%'")
    assert "[streefwaarden.uitstrom_werk]: het cijfer uitstrom_werk bestaat niet" in error.message
    assert error.remedy == "Bedoelt u uitstroom_werk?"


def test_a_percentage_for_an_indicator_without_a_base_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "[streefwaarden]\njobcoaching_inzetten = '25%'")
    assert "[streefwaarden.jobcoaching_inzetten]: dit cijfer heeft geen noemer" in error.message


def test_a_percentage_may_have_as_many_decimals_as_the_report(tmp_path: Path) -> None:
    text = "[rapport]\nprocent_decimalen = 1\n[streefwaarden]\nmet_traject = '5.5%'"
    assert load(tmp_path, text).targets[0].value == Decimal("5.5")


def test_work_by_a_month_can_have_a_percentage_as_target(tmp_path: Path) -> None:
    (target,) = load(tmp_path, "[streefwaarden]\ntijd_tot_werk = { waarde = '40%', categorie = '24' }").targets
    assert (target.percentage, target.category, target.curve) == (True, "24", True)


def test_an_own_indicator_can_have_a_target(tmp_path: Path) -> None:
    (target,) = load(tmp_path, "[streefwaarden]\nmijn_cijfer = 3\n" + OWN).targets
    assert (target.indicator, target.value, target.percentage) == ("mijn_cijfer", Decimal(3), False)


def test_a_spelling_that_belongs_to_two_providers_is_refused(tmp_path: Path) -> None:
    refusal(
        tmp_path, "[[aanbieders]]\nnaam = 'A'\nschrijfwijzen = ['C']\n[[aanbieders]]\nnaam = 'B'\nschrijfwijzen = ['C']"
    )


@pytest.mark.parametrize("value", [r"bewaard\exports", r"\x41", r"C:\xampp"])
def test_a_backslash_in_a_path_makes_no_other_path(tmp_path: Path, value: str) -> None:
    error = refusal(tmp_path, f'[cache]\nmap = "{value}"')
    assert "een \\ in een tekst betekent hier iets anders" in error.message
    assert load(tmp_path, f"[cache]\nmap = '{value}'").cache == tmp_path / value


def test_a_file_that_is_no_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    error = refusal(tmp_path, "[gemeente]\nnaam = Duin")
    assert error.message.endswith("is geen geldige TOML, regel 2, teken 8: dit is geen waarde.")


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[gemeente]\nnaam", "regel 2|aan het eind"),
        ("naam = 'Duin", "niet gesloten"),
        ('naam = """Duin', "niet gesloten"),
        ('naam = "Du\nin"', "niet gesloten"),
        ('map = "C:\\Users"', "een \\\\ in een tekst"),
        ('map = "\\q"', "een \\\\ in een tekst"),
        ("[cohort", "kop van een deel"),
        ("[[aanbieders]", "kop van een deel"),
        ("lijst = [1, 2", "een lijst is niet gesloten"),
        ("rij = {a = 1", "tussen { }"),
        ("rij = {a = 1, a = 2}", "tussen { }|al eerder"),
        ("a = 1 b = 2", "er niet bij hoort"),
        ("grens = 1-1-2013", "er niet bij hoort"),
        ("Datum einde = 'x'", "hier hoort een naam"),
        ("[kolommen clienten]", "kop van een deel klopt niet"),
        ("naam = \u201cDuin\u201d", "dit is geen waarde"),
        ("a = 1\na = 2", "al eerder"),
        ("[a]\n[a]", "al eerder"),
        ("van = 2019-02-30", "deze datum bestaat niet"),
        ("= 1", "een naam of een kop"),
        ("!", "een naam of een kop"),
    ],
)
def test_a_mistake_in_toml_is_told_in_dutch(tmp_path: Path, toml: str, said: str) -> None:
    error = refusal(tmp_path, toml)
    assert re.search(said, error.message), error.message
    assert "(at " not in error.message and "hier klopt de TOML niet" not in error.message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="bestaat niet"):
        load_settings(tmp_path / "weg.toml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes('[gemeente]\nnaam = "Één"'.encode("cp1252"))
    with pytest.raises(SettingsError, match="niet te lezen"):
        load_settings(path)


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="niet te lezen"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("jaar = 5", "dit is geen jaar"),
        ("20190 = 5", "dit is geen jaar"),
        ('2019 = "veel"', "hier hoort een heel getal"),
        ("2019 = 9999999999999999999", "dit getal is hoogstens 1.000.000"),
        ("2019 = 0", "dit getal moet minstens 1 zijn"),
    ],
)
def test_a_wrong_target_is_refused_by_its_year(tmp_path: Path, line: str, what: str) -> None:
    error = refusal(tmp_path, f"[taakstelling]\n{line}")
    assert f"[taakstelling.{line.split()[0]}]: {what}" in error.message


def test_no_text_of_the_settings_holds_what_nobody_sees(tmp_path: Path) -> None:
    (tmp_path / "tekst.md").write_bytes("Onze\x1b[31m *tekst*.\u202e\n\nNog een.\x00\n".encode())
    text = r"""
        gemeente.naam = "Duin\u202e\u001b[31m"
        rapport.delen_met = ["Werkt\u200B"]
        teksten.aanleiding = "tekst.md"
        [[aanbieders]]
        naam = "Taal\u0007huis"
    """
    (tmp_path / "integratie.toml").write_text(text)
    settings = load_settings(tmp_path / "integratie.toml")
    assert (settings.municipality, settings.partners, settings.providers[0].name) == ("Duin", ("Werkt",), "Taalhuis")
    assert settings.passages == {"aanleiding": "Onze *tekst*.\n\nNog een."}
