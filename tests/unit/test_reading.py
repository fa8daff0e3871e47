"""From a delivered file to rows: nothing is lost, nothing is changed, nothing is told of a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from integratie_eval.errors import InputError
from integratie_eval.read.places import column_letters
from tests.helpers import (
    Cell,
    Rows,
    bijeenkomsten,
    clienten,
    count,
    evaluated,
    headed,
    plaatsingen,
    rules,
    write_csv,
    write_xlsx,
)


def aside(rows: Rows, folder: Path, name: str = "Cliënten") -> dict[str, int]:
    persons = {} if name == "Cliënten" else {"Personen": clienten({})}
    path = write_xlsx(folder / "2019-Q4.xlsx", persons | {name: rows})
    sheets = {row.sheet: row for row in evaluated(path).rows}
    assert sheets[name].seen == sheets[name].used + sum(sheets[name].set_aside.values())
    return dict(sheets[name].set_aside)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_a_column_has_the_letters_that_excel_shows(index: int, letters: str) -> None:
    assert column_letters(index) == letters


# --- csv


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_every_usual_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = headed(clienten({"clientnummer": "é; x"}), {"clientnummer": "Cliëntnummer"})
    path = write_csv(tmp_path / "2019-Q4.csv", rows, delimiter=delimiter, encoding=encoding)
    assert evaluated(path).frame("clienten")["clientnummer"].tolist() == ["é; x"]


# --- rows that are no data


def test_a_total_a_footnote_and_a_repeated_header_are_set_aside_with_a_reason(tmp_path: Path) -> None:
    rows = clienten({}, {})
    rows[2:2] = [list(rows[0])]
    rows += [["Totaal", 2], [None, "Aantal records: 2"]]
    assert aside(rows, tmp_path) == {"herhaalde kop": 1, "totaalregel": 2}


@pytest.mark.parametrize("column", [0, 1, 5])
def test_a_line_of_text_under_the_rows_is_a_footnote(tmp_path: Path, column: int) -> None:
    rows: Rows = [*clienten({}), [*[None] * column, "Bron: de uitkeringsadministratie"]]
    assert aside(rows, tmp_path) == {"voetnoot": 1}


@pytest.mark.parametrize("name", ["Totaal Welzijn", "TotaalZorg"])
def test_a_provider_whose_name_begins_with_totaal_is_no_total(tmp_path: Path, name: str) -> None:
    assert aside(bijeenkomsten({"aanbieder": name}, {}), tmp_path, "Bijeenkomsten") == {}


def test_an_empty_row_between_the_rows_is_no_row(tmp_path: Path) -> None:
    rows = clienten({}, {})
    rows[2:2] = [[None] * 13, [""] * 13, [" "] * 13]
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": rows})
    assert [(row.seen, row.used) for row in evaluated(path).rows] == [(2, 2)]


# --- places


def test_a_finding_names_the_cell_as_excel_does_and_never_its_value(tmp_path: Path) -> None:
    rows: Rows = [["Overzicht"], [None], *clienten({}, {"begin_uitkering": "31-11-2019"})]
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": [[None, *row] for row in rows]}))
    (finding,) = [finding for finding in evaluation.findings if finding.rule == "datum_onleesbaar"]
    assert (finding.place.file, finding.place.sheet) == ("2019-Q4.xlsx", "Cliënten")
    assert (finding.place.row, finding.place.column) == (5, "F")
    assert "31-11" not in str(finding)


def test_a_heading_of_the_settings_that_is_in_no_export_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"Stand": 3})})
    columns = {"clienten": {"stand": "trede", "uitstroomdag": "eind_uitkering"}}
    (finding,) = [found for found in evaluated(path, columns=columns).findings if found.rule == "kop_niet_gevonden"]
    assert finding.place.file == "integratie.toml"
    assert "[kolommen.clienten]" in finding.message and "eind_uitkering" in finding.message


def test_the_cells_of_a_column_without_a_known_heading_are_not_in_the_tables(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"achternaam": "Jansen"})})
    evaluation = evaluated(path)
    assert rules(evaluation) == ["kolommen_niet_gelezen"]
    for table in ("clienten_geleverd", "clienten", "personen"):
        assert "Jansen" not in evaluation.frame(table).to_csv()


# --- values in a workbook


@pytest.mark.parametrize("number", ["0001", " 0001 ", "0001\u00a0", "'0001"])
def test_the_number_of_a_person_keeps_its_zeros_and_loses_what_is_around_it(tmp_path: Path, number: str) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"clientnummer": number})})
    assert evaluated(path).frame("clienten")["clientnummer"].tolist() == ["0001"]


@pytest.mark.parametrize("number", [123, 123.0, "123", "123.0"])
def test_a_number_in_a_number_cell_is_the_same_as_in_a_text_cell(tmp_path: Path, number: Cell) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"clientnummer": number})})
    assert evaluated(path).frame("clienten")["clientnummer"].tolist() == ["123"]


@pytest.mark.parametrize("hours", [32, 24.5, 33.25])
def test_a_decimal_in_a_number_cell_is_that_number(tmp_path: Path, hours: float) -> None:
    sheets = {"Cliënten": clienten({}), "Plaatsingen": plaatsingen({"uren_per_week": hours})}
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", sheets))
    assert evaluation.frame("plaatsingen")["uren_per_week"].tolist() == [hours]


def test_a_number_cell_with_three_decimals_is_not_a_thousand_times_larger(tmp_path: Path) -> None:
    jobs = plaatsingen({"uren_per_week": 33.375}, {"begin": date(2019, 6, 1), "uren_per_week": 24.5})
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({}), "Plaatsingen": jobs}))
    assert sorted(evaluation.frame("plaatsingen")["uren_per_week"]) == [24.5, 33.375]


@pytest.mark.parametrize(
    "day", [date(2019, 3, 1), "2019-03-01", "01-03-2019", "20190301", 20190301, 43525, "1 maart 2019"]
)
def test_a_day_is_the_same_day_in_every_kind_of_cell(tmp_path: Path, day: Cell) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"begin_uitkering": day})})
    assert f"{evaluated(path).frame('clienten')['begin_uitkering'][0]:%Y-%m-%d}" == "2019-03-01"


@pytest.mark.parametrize("yes", ["ja", "J", True, 1, "x", "✓"])
def test_ja_is_the_same_in_every_kind_of_cell(tmp_path: Path, yes: Cell) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"taalmaatje": yes})})
    assert count(evaluated(path), "taalmaatje") == 1


# --- deliveries


def test_without_a_peildatum_anywhere_a_delivery_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bijstand.xlsx", {"Cliënten": clienten({})})
    with pytest.raises(InputError, match=r"Van bijstand.xlsx is de peildatum niet bekend"):
        evaluated(path)
    assert evaluated(path, reference=date(2019, 12, 31)).period.reference == date(2019, 12, 31)


def test_the_name_of_a_sheet_goes_before_the_name_of_the_file(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten 2019-Q3": clienten({}), "Cliënten 2019-Q2": clienten({})})
    assert [sheet.reference for sheet in evaluated(path).delivered.sheets] == [date(2019, 6, 30), date(2019, 9, 30)]


def test_a_column_peildatum_that_does_not_fit_the_name_is_refused(tmp_path: Path) -> None:
    rows = clienten({"peildatum": date(2019, 9, 30)})
    with pytest.raises(InputError, match="past niet bij 30-06-2019"):
        evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten 2019-Q2": rows}))


def test_a_column_peildatum_is_enough(tmp_path: Path) -> None:
    rows = clienten({"peildatum": date(2019, 9, 30)})
    evaluation = evaluated(write_xlsx(tmp_path / "export.xlsx", {"Cliënten": rows}))
    assert evaluation.period.reference == date(2019, 9, 30)


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    first = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({})})
    (tmp_path / "2019-Q4 kopie.xlsx").write_bytes(first.read_bytes())
    evaluation = evaluated(tmp_path)
    assert rules(evaluation) == ["bestand_dubbel"]
    assert sum(row.seen for row in evaluation.rows) == 1


def test_all_files_that_cannot_be_used_are_told_at_once(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({})})
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.7")
    with pytest.raises(InputError) as caught:
        evaluated(tmp_path)
    assert "a.xlsx is leeg." in caught.value.message and "b.xlsx is geen spreadsheet." in caught.value.message


def test_a_sheet_without_a_table_is_skipped_and_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Toelichting": [["Lees mij"]], "Cliënten": clienten({})})
    evaluation = evaluated(path)
    assert rules(evaluation) == ["blad_overgeslagen"]
    assert [finding.place.sheet for finding in evaluation.findings] == ["Toelichting"]


def test_without_a_sheet_of_persons_nothing_is_evaluated(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Bijeenkomsten": bijeenkomsten({})})
    with pytest.raises(InputError, match="tabel clienten"):
        evaluated(path)


def test_a_delivery_with_only_a_header_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten()})
    with pytest.raises(InputError, match=r"2019-Q4.xlsx, blad 'Cliënten': er staan geen regels"):
        evaluated(path)


def test_a_partner_on_the_same_row_is_a_second_person_of_the_same_uitkering(tmp_path: Path) -> None:
    rows = headed(clienten({"partner": "0002"}, {"clientnummer": "0003"}), {"partner": "Clientnummer partner"})
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": rows}))
    assert (count(evaluation, "personen"), count(evaluation, "partijen")) == (3, 2)
    assert [(row.seen, row.used) for row in evaluation.rows] == [(2, 2)]


def test_a_sheet_with_all_quarters_below_each_other_has_them_all(tmp_path: Path) -> None:
    header, *people = clienten({}, {})
    rows: Rows = [[*header, "peildatum"]]
    rows += [[*person, day] for day in (date(2019, 3, 31), date(2019, 6, 30)) for person in people]

    evaluation = evaluated(write_xlsx(tmp_path / "alles.xlsx", {"Cliënten": rows}))

    assert (evaluation.period.start, evaluation.period.end) == (date(2019, 1, 1), date(2019, 6, 30))
    assert [count(evaluation, "bijstand_per_peildatum", category=day) for day in ("2019-03-31", "2019-06-30")] == [2, 2]
    assert count(evaluation, "personen") == 2
