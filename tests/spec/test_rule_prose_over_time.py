"""What the report says about time, and what it says that cannot be said (issue 4; domain.md §7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integratie_eval.evaluation import Evaluation
from integratie_eval.render.markdown import render_markdown
from integratie_eval.report import report_of
from integratie_eval.settings import Project
from tests.helpers import prose as written
from tests.spec.town import Row, Town, client, evaluated, job, left, measurement

TWO = [client("1"), client("2")]


def chapter(result: Evaluation, title: str) -> str:
    """The text of one chapter as the reader of rapport.md sees it."""
    text = render_markdown(written(report_of(result)))
    return text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def flow(result: Evaluation) -> str:
    return chapter(result, "Verloop per kwartaal")


def lasting(result: Evaluation) -> str:
    return chapter(result, "Blijvend resultaat")


def waiting(result: Evaluation) -> str:
    return chapter(result, "Hoe lang duurt het tot er werk is")


def test_one_quarter_has_no_course_and_the_report_says_so(tmp_path: Path) -> None:
    """Issue 4, bad input: sections that need two explain their absence."""
    result = Town(tmp_path, {}).deliver("2019-Q4", TWO, trajecten=[], plaatsingen=[], metingen=[]).evaluate()
    text = flow(result)
    assert "Er is maar één tijdvak met een levering." in text
    assert "van elk kwartaal" not in text
    assert "Van niemand is een trede bekend van voor het begin van de periode en van het eind." in text


def test_a_missing_quarter_is_named_and_has_no_numbers(tmp_path: Path) -> None:
    """Issue 4, bad input: shown as a gap."""
    text = flow(Town(tmp_path).deliver("2019-Q1", TWO).deliver("2019-Q3", TWO).evaluate())
    assert "| 2019-Q2 (niet geleverd) | – | – | – | – |" in text
    assert "Over 2019-Q2 is niets geleverd. Er is niets geschat" in text


def test_a_quarter_that_is_not_whole_is_marked(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q1", TWO).deliver("2019-Q3", TWO)
    text = flow(town.evaluate(start=date(2019, 2, 1)))
    assert "| 2019-Q1 (deel) | 2 |" in text
    assert "| 2019-Q3 (met 2019-Q2) | 2 |" in text


def test_leaving_for_work_twice_is_told_beside_the_persons(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q1", [client("1", **left("11", "2019-02-01")), client("2")])
    text = flow(town.deliver("2019-Q2", [client("1", begin_uitkering="2019-05-01"), client("2")]).evaluate())
    assert "Hier staat 1 keer betaald werk, bij de resultaten geen mensen: wie terugkwam" in text


def test_two_missing_quarters_are_both_named(tmp_path: Path) -> None:
    text = flow(Town(tmp_path).deliver("2019-Q1", TWO).deliver("2019-Q4", TWO).evaluate())
    assert "Over 2019-Q2 en 2019-Q3 is niets geleverd." in text


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (
            [client("1", **left("11", "2019-05-01")), client("2")],
            "In 2019-Q2 stopte de bijstand 1 keer. Dat is 1 meer dan een kwartaal eerder. Aan het eind van dat "
            "kwartaal had 1 persoon bijstand: 1 minder dan een kwartaal eerder.",
        ),
        (
            TWO,
            "In 2019-Q2 stopte de bijstand geen enkele keer. Dat is evenveel als een kwartaal eerder. Aan het eind van "
            "dat kwartaal hadden 2 mensen bijstand: evenveel als een kwartaal eerder.",
        ),
    ],
)
def test_the_last_quarter_stands_beside_the_one_before(tmp_path: Path, second: list[Row], sentence: str) -> None:
    """Issue 4, 9: every figure with its previous quarter; the prose says what changed."""
    assert sentence in flow(Town(tmp_path).deliver("2019-Q1", TWO).deliver("2019-Q2", second).evaluate())


def test_after_a_gap_nothing_is_compared(tmp_path: Path) -> None:
    text = flow(Town(tmp_path).deliver("2019-Q1", TWO).deliver("2019-Q3", TWO).evaluate())
    assert "een kwartaal eerder" not in text


def test_without_an_end_column_there_is_no_course(tmp_path: Path) -> None:
    text = flow(Town(tmp_path).deliver("2019-Q4", TWO, "eind_uitkering reden_einde").evaluate())
    assert text.strip() == (
        "Over het verloop staat hier niets: de kolom eind_uitkering van de tabel clienten is niet geleverd."
    )


def test_nobody_has_no_course(tmp_path: Path) -> None:
    result = Town(tmp_path).deliver("2019-Q4", []).evaluate(empty_allowed=True)
    assert flow(result).strip() == "Er was niemand met bijstand. Daarom is er geen verloop."


@pytest.mark.parametrize(
    ("rungs", "sentence"),
    [
        ([measurement(2, "2018-12-01"), measurement(3, "2019-05-01")], "Die persoon is gestegen."),
        ([measurement(3, "2018-12-01")], "Die persoon is gelijk gebleven. De anderen tellen"),
        (
            [measurement(3, "2018-12-01"), measurement(3, "2018-12-01", "2"), measurement(2, "2019-05-01", "2")],
            "Van hen zijn er geen gestegen, 1 gelijk gebleven en 1 gedaald.",
        ),
    ],
)
def test_moves_on_the_ladder_agree_with_their_number(tmp_path: Path, rungs: list[Row], sentence: str) -> None:
    text = flow(evaluated(tmp_path, *TWO, client("9", **left("98", "2019-01-02")), metingen=rungs))
    assert sentence in text


def test_one_person_has_no_others(tmp_path: Path) -> None:
    alone = evaluated(tmp_path, client("1"), metingen=[measurement(3, "2018-12-01")])
    assert "De anderen tellen" not in flow(alone)


def test_one_person_who_left_is_one_person_in_the_summary(tmp_path: Path) -> None:
    text = chapter(evaluated(tmp_path, client("1", **left("11"))), "Samenvatting")
    assert "had deze persoon geen bijstand meer." in text


def test_half_of_the_people_is_at_least_half(tmp_path: Path) -> None:
    assert "Minstens de helft van hen heeft" in chapter(evaluated(tmp_path, *TWO), "Doelgroep")


def test_only_a_price_of_fte_asks_nothing_about_trajecten(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q4", TWO)
    result = town.evaluate(project=Project(fte=Decimal(2)), price_of_fte=85_000)
    text = chapter(result, "Financiering en inzet")
    assert "de kosten van trajecten staat hier niets" not in text


def test_the_scale_with_the_same_digits_is_left_out(tmp_path: Path) -> None:
    """Issue 4, 2: the two scales with the same digits kept apart."""
    other = measurement(2, "2018-12-01", schaal="re-integratiepositie")
    text = flow(evaluated(tmp_path, *TWO, metingen=[other, measurement(3, "2019-05-01")]))
    assert "Van niemand is een trede bekend" in text


def test_the_report_says_what_cannot_be_concluded(tmp_path: Path) -> None:
    """Issue 4: no control group, other causes, small groups; no causal word without a comparison group."""
    text = flow(evaluated(tmp_path, *TWO))
    assert "kan daarom niet zeggen of een verandering door de aanpak komt" in text
    assert "Bij kleine aantallen maakt één persoon al een groot verschil." in text


def test_when_nobody_can_be_followed_nothing_is_said_about_lasting_work(tmp_path: Path) -> None:
    text = lasting(evaluated(tmp_path, client("1", **left("11", "2019-12-01")), client("2")))
    assert text.strip().startswith("Van niemand die naar werk uitstroomde, zijn al zes maanden voorbij.")
    assert "In de periode begon geen enkele baan." in text


def test_a_share_has_its_margin(tmp_path: Path) -> None:
    people = [client(str(number), **left("11", "2019-03-01")) for number in range(1, 5)]
    text = lasting(evaluated(tmp_path, *people, client("1", begin_uitkering="2019-05-01")))
    assert "| 6 maanden | 4 | 1 | 25% | tussen 5% en 70% |" in text


def jobs(before: tuple[int, int], since: tuple[int, int]) -> tuple[list[Row], list[Row]]:
    """People and their jobs: (lost early, kept) before and since the first jobcoach."""
    people, found = [], []
    for begin, coach, (lost, kept) in (("2019-01-05", "nee", before), ("2019-03-05", "ja", since)):
        for place in range(lost + kept):
            number = f"{begin}-{place}"
            people.append(client(number))
            found.append(job(number, begin, eind="2019-04-01" if place < lost else "", jobcoach=coach))
    return people, found


def test_a_small_difference_may_be_chance(tmp_path: Path) -> None:
    """Issue 4, 4: 'verschil kan toeval zijn' when the intervals say so."""
    people, found = jobs((1, 3), (1, 5))
    text = lasting(evaluated(tmp_path, *people, plaatsingen=found))
    assert (
        "Van de 4 banen die begonnen voor de gemeente jobcoaches inzette, stopte er 1 binnen een half jaar: 25%" in text
    )
    assert "Dit verschil kan toeval zijn." in text


def test_the_same_share_is_no_difference(tmp_path: Path) -> None:
    people, found = jobs((1, 3), (2, 6))
    text = lasting(evaluated(tmp_path, *people, plaatsingen=found))
    assert "Van de 8 banen die daarna begonnen, stopten er 2 binnen een half jaar: 25%" in text
    assert "Dat is geen verschil." in text
    assert "toeval" not in text


def test_without_work_nothing_is_said_about_following(tmp_path: Path) -> None:
    text = lasting(evaluated(tmp_path, *TWO))
    assert "Niemand stroomde in de periode uit naar werk." in text
    assert "In de periode begon geen enkele baan." in text
    assert "Van niemand" not in text


def test_a_large_difference_is_more_than_chance_and_still_no_effect(tmp_path: Path) -> None:
    people, found = jobs((15, 5), (1, 19))
    text = lasting(evaluated(tmp_path, *people, plaatsingen=found))
    assert "groter dan toeval alleen verklaart" in text
    assert "Of het door de jobcoaches komt, is niet te zeggen" in text


def test_with_one_phase_nothing_is_compared(tmp_path: Path) -> None:
    people, found = jobs((2, 2), (0, 0))
    text = lasting(evaluated(tmp_path, *people, plaatsingen=found))
    assert "toeval" not in text
    assert "Daarvan stopten er 2 in dat half jaar: 50%" in text


def settled(count: int, working: int) -> tuple[list[Row], list[Row]]:
    """People who settled in January 2019, of whom some work from the first of October on."""
    new = {"datum_vestiging": "2019-01-01", "begin_uitkering": "2019-01-02"}
    people = [client(str(number), **new) for number in range(1, count + 1)]
    return people, [job(str(number), "2019-04-15") for number in range(1, working + 1)]


def test_with_few_people_no_share_is_given(tmp_path: Path) -> None:
    """Issue 4: small groups."""
    people, found = settled(9, 3)
    text = waiting(evaluated(tmp_path, *people, plaatsingen=found))
    assert text.strip().startswith("Er zijn te weinig statushouders lang genoeg gevolgd")


@pytest.mark.parametrize(("people_of_a_year", "compared"), [(4, False), (9, False), (10, True)])
def test_years_of_settlement_with_few_people_are_not_compared(
    tmp_path: Path, people_of_a_year: int, compared: bool
) -> None:
    """Issue 4: small groups. A test on a handful of people tells nothing about chance."""
    old, found = settled(people_of_a_year, people_of_a_year)
    new = {"datum_vestiging": "2018-12-20", "begin_uitkering": "2018-12-20"}
    people = [*old, *(client(f"n{number}", **new) for number in range(people_of_a_year))]
    result = evaluated(tmp_path, *people, plaatsingen=found, settings={"start": date(2018, 12, 1)})
    assert ("log-ranktoets" in waiting(result)) is compared


def test_the_share_with_work_after_so_many_months_has_its_margin(tmp_path: Path) -> None:
    """Issue 4, 5: 'na 24 maanden had 31% werk (tussen 24% en 38%)'."""
    old = {"datum_vestiging": "2017-12-20", "begin_uitkering": "2017-12-20"}
    people = [client(str(number), **old) for number in range(1, 41)]
    found = [job(str(number), "2018-08-01") for number in range(1, 13)]
    result = evaluated(tmp_path, *people, plaatsingen=found, settings={"start": date(2017, 12, 1)})
    assert "Na 24 maanden in de gemeente had 30% werk (tussen 18% en 47%)." in waiting(result)
    assert "Het moment waarop de helft werk heeft, is nog niet bereikt of niet goed te bepalen." in waiting(result)
