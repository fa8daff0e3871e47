"""The declared worklists, and who is on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from integratie_eval.classified import classified
from integratie_eval.conditions import condition_problems
from integratie_eval.definitions import load_definitions
from integratie_eval.errors import InputError, UsageError
from integratie_eval.query import questions_to
from integratie_eval.worklist import Worklist, chosen_worklists, load_worklists, people_on
from tests.helpers import clienten, plaatsingen, trajecten, write_csv, write_xlsx

LISTS = load_worklists()
DEFINITIONS = load_definitions()

SPOKEN = {"datum_gesprek": date(2019, 11, 4)}
PEOPLE = clienten(
    SPOKEN,  # 0001: spoken to, no traject, statushouder without taalmaatje
    {"datum_gesprek": None, "taalmaatje": "ja"},
    {**SPOKEN, "trede": None, "datum_trede": None, "datum_vestiging": date(2005, 1, 1)},
    {**SPOKEN, "datum_trede": date(2018, 12, 31), "zorg_en_rust": "ja"},
    {"eind_uitkering": date(2019, 11, 1), "reden_einde": "11", "datum_gesprek": None},
    {**SPOKEN, "datum_vestiging": None},
    {**SPOKEN, "datum_vestiging": date(2005, 1, 1)},  # 0007 has a job beside bijstand, and no other sign of it
)
ON_THE_LIST = {
    "zonder-gesprek": ["0002"],
    "zonder-traject": ["0002", "0003", "0006"],
    "zonder-trede": ["0003"],
    "trede-verouderd": ["0004"],
    "trede-wijkt-af": ["0002", "0007"],
    "zonder-taalmaatje": ["0001", "0004"],
    "groep-onbekend": ["0006"],
    "teruggekomen": [],
    "verdwenen": [],
}


@pytest.mark.parametrize("item", LISTS.values(), ids=lambda item: item.id)
def test_a_worklist_is_one_condition_over_a_view_of_persons(item: Worklist) -> None:
    columns = DEFINITIONS.views[item.view].columns
    assert condition_problems(item.condition, columns) == []
    assert "clientnummer" in columns
    assert item.title and item.reason.endswith(".") and "'" not in item.reason
    for need in (name for either in item.needs for name in either.split("|")):
        table, _, column = need.partition(".")
        assert not column or column in DEFINITIONS.tables[table].columns


@pytest.mark.parametrize("kind", ON_THE_LIST)
def test_who_is_on_the_list(tmp_path: Path, kind: str) -> None:
    jobs = plaatsingen({"clientnummer": "0007", "begin": date(2019, 6, 1)})
    sheets = {"Cliënten": PEOPLE, "Trajecten": trajecten({"clientnummer": "0001"}), "Plaatsingen": jobs}
    questions = questions_to(classified(write_xlsx(tmp_path / "2019-Q4.xlsx", sheets)))
    rows = list(people_on(questions, chosen_worklists([kind], questions.exports.delivered.columns)).rows)
    assert [row[1] for row in rows] == ON_THE_LIST[kind]
    assert {(row[0], row[-1]) for row in rows} <= {(kind, LISTS[kind].reason)}


def test_a_list_that_cannot_be_made_is_refused_when_asked_and_left_out_otherwise(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "2019-Q4.csv", clienten({}))
    delivered = classified(path).delivered.columns
    with pytest.raises(InputError, match="trajecten is niet geleverd"):
        chosen_worklists(["zonder-traject"], delivered)
    assert "zonder-traject" not in [item.id for item in chosen_worklists([], delivered)]
    assert "zonder-gesprek" in [item.id for item in chosen_worklists([], delivered)]


def test_an_eindstatus_that_stands_on_what_was_not_delivered_is_empty(tmp_path: Path) -> None:
    """Without trajecten everybody would be 'nog geen traject'."""
    alone = classified(write_csv(tmp_path / "2019-Q4.csv", clienten({"datum_gesprek": None})))
    (row,) = people_on(questions_to(alone), [LISTS["zonder-gesprek"]]).rows
    assert (row[1], row[-2]) == ("0001", None)


def test_an_unknown_list_is_refused_with_what_looks_like_it() -> None:
    with pytest.raises(UsageError) as refused:
        chosen_worklists(["zonder_gesprk"], frozenset())
    assert refused.value.remedy == "Bedoelt u zonder-gesprek?"


def test_the_list_of_one_klantmanager(tmp_path: Path) -> None:
    """Written in more than one way, and with a quote; in the newest delivery someone has another klantmanager."""
    people = [{"datum_gesprek": None, "klantmanager": name} for name in ("K. d'Hond", "k. D'HOND ", "Anders", None)]
    write_csv(tmp_path / "2019-Q3.csv", clienten(*people))
    moved = [*people[:1], {**people[1], "klantmanager": "Anders"}, *people[2:]]
    path = write_csv(tmp_path / "2019-Q4.csv", clienten(*moved))
    lists = [LISTS["zonder-gesprek"]]

    def of(klantmanager: str | None, *paths: Path) -> list[tuple[object, object]]:
        answer = people_on(questions_to(classified(paths)), lists, klantmanager)
        where = answer.columns.index("klantmanager")
        return [(row[answer.columns.index("clientnummer")], row[where]) for row in answer.rows]

    assert of("k d'hond", tmp_path / "2019-Q3.csv") == [("0001", "K. d'Hond"), ("0002", "k. D'HOND")]
    assert of("K. d'Hond", path, tmp_path / "2019-Q3.csv") == [("0001", "K. d'Hond")]
    assert of(None, path) == [("0001", "K. d'Hond"), ("0002", "Anders"), ("0003", "Anders"), ("0004", None)]


def test_codes_that_differ_in_a_sign_are_two_klantmanagers(tmp_path: Path) -> None:
    people = [{"datum_gesprek": None, "klantmanager": code} for code in ("11", "1-1")]
    path = write_csv(tmp_path / "2019-Q4.csv", clienten(*people))
    for code, client in (("11", "0001"), ("1-1", "0002")):
        answer = people_on(questions_to(classified(path)), [LISTS["zonder-gesprek"]], code)
        assert [row[answer.columns.index("clientnummer")] for row in answer.rows] == [client]


def test_a_klantmanager_that_is_not_there(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "2019-Q4.csv", clienten({"klantmanager": "Anders"}))
    with pytest.raises(UsageError, match="Niemand heeft Onbekend als klantmanager"):
        people_on(questions_to(classified(path)), [LISTS["zonder-gesprek"]], "Onbekend")
    path = write_csv(tmp_path / "2019-Q3.csv", clienten({}))
    with pytest.raises(InputError, match=r"clienten\.klantmanager is niet geleverd"):
        people_on(questions_to(classified(path)), [LISTS["zonder-gesprek"]], "Anders")


def test_a_rung_is_compared_with_facts_only_when_those_were_delivered(tmp_path: Path) -> None:
    delivered = classified(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": PEOPLE, "Trajecten": trajecten({})}))
    assert "trede-wijkt-af" not in [item.id for item in chosen_worklists([], delivered.delivered.columns)]
