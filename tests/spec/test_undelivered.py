"""What answers may say nothing about. Source: handleiding, 'Niet geleverd is niet nul'."""

from __future__ import annotations

from pathlib import Path

from integratie_eval.query import Questions, questions_to
from integratie_eval.resources import sample_folder
from integratie_eval.undelivered import in_words, undelivered
from tests.helpers import Rows, clienten, uncounted, write_csv, write_xlsx

NOT_IN_THE_SAMPLE = {
    "inburgering_status", "datum_inburgeringsplicht", "datum_brede_intake", "datum_pip", "datum_pvt", "datum_map",
    "ontheffing_arbeidsplicht", "financieel_ontzorgen", "plichtig", "intake_gestart", "termijn_intake",
    "dagen_tot_intake", "pip_verwacht", "pip_op_tijd", "pvt_getekend", "map_afgerond",
}  # fmt: skip


MINIMAL: Rows = [
    ["clientnummer", "uitkeringnummer", "datum_vestiging", "begin_uitkering"],
    ["1", "A", "2015-01-01", "2016-01-01"],
    ["2", "B", "2010-01-01", "2016-01-01"],
]


def all_undelivered(questions: Questions) -> dict[str, set[str]]:
    """Table or view → its columns (or its own name) that stand on what was not delivered."""
    exports = questions.exports
    found = {
        name: set(undelivered(exports.definitions, exports.delivered.columns, name, columns))
        for name, columns in questions.tables.items()
    }
    return {name: lacking for name, lacking in found.items() if lacking}


def test_of_the_sample_only_what_it_does_not_hold() -> None:
    found = all_undelivered(questions_to(uncounted(sample_folder())))
    assert set(found) == {"clienten", "inburgering", "meedoen"}
    assert set().union(*found.values()) == NOT_IN_THE_SAMPLE


def test_of_a_minimal_export_whole_views(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "2019-Q4 clienten.csv", MINIMAL)
    found = all_undelivered(questions_to(uncounted(path)))
    whole = {name for name, lacking in found.items() if name in lacking}
    assert {"trajecten", "plaatsingen", "metingen", "deelnames", "werk", "ladder", "tijd_tot_werk"} <= whole
    assert {"taalmaatje", "eindstatus", "met_traject", "trede", "leeftijd", "gesproken"} <= found["personen"]
    assert not {"cohort", "clientnummer", "begin_uitkering", "in_bijstand", "datum_vestiging"} & found["personen"]
    assert "standen" not in found and "peildatum" not in set().union(*found.values())


def test_people_who_settled_told_one_by_one_give_numbers_per_year(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Cliënten": clienten({}), "Vestigingen": [["datum vestiging"], ["2018-03-01"]]}
    questions = questions_to(uncounted(write_xlsx(tmp_path / "2019-Q4.xlsx", sheets)))
    assert questions.undelivered("SELECT jaar, aantal FROM vestiging_per_jaar") == {}
    assert set(questions.undelivered("SELECT jaar FROM vestigingen")) == {"jaar"}


def test_a_text_in_the_question_is_no_column() -> None:
    questions = questions_to(uncounted(sample_folder()))
    assert questions.undelivered("SELECT count(*) FROM clienten WHERE rol = 'ontheffing_arbeidsplicht'") == {}
    assert set(questions.undelivered("SELECT ontheffing_arbeidsplicht, 'x' FROM clienten")) == {
        "ontheffing_arbeidsplicht"
    }


def test_apostrophes_in_names_and_comments_hide_nothing() -> None:
    questions = questions_to(uncounted(sample_folder()))
    sql = """SELECT count(*) AS "foto's", count(ontheffing_arbeidsplicht) AS n -- zo'n
        FROM clienten /* geen 'trede' */ WHERE rol <> 'x'"""
    assert set(questions.undelivered(sql)) == {"ontheffing_arbeidsplicht"}


def test_the_verb_agrees() -> None:
    assert in_words(["metingen|clienten.trede"]) == "metingen of clienten.trede is niet geleverd"
    assert in_words(["trajecten", "plaatsingen"]) == "trajecten en plaatsingen zijn niet geleverd"
