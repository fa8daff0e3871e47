"""Several deliveries of the same people: the newest that names a thing wins, column by column."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from integratie_eval.evaluation import Evaluation, evaluate
from integratie_eval.sample.deliveries import deliver
from integratie_eval.sample.population import generate
from integratie_eval.settings import Settings
from tests.helpers import write_csv
from tests.spec.test_sample_figures import Dossier, eindstatus, from_deliveries
from tests.spec.town import Row, Town, client, count, found, job, left, measurement, places, spread, traject

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
SAMPLE_PERIOD = Settings(start=date(2017, 6, 1), end=date(2019, 12, 31))


def test_the_newest_delivery_that_names_the_person_wins(tmp_path: Path) -> None:
    """Design §4: one person over all deliveries; the newest wins."""
    town = Town(tmp_path).deliver("2019-Q3", [client(taalmaatje="ja", zorg_en_rust="ja", inkomsten_arbeid="ja")])
    result = town.deliver("2019-Q4", [client()]).evaluate()
    facts = ("personen", "taalmaatje", "zorg_en_rust", "parttime_werk")
    assert [count(result, fact) for fact in facts] == [1, 0, 0, 0]


def test_the_order_of_files_is_the_peildatum_and_not_the_name(tmp_path: Path) -> None:
    """Design §4: the peildatum of a delivery decides which is newest."""
    town = Town(tmp_path).deliver("z 2019-Q3", [client(taalmaatje="ja")])
    assert count(town.deliver("a 2019-Q4", [client(taalmaatje="nee")]).evaluate(), "taalmaatje") == 0


def test_a_column_that_the_newest_delivery_lacks_keeps_its_older_values(tmp_path: Path) -> None:
    """Design §4: 'the newest delivery that names the person wins, per column'."""
    town = Town(tmp_path).deliver("2019-Q3", [client("1", taalmaatje="ja"), client("2", taalmaatje="nee")])
    town.deliver("2019-Q4", [client("1"), client("2")], "taalmaatje")
    assert count(town.evaluate(), "taalmaatje") == 1


def test_an_empty_cell_of_the_newest_delivery_wins(tmp_path: Path) -> None:
    """Design §4: a delivered column tells the state of now, also when that is empty."""
    town = Town(tmp_path).deliver("2019-Q3", [client(taalmaatje="ja", trede=4, datum_trede="2019-05-01")])
    town.deliver("2019-Q4", [client(taalmaatje="", trede="", datum_trede="")])
    result = town.evaluate()
    assert (count(result, "taalmaatje"), spread(result, "trede")) == (0, {"onbekend": 1})


def test_facts_of_a_person_hold_for_all_periods_of_that_person(tmp_path: Path) -> None:
    """columns.toml, per = 'persoon': a later settlement date moves the person, not half of it."""
    first = client(uitkeringnummer="A", datum_vestiging="2010-01-01", **left("32", "2019-05-01"))
    town = Town(tmp_path).deliver("2019-Q3", [first])
    second = client(uitkeringnummer="B", datum_vestiging="2014-01-01", begin_uitkering="2019-11-01")
    result = town.deliver("2019-Q4", [second]).evaluate()
    assert (count(result, "personen", "statushouder"), count(result, "personen", "oudkomer")) == (1, 0)


@pytest.mark.parametrize(("old", "new"), [("2016-02-01", "2016-01-01"), ("2016-01-01", "2016-02-01")])
def test_a_corrected_begin_gives_no_second_period(tmp_path: Path, old: str, new: str) -> None:
    """Design §4: the older version of one period is not a period of its own."""
    town = Town(tmp_path).deliver("2019-Q3", [client(begin_uitkering=old)])
    result = town.deliver("2019-Q4", [client(begin_uitkering=new, **left("11", "2019-11-01"))]).evaluate()
    assert len(result.frame("uitkeringsperioden")) == 1
    assert count(result, "uitstroom_werk") == 1


def test_re_entry_on_the_same_number_is_a_second_period(tmp_path: Path) -> None:
    """Design §4 (one row per person per benefit period): left for work and back on the same uitkeringnummer."""
    town = Town(tmp_path).deliver("2019-Q2", [client(**left("11", "2019-05-01"))])
    result = town.deliver("2019-Q4", [client(begin_uitkering="2019-10-15")]).evaluate()
    assert (count(result, "personen"), count(result, "partijen"), count(result, "teruggekomen")) == (1, 1, 1)
    assert len(result.frame("uitkeringsperioden")) == 2


def test_a_corrected_begin_of_a_period_that_has_ended_gives_no_second_period(tmp_path: Path) -> None:
    """Design §4: also when both versions tell the same end."""
    town = Town(tmp_path).deliver("2019-Q3", [client(begin_uitkering="2016-01-01", **left("11", "2019-08-01"))])
    town.deliver("2019-Q4", [client(begin_uitkering="2016-02-01", **left("11", "2019-08-01"))])
    assert len(town.evaluate().frame("uitkeringsperioden")) == 1


def test_away_for_a_quarter_and_back_on_the_same_number_is_a_second_period(tmp_path: Path) -> None:
    """Design §4: the first period was open and vanished; the second begins after it was last seen."""
    town = Town(tmp_path).deliver("2019-Q1", [client("1"), client("2")])
    town.deliver("2019-Q2", [client("2")])
    town.deliver("2019-Q3", [client("1", begin_uitkering="2019-08-01"), client("2")])
    result = town.evaluate()
    assert len(result.frame("uitkeringsperioden")) == 3
    assert spread(result, "bijstand_per_peildatum") == {"2019-03-31": 2, "2019-06-30": 1, "2019-09-30": 2}


def test_vanished_with_a_reason_but_without_an_end_is_uitgestroomd_overig(tmp_path: Path) -> None:
    """Rule verdwenen_zonder_einde: 'De persoon telt als uitgestroomd om een andere reden.'"""
    town = Town(tmp_path).deliver("2019-Q3", [client("1"), client("2", reden_einde="11")], trajecten=[])
    result = town.deliver("2019-Q4", [client("1", trede=2)]).evaluate()
    assert "verdwenen_zonder_einde" in found(result)
    assert (count(result, "uitstroom_werk"), count(result, "uitgestroomd")) == (0, 1)


def test_vanished_without_an_end_is_uitgestroomd_overig_with_a_finding(tmp_path: Path) -> None:
    """Rule verdwenen_zonder_einde: never silently still in bijstand, never work."""
    town = Town(tmp_path).deliver("2019-Q3", [client("1"), client("2")], trajecten=[], plaatsingen=[])
    result = town.deliver("2019-Q4", [client("1", trede=2)]).evaluate()
    assert spread(result, "eindstatus") == {"uitgestroomd overig": 1, "nog geen traject": 1}
    assert places(result, "verdwenen_zonder_einde") == [("2019-Q3 clienten.csv", 3, "H")]


def test_vanished_with_an_end_is_no_finding(tmp_path: Path) -> None:
    """Design §4: an export may hold only the people of that moment and those who left in it."""
    town = Town(tmp_path).deliver("2019-Q3", [client("1"), client("2", **left("11", "2019-08-01"))])
    result = town.deliver("2019-Q4", [client("1", trede=2)]).evaluate()
    assert (count(result, "uitstroom_werk"), found(result)) == (1, ["trede_zonder_datum"])


def test_a_traject_that_vanished_no_longer_runs(tmp_path: Path) -> None:
    """Merge: a row without an end that the newest delivery of its table no longer holds has ended."""
    first = [traject("vrijwilligerswerk"), traject("taal", "2")]
    town = Town(tmp_path).deliver("2019-Q3", [client("1"), client("2")], trajecten=first)
    town.deliver("2019-Q4", [client("1", trede=2), client("2")], trajecten=first[1:])
    assert count(town.evaluate(), "vrijwilligerswerk") == 0


def test_a_traject_that_vanished_from_a_table_without_rows_no_longer_runs(tmp_path: Path) -> None:
    """Merge: the same rule when nobody follows a traject any more (only the header is delivered)."""
    town = Town(tmp_path).deliver("2019-Q3", [client()], trajecten=[traject("vrijwilligerswerk")])
    town.deliver("2019-Q4", [client(trede=2)], trajecten=[])
    assert count(town.evaluate(), "vrijwilligerswerk") == 0


def test_two_quarters_in_which_nothing_changed_are_two_deliveries(tmp_path: Path) -> None:
    """Design §4: a delivery has its own peildatum; only a copy of the same delivery is a double file."""
    result = Town(tmp_path).deliver("2019-Q3", [client()]).deliver("2019-Q4", [client()]).evaluate()
    assert result.period.reference == date(2019, 12, 31)
    assert spread(result, "bijstand_per_peildatum") == {"2019-09-30": 1, "2019-12-31": 1}


def test_a_copy_of_a_delivery_counts_once_with_a_finding(tmp_path: Path) -> None:
    """Rule bestand_dubbel."""
    town = Town(tmp_path).deliver("2019-Q4", [client()]).deliver("2019-Q4 kopie", [client()])
    result = town.evaluate()
    assert (count(result, "personen"), found(result)) == (1, ["bestand_dubbel"])


def test_someone_who_vanishes_after_the_period_had_bijstand_on_its_last_day(tmp_path: Path) -> None:
    """Design §4 and domain.md §1.3: the state on the peildatum of the report, told by the delivery of that day."""
    town = Town(tmp_path).deliver("2019-Q4", [client("1"), client("2")])
    assert count(town.deliver("2020-Q1", [client("1", trede=2)]).evaluate(), "in_bijstand") == 2


def test_the_job_of_someone_who_left_for_work_still_runs(tmp_path: Path) -> None:
    """Design §4: an export of that moment and one of everyone since the start give the same figures."""
    town = Town(tmp_path)
    gone = client("2", **left("11", "2019-08-01"))
    town.deliver("2019-Q3", [client("1"), gone], trajecten=[], plaatsingen=[job("1"), job("2", "2019-08-01")])
    town.deliver("2019-Q4", [client("1", trede=2)], trajecten=[], plaatsingen=[job("1")])
    assert spread(town.evaluate(), "trede_afgeleid") == {"5": 1, "6": 1}


# --- the sample: last quarter, all quarters, shuffled ---


@pytest.fixture(scope="module")
def all_quarters() -> Evaluation:
    return evaluate(SAMPLE, SAMPLE_PERIOD)


def by_status(people: Iterable[Dossier]) -> Counter[tuple[str, str]]:
    return Counter((person.cohort, eindstatus(person)) for person in people if person.in_period())


def published_statuses(result: Evaluation) -> Counter[tuple[str, str]]:
    rows = [figure for figure in result.figures if figure.indicator == "eindstatus"]
    return +Counter({(f.cohort.value, f.category or ""): f.count for f in rows if f.cohort.value != "totaal"})


def test_all_quarters_tell_the_figures_of_the_issue(all_quarters: Evaluation) -> None:
    """Issue 2: 'reading all quarters must behave as design §4 says'."""
    town = generate()
    expected = by_status(from_deliveries(deliver(town, quarter) for quarter in town.quarters).values())
    assert published_statuses(all_quarters) == expected
    assert sum(expected.values()) == 293


def test_only_the_last_quarter_tells_of_the_people_in_it() -> None:
    """Issue 2, 'only the last quarter': those in bijstand then and those who left in it; nobody is invented."""
    town = generate()
    expected = by_status(from_deliveries([deliver(town, town.quarters[-1])]).values())
    result = evaluate(SAMPLE / "bijstand 2019-Q4.xlsx", SAMPLE_PERIOD)
    assert published_statuses(result) == expected
    assert count(result, "in_bijstand") == 176


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_deliveries_tell_the_same(all_quarters: Evaluation, seed: int) -> None:
    """Issue 2: 'all quarters in shuffled order'."""
    files = sorted(str(path) for path in SAMPLE.iterdir() if path.suffix in {".xlsx", ".ods", ".csv"})
    random.Random(seed).shuffle(files)
    result = evaluate(files, SAMPLE_PERIOD)
    assert result.published == all_quarters.published
    assert (result.findings, result.rows) == (all_quarters.findings, all_quarters.rows)


@pytest.fixture(scope="module")
def whole_history(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """One delivery of 2019-Q4 that holds everyone since the start."""
    town = generate()
    deliveries = [deliver(town, quarter) for quarter in town.quarters]
    people = from_deliveries(deliveries)
    clienten: list[Row] = []
    tables: dict[str, list[Row]] = {"trajecten": [], "plaatsingen": [], "metingen": []}
    for number, person in people.items():
        facts = {
            "uitkeringnummer": person.party,
            "geboortedatum": person.birth,
            "datum_vestiging": person.settled,
            "inkomsten_arbeid": "ja" if person.income else "nee",
            "zorg_en_rust": "ja" if person.care else "nee",
            "taalmaatje": "ja" if person.buddy else "nee",
            "datum_gesprek": max(person.talks, default=""),
            "leerroute": person.route or "",
            "taalniveau": person.level or "",
        }
        clienten += [
            client(number, begin_uitkering=b.begin, eind_uitkering=b.eind or "", reden_einde=b.reden or "", **facts)
            for b in person.bijstand
        ]
        tables["trajecten"] += [
            traject(
                t.soort,
                number,
                t.begin.isoformat(),
                eind=t.eind or "",
                reden_einde=t.reden or "",
                aanbieder=t.aanbieder,
            )
            for t in person.trajecten
        ]
        tables["plaatsingen"] += [
            job(number, j.begin.isoformat(), eind=j.eind or "", jobcoach="ja" if j.jobcoach else "nee")
            for j in person.jobs
        ]
    tables["metingen"] = [
        measurement(m.trede, m.datum.isoformat(), m.clientnummer, groeipotentieel=m.groeipotentieel or "")
        for delivery in deliveries
        for m in delivery.metingen
    ]
    settings = {"start": SAMPLE_PERIOD.start, "end": SAMPLE_PERIOD.end}
    folder = tmp_path_factory.mktemp("historie")
    return Town(folder, settings).deliver("2019-Q4", clienten, NOT_IN_THE_SAMPLE, **tables).evaluate()


# A quarter tells its own peildatum; vestigingen and bijeenkomsten are not in the one file; trede_afgeleid: see below.
# The hours of a job stand in some exports of the sample only.
NOT_IN_THE_SAMPLE = (
    "inburgering_status datum_inburgeringsplicht datum_brede_intake datum_pip datum_pvt datum_map "
    "financieel_ontzorgen ontheffing_arbeidsplicht"
)
SEVERAL = {"bijstand_per_peildatum", "vestigingen", "bijeenkomsten", "trede_afgeleid", "werkend_uren",
           "taakstelling", "taakstelling_gehaald"}  # fmt: skip


def test_the_whole_history_in_one_delivery_tells_the_same(all_quarters: Evaluation, whole_history: Evaluation) -> None:
    """Design §4: 'An export may hold only the people of that moment or everyone since the start; same figures'."""
    expected = [row for row in all_quarters.published.rows if row.indicator not in SEVERAL]
    assert [row for row in whole_history.published.rows if row.indicator not in SEVERAL] == expected
    assert len({row.indicator for row in expected}) > 20


def test_the_whole_history_tells_the_same_derived_rungs(all_quarters: Evaluation, whole_history: Evaluation) -> None:
    """Design §4, for the rung that follows from the facts."""
    assert spread(whole_history, "trede_afgeleid") == spread(all_quarters, "trede_afgeleid")


def test_a_partner_on_the_row_of_who_found_work_did_not_find_work(tmp_path: Path) -> None:
    """domain.md §0, 5: the partner leaves with 97."""
    head = ["clientnummer", "clientnummer partner", "uitkeringnummer", "datum_vestiging", "begin_uitkering",
            "eind_uitkering", "reden_einde"]  # fmt: skip
    row = ["0001", "0002", "U1", "2016-01-01", "2017-01-01", "2019-11-01", "11"]
    write_csv(tmp_path / "2019-Q4.csv", [head, row])
    result = evaluate(tmp_path, Settings(start=date(2019, 1, 1)))
    assert count(result, "uitstroom_werk") == 1
    assert spread(result, "uitstroom_reden") == {"betaald werk": 1, "partner": 1}


def test_a_partner_with_a_reason_of_his_own_keeps_it(tmp_path: Path) -> None:
    head = ["clientnummer", "clientnummer partner", "uitkeringnummer", "datum_vestiging", "begin_uitkering",
            "eind_uitkering", "reden_einde", "reden_einde partner"]  # fmt: skip
    row = ["0001", "0002", "U1", "2016-01-01", "2017-01-01", "2019-11-01", "11", "13"]
    write_csv(tmp_path / "2019-Q4.csv", [head, row])
    assert count(evaluate(tmp_path, Settings(start=date(2019, 1, 1))), "uitstroom_werk") == 2


@pytest.mark.parametrize(("sizes", "held"), [(["5", "8"], 2), (["5", "5"], 1)])
def test_two_meetings_of_one_day_are_two_unless_they_are_equal(tmp_path: Path, sizes: list[str], held: int) -> None:
    meetings = [{"aanbieder": "Alfa", "datum": "2019-11-01", "aantal_deelnemers": size} for size in sizes]
    town = Town(tmp_path).deliver("2019-Q3", [client("1")]).deliver("2019-Q4", [client("1")], bijeenkomsten=meetings)
    assert count(town.evaluate(), "bijeenkomsten", category="Alfa") == held


def test_a_meeting_of_two_deliveries_is_one(tmp_path: Path) -> None:
    meeting = {"aanbieder": "Alfa", "datum": "2019-08-01"}
    town = Town(tmp_path).deliver("2019-Q3", [client("1")], bijeenkomsten=[meeting | {"aantal_deelnemers": "5"}])
    town.deliver("2019-Q4", [client("1")], bijeenkomsten=[meeting | {"aantal_deelnemers": "6"}])
    assert count(town.evaluate(), "bijeenkomsten", category="Alfa") == 1


def test_two_meetings_keep_their_own_sizes_when_the_newest_delivery_lacks_them(tmp_path: Path) -> None:
    meeting = {"aanbieder": "Alfa", "datum": "2019-08-01"}
    town = Town(tmp_path).deliver(
        "2019-Q3", [client("1")], bijeenkomsten=[meeting | {"aantal_deelnemers": size} for size in (5, 8)]
    )
    town.deliver("2019-Q4", [client("1")], "aantal_deelnemers", bijeenkomsten=[meeting])
    assert sorted(town.evaluate().frame("bijeenkomsten")["aantal_deelnemers"]) == [5, 8]


def test_of_two_measurements_of_one_day_the_newest_delivery_tells_the_groeipotentieel(tmp_path: Path) -> None:
    """The older one does not name the scale, so it is another measurement; both are on the same rung."""
    day = {"trede": 3, "datum": "2019-05-01"}
    town = Town(tmp_path).deliver(
        "2019-Q3", [client("1")], "schaal", metingen=[{"clientnummer": "1", **day, "groeipotentieel": 3}]
    )
    town.deliver(
        "2019-Q4", [client("1")], metingen=[{"clientnummer": "1", "schaal": "ladder", **day, "groeipotentieel": 5}]
    )
    assert list(town.evaluate().frame("personen")["groeipotentieel"]) == [5]


def test_a_number_with_a_point_for_the_thousands_is_the_same_number(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q3", [client("12.345"), client("12.346")])
    result = town.deliver(
        "2019-Q4", [client("12345", uitkeringnummer="U12.345"), client("12346", uitkeringnummer="U12.346")]
    ).evaluate()
    assert count(result, "personen") == 2
    assert "nummer_schrijfwijze" in found(result)
