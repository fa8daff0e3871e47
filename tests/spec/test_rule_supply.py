"""What providers offer (issue 4 point 8, domain.md 4.1 indicator 22): completion, free places, and whether it fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from integratie_eval.render.markdown import render_markdown
from integratie_eval.report import Report, report_of
from integratie_eval.settings import Provider
from tests.helpers import prose
from tests.spec.town import Row, Town, base, client, count, evaluated, left, measurement, missing, spread, traject

WERKT = Provider("Werkt", offer="leren werken", for_rungs=(3, 4), places=2)
TAAL = Provider("Taal", for_rungs=(1, 2), places=5)


def on_rung(rung: int | None, number: str = "1", /, **facts: object) -> Row:
    """A client whose rung was registered in 2018."""
    return client(number, **({} if rung is None else {"trede": rung, "datum_trede": "2018-05-01"}), **facts)


def at(provider: str, number: str = "1", /, **facts: object) -> Row:
    return {**traject("taal", number), "aanbieder": provider, **facts}


def fits(folder: Path, *clienten: Row, trajecten: list[Row], providers: tuple[Provider, ...] = (WERKT, TAAL)) -> Any:
    return spread(evaluated(folder, *clienten, trajecten=trajecten, settings={"providers": providers}), "aanbod_past")


def report(folder: Path, *clienten: Row, providers: tuple[Provider, ...] = (WERKT, TAAL), **tables: Any) -> Report:
    return report_of(evaluated(folder, *clienten, settings={"providers": providers}, **tables))


def chapter(found: Report) -> str:
    return render_markdown(prose(found)).partition("### Aanbod en trede")[2].partition("\n## ")[0]


# --- fits


@pytest.mark.parametrize(
    ("rung", "told"),
    [(2, "past niet"), (3, "past"), (4, "past"), (5, "past niet"), (None, "onbekend")],
)
def test_a_traject_fits_when_it_is_meant_for_the_rung_of_the_person(tmp_path: Path, rung: int, told: str) -> None:
    assert fits(tmp_path, on_rung(rung), trajecten=[at("Werkt")]) == {told: 1}


def test_the_last_rung_on_or_before_the_peildatum_counts(tmp_path: Path) -> None:
    rungs = [measurement(3, "2019-12-31"), measurement(5, "2020-01-01")]
    result = evaluated(
        tmp_path, on_rung(2), trajecten=[at("Werkt")], metingen=rungs, settings={"providers": (WERKT, TAAL)}
    )
    assert spread(result, "aanbod_past") == {"past": 1}


@pytest.mark.parametrize(
    ("person", "course"),
    [
        pytest.param({}, {"eind": "2019-12-31"}, id="ended on the peildatum"),
        pytest.param({}, {"begin": "2020-01-01"}, id="begins after the peildatum"),
        pytest.param(left("11", "2019-12-31"), {}, id="without bijstand on the peildatum"),
        pytest.param({}, {"aanbieder": ""}, id="without a provider"),
        pytest.param({}, {"aanbieder": "Lemat"}, id="at a provider that tells no rungs"),
    ],
)
def test_only_running_trajecten_of_people_with_bijstand_are_compared(
    tmp_path: Path, person: dict[str, object], course: dict[str, object]
) -> None:
    assert fits(tmp_path, on_rung(5, **person), trajecten=[at("Werkt", **course)]) == {}


def test_a_rung_of_an_earlier_quarter_does_not_count(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q3", [on_rung(3)], trajecten=[at("Werkt")])
    risen = client(trede=5, datum_trede="2019-11-01")
    result = town.deliver("2019-Q4", [risen], trajecten=[at("Werkt")]).evaluate(providers=(WERKT, TAAL))
    assert spread(result, "aanbod_past") == {"past niet": 1}


def test_a_person_with_two_trajecten_is_one_participant_and_may_be_judged_twice(tmp_path: Path) -> None:
    courses = [at("Werkt"), at("Werkt", begin="2019-04-01"), at("Taal")]
    result = evaluated(tmp_path, on_rung(3), trajecten=courses, settings={"providers": (WERKT, TAAL)})
    assert count(result, "aanbod_deelnemers") == 1
    assert spread(result, "aanbod_past") == {"past": 1, "past niet": 1}
    assert base(result, "aanbod_past", category="past niet") == 1
    assert spread(result, "aanbod_trede") == {"3": 1}


def test_without_rungs_or_providers_in_the_exports_nothing_is_told(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q4", [client()], "trede datum_trede groeipotentieel", trajecten=[at("Werkt")])
    assert missing(town.evaluate(providers=(WERKT,)))["aanbod_past"] == ("metingen|clienten.trede",)


# --- completion


@pytest.mark.parametrize(
    ("end", "ended", "completed"),
    [
        pytest.param({"eind": "2019-06-01", "reden_einde": "1"}, 1, 1, id="completed"),
        pytest.param({"eind": "2019-06-01", "reden_einde": "2"}, 1, 0, id="stopped early"),
        pytest.param({"eind": "2019-06-01", "reden_einde": "3"}, 1, 0, id="other"),
        pytest.param({"eind": "2019-06-01"}, 0, 0, id="nobody knows why"),
        pytest.param({}, 0, 0, id="running"),
        pytest.param({"eind": "2019-12-31", "reden_einde": "1"}, 1, 1, id="ended on the peildatum"),
        pytest.param({"eind": "2020-01-01", "reden_einde": "1"}, 0, 0, id="ends after the peildatum"),
        pytest.param({"begin": "2018-01-01", "eind": "2018-12-31", "reden_einde": "1"}, 0, 0, id="before the period"),
    ],
)
def test_a_traject_is_completed_of_those_that_ended_for_a_known_reason(
    tmp_path: Path, end: dict[str, object], ended: int, completed: int
) -> None:
    result = evaluated(tmp_path, client(), trajecten=[at("Werkt", **end)], settings={"providers": (WERKT,)})
    assert count(result, "geeindigde_trajecten", category="Werkt") == ended
    assert count(result, "afgeronde_trajecten", category="Werkt") == completed
    assert base(result, "afgeronde_trajecten", category="Werkt") == ended


def test_a_provider_of_which_nobody_completed_has_a_figure_too(tmp_path: Path) -> None:
    stopped = at("Nergens genoemd", eind="2019-06-01", reden_einde="2")
    result = evaluated(tmp_path, client(), trajecten=[stopped])
    assert count(result, "afgeronde_trajecten", category="Nergens genoemd") == 0
    assert base(result, "afgeronde_trajecten", category="Nergens genoemd") == 1


# --- places


@pytest.mark.parametrize(("people", "free", "overfull"), [(0, 2, False), (1, 1, False), (2, 0, False), (3, 0, True)])
def test_free_places_are_those_without_a_participant_on_the_peildatum(
    tmp_path: Path, people: int, free: int, overfull: bool
) -> None:
    numbers = [str(number) for number in range(1, people + 1)]
    clients = [client("9"), *(on_rung(3, number) for number in numbers)]
    offer = report(tmp_path, *clients, trajecten=[at("Werkt", number) for number in numbers]).supply.offers[0]
    assert (offer.provider.name, offer.free, offer.overfull) == ("Werkt", free, overfull)


def test_a_person_without_bijstand_keeps_a_place_and_one_who_stopped_does_not(tmp_path: Path) -> None:
    clients = [client("1", **left("11")), client("2")]
    found = report(tmp_path, *clients, trajecten=[at("Werkt"), at("Werkt", "2", eind="2019-06-01")])
    assert found.supply.offers[0].free == 1


def test_the_rungs_add_up_the_free_places_of_providers_that_tell_them(tmp_path: Path) -> None:
    untold = Provider("Lemat", for_rungs=(4, 5))
    found = report(tmp_path, on_rung(3), providers=(WERKT, TAAL, untold), trajecten=[at("Werkt")])
    assert [(rung.number, rung.providers, rung.free) for rung in found.supply.rungs] == [
        (1, ("Taal",), 5),
        (2, ("Taal",), 5),
        (3, ("Werkt",), 1),
        (4, ("Werkt", "Lemat"), 1),
        (5, ("Lemat",), None),
        (6, (), None),
    ]
    assert found.supply.rungs_without_offer == [6]


def test_trajecten_that_were_not_delivered_leave_no_free_places(tmp_path: Path) -> None:
    found = report_of(Town(tmp_path).deliver("2019-Q4", [client()]).evaluate(providers=(WERKT,)))
    assert [offer.free for offer in found.supply.offers] == [None]
    assert "| Werkt | leren werken | 3, 4 | – | 2 | – | – |" in chapter(found)
    assert "Over de vraag of trajecten bij de trede passen staat hier niets" in chapter(found)


# --- the text


def test_the_rungs_of_the_people_stand_beside_the_offer(tmp_path: Path) -> None:
    text = chapter(report(tmp_path, on_rung(3), on_rung(5, "2"), trajecten=[at("Werkt"), at("Werkt", "2")]))
    assert "| Werkt | leren werken | 3, 4 | 2 | 2 | 0 | – |" in text
    assert "| 3 | Werkt | 1 | 1 | 0 |" in text
    assert "| 5 | geen aanbod | 1 | 0 | – |" in text
    assert "Voor trede 5 en 6 is geen aanbod ingevuld." in text


@pytest.mark.parametrize(
    ("rungs", "sentences"),
    [
        ((), ["Op de peildatum volgde niemand met bijstand een traject bij een aanbieder waarvan is ingevuld"]),
        (
            (3,),
            [
                "Op de peildatum volgde 1 persoon met bijstand een traject bij een aanbieder",
                "Bij 1 persoon past een traject bij de vastgelegde trede.",
                "Er is niemand bij wie een traject niet past.",
            ],
        ),
        (
            (5,),
            ["Bij niemand past een traject bij", "Bij 1 persoon past een traject niet bij de trede: een statushouder."],
        ),
        (
            (5, 6, None),
            [
                "Op de peildatum volgden 3 mensen met bijstand een traject",
                "Bij 2 mensen past een traject niet bij de trede: allemaal statushouders.",
                "Van 1 persoon is geen trede vastgelegd. Of het traject past, is dan niet te zeggen.",
            ],
        ),
        ((None, None), ["Van 2 mensen is geen trede vastgelegd."]),
    ],
)
def test_the_sentences_agree_with_their_numbers(
    tmp_path: Path, rungs: tuple[int | None, ...], sentences: list[str]
) -> None:
    numbers = [str(number) for number in range(1, len(rungs) + 1)]
    clients = [client("9"), *(on_rung(rung, number) for rung, number in zip(rungs, numbers, strict=True))]
    text = chapter(report(tmp_path, *clients, trajecten=[at("Werkt", number) for number in numbers]))
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_more_participants_than_places_is_told(tmp_path: Path) -> None:
    clients = [client(number) for number in "123"]
    found = report(tmp_path, *clients, trajecten=[at("Werkt", number) for number in "123"])
    assert "Meer deelnemers dan plaatsen: Werkt." in chapter(found)


def test_without_an_offer_one_sentence_tells_where_to_fill_it_in(tmp_path: Path) -> None:
    text = chapter(report(tmp_path, client(), providers=(Provider("Werkt", rung=3),), trajecten=[]))
    assert text.strip() == "Over het aanbod is niets ingevuld. Dat kan in de instellingen bij aanbieders."
