"""Reach, work, language and inburgering on the peildatum, and how long bijstand lasts: who counts, and who does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integratie_eval.evaluation import Evaluation
from integratie_eval.model import Exact
from integratie_eval.ratio import published_ratios
from integratie_eval.render.comparison import quarters_csv
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.prose import Words
from integratie_eval.report import report_of
from integratie_eval.settings import Project
from tests.helpers import prose
from tests.spec.town import Row, Town, base, client, count, evaluated, job, left, missing, spread, traject


def plichtig(number: str = "1", /, **facts: object) -> Row:
    """Someone whose duty began on 1 March 2019."""
    return client(number, datum_inburgeringsplicht="2019-03-01", **facts)


# --- how long bijstand lasts


@pytest.mark.parametrize(
    ("begin", "months", "category"),
    [
        ("2019-12-31", 0, "korter dan 1 jaar"),
        ("2019-01-01", 11, "korter dan 1 jaar"),
        ("2018-12-31", 12, "1 tot 2 jaar"),
        ("2018-01-01", 23, "1 tot 2 jaar"),
        ("2017-12-31", 24, "2 tot 5 jaar"),
        ("2015-01-01", 59, "2 tot 5 jaar"),
        ("2014-12-31", 60, "5 jaar of langer"),
    ],
)
def test_bijstand_lasts_whole_months_up_to_the_peildatum(
    tmp_path: Path, begin: str, months: int, category: str
) -> None:
    result = evaluated(tmp_path, client(begin_uitkering=begin))
    assert count(result, "verblijfsduur_mediaan") == months
    assert spread(result, "verblijfsduur") == {category: 1}


def test_periods_that_touch_each_other_are_one_and_an_interruption_starts_anew(tmp_path: Path) -> None:
    result = evaluated(
        tmp_path,
        client("1", eind_uitkering="2019-06-01", reden_einde="02"),
        client("1", uitkeringnummer="U9", begin_uitkering="2019-06-01"),
        client("2", eind_uitkering="2019-06-01", reden_einde="11"),
        client("2", uitkeringnummer="U8", begin_uitkering="2019-07-01"),
    )
    assert spread(result, "verblijfsduur") == {"2 tot 5 jaar": 1, "korter dan 1 jaar": 1}


def test_the_median_is_the_lower_of_the_middle_two_and_has_no_base(tmp_path: Path) -> None:
    begins = ("2019-11-30", "2019-09-30", "2019-05-31", "2010-01-01")
    result = evaluated(tmp_path, *(client(str(n), begin_uitkering=day) for n, day in enumerate(begins, 1)))
    figure = result.published.get("verblijfsduur_mediaan")
    assert count(result, "verblijfsduur_mediaan") == 3
    assert figure is not None and (figure.base, figure.percentage) == (None, None)


def test_of_nobody_there_is_no_median(tmp_path: Path) -> None:
    result = evaluated(tmp_path, client(**left("11")))
    assert result.published.get("verblijfsduur_mediaan") is None
    assert "verblijfsduur_mediaan" not in missing(result)
    assert result.published.get("verblijfsduur_mediaan", "oudkomer", None, "2019-Q4") is None
    assert "middelste" not in prose(report_of(result)).partition("## Verantwoording")[0]


def test_the_duration_is_there_per_quarter(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q3", [client()]).deliver("2019-Q4", [client()])
    figures = town.evaluate().published
    found = [figures.get("verblijfsduur_mediaan", "totaal", None, quarter) for quarter in ("2019-Q3", "2019-Q4")]
    assert [figure and figure.count for figure in found] == [Exact(44), Exact(47)]


# --- work on the peildatum


@pytest.mark.parametrize(
    ("facts", "works"),
    [
        ({"begin": "2019-12-31"}, 1),
        ({"begin": "2020-01-01"}, 0),
        ({"eind": "2020-01-01"}, 1),
        ({"eind": "2019-12-31"}, 0),
    ],
)
def test_someone_works_when_a_job_runs_on_the_peildatum(tmp_path: Path, facts: dict[str, str], works: int) -> None:
    result = evaluated(tmp_path, client(), plaatsingen=[job(**facts)])
    assert (count(result, "werkend"), base(result, "werkend")) == (works, 1)


@pytest.mark.parametrize(
    ("hours", "category"),
    [
        (["32"], "32 uur of meer"),
        (["16", "16"], "32 uur of meer"),
        (["31"], "12 tot 32 uur"),
        (["12"], "12 tot 32 uur"),
        (["11"], "minder dan 12 uur"),
        ([""], "onbekend"),
        (["40", ""], "onbekend"),
    ],
)
def test_hours_of_all_jobs_count_and_one_unknown_job_makes_them_unknown(
    tmp_path: Path, hours: list[str], category: str
) -> None:
    jobs = [job(begin=f"2019-03-0{n}", uren_per_week=uren) for n, uren in enumerate(hours, 1)]
    assert spread(evaluated(tmp_path, client(), plaatsingen=jobs), "werkend_uren") == {category: 1}


def test_work_by_years_in_the_municipality_is_a_part_of_those_who_came_as_long_ago(tmp_path: Path) -> None:
    result = evaluated(
        tmp_path,
        client("1", datum_vestiging="2018-12-31"),
        client("2", datum_vestiging="2018-01-01"),
        client("3", datum_vestiging="2019-01-01"),
        client("4", datum_vestiging=""),
        plaatsingen=[job("1"), job("3")],
    )
    assert spread(result, "verblijf") == {"korter dan 1 jaar": 1, "1 tot 2 jaar": 2, "onbekend": 1}
    assert spread(result, "werkend_verblijf") == {"korter dan 1 jaar": 1, "1 tot 2 jaar": 1}
    assert base(result, "werkend_verblijf", category="1 tot 2 jaar") == 2


def test_education_is_a_running_study_or_a_departure_for_one_and_only_of_adults(tmp_path: Path) -> None:
    result = evaluated(
        tmp_path,
        client("1"),
        client("2", **left("01")),
        client("3", geboortedatum="2010-01-01"),
        client("4"),
        trajecten=[traject("studie", "1"), traject("studie", "3"), traject("studie", "4", eind="2019-12-31")],
    )
    assert (count(result, "onderwijs"), base(result, "onderwijs")) == (2, 3)


# --- language beside work


@pytest.mark.parametrize(
    ("trajecten", "jobs", "dual"),
    [
        (["taal"], 0, 0),
        (["taal"], 1, 1),
        (["inburgering", "werkervaringsplaats"], 0, 1),
        (["taal", "vrijwilligerswerk"], 0, 0),
        (["taal", "inburgering"], 0, 0),
        (["sollicitatietraining"], 1, 0),
    ],
)
def test_a_dual_traject_is_language_beside_work_or_a_traject_to_work(
    tmp_path: Path, trajecten: list[str], jobs: int, dual: int
) -> None:
    result = evaluated(
        tmp_path, client(), trajecten=[traject(soort) for soort in trajecten], plaatsingen=[job()][:jobs]
    )
    assert (count(result, "duaal_traject"), base(result, "duaal_traject")) == (dual, 1)


def test_a_traject_that_ended_is_not_dual(tmp_path: Path) -> None:
    trajecten = [traject("taal", eind="2019-12-31"), traject("werkervaringsplaats")]
    result = evaluated(tmp_path, client(), trajecten=trajecten)
    assert (count(result, "duaal_traject"), count(result, "taaltraject")) == (0, 0)


# --- inburgering


def test_routes_and_levels_are_parts_of_those_of_whom_they_are_known(tmp_path: Path) -> None:
    result = evaluated(
        tmp_path,
        client("1", leerroute="B1-route", taalniveau="a2"),
        client("2", leerroute="Z", taalniveau="B1 (behaald)"),
        client("3", taalniveau="alfa"),
    )
    assert spread(result, "leerroute") == {"B1": 1, "Z": 1}
    assert base(result, "leerroute", category="B1") == 2
    assert spread(result, "taalniveau") == {"A2": 1, "B1": 1, "ander niveau": 1}
    assert base(result, "taalniveau", category="A2") == 3


def test_the_state_of_inburgering_leaves_out_who_has_no_duty(tmp_path: Path) -> None:
    states = ("Inburgeringsplicht voldaan", "Volledige ontheffing", "plichtig", "niet plichtig", "")
    result = evaluated(tmp_path, *(client(str(n), inburgering_status=state) for n, state in enumerate(states, 1)))
    assert spread(result, "inburgering") == {"plichtig": 1, "voldaan": 1, "ontheven": 1}
    assert base(result, "inburgering", category="voldaan") == 3


@pytest.mark.parametrize(
    ("intake", "days", "category"),
    [
        ("2019-02-01", 0, "binnen 5 weken"),
        ("2019-04-05", 35, "binnen 5 weken"),
        ("2019-04-06", 36, "5 tot 10 weken"),
        ("2019-05-10", 70, "5 tot 10 weken"),
        ("2019-05-11", 71, "na meer dan 10 weken"),
    ],
)
def test_the_time_from_duty_to_intake(tmp_path: Path, intake: str, days: int, category: str) -> None:
    result = evaluated(tmp_path, plichtig(datum_brede_intake=intake))
    assert (count(result, "brede_intake"), base(result, "brede_intake")) == (1, 1)
    assert spread(result, "termijn_intake") == {category: 1}
    assert count(result, "termijn_intake_mediaan") == days


def test_what_happens_after_the_peildatum_has_not_happened(tmp_path: Path) -> None:
    later = dict.fromkeys(("datum_brede_intake", "datum_pip", "datum_pvt", "datum_map"), "2020-01-01")
    result = evaluated(tmp_path, plichtig(**later))
    for name in ("brede_intake", "pip_op_tijd", "pvt_getekend", "map_afgerond"):
        assert (count(result, name), base(result, name)) == (0, 1)


@pytest.mark.parametrize(("pip", "in_time"), [("2019-05-10", 1), ("2019-05-11", 0), ("", 0)])
def test_a_plan_is_in_time_within_ten_weeks(tmp_path: Path, pip: str, in_time: int) -> None:
    result = evaluated(tmp_path, plichtig(datum_pip=pip))
    assert (count(result, "pip_op_tijd"), base(result, "pip_op_tijd")) == (in_time, 1)


def test_a_plan_is_expected_when_the_ten_weeks_have_passed(tmp_path: Path) -> None:
    persons = [client("1", datum_inburgeringsplicht="2019-10-22"), client("2", datum_inburgeringsplicht="2019-10-23")]
    assert count(evaluated(tmp_path, *persons), "pip_verwacht") == 1


def test_signed_and_finished_are_parts_of_those_with_a_duty(tmp_path: Path) -> None:
    result = evaluated(
        tmp_path,
        plichtig("1", datum_pvt="2019-06-01", datum_map="2019-07-01"),
        plichtig("2"),
        client("3", datum_pvt="2019-06-01", datum_map="2019-07-01"),
    )
    for name in ("pvt_getekend", "map_afgerond"):
        assert (count(result, name), base(result, name)) == (1, 2)


# --- arrangements


@pytest.mark.parametrize("column", ["ontheffing_arbeidsplicht", "financieel_ontzorgen"])
def test_an_arrangement_counts_for_who_has_bijstand_now(tmp_path: Path, column: str) -> None:
    result = evaluated(
        tmp_path,
        client("1", **{column: "ja"}),
        client("2", **{column: "nee"}),
        client("3", **{column: ""}),
        client("4", **{column: "ja"}, **left("11")),
    )
    assert (count(result, column), base(result, column)) == (1, 3)


@pytest.mark.parametrize(("code", "exempt"), [("2", 0), ("4", 1), ("5", 1), ("6", 1)])
def test_exemption_is_told_by_the_codes_of_cbs(tmp_path: Path, code: str, exempt: int) -> None:
    result = evaluated(tmp_path, client(ontheffing_arbeidsplicht=code))
    assert count(result, "ontheffing_arbeidsplicht") == exempt


# --- the target of housing, and people per fte


def test_settled_people_are_a_part_of_the_target_of_the_years_of_which_both_are_known(tmp_path: Path) -> None:
    settled = [{"jaar": "2017", "aantal": "30"}, {"jaar": "2018", "aantal": "66"}]
    result = evaluated(tmp_path, client(), vestigingen=settled, settings={"housing": {2018: 60, 2019: 48}})
    assert spread(result, "taakstelling_gehaald") == {"2018": 66}
    assert base(result, "taakstelling_gehaald", category="2018") == 60
    assert result.published.get("taakstelling_gehaald", "totaal", "2018").percentage == 110  # type: ignore[union-attr]


@pytest.mark.parametrize(("fte", "shown"), [("2", "1.5"), ("1.5", "2.0"), ("0", None), (None, None)])
def test_people_per_fte_are_made_of_the_published_figure(tmp_path: Path, fte: str | None, shown: str | None) -> None:
    result = evaluated(tmp_path, client("1"), client("2"), client("3"), client("4", **left("11")))
    settings = result.settings.but(project=Project(fte=None if fte is None else Decimal(fte)))
    ratios = published_ratios(result.definitions.ratios, result.published, settings)
    assert [str(item.value) for item in ratios] == ([shown] if shown else [])


# --- not delivered


def test_columns_that_are_not_delivered_make_the_figures_missing_and_not_zero(tmp_path: Path) -> None:
    result = Town(tmp_path).deliver("2019-Q4", [client()], "leerroute datum_pip financieel_ontzorgen").evaluate()
    absent = missing(result)
    assert absent["leerroute"] == ("clienten.leerroute",)
    assert absent["pip_op_tijd"] == ("clienten.datum_pip",)
    assert {"financieel_ontzorgen", "werkend", "duaal_traject"} <= set(absent)
    assert "verblijfsduur" not in absent


# --- the sentences


def chapter(result: Evaluation, name: str) -> str:
    text = render_markdown(prose(report_of(result)))
    return text.partition(f"## {name}\n")[2].partition("\n## ")[0]


def test_the_text_tells_of_what_is_delivered(tmp_path: Path) -> None:
    result = evaluated(
        tmp_path,
        plichtig("1", datum_brede_intake="2019-03-15", datum_pip="2019-04-01", datum_pvt="2019-05-01", leerroute="Z"),
        plichtig("2", taalniveau="A2", inburgering_status="voldaan"),
        plichtig("3", inburgering_status="plichtig"),
        trajecten=[traject("taal", "1"), traject("vrijwilligerswerk", "2")],
        plaatsingen=[job("1")],
    )
    text = chapter(result, "Taal en netwerken")
    for sentence in (
        "Er volgt 1 persoon op de peildatum een taalcursus of inburgeringscursus: een statushouder.",
        "Van de 2 mensen met een traject op de peildatum combineert er 1 taal met werk (50%).",
        "Van de 3 mensen met bijstand in de periode heeft er 1 een leerroute voor de inburgering (33%).",
        "| zelfredzaamheidsroute | 1 | 0 | 1 | 100% |",
        "Van de 2 mensen van wie de stand van de inburgering bekend is, heeft er 1 het diploma (50%).",
        "Niemand van wie de stand van de inburgering bekend is, is ontheven van de plicht.",
        "Van de 3 mensen van wie de inburgeringsplicht is begonnen, heeft er 1 een brede intake gehad (33%).",
        "Die intake was binnen 14 dagen na het begin van de plicht.",
        "Van de 3 mensen die minstens tien weken inburgeringsplichtig zijn, had er 1 het persoonlijk plan (PIP)",
        "Niemand van wie de inburgeringsplicht is begonnen, heeft de module arbeidsmarkt en participatie afgerond.",
    ):
        assert sentence in text
    assert "niets geleverd" not in text


def test_what_is_not_delivered_is_one_enumeration(tmp_path: Path) -> None:
    without = "leerroute taalniveau inburgering_status datum_brede_intake datum_pip datum_pvt datum_map"
    text = chapter(Town(tmp_path).deliver("2019-Q4", [client()], without).evaluate(), "Taal en netwerken")
    assert text.count("niets geleverd") == 1
    assert "Over taalcursussen, de leerroute, het taalniveau, de stand van de inburgering, de brede intake" in text


@pytest.mark.parametrize(
    ("begins", "sentence"),
    [
        (["2019-12-31"], "Op de peildatum heeft 1 persoon bijstand, korter dan een maand."),
        (["2019-11-30"], "Op de peildatum heeft 1 persoon bijstand, al 1 hele maand zonder onderbreking."),
        (
            ["2019-11-30", "2019-01-31"],
            "Minstens de helft van hen heeft 1 hele maand of korter bijstand zonder onderbreking.",
        ),
        (
            ["2019-12-31", "2019-01-31"],
            "Minstens de helft van hen heeft korter dan een maand bijstand zonder onderbreking.",
        ),
    ],
)
def test_the_text_tells_how_long_bijstand_lasts(tmp_path: Path, begins: list[str], sentence: str) -> None:
    persons = [client(str(n), begin_uitkering=day) for n, day in enumerate(begins, 1)]
    assert sentence in chapter(evaluated(tmp_path, *persons), "Doelgroep")


def test_the_text_tells_of_people_per_fte(tmp_path: Path) -> None:
    result = evaluated(tmp_path, client("1"), client("2"), client("3"), settings={"project": Project(fte=Decimal(2))})
    text = chapter(result, "Financiering en inzet")
    assert "Op de peildatum hadden 3 mensen bijstand. Per fte is dat 1,5." in text


# --- differences in words


def growing(folder: Path) -> Words:
    """A town with 1, 2, 2 and 0 people who came into bijstand in the quarters of 2019, and 0 in the first of 2020."""
    begins = ("2019-02-01", "2019-05-01", "2019-06-01", "2019-08-01", "2019-09-01", "2018-01-01")
    persons = [client(str(n), begin_uitkering=day) for n, day in enumerate(begins, 1)]
    town = Town(folder, {"start": date(2019, 1, 1), "end": date(2020, 3, 31)})
    for quarter in ("2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4", "2020-Q1"):
        town.deliver(quarter, persons)
    return Words(report_of(town.evaluate()))


def test_a_quarter_is_told_beside_an_earlier_one(tmp_path: Path) -> None:
    words = growing(tmp_path)
    assert render_markdown(str(words.verschil("instroom", "2019-Q2"))) == "1 meer dan een kwartaal eerder"
    assert render_markdown(str(words.verschil("instroom", "2019-Q3"))) == "evenveel als een kwartaal eerder"
    assert render_markdown(str(words.verschil("instroom", "2019-Q4"))) == "2 minder dan een kwartaal eerder"
    assert render_markdown(str(words.verschil("instroom", "2020-Q1", jaar=True))) == "1 minder dan een jaar eerder"
    assert not words.verschil("instroom", "2019-Q1")
    assert not words.verschil("instroom", "2019-Q2", jaar=True)
    assert not words.verschil("bestaat_niet", "2019-Q2")


def test_the_csv_of_quarters_tells_the_differences_with_their_sign(tmp_path: Path) -> None:
    lines = quarters_csv(growing(tmp_path).report).splitlines()
    assert lines[0] == (
        "\ufeffindicator;cohort;dimensie;categorie;kwartaal;aantal;vorig_kwartaal;verschil;jaar_eerder;verschil_jaar;"
        "procentpunt_kwartaal;procentpunt_jaar"
    )
    assert [line for line in lines if line.startswith("instroom;totaal;")] == [
        "instroom;totaal;;;2019-Q2;2;1;1;;;;",
        "instroom;totaal;;;2019-Q3;2;2;0;;;;",
        "instroom;totaal;;;2019-Q4;0;2;-2;;;;",
        "instroom;totaal;;;2020-Q1;0;0;0;1;-1;;",
    ]


def test_a_quarter_after_a_gap_is_compared_with_nothing(tmp_path: Path) -> None:
    persons = [client(begin_uitkering="2016-01-01")]
    town = Town(tmp_path, {"start": date(2019, 1, 1), "end": date(2019, 12, 31)})
    for quarter in ("2019-Q1", "2019-Q3", "2019-Q4"):
        town.deliver(quarter, persons)
    lines = quarters_csv(report_of(town.evaluate())).splitlines()[1:]
    assert lines == []
