"""Totals, footnotes and repeated headers are no rows of data; a row with its keys filled always is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import (
    Rows,
    bijeenkomsten,
    clienten,
    count,
    evaluated,
    headed,
    plaatsingen,
    rules,
    trajecten,
    uncounted,
    write_csv,
    write_xlsx,
)


def aside(folder: Path, rows: Rows, name: str = "Cliënten") -> dict[str, int]:
    sheets = {"Personen": clienten({})} if name != "Cliënten" else {}
    evaluation = uncounted(write_xlsx(folder / "2019-Q4.xlsx", sheets | {name: rows}))
    assert rules(evaluation) in ([], ["kolommen_niet_gelezen"])
    (row,) = (row for row in evaluation.rows if row.sheet == name)
    return dict(row.set_aside)


def unread_first(rows: Rows, *cells: str | None) -> Rows:
    """The same sheet behind a column that no definition knows."""
    return [["Team", *rows[0]], *([cell, *row] for cell, row in zip(cells, rows[1:], strict=True))]


TOTALS = ["Totaal", "totaal: 2", "Eindtotaal 10", "Subtotaal Q3", "Totaal aantal: 12", "TOTALEN", "Aantal records: 2"]


@pytest.mark.parametrize("label", TOTALS)
@pytest.mark.parametrize("numbers", [[], [2], [None, 2]])
def test_a_total_is_no_row(tmp_path: Path, label: str, numbers: list[int | None]) -> None:
    assert aside(tmp_path, [*clienten({}, {}), [label, *numbers]]) == {"totaalregel": 1}


@pytest.mark.parametrize("label", TOTALS)
@pytest.mark.parametrize("numbers", [[], [2], [None, 2], ["-", "-"]])
def test_a_total_before_a_column_that_is_not_read_is_no_row(
    tmp_path: Path, label: str, numbers: list[int | str | None]
) -> None:
    rows = unread_first(clienten({}, {}), "Noord", "Zuid")
    assert aside(tmp_path, [*rows, [label, *numbers]]) == {"totaalregel": 1}


@pytest.mark.parametrize("label", TOTALS)
def test_a_row_with_its_keys_filled_is_no_total_whatever_stands_in_a_column_that_is_not_read(
    tmp_path: Path, label: str
) -> None:
    assert aside(tmp_path, unread_first(clienten({}, {}), label, "Zuid")) == {}


@pytest.mark.parametrize(
    ("name", "rows", "total"),
    [
        ("Trajecten", trajecten({}), ["Totaal", None, None, 12]),
        ("Plaatsingen", plaatsingen({}), ["Totaal", None, None, 32]),
        ("Bijeenkomsten", bijeenkomsten({}), ["Totaal", None, 12]),
        ("Vestigingen", [["jaar", "aantal"], [2017, 12]], ["Totaal", 12]),
    ],
)
def test_every_table_may_have_a_total(tmp_path: Path, name: str, rows: Rows, total: list[object]) -> None:
    assert aside(tmp_path, [*rows, total], name) == {"totaalregel": 1}  # type: ignore[list-item]


@pytest.mark.parametrize(
    "note",
    ["Bron: de administratie", "* voorlopig", "*voorlopig", "1) voorlopige cijfers", "Einde", "Pagina 2 van 10",
     "- einde overzicht -", "2 voorlopige cijfers", "Afdrukdatum: 1-1-2020"],
)  # fmt: skip
@pytest.mark.parametrize("column", [0, 1, 5])
def test_a_line_of_text_is_a_footnote(tmp_path: Path, note: str, column: int) -> None:
    assert aside(tmp_path, [*clienten({}), [*[None] * column, note]]) == {"voetnoot": 1}


@pytest.mark.parametrize("heading", ["clientnummer", "Cliëntnr.", "Klant-ID"])
def test_a_header_is_repeated_in_the_words_of_the_sheet(tmp_path: Path, heading: str) -> None:
    rows = headed(clienten({}, {}), {"clientnummer": heading})
    assert aside(tmp_path, [*rows[:2], rows[0], *rows[2:]]) == {"herhaalde kop": 1}


def test_a_header_with_a_heading_of_the_municipality_is_repeated_too(tmp_path: Path) -> None:
    rows = headed(clienten({}, {}), {"clientnummer": "Nr. persoon"})
    path = write_csv(tmp_path / "2019-Q4 clienten.csv", [*rows[:2], rows[0], *rows[2:]])
    evaluation = evaluated(path, columns={"clienten": {"nrpersoon": "clientnummer"}})
    assert (rules(evaluation), [dict(row.set_aside) for row in evaluation.rows]) == ([], [{"herhaalde kop": 1}])


@pytest.mark.parametrize("number", ["A 12", "CLT-0012", "12/34", "0012a", "Nr 12"])
def test_an_ordinary_row_may_have_any_number(tmp_path: Path, number: str) -> None:
    evaluation = evaluated(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"clientnummer": number}, {})}))
    assert (count(evaluation, "personen"), rules(evaluation)) == (2, [])
