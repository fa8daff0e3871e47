"""Which table a sheet holds, where its header row stands and which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from integratie_eval.definitions import load_definitions
from integratie_eval.read.header import Header, NoHeader, recognise
from integratie_eval.settings import Settings

REQUIRED = ["clientnummer", "uitkeringnummer", "datum_vestiging", "begin_uitkering"]


def header(
    *rows: Sequence[str | None], sheet: str | None = "Blad1", file: str = "2019-Q4", **settings: Any
) -> Header | NoHeader:
    return recognise(rows, sheet, file, load_definitions(), Settings(**settings))


def recognised(*rows: Sequence[str | None], **options: Any) -> Header:
    found = header(*rows, **options)
    assert isinstance(found, Header)
    return found


def refused(*rows: Sequence[str | None], **options: Any) -> NoHeader:
    found = header(*rows, **options)
    assert isinstance(found, NoHeader)
    return found


# --- finding the row and the columns


def test_the_canonical_names_are_headings() -> None:
    found = recognised(REQUIRED)
    assert (found.table.name, found.row) == ("clienten", 0)
    assert dict(found.columns) == {name: index for index, name in enumerate(REQUIRED)}


def test_title_lines_and_empty_rows_above_the_header_are_passed() -> None:
    found = recognised(
        ["Overzicht bijstand", None, None, None], [None] * 4, ["Peildatum: 31-12-2019", "", "", ""], REQUIRED
    )
    assert found.row == 3


def test_a_title_line_of_one_known_word_is_not_the_header() -> None:
    assert recognised(["Cliënt", None, None, None], REQUIRED).row == 1


@pytest.mark.parametrize(
    "headings",
    [
        ["CLIËNTNUMMER", "Uitkerings-nr.", "Datum vestiging", "Ingangsdatum uitkering"],
        ["Clie\u0308nt nr", "uitkering\u00a0nummer", "Datum\nvestiging", " begindatum  uitkering "],
        ["Cliënt-ID", "Dossiernr", "gevestigd_op", "Startdatum:"],
    ],
)
def test_case_accents_punctuation_and_spaces_of_a_heading_do_not_matter(headings: list[str]) -> None:
    assert dict(recognised(headings).columns) == {name: index for index, name in enumerate(REQUIRED)}


def test_the_order_of_the_columns_does_not_matter() -> None:
    assert dict(recognised(REQUIRED[::-1]).columns) == {name: 3 - index for index, name in enumerate(REQUIRED)}


def test_headings_of_the_municipality_come_from_the_settings() -> None:
    own = {"clienten": {"wonendevanaf": "datum_vestiging"}}
    row = ["clientnummer", "uitkeringnummer", "Wonende vanaf", "begin_uitkering"]
    assert recognised(row, columns=own).columns["datum_vestiging"] == 2
    assert refused(row).missing == ("datum_vestiging",)


def test_an_own_heading_wins_from_a_usual_one() -> None:
    found = recognised([*REQUIRED, "Echte datum"], columns={"clienten": {"echtedatum": "datum_vestiging"}})
    assert found.columns["datum_vestiging"] == 4
    assert found.passed_over == (2,)


def test_of_two_headings_for_one_column_the_most_usual_is_used_and_the_other_is_told() -> None:
    found = recognised(["startdatum", *REQUIRED])
    assert found.columns["begin_uitkering"] == 4
    assert found.passed_over == (0,)


def test_of_two_equal_headings_the_first_is_used() -> None:
    found = recognised([*REQUIRED, "clientnummer"])
    assert found.columns["clientnummer"] == 0
    assert found.passed_over == (4,)


def test_headings_that_no_definition_knows_are_told_and_not_read() -> None:
    found = recognised([*REQUIRED, "Naam ", None, "Adres\nregel"])
    assert found.unread == ("Naam", "Adres regel")
    assert set(found.columns.values()) == {0, 1, 2, 3}


def test_a_very_long_text_is_no_heading() -> None:
    padded = "datum_vestiging" + " " * 200
    assert refused([padded if name == "datum_vestiging" else name for name in REQUIRED]).missing == ("datum_vestiging",)


def test_a_second_header_row_with_more_columns_wins() -> None:
    assert recognised(REQUIRED, [*REQUIRED, "trede", "rol"]).row == 1


# --- which table


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        (["clientnummer", "soort", "aanbieder", "begin"], "trajecten"),
        (["clientnummer", "begin", "uren_per_week", "contract"], "plaatsingen"),
        (["clientnummer", "datum", "trede", "schaal"], "metingen"),
        (["jaar", "aantal"], "vestigingen"),
        (["aanbieder", "datum", "aantal deelnemers"], "bijeenkomsten"),
    ],
)
def test_a_table_is_recognised_by_its_headings(headings: list[str], table: str) -> None:
    assert recognised(headings).table.name == table


def test_the_name_of_the_sheet_decides_between_two_tables() -> None:
    row = ["clientnummer", "begindatum", "einddatum", "soort contract", "soort"]
    assert recognised(row, sheet="Trajecten").table.name == "trajecten"
    assert recognised(row, sheet="Banen").table.name == "plaatsingen"


def test_a_csv_file_is_told_by_the_name_of_the_file() -> None:
    row = ["clientnummer", "begindatum", "einddatum", "soort contract", "soort"]
    assert recognised(row, sheet=None, file="2019-Q4 banen").table.name == "plaatsingen"


def test_the_settings_say_which_table_a_sheet_holds() -> None:
    row = ["clientnummer", "begindatum", "einddatum", "soort contract", "soort"]
    assert recognised(row, sheet="Blad1", sheets={"blad1": "trajecten"}).table.name == "trajecten"
    assert recognised(row, sheet="Blad1", sheets={"blad1": "plaatsingen"}).table.name == "plaatsingen"


def test_a_table_of_settled_persons_needs_only_their_day() -> None:
    assert recognised(["datum vestiging"], sheet="Vestigingen").table.name == "vestigingen"


# --- partner and bsn


def test_columns_of_a_partner_are_a_second_person() -> None:
    found = recognised([*REQUIRED, "Clientnummer partner", "Partner geboortedatum", "trede persoon 2"])
    assert dict(found.partner) == {"clientnummer": 4, "geboortedatum": 5, "trede": 6}
    assert set(found.columns.values()) == {0, 1, 2, 3}


def test_without_a_number_of_the_partner_there_is_no_partner() -> None:
    found = recognised([*REQUIRED, "Partner geboortedatum"])
    assert dict(found.partner) == {}
    assert found.unread == ("Partner geboortedatum",)


def test_a_bsn_is_the_key_only_when_there_is_no_other_number() -> None:
    only = recognised(["BSN", *REQUIRED[1:]])
    assert (only.columns["clientnummer"], only.bsn) == (0, (0,))
    both = recognised(["Burgerservicenummer", *REQUIRED])
    assert (both.columns["clientnummer"], both.bsn, both.passed_over) == (1, (), (0,))


def test_a_bsn_of_a_partner_is_a_bsn_too() -> None:
    found = recognised([*REQUIRED, "BSN partner"])
    assert found.bsn == (4,)


def test_a_bsn_that_the_settings_call_clientnummer_stays_a_bsn() -> None:
    found = recognised(["BSN", *REQUIRED], columns={"clienten": {"bsn": "clientnummer"}})
    assert (found.columns["clientnummer"], found.bsn) == (0, (0,))


# --- what is missing


def test_all_missing_columns_are_named_with_the_headings_that_look_like_them() -> None:
    found = refused(["clientnummer", "Uitkerings code", "Dat. vestiging gem", "trede"], sheet="Cliënten")
    assert found.missing == ("uitkeringnummer", "datum_vestiging", "begin_uitkering")
    assert found.resembles
    sentence = found.sentence()
    assert "voor de tabel clienten ontbreken de kolommen uitkeringnummer (lijkt op: 'Uitkerings code'), " in sentence
    assert "datum_vestiging (lijkt op: 'Dat. vestiging gem') en begin_uitkering" in sentence
    assert sentence.endswith("Gevonden koppen: clientnummer, Uitkerings code, Dat. vestiging gem, trede")


def test_one_missing_column_is_told_in_the_singular() -> None:
    assert "ontbreekt de kolom datum_vestiging" in refused([*REQUIRED[:2], "begin_uitkering"]).sentence()


@pytest.mark.parametrize(
    ("sheet", "headings", "missing"),
    [
        (
            "Cliënten",
            ["clientnummer", "uitkeringnummer", "datum_vestiging", "eind_uitkering", "trede"],
            "begin_uitkering",
        ),
        ("Trajecten", ["clientnummer", "aanbieder", "begin", "eind"], "soort"),
    ],
)
def test_a_sheet_that_is_named_after_a_table_is_not_read_as_another_table(
    sheet: str, headings: list[str], missing: str
) -> None:
    assert refused(headings, sheet=sheet).missing == (missing,)


def test_an_incomplete_sheet_of_persons_is_not_read_as_settled_persons() -> None:
    headings = ["clientnummer", "uitkeringnummer", "geboortedatum", "datum_vestiging", "eind_uitkering", "trede"]
    assert refused(headings).missing == ("begin_uitkering",)


def test_a_sheet_without_a_known_heading_is_no_table() -> None:
    found = refused(["a", "b"], [None, None], [])
    assert (found.table, found.headings, found.resembles) == (None, (), False)
    assert found.sentence() == "geen rij met bekende kolomkoppen gevonden"


def test_a_sheet_without_rows_is_no_table() -> None:
    assert refused().sentence() == "geen rij met bekende kolomkoppen gevonden"


# --- privacy


def test_a_row_of_data_in_which_one_cell_looks_like_a_heading_is_never_shown() -> None:
    found = refused(["0001", "Jansen", "jobcoaching", "01-02-2019"], sheet="Trajecten")
    assert found.headings == ()
    assert "Jansen" not in found.sentence()


@pytest.mark.parametrize(
    "row",
    [["0001", "Jansen", "parttime", "buddy", "01-02-2019"], ["0001", "Jansen", "jobcoaching", "dienstverband"]],
)
def test_a_row_of_data_in_which_two_cells_look_like_headings_is_never_shown(row: list[str]) -> None:
    found = refused(row, ["0002", "Pieters", "nee", "nee", "02-02-2019"])
    assert "Jansen" not in found.sentence()
