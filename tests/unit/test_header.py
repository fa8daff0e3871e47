"""Which table a sheet holds, where its header row stands and which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from integratie_eval.definitions import load_definitions
from integratie_eval.read.header import Header, NoHeader, Recogniser
from integratie_eval.settings import Settings

REQUIRED = ["clientnummer", "uitkeringnummer", "datum_vestiging", "begin_uitkering"]


def header(
    *rows: Sequence[str | None], sheet: str | None = "Blad1", file: str = "2019-Q4", **settings: Any
) -> Header | NoHeader:
    return Recogniser(load_definitions(), Settings(**settings)).recognise(rows, sheet, file)


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
    assert found.headings.passed_over == (2,)


def test_of_two_headings_for_one_column_the_most_usual_is_used_and_the_other_is_told() -> None:
    found = recognised(["startdatum", *REQUIRED])
    assert found.columns["begin_uitkering"] == 4
    assert found.headings.passed_over == (0,)


def test_two_equal_headings_are_told_as_such() -> None:
    assert recognised([*REQUIRED, "Client-nummer"]).headings.twice == (0, 4)
    assert recognised([*REQUIRED, "client nr"]).headings.twice is None


def test_two_equal_headings_do_no_harm_when_a_surer_one_is_there() -> None:
    found = recognised(["Startdatum", "Startdatum", *REQUIRED])
    assert (found.columns["begin_uitkering"], found.headings.twice) == (5, None)
    assert found.headings.passed_over == (0, 1)


@pytest.mark.parametrize(
    "heading",
    [
        "begin\u00aduitkering",
        "\ufeffBegin uitkering",
        "Begin\u00a0uitkering *",
        "Begin_x000D_\nuitkering:",
        "Begin uitkering (dd-mm-jjjj)",
        "BEGIN UITKERING (verplicht)",
        "  Begin   uitkering ",
    ],
)
def test_what_an_export_puts_around_a_heading_does_not_matter(heading: str) -> None:
    assert recognised([*REQUIRED[:3], heading]).columns["begin_uitkering"] == 3


def test_a_remark_that_changes_the_meaning_of_a_heading_counts() -> None:
    assert "eind_uitkering" not in recognised([*REQUIRED, "Einddatum (verwacht)"]).columns


def test_columns_without_a_heading_are_told() -> None:
    assert recognised([*REQUIRED[:2], None, "  ", *REQUIRED[2:]]).headings.unnamed == (2, 3)


# --- two lines of headings


def test_headings_stand_under_their_groups() -> None:
    found = recognised(
        ["Overzicht", None, None, None, None],
        ["Client", None, "Uitkering", None, "Trede"],
        ["nummer", "datum vestiging", "nummer", "begin", None],
        ["0001", "01-02-2014", "555", "01-02-2015", "3"],
    )
    assert found.row == 2
    assert dict(found.columns) == {
        "clientnummer": 0, "datum_vestiging": 1, "uitkeringnummer": 2, "begin_uitkering": 3, "trede": 4,
    }  # fmt: skip


def test_groups_above_complete_headings_change_nothing() -> None:
    found = recognised(["Persoon", None, "Gemeente", "Uitkering"], REQUIRED)
    assert (found.row, dict(found.columns)) == (1, {name: index for index, name in enumerate(REQUIRED)})


def test_equal_headings_under_two_groups_are_two_columns() -> None:
    found = recognised(
        ["Persoon", None, None, "Uitkering", None, "Traject", None],
        ["clientnummer", "uitkeringnummer", "datum_vestiging", "begindatum", "einddatum", "begindatum", "einddatum"],
    )
    assert (found.columns["begin_uitkering"], found.columns["eind_uitkering"]) == (3, 4)
    assert found.headings.twice is None
    assert set(found.columns.values()) == {0, 1, 2, 3, 4}


def test_headings_under_the_group_of_the_partner_are_about_the_partner() -> None:
    found = recognised(
        ["Aanvrager", None, None, None, None, "Partner", None],
        [*REQUIRED, "geboortedatum", "clientnummer", "geboortedatum"],
    )
    assert (found.columns["geboortedatum"], found.headings.twice) == (4, None)
    assert dict(found.partner) == {"clientnummer": 5, "geboortedatum": 6}


def test_the_row_above_the_first_person_is_no_group() -> None:
    found = recognised(REQUIRED, ["0001", "555", "01-02-2014", None], [None, None, None, "Trede"])
    assert found.row == 0


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
        (["jaar", "aantal statushouders"], "vestigingen"),
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


@pytest.mark.parametrize(
    ("headings", "sheet", "table"),
    [
        (["jaar", "aantal"], "Gevestigd", "vestigingen"),
        (["naam", "datum vestiging"], "Vestigingen", "vestigingen"),
        (["aanbieder", "datum"], "Bijeenkomsten", "bijeenkomsten"),
        (["clientnummer", "begindatum"], "Werk", "plaatsingen"),
        (["clientnummer", "soort", "begindatum"], "Re-integratie", "trajecten"),
    ],
)
def test_headings_of_any_list_need_the_name_of_the_sheet(headings: list[str], sheet: str, table: str) -> None:
    assert recognised(headings, sheet=sheet).table.name == table
    assert isinstance(header(headings, sheet="Werkblad1"), NoHeader)
    assert recognised(headings, sheet="Werkblad1", sheets={"werkblad1": table}).table.name == table


def test_a_column_of_names_is_no_column_of_numbers() -> None:
    assert "clientnummer" in refused(["Cliënt", *REQUIRED[1:]]).missing


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
    assert (only.columns["clientnummer"], only.headings.bsn) == (0, (0,))
    both = recognised(["Burgerservicenummer", *REQUIRED])
    assert (both.columns["clientnummer"], both.headings.bsn, both.headings.passed_over) == (1, (), (0,))


def test_a_bsn_of_a_partner_is_a_bsn_too() -> None:
    found = recognised(["BSN", *REQUIRED[1:], "BSN partner"])
    assert (found.headings.bsn, dict(found.partner)) == ((0, 4), {"clientnummer": 4})


@pytest.mark.parametrize(("own", "other"), [("clientnummer", "BSN partner"), ("BSN", "clientnummer partner")])
def test_a_partner_with_another_kind_of_number_is_not_read(own: str, other: str) -> None:
    found = recognised([own, *REQUIRED[1:], other, "geboortedatum partner"])
    assert (dict(found.partner), found.headings.other_number) == ({}, 4)
    assert 4 not in found.headings.bsn
    assert set(found.headings.unread) == {4, 5}


def test_the_clientnummer_of_a_partner_wins_from_the_bsn() -> None:
    found = recognised([*REQUIRED, "BSN partner", "Clientnummer partner"])
    assert (dict(found.partner), found.headings.bsn, found.headings.other_number) == ({"clientnummer": 5}, (), None)


def test_a_bsn_that_the_settings_call_clientnummer_stays_a_bsn() -> None:
    found = recognised(["BSN", *REQUIRED], columns={"clienten": {"bsn": "clientnummer"}})
    assert (found.columns["clientnummer"], found.headings.bsn) == (0, (0,))


# --- what is missing


def test_all_missing_columns_are_named_with_the_headings_that_look_like_them() -> None:
    found = refused(["clientnummer", "Uitkerings code", "Dat. vestiging gem", "trede"], sheet="Cliënten")
    assert found.missing == ("uitkeringnummer", "datum_vestiging", "begin_uitkering")
    assert found.resembles
    sentence = found.sentence()
    assert "voor de tabel clienten ontbreken de kolommen uitkeringnummer (lijkt op: 'Uitkerings code'), " in sentence
    assert "datum_vestiging (lijkt op: 'Dat. vestiging gem') en begin_uitkering. " in sentence
    assert sentence.endswith("Gevonden: clientnummer, trede en 2 andere koppen")


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
    assert (found.table, found.known, found.resembles) == (None, (), False)
    assert found.sentence() == "geen rij met bekende kolomkoppen gevonden"


def test_a_sheet_without_rows_is_no_table() -> None:
    assert refused().sentence() == "geen rij met bekende kolomkoppen gevonden"


# --- privacy


def test_a_row_of_data_in_which_one_cell_looks_like_a_heading_is_never_shown() -> None:
    found = refused(["0001", "Jansen", "jobcoaching", "01-02-2019"], sheet="Trajecten")
    assert "Jansen" not in found.sentence()


@pytest.mark.parametrize(
    "row",
    [["0001", "Jansen", "parttime", "buddy", "01-02-2019"], ["0001", "Jansen", "jobcoaching", "dienstverband"]],
)
def test_a_row_of_data_in_which_two_cells_look_like_headings_is_never_shown(row: list[str]) -> None:
    found = refused(row, ["0002", "Pieters", "nee", "nee", "02-02-2019"])
    assert "Jansen" not in found.sentence()
