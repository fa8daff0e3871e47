"""A BSN that is the only key never gets past the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from integratie_eval.errors import InputError
from integratie_eval.read.identity import KEY_VARIABLE, pseudonym
from tests.helpers import Cell, clienten, evaluated, headed, rules, trajecten, write_xlsx

KEY = b"een sleutel van de test"
OTHER = b"een andere sleutel van de test"
NUMBER = "012345672"


def delivery(path: Path, *numbers: Cell) -> Path:
    persons = headed(clienten(*({"clientnummer": number} for number in numbers)), {"clientnummer": "BSN"})
    return write_xlsx(path, {"Cliënten": persons})


@pytest.fixture
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY.decode())


def test_the_same_number_and_key_give_the_same_pseudonym() -> None:
    assert pseudonym(NUMBER, KEY) == pseudonym(NUMBER, KEY)


def test_another_key_or_another_number_gives_another_pseudonym() -> None:
    assert len({pseudonym(NUMBER, KEY), pseudonym(NUMBER, OTHER), pseudonym("123456782", KEY)}) == 3


@pytest.mark.parametrize(
    "written",
    ["012345672", "12345672", "12345672.0", "0123.45.672", "0123 45 672", "'012345672", "012345672\u00a0", "12.345.672",
     "1.2345672E+07", "1,2345672E7"],
)  # fmt: skip
def test_a_number_without_its_leading_zero_or_with_points_is_the_same_number(written: str) -> None:
    assert pseudonym(written, KEY) == pseudonym(NUMBER, KEY)


@pytest.mark.parametrize(
    "written",
    ["", "onbekend", "123456", "1234567890", "-", "000000000", "0", "999999999", "99999999", "BSN 12345672", "n.v.t."],
)
def test_what_has_not_seven_to_nine_digits_has_no_pseudonym(written: str) -> None:
    assert pseudonym(written, KEY) is None


def test_a_pseudonym_does_not_show_the_number() -> None:
    shown = pseudonym(NUMBER, KEY)
    assert shown is not None
    assert shown.startswith("P") and NUMBER not in shown and len(shown) == 21


def test_without_a_key_a_delivery_with_only_a_bsn_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"2019-Q4.xlsx heeft alleen een BSN") as caught:
        evaluated(delivery(tmp_path / "2019-Q4.xlsx", NUMBER))
    assert KEY_VARIABLE in caught.value.remedy
    assert NUMBER not in str(caught.value)


def test_a_short_key_is_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "x" * 15)
    with pytest.raises(InputError, match="alleen een BSN"):
        evaluated(delivery(tmp_path / "2019-Q4.xlsx", NUMBER))


@pytest.mark.usefixtures("_key")
def test_with_a_key_no_bsn_reaches_the_tables(tmp_path: Path) -> None:
    evaluation = evaluated(delivery(tmp_path / "2019-Q4.xlsx", NUMBER, 123456782))
    expected = sorted([pseudonym(NUMBER, KEY), pseudonym("123456782", KEY)], key=str)
    assert sorted(evaluation.frame("clienten")["clientnummer"]) == expected


@pytest.mark.usefixtures("_key")
def test_a_row_without_a_possible_bsn_is_set_aside_and_never_merged_into_one_person(tmp_path: Path) -> None:
    evaluation = evaluated(delivery(tmp_path / "2019-Q4.xlsx", NUMBER, "1", "onbekend", None))
    assert [(row.seen, row.used, dict(row.set_aside)) for row in evaluation.rows] == [
        (4, 1, {"clientnummer ontbreekt": 3})
    ]


@pytest.mark.usefixtures("_key")
def test_a_bsn_links_the_tables_of_one_delivery(tmp_path: Path) -> None:
    persons = headed(clienten({"clientnummer": NUMBER}), {"clientnummer": "BSN"})
    courses = headed(trajecten({"clientnummer": 12345672}), {"clientnummer": "burgerservicenummer"})
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": persons, "Trajecten": courses}))
    assert evaluation.frame("personen")["met_traject"].tolist() == [True]


def test_with_a_clientnummer_beside_it_a_bsn_needs_no_key_and_is_not_read(tmp_path: Path) -> None:
    rows = clienten({"clientnummer": "0001", "bsn": NUMBER})
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": rows}))
    assert NUMBER not in evaluation.frame("clienten_geleverd").to_csv()


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("012345672", []),
        (12345672, ["bsn_aangevuld"]),
        (1234560, ["bsn_zeven_cijfers"]),
        ("123456789", ["bsn_onjuist"]),
        (12345678, ["bsn_onjuist"]),
    ],
)
def test_a_number_that_was_mended_or_fails_the_test_of_eleven_is_told_and_counts(
    tmp_path: Path, number: Cell, found: list[str]
) -> None:
    evaluation = evaluated(delivery(tmp_path / "2019-Q4.xlsx", number))
    assert rules(evaluation) == found
    assert [(f.place.row, f.place.column) for f in evaluation.findings] == [(2, "A")] * len(found)
    assert len(evaluation.frame("personen")) == 1


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize(
    ("number", "rule"), [("1.23457E+08", "nummer_afgerond"), ("#N/A", "cel_fout"), ("#VERW!", "cel_fout")]
)
def test_a_number_that_is_lost_is_told_as_such(tmp_path: Path, number: Cell, rule: str) -> None:
    evaluation = evaluated(delivery(tmp_path / "2019-Q4.xlsx", NUMBER, number))
    assert set(rules(evaluation)) == {"clienten_zonder_clientnummer", rule}
    assert len(evaluation.frame("personen")) == 1


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize("name", ["Jansen", "onbekend", "Totaal"])
def test_a_text_without_digits_is_no_person(tmp_path: Path, name: str) -> None:
    evaluation = evaluated(delivery(tmp_path / "2019-Q4.xlsx", NUMBER, name))
    assert len(evaluation.frame("personen")) == 1
    assert name not in evaluation.frame("clienten_geleverd")["clientnummer"].tolist()


@pytest.mark.usefixtures("_key")
def test_a_repeated_header_and_a_total_are_recognised_in_a_column_of_bsns(tmp_path: Path) -> None:
    rows = headed(clienten({"clientnummer": NUMBER}, {"clientnummer": "123456782"}), {"clientnummer": "BSN"})
    rows[2:2] = [list(rows[0])]
    rows.append(["Totaal", 2])
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": rows}))
    assert [dict(row.set_aside) for row in evaluation.rows] == [{"herhaalde kop": 1, "totaalregel": 1}]
    assert rules(evaluation) == []
