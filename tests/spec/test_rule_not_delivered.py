"""What is not delivered is left out and named; it never becomes a zero (design §4, issue 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from integratie_eval.render.markdown import render_markdown
from integratie_eval.report import report_of
from tests.helpers import prose as written
from tests.spec.town import Town, client, count, missing, spread, traject

ONLY_REQUIRED = "rol geboortedatum datum_vergunning eind_uitkering reden_einde inkomsten_arbeid trede datum_trede " + (
    "groeipotentieel zorg_en_rust datum_gesprek taalmaatje"
)
NEEDS_OTHER_TABLES = {
    "vestigingen",
    "trede_afgeleid",
    "eindstatus",
    "vrijwilligerswerk",
    "voorbereiding_studie",
    "jobcoaching_inzetten",
    "jobcoaching_personen",
    "met_traject",
    "sollicitatietraining",
    "deelnemers_soort",
    "deelnemers_aanbieder",
    "bijeenkomsten",
    "deelnemers_peildatum",
    "geeindigde_trajecten",
    "afgeronde_trajecten",
    "aanbod_deelnemers",
    "aanbod_past",
    "aanbod_trede",
    "deelnemers_kostenpost",
    "deelnemers_met_kosten",
    "duurzaam_te_volgen",
    "duurzame_uitstroom",
    "banen_begonnen",
    "banen_te_volgen",
    "uitval_werk",
    "banen_te_volgen_fase",
    "uitval_werk_fase",
}
LADDER = {"ladder_stand", "ladder_groep", "meting_ouderdom", "ladder_overgang", "ladder_gemeten", "ladder_beweging"}
AFTER_WORK = {"te_volgen_na_werk", "terugval"}


def text_of(town: Town) -> str:
    return render_markdown(written(report_of(town.evaluate())))


def test_figures_of_tables_that_were_not_delivered_are_absent(tmp_path: Path) -> None:
    result = Town(tmp_path).deliver("2019-Q4", [client()]).evaluate()
    absent = missing(result)
    assert absent.keys() >= NEEDS_OTHER_TABLES
    assert not any(need.startswith("clienten") for needs in absent.values() for need in needs)
    assert not {row.indicator for row in result.published.rows} & absent.keys()


@pytest.mark.parametrize(
    ("column", "figures"),
    [
        ("inkomsten_arbeid", {"parttime_werk"}),
        ("zorg_en_rust", {"zorg_en_rust"}),
        ("datum_gesprek", {"gesproken"}),
        ("taalmaatje", {"taalmaatje"}),
        ("geboortedatum", {"volwassenen", "taalmaatje"}),
        ("trede", {"trede"} | LADDER),
        ("reden_einde", {"uitstroom_werk", "teruggekomen", "studie", "uitstroom_reden"} | AFTER_WORK),
        (
            "eind_uitkering",
            {"uitgestroomd", "uitstroom_werk", "teruggekomen", "studie", "uitstroom", "uitstroom_reden"}
            | {"partijen_uitstroom"}
            | AFTER_WORK,
        ),
    ],
)
def test_a_column_that_was_not_delivered_takes_its_figures_away(tmp_path: Path, column: str, figures: set[str]) -> None:
    result = Town(tmp_path).deliver("2019-Q4", [client()], column).evaluate()
    named = {figure for figure, needs in missing(result).items() if f"clienten.{column}" in " ".join(needs)}
    assert named >= figures
    assert named == {i.id for i in result.indicators if f"clienten.{column}" in " ".join(i.needs)}


def test_every_absent_figure_is_named_in_the_verantwoording(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q4", [client()], ONLY_REQUIRED)
    result = town.evaluate()
    _, _, named = text_of(town).partition("### Wat niet is geleverd")
    named, _, _ = named.partition("### Leveringen en regels")
    titles = {indicator.id: indicator.title for indicator in result.indicators}
    lines = [line for line in named.splitlines() if line.startswith("* ")]
    assert [line.split(":")[0] for line in lines] == [f"* {titles[figure]}" for figure in missing(result)]
    assert "Zij zijn dus niet nul." in named


NOTHING: dict[str, list[dict[str, object]]] = {
    "trajecten": [],
    "plaatsingen": [],
    "bijeenkomsten": [],
    "vestigingen": [],
}


def test_a_table_without_rows_is_delivered_and_gives_a_zero(tmp_path: Path) -> None:
    """Zero is a figure: the municipality says that there was nothing."""
    result = Town(tmp_path).deliver("2019-Q4", [client()], **NOTHING).evaluate()
    assert missing(result) == {}
    assert spread(result, "eindstatus") == {"nog geen traject": 1}
    assert (count(result, "met_traject"), count(result, "jobcoaching_inzetten")) == (0, 0)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("trajecten", "Niemand had in de periode minstens één traject."),
        ("plaatsingen", "Jobcoaching is in de periode niet ingezet."),
        ("bijeenkomsten", "waren er geen bijeenkomsten voor een groep."),
        ("vestigingen", "kwamen er geen statushouders in de gemeente wonen."),
    ],
)
def test_a_report_with_a_table_without_rows_says_that_there_was_nothing(
    tmp_path: Path, table: str, sentence: str
) -> None:
    rows: dict[str, list[dict[str, object]]] = {table: []}
    assert sentence in text_of(Town(tmp_path).deliver("2019-Q4", [client()], **rows))


def test_a_report_with_trajecten_without_any_aanbieder_says_so(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q4", [client()], trajecten=[traject("taal")])
    assert "Bij geen enkel traject is een aanbieder ingevuld." in text_of(town)


def test_one_delivery_with_the_column_is_enough(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q3", [client()]).deliver("2019-Q4", [client()], "zorg_en_rust")
    assert "zorg_en_rust" not in missing(town.evaluate())
