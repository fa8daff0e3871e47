"""Who is counted, in which group and in which period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.spec.town import Town, base, client, cohorts, count, evaluated, found, left, places, spread


@pytest.mark.parametrize(
    ("settled", "permit", "cohort"),
    [
        ("2012-12-31", "", "oudkomer"),
        ("2013-01-01", "", "statushouder"),
        ("2015-06-01", "2010-01-01", "statushouder"),
        ("2010-06-01", "2015-01-01", "oudkomer"),
        ("", "2012-12-31", "oudkomer"),
        ("", "2013-01-01", "statushouder"),
        ("", "", "onbekend"),
    ],
)
def test_cohort_follows_settlement_then_permit_else_unknown(
    tmp_path: Path, settled: str, permit: str, cohort: str
) -> None:
    """Design §4 (cohort); domain.md §8.3, 1 and 2: 1-1-2013 belongs to the statushouders; never silently oudkomer."""
    result = evaluated(tmp_path, client(datum_vestiging=settled, datum_vergunning=permit))
    assert cohorts(result) == {cohort: 1}
    assert ("cohort_onbekend" in found(result)) == (cohort == "onbekend")


def test_cohort_border_is_a_setting(tmp_path: Path) -> None:
    """Design §4: `cohort_grens` is configurable, the day itself included."""
    people = client("1", datum_vestiging="2013-12-31"), client("2", datum_vestiging="2014-01-01")
    result = evaluated(tmp_path, *people, settings={"cohort_border": date(2014, 1, 1)})
    assert cohorts(result) == {"statushouder": 1, "oudkomer": 1}


def test_nationality_is_no_filter(tmp_path: Path) -> None:
    """domain.md §8.3, 4 and 5: naturalised people and partners who never fled belong to a cohort."""
    with (tmp_path / "2019-Q4 clienten.csv").open("w", encoding="utf-8") as file:
        file.write("clientnummer;uitkeringnummer;nationaliteit;datum_vestiging;begin_uitkering\n")
        file.write("1;U1;Nederlandse;2015-01-01;2016-01-01\n2;U1;Syrische;2015-01-01;2016-01-01\n")
        file.write("3;U3;;2015-01-01;2016-01-01\n")
    assert cohorts(Town(tmp_path).evaluate()) == {"statushouder": 3}


def test_a_couple_is_two_persons_and_one_party(tmp_path: Path) -> None:
    """domain.md §0, 4: bijstand is granted per household, both partners are counted as persons."""
    couple = client("1", uitkeringnummer="A"), client("2", uitkeringnummer="A", rol="partner")
    result = evaluated(tmp_path, *couple, client("3", uitkeringnummer="B"))
    assert (count(result, "personen"), count(result, "partijen")) == (3, 2)
    assert spread(result, "partijen_samenstelling") == {"alleenstaande": 1, "paar": 1}


def test_a_couple_of_two_cohorts_is_one_mixed_party(tmp_path: Path) -> None:
    """domain.md §8.3, 3: party totals per cohort do not add up, so there are none."""
    couple = client("1", uitkeringnummer="A"), client("2", uitkeringnummer="A", datum_vestiging="2009-05-01")
    result = evaluated(tmp_path, *couple)
    assert cohorts(result) == {"statushouder": 1, "oudkomer": 1}
    assert (count(result, "partijen"), count(result, "partijen_gemengd")) == (1, 1)
    assert result.published.get("partijen", "statushouder") is None


def test_a_partner_on_the_same_row_is_a_second_person(tmp_path: Path) -> None:
    """Design §4: columns partner_… on the same row are two persons, in one row of data."""
    with (tmp_path / "2019-Q4 clienten.csv").open("w", encoding="utf-8") as file:
        file.write("clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering;")
        file.write("partner_clientnummer;partner_datum_vestiging\n")
        file.write("1;A;2015-01-01;2016-01-01;2;2010-01-01\n3;B;2015-01-01;2016-01-01;;\n")
    result = Town(tmp_path).evaluate()
    assert cohorts(result) == {"statushouder": 2, "oudkomer": 1}
    assert (count(result, "partijen"), [(row.seen, row.used) for row in result.rows]) == (2, [(2, 2)])


@pytest.mark.parametrize(
    ("begin", "end", "in_period"),
    [
        ("2019-12-31", "", True),
        ("2020-01-01", "", False),
        ("2016-01-01", "2018-12-31", False),
        ("2016-01-01", "2019-01-01", True),
        ("2016-01-01", "2019-12-31", True),
        ("2016-01-01", "2020-01-01", True),
        ("2019-05-01", "2019-05-02", True),
    ],
)
def test_personen_had_bijstand_at_some_time_in_the_period(
    tmp_path: Path, begin: str, end: str, in_period: bool
) -> None:
    """Issue 2 ('ever in bijstand in the period'); domain.md §8.3, 6. Both days of the period belong to it."""
    person = client(begin_uitkering=begin, eind_uitkering=end, reden_einde="98" if end else "")
    assert count(evaluated(tmp_path, person), "personen") == int(in_period)


@pytest.mark.parametrize(
    ("end", "running"), [("", 1), ("2020-01-01", 1), ("2019-12-31", 0), ("2019-12-30", 0)]
)  # fmt: skip
def test_bijstand_that_ends_on_the_peildatum_does_not_run_on_it(tmp_path: Path, end: str, running: int) -> None:
    """domain.md §1.3: something runs when `begin <= peil` and (`eind` empty or `eind > peil`)."""
    result = evaluated(tmp_path, client(eind_uitkering=end, reden_einde="98" if end else ""))
    assert (count(result, "in_bijstand"), count(result, "uitgestroomd")) == (running, 1 - running)


def test_period_without_settings_runs_from_the_first_quarter_to_the_last_peildatum(tmp_path: Path) -> None:
    """Design §4: the peildatum of a delivery comes from its name; the default period covers the deliveries."""
    town = Town(tmp_path, settings={}).deliver("2019-Q2", [client()]).deliver("2019-Q3", [client(trede="2")])
    period = town.evaluate().period
    assert (period.start, period.end, period.reference) == (date(2019, 4, 1), date(2019, 9, 30), date(2019, 9, 30))


def test_a_period_beyond_the_last_delivery_tells_the_state_of_that_delivery(tmp_path: Path) -> None:
    """domain.md §8.3, 15: the peildatum is stated, and never later than what was delivered."""
    result = Town(tmp_path).deliver("2019-Q3", [client()]).evaluate()
    assert (result.period.end, result.period.reference) == (date(2019, 12, 31), date(2019, 9, 30))
    assert "periode_na_levering" in found(result)


def test_a_missing_quarter_is_a_finding_and_nothing_is_filled_in(tmp_path: Path) -> None:
    """Design §4: deliveries are quarters; a gap between two of them is told by name."""
    town = Town(tmp_path).deliver("2019-Q1", [client()]).deliver("2019-Q4", [client(trede="2")])
    result = town.evaluate()
    assert places(result, "kwartaal_ontbreekt") == [("2019-Q2", None, None), ("2019-Q3", None, None)]
    assert spread(result, "bijstand_per_peildatum") == {"2019-03-31": 1, "2019-12-31": 1}


def test_someone_with_two_uitkeringen_is_one_person(tmp_path: Path) -> None:
    """Design §4: a person is one clientnummer over all deliveries."""
    first = client(uitkeringnummer="A", **left("02", "2019-02-01"))
    result = evaluated(tmp_path, first, client(uitkeringnummer="B", begin_uitkering="2019-02-01"))
    assert (count(result, "personen"), count(result, "in_bijstand")) == (1, 1)


@pytest.mark.parametrize(("day", "spoken"), [("2018-12-31", 0), ("2019-01-01", 1), ("2019-12-31", 1), ("", 0)])
def test_gesproken_is_a_conversation_in_the_period(tmp_path: Path, day: str, spoken: int) -> None:
    """Issue 2, indicator gesproken; domain.md §8.3, 17: the coverage claim needs a field."""
    assert count(evaluated(tmp_path, client(datum_gesprek=day)), "gesproken") == spoken


@pytest.mark.parametrize(("birth", "adult"), [("2001-12-31", 1), ("2002-01-01", 0), ("", 0)])
def test_volwassen_is_18_on_the_peildatum(tmp_path: Path, birth: str, adult: int) -> None:
    """domain.md §8.3, 14: the birthday itself counts; without date of birth nobody is assumed an adult."""
    assert count(evaluated(tmp_path, client(geboortedatum=birth)), "volwassenen") == adult


def test_taalmaatje_is_a_part_of_the_adults_of_the_same_cohort(tmp_path: Path) -> None:
    """Issue 2 (155 of 199); domain.md §8.3, 14: the denominator is the adult statushouders."""
    result = evaluated(
        tmp_path,
        client("1", taalmaatje="ja"),
        client("2"),
        client("3", taalmaatje="ja", geboortedatum="2005-01-01"),
        client("4", taalmaatje="ja", datum_vestiging="2010-01-01"),
    )
    assert (count(result, "taalmaatje", "statushouder"), base(result, "taalmaatje", "statushouder")) == (1, 2)
    assert (count(result, "taalmaatje", "oudkomer"), base(result, "taalmaatje", "oudkomer")) == (1, 1)


def test_percentages_are_rounded_half_up(tmp_path: Path) -> None:
    """Design §4: 1 of 8 is 12,5 and becomes 13."""
    people = [client(str(number), zorg_en_rust="ja" if number == 1 else "nee") for number in range(1, 9)]
    figure = evaluated(tmp_path, *people).published.get("zorg_en_rust")
    assert figure is not None and figure.percentage == 13


def test_bijstand_that_has_not_begun_is_no_outflow(tmp_path: Path) -> None:
    """Definition of uitgestroomd: 'van wie de bijstand in de periode is gestopt'."""
    town = Town(tmp_path).deliver("2019-Q3", [client("1"), client("2", begin_uitkering="2019-10-15")])
    assert count(town.evaluate(), "uitgestroomd") == 0


@pytest.mark.parametrize(("later", "spoken"), [("2019-11-01", 1), ("", 0), ("2018-05-31", 0)])
def test_a_conversation_in_the_period_counts_when_a_later_one_took_its_place(
    tmp_path: Path, later: str, spoken: int
) -> None:
    """Indicator gesproken: an export holds the last conversation only. A day that was taken back does not count."""
    town = Town(tmp_path).deliver("2018-Q4", [client(datum_gesprek="2018-11-01")])
    town = town.deliver("2019-Q4", [client(datum_gesprek=later)])
    found = town.evaluate(start=date(2018, 6, 1), end=date(2018, 12, 31))
    assert count(found, "gesproken") == spoken
