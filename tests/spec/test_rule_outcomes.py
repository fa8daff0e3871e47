"""What became of people: outcomes, and the eindstatus that puts everybody in one class."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from integratie_eval.definitions import load_definitions
from tests.spec.town import Row, Town, client, cohorts, count, evaluated, job, left, spread, traject

ORDER = ("betaald werk", "parttime werk", "studie", "zorg en rust", "vrijwilligerswerk", "voorbereiding studie",
         "in traject", "uitgestroomd overig", "nog geen traject")  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "counted"),
    [("11", 1), ("13", 1), ("arbeid in dienstbetrekking", 1), ("01", 0), ("14", 0), ("97", 0), ("98", 0), ("", 0)],
)
def test_uitstroom_werk_is_reason_11_or_13(tmp_path: Path, reason: str, counted: int) -> None:
    """Issue 2 (BUS 11/13); domain.md §2.2 and §0, 5: the partner who leaves with 97 did not find work."""
    assert count(evaluated(tmp_path, client(**left(reason))), "uitstroom_werk") == counted


@pytest.mark.parametrize(
    ("end", "counted"), [("2018-12-31", 0), ("2019-01-01", 1), ("2019-12-31", 1), ("2020-01-01", 0)]
)
def test_uitstroom_werk_ended_in_the_period(tmp_path: Path, end: str, counted: int) -> None:
    """Definition of uitstroom_werk: the bijstand stopped in the period, and does not run on the peildatum."""
    assert count(evaluated(tmp_path, client(**left("11", end))), "uitstroom_werk") == counted


def test_a_couple_of_which_one_found_work_is_one_uitstroom(tmp_path: Path) -> None:
    """domain.md §0, 5: one leaves with 11, the other with 97 on the same day."""
    couple = client("1", uitkeringnummer="A", **left("11")), client("2", uitkeringnummer="A", **left("97"))
    result = evaluated(tmp_path, *couple)
    assert (count(result, "uitstroom_werk"), count(result, "uitgestroomd")) == (1, 2)


def test_back_in_bijstand_is_teruggekomen_and_no_uitstroom(tmp_path: Path) -> None:
    """domain.md §8.3, 8: gross or net is a named assumption; the tool counts net and tells who came back."""
    again = client(uitkeringnummer="B", begin_uitkering="2019-09-01")
    result = evaluated(tmp_path, client(uitkeringnummer="A", **left("11", "2019-03-01")), again)
    assert (count(result, "uitstroom_werk"), count(result, "teruggekomen"), count(result, "in_bijstand")) == (0, 1, 1)


@pytest.mark.parametrize(("reason", "end"), [("32", "2019-03-01"), ("11", "2018-12-31")])
def test_teruggekomen_left_for_work_in_the_period(tmp_path: Path, reason: str, end: str) -> None:
    """Definition of teruggekomen: left in the period, with reason 11 or 13."""
    again = client(uitkeringnummer="B", begin_uitkering="2019-09-01")
    assert count(evaluated(tmp_path, client(uitkeringnummer="A", **left(reason, end)), again), "teruggekomen") == 0


@pytest.mark.parametrize(("income", "counted"), [("ja", 1), ("11", 1), ("nee", 0), ("31", 0), ("", 0)])
def test_parttime_werk_is_income_from_work_beside_bijstand(tmp_path: Path, income: str, counted: int) -> None:
    """Issue 2; domain.md §2.1, kenmerk 31: code 11 is work, the others are not."""
    assert count(evaluated(tmp_path, client(inkomsten_arbeid=income)), "parttime_werk") == counted


def test_parttime_werk_has_bijstand_on_the_peildatum(tmp_path: Path) -> None:
    """domain.md §8.3, 10: parttime is no outflow, and outflow is no parttime."""
    result = evaluated(tmp_path, client("1", inkomsten_arbeid="ja"), client("2", inkomsten_arbeid="ja", **left("11")))
    assert (count(result, "parttime_werk"), count(result, "uitstroom_werk")) == (1, 1)


@pytest.mark.parametrize(("reason", "counted"), [("01", 1), ("06", 0), ("studie", 1)])
def test_studie_is_reason_01_and_not_06(tmp_path: Path, reason: str, counted: int) -> None:
    """domain.md §2.2: 06 (could study but does not) is no study."""
    assert count(evaluated(tmp_path, client(**left(reason))), "studie") == counted


@pytest.mark.parametrize(("label", "counted"), [("ja", 1), ("nee", 0), ("", 0)])
def test_zorg_en_rust_is_the_label_of_the_klantmanager(tmp_path: Path, label: str, counted: int) -> None:
    """domain.md §1.4 E18 and §8.4 (status): a professional judgement, never derived."""
    assert count(evaluated(tmp_path, client(zorg_en_rust=label)), "zorg_en_rust") == counted


@pytest.mark.parametrize("soort", ["vrijwilligerswerk", "voorbereiding studie"])
@pytest.mark.parametrize(
    ("begin", "end", "counted"),
    [
        ("2019-12-31", "", 1),
        ("2020-01-01", "", 0),
        ("2019-03-01", "2020-01-01", 1),
        ("2019-03-01", "2019-12-31", 0),
    ],
)
def test_volunteering_and_preparing_run_on_the_peildatum(
    tmp_path: Path, soort: str, begin: str, end: str, counted: int
) -> None:
    """Issue 2 ('active at the end'); domain.md §1.3: the state on the peildatum."""
    result = evaluated(tmp_path, client(), trajecten=[traject(soort, begin=begin, eind=end)])
    assert count(result, soort.replace(" ", "_")) == counted


def facts_of(status: str, number: str = "1") -> tuple[dict[str, object], list[Row]]:
    """The least that makes an eindstatus fit: facts of the client, and trajecten."""
    of_client: dict[str, dict[str, object]] = {
        "betaald werk": left("11"),
        "parttime werk": {"inkomsten_arbeid": "ja"},
        "studie": left("01"),
        "zorg en rust": {"zorg_en_rust": "ja"},
        "uitgestroomd overig": left("32"),
    }
    kinds = {
        "vrijwilligerswerk": "vrijwilligerswerk",
        "voorbereiding studie": "voorbereiding studie",
        "in traject": "activering",
    }
    return of_client.get(status, {}), [traject(kinds[status], number)] if status in kinds else []


def with_both(first: str, second: str) -> tuple[Row, list[Row]]:
    one, two = facts_of(first), facts_of(second)
    return client(**(two[0] | one[0])), [*one[1], *two[1]]


@pytest.mark.parametrize("status", ORDER)
def test_each_eindstatus_alone(tmp_path: Path, status: str) -> None:
    """Design §4 (eindstatus): nine classes, a partition."""
    facts, trajecten = facts_of(status)
    assert spread(evaluated(tmp_path, client(**facts), trajecten=trajecten), "eindstatus") == {status: 1}


# In bijstand and out of bijstand exclude each other: those pairs cannot meet.
OUT = {"betaald werk", "studie", "uitgestroomd overig"}
RUNNING = {"parttime werk", "in traject", "nog geen traject"}
PAIRS = [
    (first, second)
    for index, first in enumerate(ORDER[:-1])
    for second in ORDER[index + 1 :]
    if not ({first, second} <= OUT or (first in OUT and second in RUNNING) or (first in RUNNING and second in OUT))
]


def test_every_adjacent_pair_that_can_meet_is_tested() -> None:
    assert {pair for pair in pairwise(ORDER) if pair not in PAIRS} == {
        ("betaald werk", "parttime werk"),
        ("parttime werk", "studie"),
        ("in traject", "uitgestroomd overig"),
        ("uitgestroomd overig", "nog geen traject"),
    }


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_first_eindstatus_of_the_order_wins(tmp_path: Path, first: str, second: str) -> None:
    """Design §4: betaald werk > parttime > studie > zorg en rust > vrijwilligerswerk > voorbereiding > the rest."""
    person, trajecten = with_both(first, second)
    assert spread(evaluated(tmp_path, person, trajecten=trajecten), "eindstatus") == {first: 1}


def test_the_order_of_the_eindstatus_is_a_setting(tmp_path: Path) -> None:
    """Design §4: configurable, printed in the report."""
    person, trajecten = with_both("parttime werk", "vrijwilligerswerk")
    turned = ("vrijwilligerswerk", *(status for status in ORDER if status != "vrijwilligerswerk"))
    result = evaluated(tmp_path, person, trajecten=trajecten, settings={"status_order": turned})
    assert spread(result, "eindstatus") == {"vrijwilligerswerk": 1}


def test_the_order_of_the_definitions_is_the_order_of_the_design() -> None:
    """Design §4 (eindstatus)."""
    assert tuple(status.name for status in load_definitions().statuses) == ORDER


def test_the_eindstatussen_add_up_to_all_people(tmp_path: Path) -> None:
    """domain.md §8.2: a partition; every person has exactly one."""
    people: list[Row] = []
    trajecten: list[Row] = []
    for number, status in enumerate(ORDER, 1):
        facts, own = facts_of(status, str(number))
        people.append(client(str(number), datum_vestiging="2010-01-01" if number % 2 else "2015-01-01", **facts))
        trajecten += own
    result = evaluated(tmp_path, *people, trajecten=trajecten)
    assert spread(result, "eindstatus") == dict.fromkeys(ORDER, 1)
    assert cohorts(result) == {"statushouder": 4, "oudkomer": 5}


@pytest.mark.parametrize(
    ("trajecten", "status"),
    [
        ([], "nog geen traject"),
        ([traject("taal", eind="2019-05-01")], "in traject"),
        ([traject("taal", begin="2017-01-01", eind="2018-12-31")], "nog geen traject"),
        ([traject("taal", begin="2017-01-01", eind="2019-01-01")], "in traject"),
        ([traject("vrijwilligerswerk", eind="2019-05-01")], "in traject"),
    ],
)
def test_in_traject_had_a_traject_in_the_period(tmp_path: Path, trajecten: Sequence[Row], status: str) -> None:
    """Definition of 'in traject': still in bijstand, with a traject that ran in the period; else none yet."""
    assert spread(evaluated(tmp_path, client(), trajecten=trajecten), "eindstatus") == {status: 1}


def test_jobcoaching_counts_jobs_and_not_people(tmp_path: Path) -> None:
    """Issue 2 ('deployments, not persons'); domain.md §8.2."""
    jobs = [
        job(begin="2019-01-01", eind="2019-04-01", jobcoach="ja"),
        job(begin="2019-05-01", jobcoach="ja"),
        job("2", jobcoach="nee"),
        job("2", begin="2018-01-01", eind="2018-12-31", jobcoach="ja"),
    ]
    result = evaluated(tmp_path, client("1"), client("2"), plaatsingen=jobs)
    assert (count(result, "jobcoaching_inzetten"), count(result, "jobcoaching_personen")) == (2, 1)


def test_deelnemers_are_distinct_people_per_kind_and_per_aanbieder(tmp_path: Path) -> None:
    """Issue 2 (deelnemers_aanbieder, 'distinct persons')."""
    trajecten = [
        traject("taal", aanbieder="Taalhuis", eind="2019-04-01"),
        traject("taal", aanbieder="Taalhuis", begin="2019-05-01"),
        traject("activering", aanbieder="Taalhuis"),
        traject("taal", "2", aanbieder="Buurthuis"),
        traject("taal", "2"),
    ]
    result = evaluated(tmp_path, client("1"), client("2"), trajecten=trajecten)
    assert spread(result, "deelnemers_aanbieder") == {"Buurthuis": 1, "Taalhuis": 1}
    assert spread(result, "deelnemers_soort") == {"activering": 1, "taal": 2}
    assert count(result, "met_traject") == 2


def test_deelnemers_are_people_of_the_period(tmp_path: Path) -> None:
    """Definition of the view deelnames: trajecten of people with bijstand in the period."""
    before = client("2", **left("32", "2018-06-01"))
    trajecten = [traject("taal", "2", aanbieder="Taalhuis")]
    assert spread(evaluated(tmp_path, client("1"), before, trajecten=trajecten), "deelnemers_aanbieder") == {}


@pytest.mark.parametrize(("eind", "counted"), [("2018-12-31", 0), ("2019-01-01", 1), ("", 1)])
def test_sollicitatietraining_ran_in_the_period(tmp_path: Path, eind: str, counted: int) -> None:
    """Issue 2, indicator sollicitatietraining."""
    training = traject("sollicitatietraining", begin="2018-06-01", eind=eind)
    assert count(evaluated(tmp_path, client(), trajecten=[training]), "sollicitatietraining") == counted


def test_spellings_of_one_aanbieder_count_as_one(tmp_path: Path) -> None:
    """Issue 2, point 2 (unknown aanbieder spelling)."""
    trajecten = [traject("taal", aanbieder="4WD CARE"), traject("taal", "2", aanbieder="4WD Care")]
    result = evaluated(tmp_path, client("1"), client("2"), trajecten=trajecten)
    assert list(spread(result, "deelnemers_aanbieder").values()) == [2]


def test_bijeenkomsten_in_the_period_are_counted_once(tmp_path: Path) -> None:
    """Issue 2, indicator bijeenkomsten: meetings, not people; a meeting is an aanbieder and a day."""
    days = ["2018-12-31", "2019-01-01", "2019-12-31", "2020-01-01"]
    meetings = [{"aanbieder": "Lemat", "datum": day, "aantal_deelnemers": 9} for day in days]
    town = Town(tmp_path).deliver("2019-Q3", [client()], bijeenkomsten=meetings[:2])
    town.deliver("2019-Q4", [client(trede=2)], bijeenkomsten=meetings)
    assert spread(town.evaluate(), "bijeenkomsten") == {"Lemat": 2}


def test_the_newest_delivery_tells_the_vestigingen_of_a_year(tmp_path: Path) -> None:
    """Design §4 (vestigingen): the newest delivery that tells of a year wins; other years stay."""
    town = Town(tmp_path)
    town.deliver("2019-Q3", [client()], vestigingen=[{"jaar": 2016, "aantal": 95}, {"jaar": 2017, "aantal": 59}])
    town.deliver("2019-Q4", [client(trede=2)], vestigingen=[{"jaar": 2017, "aantal": 118}])
    assert spread(town.evaluate(), "vestigingen") == {"2016": 95, "2017": 118}


def test_vestigingen_can_be_one_row_per_person(tmp_path: Path) -> None:
    """Design §4 (vestigingen): one row per settled person; two people on one day are two."""
    town = Town(tmp_path).deliver("2019-Q4", [client()])
    rows = "datum_vestiging\n2017-03-01\n2017-03-01\n2018-01-05\n"
    (tmp_path / "2019-Q4 vestigingen.csv").write_text(rows, encoding="utf-8")
    assert spread(town.evaluate(), "vestigingen") == {"2017": 2, "2018": 1}


def test_a_year_without_vestigingen_is_a_zero(tmp_path: Path) -> None:
    """Design §4: only what was not delivered is left out."""
    rows = [{"jaar": 2016, "aantal": 0}, {"jaar": 2017, "aantal": 118}]
    result = Town(tmp_path).deliver("2019-Q4", [client()], vestigingen=rows).evaluate()
    assert result.published.categories("vestigingen") == ("2016", "2017")
    assert count(result, "vestigingen", category="2016") == 0
