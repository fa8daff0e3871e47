"""The number of a person: what a spreadsheet put around it goes, and one number has one spelling everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from integratie_eval.definitions import load_definitions
from integratie_eval.read.keys import plain_key, read_key, unify_keys
from integratie_eval.read.values import Unreadable
from tests.helpers import Cell, Record, clienten, count, evaluated, headed, rules, trajecten, write_csv, write_xlsx

TABLES = load_definitions().tables


@pytest.mark.parametrize(
    "text",
    [
        "12345678", " 12345678 ", "12345678.0", "12345678,0", "12345678.00", "'12345678", "’12345678", '="12345678"',
        "12345678\u00a0", "\ufeff12345678", "12 345 678", "1234 5678", "12.345.678", "12345678_x000D_",
        "1.2345678E+07", "1,2345678E+07", "1.2345678E7", "1.2345678e+007",
    ],
)  # fmt: skip
def test_a_number_loses_what_a_spreadsheet_put_around_it(text: str) -> None:
    assert read_key(text) == "12345678"


@pytest.mark.parametrize("text", ["0012", "A-12", "A 12", "2019/0012", "12-3", "1234.567"])
def test_the_number_itself_stays_as_it_is(text: str) -> None:
    assert read_key(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "n.v.t.", "NVT", "onbekend", ".", "leeg", "nan", "None", "NULL", "0", "00000000", "0.0", "'", "???"],
)
def test_a_text_that_means_nothing_is_no_number(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize("text", ["1.23457E+08", "1,23457E+08", "1E+08", "1.2E+2", "1.23456782E+07", "12E+07"])
def test_a_number_that_was_rounded_is_lost(text: str) -> None:
    with pytest.raises(Unreadable):
        read_key(text)


@pytest.mark.parametrize(
    "text", ["1", "0012", "U0012", "A-12", "2019/0012", "0A1", "P0a", "12.0", "A 12", "0", "onbekend", "1E+08", "#N/A"]
)
def test_what_the_database_takes_as_it_stands_is_what_would_have_been_read(text: str) -> None:
    (plain,) = duckdb.execute(f"SELECT {plain_key('c')} FROM (SELECT $1 AS c)", [text]).fetchone() or (None,)
    assert plain in (None, text)
    if plain:
        assert read_key(text) == text


# --- one person, several spellings


def delivered(*keys: str | None) -> duckdb.DuckDBPyConnection:
    """The tables of persons and trajecten with these numbers, one on a row."""
    connection = duckdb.connect()
    rows = [list(keys), list(range(2, len(keys) + 2))]
    for name in ("clienten", "trajecten"):
        connection.execute(
            f"CREATE TABLE {name}_geleverd AS SELECT 1 AS _nr, unnest($2::INTEGER[]) AS _rij, "
            "unnest($1::VARCHAR[]) AS clientnummer, 'U1' AS uitkeringnummer, NULL::VARCHAR AS _meldingen, "
            "NULL::VARCHAR AS _terzijde, NULL::DATE AS geboortedatum",
            rows,
        )
    return connection


def unified(*keys: str | None) -> list[tuple[str | None, str | None]]:
    """Number and remark of every row of both tables, after unifying."""
    connection = delivered(*keys)
    unify_keys(connection, [TABLES["clienten"], TABLES["trajecten"]])
    found = [
        connection.execute(f"SELECT clientnummer, _meldingen FROM {name}_geleverd ORDER BY _rij").fetchall()
        for name in ("clienten", "trajecten")
    ]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize("keys", [("0123", "123"), ("00123", "123", "0123")])
def test_a_number_that_lost_its_zeros_is_the_longest_of_its_spellings(keys: tuple[str, ...]) -> None:
    longest = max(keys, key=len)
    remark = "voorloopnullen:clientnummer"
    assert unified(*keys) == [(longest, None if key == longest else remark) for key in keys]


def test_case_and_punctuation_make_no_other_number() -> None:
    remark = "nummer_schrijfwijze:clientnummer"
    assert unified("A-12", "a12", "A_12") == [("A-12", None), ("A-12", remark), ("A-12", remark)]


@pytest.mark.parametrize("keys", [("12-3", "1-23"), ("A012", "A12"), ("123", "124"), ("10", "1"), ("A12", None)])
def test_other_numbers_stay_other_numbers(keys: tuple[str | None, ...]) -> None:
    assert unified(*keys) == [(key, None) for key in keys]


def test_healthy_numbers_cost_one_statement() -> None:
    connection = delivered("0001", "0002")
    statements = []

    class Counting:
        def execute(self, sql: str, *parameters: object) -> duckdb.DuckDBPyConnection:
            statements.append(sql)
            return connection.execute(sql, *parameters)

    unify_keys(Counting(), [TABLES["clienten"]])  # type: ignore[arg-type]
    assert len(statements) == 1


def quarters(folder: Path, first: Record, second: Record) -> Path:
    write_xlsx(folder / "2019-Q3.xlsx", {"Cliënten": clienten(first)})
    write_csv(folder / "2019-Q4.csv", clienten(second))
    return folder


@pytest.mark.parametrize(
    ("column", "first", "second", "rule"),
    [
        ("clientnummer", "0123", 123, "voorloopnullen"),
        ("clientnummer", "A-12", "a12", "nummer_schrijfwijze"),
        ("uitkeringnummer", "0123", 123, "uitkering_voorloopnullen"),
        ("uitkeringnummer", "A-12", "A 12", "uitkering_schrijfwijze"),
    ],
)
def test_a_person_with_two_spellings_in_two_deliveries_is_one_person(
    tmp_path: Path, column: str, first: Cell, second: Cell, rule: str
) -> None:
    evaluation = evaluated(quarters(tmp_path, {column: first}, {column: second}))
    assert (count(evaluation, "personen"), count(evaluation, "partijen")) == (1, 1)
    assert rules(evaluation) == [rule]
    (finding,) = evaluation.findings
    letter = {"clientnummer": "A", "uitkeringnummer": "B"}[column]
    assert (finding.place.row, finding.place.column) == (2, letter)


@pytest.mark.parametrize(("one", "other"), [("0012", "12"), ("12-34", "12/34")])
def test_spellings_in_one_delivery_with_other_days_of_birth_are_other_persons(
    tmp_path: Path, one: str, other: str
) -> None:
    persons: list[Record] = [
        {"clientnummer": number, "geboortedatum": date(year, 5, 1)} for number, year in ((one, 1980), (other, 1990))
    ]
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten(*persons)}))
    assert (count(evaluation, "personen"), rules(evaluation)) == (2, ["nummer_lijkt_op_ander"] * 2)
    assert [finding.place.row for finding in evaluation.findings] == [2, 3]


@pytest.mark.parametrize("born", [date(1985, 5, 17), None])
def test_spellings_in_one_delivery_without_another_day_of_birth_are_one_person(
    tmp_path: Path, born: date | None
) -> None:
    persons: list[Record] = [{"clientnummer": "0012"}, {"clientnummer": "12", "geboortedatum": born}]
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten(*persons)}))
    assert (count(evaluation, "personen"), "voorloopnullen" in rules(evaluation)) == (1, True)


def test_a_day_of_birth_that_is_corrected_later_makes_no_other_person(tmp_path: Path) -> None:
    first: Record = {"clientnummer": "0123", "geboortedatum": date(1985, 5, 1)}
    evaluation = evaluated(quarters(tmp_path, first, {"clientnummer": 123}))
    assert (count(evaluation, "personen"), "voorloopnullen" in rules(evaluation)) == (1, True)


def test_a_traject_with_another_spelling_belongs_to_the_person(tmp_path: Path) -> None:
    sheets = {"Cliënten": clienten({"clientnummer": "0123"}), "Trajecten": trajecten({"clientnummer": 123})}
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", sheets))
    assert (count(evaluation, "met_traject"), rules(evaluation)) == (1, ["voorloopnullen"])


# --- a partner on the same row

PARTNER = {"partner": "Clientnummer partner"}


def with_partners(folder: Path, *persons: Record) -> Path:
    return write_xlsx(folder / "2019-Q4.xlsx", {"Cliënten": headed(clienten(*persons), PARTNER)})


def couple(**facts: Cell) -> Record:
    return {"uitkeringnummer": "U1", **facts}


@pytest.mark.parametrize("written", ["0002", 2, " 0002 "])
def test_a_partner_with_a_row_of_his_own_is_one_person_and_the_own_row_counts(tmp_path: Path, written: Cell) -> None:
    persons = (couple(partner=written, taalmaatje="nee"), couple(taalmaatje="ja", partner="0001"))
    evaluation = evaluated(with_partners(tmp_path, *persons))
    assert count(evaluation, "personen") == 2
    assert count(evaluation, "taalmaatje") == 1
    assert [(row.seen, row.used) for row in evaluation.rows] == [(2, 2)]
    assert "clienten_dubbele_sleutel" not in rules(evaluation)


@pytest.mark.parametrize("nobody", ["n.v.t.", "-", "0", "geen", "onbekend"])
def test_without_a_number_of_the_partner_there_is_no_partner(tmp_path: Path, nobody: str) -> None:
    evaluation = evaluated(with_partners(tmp_path, {"partner": nobody}))
    assert (count(evaluation, "personen"), rules(evaluation)) == (1, [])


@pytest.mark.parametrize(("written", "rule"), [("1.23457E+08", "nummer_afgerond"), ("#N/A", "cel_fout")])
def test_a_partner_whose_number_is_lost_is_told_and_the_row_still_counts(
    tmp_path: Path, written: str, rule: str
) -> None:
    evaluation = evaluated(with_partners(tmp_path, {"partner": written}))
    assert (count(evaluation, "personen"), rules(evaluation)) == (1, [rule])
    assert [finding.place.row for finding in evaluation.findings] == [2]


def test_a_repeated_header_and_a_total_hold_no_partner(tmp_path: Path) -> None:
    rows = headed(clienten({"partner": "0002"}, {"clientnummer": "0003", "partner": None}), PARTNER)
    rows.insert(2, list(rows[0]))
    rows.append(["Totaal", *[None] * (len(rows[0]) - 2), "1"])
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": rows}))
    assert (count(evaluation, "personen"), rules(evaluation)) == (3, ["cohort_onbekend"])
    assert [dict(row.set_aside) for row in evaluation.rows] == [{"herhaalde kop": 1, "totaalregel": 1}]


@pytest.mark.parametrize("text", ["1234567890123450000", "1234567890123450112", "1234567890123450112.0"])
def test_a_number_of_which_a_spreadsheet_kept_fifteen_digits_is_lost(text: str) -> None:
    with pytest.raises(Unreadable):
        read_key(text)


@pytest.mark.parametrize("text", ["123456789012345", "1234567890123456789", "00000000000000000123", "9" * 60])
def test_other_long_numbers_are_kept(text: str) -> None:
    assert read_key(text) == text
