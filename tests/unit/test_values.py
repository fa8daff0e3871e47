"""One cell's text becomes one typed value; what cannot be read says so without the text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from integratie_eval.definitions import load_definitions
from integratie_eval.read.grid import ERROR_VALUES, NO_VALUE
from integratie_eval.read.values import (
    READERS,
    Ambiguous,
    Unreadable,
    cell_error,
    code_reader,
    mark_roles,
    month_first,
    of_uncertain_order,
    read_date,
    read_number,
    read_text,
    read_whole,
    yes_no_reader,
)

MISSING_WORDS = ["", " ", "-", "--", "?", ".", "nvt", "n.v.t.", "N.V.T.", "onbekend", "Niet bekend", "geen", "null",
                 "None", "NaN", "NA", "n.b.", "leeg"]  # fmt: skip


# --- dates


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-01",
        "2019-3-1",
        "2019/03/01",
        "2019-03-01 00:00:00",
        "2019-03-01 00:00:00.000",
        "2019-03-01 14:35",
        "20190301",
        "20190301.0",
        "01-03-2019",
        "1-3-2019",
        "1-3-19",
        "01/03/2019",
        "01.03.2019",
        "01 03 2019",
        "1-3-2019 0:00",
        "01-03-2019 00:00:00",
        "1 maart 2019",
        "01 Maart 2019",
        "1 mrt 2019",
        "1 mrt. 2019",
        "1-mrt-2019",
        "43525",
        "43525.0",
        "43525.75",
        "43525,75",
        " 2019-03-01 ",
        "2019-03-01T00:00:00Z",
        "2019-03-01T00:00:00+01:00",
        "2019-03-01\u00a0",
        "1 maart 2019 00:00",
        "01-MAR-2019",
        "01-MAR-19",
        "'01-03-2019",
    ],
)
def test_a_day_is_read_in_every_form_that_exports_use(text: str) -> None:
    assert read_date(text) == date(2019, 3, 1)


@pytest.mark.parametrize("text", ["2019-03-01T00:00:00", "2019-03-01T14:35"])
def test_an_iso_day_with_a_time_behind_a_t_is_read(text: str) -> None:
    assert read_date(text) == date(2019, 3, 1)


@pytest.mark.parametrize("text", ["1-mrt-19", "01-mrt-19"])
def test_a_month_in_letters_may_have_a_year_of_two_digits(text: str) -> None:
    assert read_date(text) == date(2019, 3, 1)


@pytest.mark.parametrize(
    ("month", "text"),
    [
        (1, "1 januari 2019"), (2, "1 feb 2019"), (3, "1 maart 2019"), (4, "1 april 2019"), (5, "1 mei 2019"),
        (6, "1 jun 2019"), (7, "1 juli 2019"), (8, "1 aug. 2019"), (9, "1 sept 2019"), (10, "1 okt 2019"),
        (11, "1 november 2019"), (12, "1 dec 2019"),
    ],
)  # fmt: skip
def test_every_dutch_month_is_known(month: int, text: str) -> None:
    assert read_date(text) == date(2019, month, 1)


@pytest.mark.parametrize(("text", "year"), [("1-1-40", 1940), ("1-1-99", 1999), ("1-1-00", 2000), ("1-1-39", 2039)])
def test_a_year_of_two_digits_lies_between_1940_and_2039(text: str, year: int) -> None:
    assert read_date(text) == date(year, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["00000000", "99999999", "99999999.0", "0", "00-00-0000", "0000-00-00", "31-12-9999", "9999-12-31 00:00:00",
     "99991231", "01-01-2999", "2958465", "0000-00-00 00:00:00", "00/00/0000", "99-99-9999"],
)  # fmt: skip
def test_a_sentinel_of_an_open_end_is_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["31-11-2019", "29-02-2019", "30-2-2020", "20191301", "2019-13-01", "32-1-2019"])
def test_a_day_that_does_not_exist_is_not_moved_to_another_day(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text)


@pytest.mark.parametrize("text", ["01-01-1900", "1900-01-01", "19000101", "01-01-0001", "0219-03-01"])
def test_a_day_of_1900_or_before_is_refused_and_not_used(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text)


def test_29_february_exists_in_a_leap_year() -> None:
    assert read_date("29-02-2020") == date(2020, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "maart 2019",
        "2019",
        "1 foo 2019",
        "gisteren",
        "1-2-3-4",
        "2019-Q3",
        "-43525",
        "-1",
        "1",
        "2958466",
        "08:30:00",
        "3/1/2019 12:00:00 AM",
    ],
)
def test_a_text_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text)


@pytest.mark.parametrize("text", ["12-31-2019", "1/13/2019", "02.28.19", " 12-31-2019 00:00"])
def test_a_date_with_the_month_in_front_is_recognised(text: str) -> None:
    assert month_first(["31-12-2019", "2019-12-31", "x", text]) == (text,)


@pytest.mark.parametrize("text", ["31-12-2019", "12-12-2019", "32-12-2019", "12-32-2019", "2019-12-31", "43525", "x"])
def test_another_date_has_no_month_in_front(text: str) -> None:
    assert month_first([text]) == ()


SLASHED = ["01/02/2019", "03/04/2019", "05/06/2019"]


def test_three_dates_with_slashes_and_no_day_above_12_leave_the_order_uncertain() -> None:
    assert of_uncertain_order([*SLASHED, "2019-03-01", "n.v.t."]) == tuple(SLASHED)


@pytest.mark.parametrize("texts", [SLASHED[:2], [*SLASHED, "13/04/2019"], [text.replace("/", "-") for text in SLASHED]])
def test_few_dates_a_day_above_12_and_dashes_are_not_uncertain(texts: list[str]) -> None:
    assert of_uncertain_order(texts) == ()


# --- error values


@pytest.mark.parametrize("text", [*sorted(ERROR_VALUES - {NO_VALUE}), "Err:502", "Fout:522", "#n/b", " #REF! "])
def test_the_error_of_a_formula_is_no_value_and_not_empty(text: str) -> None:
    assert cell_error(text) == "cel_fout"


def test_a_formula_without_a_result_and_a_column_that_was_too_narrow_are_told_apart() -> None:
    assert (cell_error(NO_VALUE), cell_error("#####")) == ("formule_zonder_waarde", "cel_te_smal")


@pytest.mark.parametrize("text", ["#1 Taalbureau", "Err", "Fout", "", "#", "E12", "N/B", "Foutloos 123"])
def test_another_text_is_no_error(text: str) -> None:
    assert cell_error(text) is None


# --- missing words, and privacy


@pytest.mark.parametrize("kind", ["datum", "getal", "geheel"])
@pytest.mark.parametrize("text", MISSING_WORDS)
def test_a_word_for_missing_is_no_value_and_no_mistake(kind: str, text: str) -> None:
    assert READERS[kind](text) is None


@pytest.mark.parametrize("kind", ["datum", "getal", "geheel"])
def test_the_error_of_an_unreadable_cell_does_not_hold_the_cell(kind: str) -> None:
    with pytest.raises(Unreadable) as caught:
        READERS[kind]("Jansen 31-31-2019")
    assert caught.value.args == ()


# --- numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("24", 24.0), ("24,5", 24.5), ("24.5", 24.5), ("24.0", 24.0), (" 24 ", 24.0), ("1 234", 1234.0),
        ("1\u00a0234,5", 1234.5), ("33.375", 33.375), ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0), ("1.234,5", 1234.5), ("-3", -3.0),
        ("0", 0.0), ("0,5", 0.5), ("€ 1.234.567", 1234567.0), ("€ 5", 5.0), ("EUR 12", 12.0), ("12 euro", 12.0),
        ("€ 12,-", 12.0), ("€ -12,50", -12.5), ("-€ 12,50", -12.5), ("(100)", -100.0), ("100-", -100.0),
        ("\u2212 3", -3.0), ("1\u202f234,50", 1234.5), ("1 234 567", 1234567.0), ("1234,567", 1234.567),
        ("0,125", 0.125), ("1E3", 1000.0),
    ],
)  # fmt: skip
def test_a_number_has_a_comma_or_a_point_and_dutch_thousands(text: str, number: float) -> None:
    assert read_number(text) == number


def test_an_english_number_with_thousands_is_not_made_a_thousand_times_smaller() -> None:
    value: float | None
    try:
        value = read_number("1,234.5")
    except Unreadable:
        value = None
    assert value in (1234.5, None)


@pytest.mark.parametrize(
    "text",
    [
        "veel",
        "24 uur",
        "1,2,3",
        "inf",
        "Infinity",
        "1-2",
        "3/4",
        "12,5%",
        "1_000",
        "1.23,4",
        "12 34",
        "1,234,56",
        "--5",
    ],
)
def test_a_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


@pytest.mark.parametrize(
    ("others", "number"),
    [
        (["24,5"], 12345.0), (["1.234,56"], 12345.0), (["1.234.567"], 12345.0),
        (["24.5"], 12.345), (["1,234.56"], 12.345), (["0.125"], 12.345), (["1234.567"], 12.345),
    ],
)  # fmt: skip
def test_a_number_that_can_be_two_numbers_is_read_as_the_others_of_its_column(others: list[str], number: float) -> None:
    assert read_number("12.345", mark_roles(["12.345", *others])) == number


@pytest.mark.parametrize("text", ["12.345", "12,345", "€ 1.234"])
@pytest.mark.parametrize("others", [[], ["12"], ["24.5", "24,5"]])
def test_without_evidence_a_number_that_can_be_two_numbers_is_not_read(text: str, others: list[str]) -> None:
    with pytest.raises(Ambiguous):
        read_number(text, mark_roles([text, *others]))


@pytest.mark.parametrize(
    ("text", "others", "number"), [("1.234", [], 1234), ("1,234", [], 1234), ("2.019", ["3"], 2019)]
)
def test_a_whole_number_has_thousands(text: str, others: list[str], number: int) -> None:
    assert read_whole(text, mark_roles([text, *others])) == number


def test_a_column_with_decimals_has_no_thousands_with_the_same_mark() -> None:
    with pytest.raises(Unreadable):
        read_whole("1.234", mark_roles(["1.234", "2.5"]))


@pytest.mark.parametrize("text", ["3", "3.0", "3,0", " 3 ", "trede 3", "Trede 3", "TREDE3", "3.00"])
def test_a_whole_number_may_be_written_as_a_decimal_or_with_the_word_trede(text: str) -> None:
    assert read_whole(text) == 3
    assert isinstance(read_whole(text), int)


@pytest.mark.parametrize("text", ["3,5", "3.5", "3-4", "2147483648", "1e400", "drie"])
def test_what_is_no_whole_number_that_fits_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_whole(text)


# --- text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Taal   Huis ", "Taal Huis"),
        ("Taal\nHuis", "Taal Huis"),
        ("Taal\u00a0Huis", "Taal Huis"),
        ("Taal_x000D_Huis", "Taal Huis"),
        ("Taal\x00\x07Huis", "Taal Huis"),
        ("Taal\u2028Huis", "Taal Huis"),
        ("4WD CARE", "4WD CARE"),
        ("Taal_x000A_Huis", "Taal Huis"),
        ("R&amp;B Werk", "R&B Werk"),
        ("Cafe\u0301", "Café"),
        ("Taal\u200bhuis", "Taalhuis"),
        ("\u202eTaal&#8238;huis\ufffe", "Taalhuis"),
        ("Taal_xD800_huis\U000e0041", "Taalhuis"),
    ],
)
def test_text_loses_control_characters_and_superfluous_spaces(written: str, read: str) -> None:
    assert read_text(written) == read


@pytest.mark.parametrize("text", ["", " ", "-", "???", "_", "\u00a0"])
def test_text_without_a_letter_or_digit_is_no_value(text: str) -> None:
    assert read_text(text) is None


# --- codes and ja/nee


@pytest.fixture(scope="module")
def yes_no() -> Any:
    return yes_no_reader(load_definitions().codes["ja_nee"])


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "Ja",
        "JA",
        " ja ",
        "j",
        "J",
        "yes",
        "true",
        "TRUE",
        "Waar",
        "1",
        "1.0",
        "x",
        "X",
        "v",
        "✓",
        "✔",
        "✔\ufe0f",
        "☑",
        "✅",
        "√",
        "-1",
    ],
)
def test_every_form_of_ja_is_true(yes_no: Any, text: str) -> None:
    assert yes_no(text) is True


@pytest.mark.parametrize("text", ["nee", "Nee", "NEE", "n", "N", "no", "false", "Onwaar", "0", "0.0", "2", "neen", "☐"])
def test_every_form_of_nee_is_false(yes_no: Any, text: str) -> None:
    assert yes_no(text) is False


@pytest.mark.parametrize("text", MISSING_WORDS)
def test_a_missing_ja_or_nee_is_neither(yes_no: Any, text: str) -> None:
    assert yes_no(text) is None


@pytest.mark.parametrize("text", ["misschien", "3", "janee", "ja en nee", "ja?", "nee?", "1?"])
def test_another_word_than_ja_or_nee_is_refused(yes_no: Any, text: str) -> None:
    with pytest.raises(Unreadable):
        yes_no(text)


@pytest.mark.parametrize(
    ("code_list", "text", "code"),
    [
        ("reden_einde_uitkering", "1", "01"),
        ("reden_einde_uitkering", "01", "01"),
        ("reden_einde_uitkering", "11.0", "11"),
        ("reden_einde_uitkering", "Uitstroom naar werk", "11"),
        ("reden_einde_uitkering", "Aanvang studie", "01"),
        ("inkomsten_arbeid", "11", "ja"),
        ("inkomsten_arbeid", "31", "nee"),
        ("inkomsten_arbeid", "geen", "nee"),
        ("soort_traject", "Sollicitatie-training", "sollicitatietraining"),
        ("leerroute", "b1-route", "B1"),
        ("geslacht", "V", "vrouw"),
        ("geslacht", "onbekend", "overig"),
        ("schaal", "Re-integratiepositie", "reintegratiepositie"),
        ("contract", "0-uren", "oproep"),
    ],
)
def test_a_code_is_recognised_by_its_number_and_by_its_words(code_list: str, text: str, code: str) -> None:
    assert code_reader(load_definitions().codes[code_list])(text) == code


def test_a_code_that_is_not_in_the_list_is_refused_but_a_missing_one_is_not() -> None:
    read = code_reader({"werk": "11"})
    assert read("n.v.t.") is None
    with pytest.raises(Unreadable):
        read("99")
