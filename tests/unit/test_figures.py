"""The published figures as data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from integratie_eval.model import (
    Below,
    Cohort,
    Exact,
    Finding,
    Hidden,
    Place,
    Published,
    PublishedFigures,
    Range,
    Severity,
    Value,
)
from integratie_eval.render.figures import FIGURE_COLUMNS, figures_csv, figures_json, findings_csv
from integratie_eval.report import Report
from tests.helpers import clienten, reported, write_xlsx


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("levering") / "2019-Q4.xlsx"
    return reported(write_xlsx(path, {"Cliënten": clienten({}, {})}), municipality="Duin")


def published(
    count: Value, base: Value | None = None, share: str | None = None, category: str | None = None
) -> Published:
    percentage = None if share is None else Decimal(share)
    return Published("a", Cohort.TOTAL, "soort" if category else None, category, count, base, percentage)


def only(report: Report, *rows: Published) -> Report:
    return replace(report, published=PublishedFigures.of(rows, ()))


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


# --- csv


def test_the_csv_opens_in_a_dutch_excel(report: Report) -> None:
    text = figures_csv(only(report, published(Exact(1), Exact(8), "12.5")))
    assert text == f"\ufeff{';'.join(FIGURE_COLUMNS)}\r\na;totaal;;;1;8;12,5;;;\r\n"


def test_a_value_that_is_not_exact_is_not_exact_in_the_csv_either(report: Report) -> None:
    shown = [published(value, value) for value in (Below(5), Range(3, 7), Hidden(), Exact(0))]
    assert [row[4:7] for row in rows(figures_csv(only(report, *shown)))[1:]] == [
        ["<5", "<5", ""],
        ["3-7", "3-7", ""],
        ["x", "x", ""],
        ["0", "0", ""],
    ]


def test_a_figure_of_a_quarter_names_it_and_a_share_with_chance_has_its_limits(report: Report) -> None:
    figure = replace(
        published(Exact(1), Exact(8), "12.5"), quarter="2018-Q3", interval=(Decimal("2.2"), Decimal("47.1"))
    )
    assert rows(figures_csv(only(report, figure)))[1][4:] == ["1", "8", "12,5", "2018-Q3", "2,2", "47,1"]
    (row,) = json.loads(figures_json(only(report, figure)))["cijfers"]
    assert (row["kwartaal"], row["laag"], row["hoog"]) == ("2018-Q3", 2.2, 47.1)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(report: Report, start: str) -> None:
    (_, row) = rows(figures_csv(only(report, published(Exact(1), category=start))))
    assert row[3] == f"'{start}"


@pytest.mark.parametrize("text", ["a;b", 'zeg "ja"', "a\nb", "'x", "€ 1"])
def test_signs_of_csv_in_a_text_stay_in_their_cell(report: Report, text: str) -> None:
    (_, row) = rows(figures_csv(only(report, published(Exact(1), category=text))))
    assert (row[3], len(row)) == (text, len(FIGURE_COLUMNS))


def test_every_published_figure_is_one_row(report: Report) -> None:
    assert len(rows(figures_csv(report))) == len(report.published.rows) + 1


# --- json


def test_the_json_holds_whole_numbers_and_no_texts_for_numbers(report: Report) -> None:
    shown = only(
        report, published(Exact(1), Exact(8), "12.5"), published(Exact(1), Exact(2), "50"), published(Exact(0))
    )
    cells = json.loads(figures_json(shown))["cijfers"]
    assert [(cell["aantal"], cell["noemer"], cell["percentage"]) for cell in cells] == [
        (1, 8, 12.5),
        (1, 2, 50),
        (0, None, None),
    ]
    assert isinstance(cells[1]["percentage"], int)


def test_a_value_that_is_not_exact_tells_what_it_is_in_the_json(report: Report) -> None:
    shown = only(report, published(Below(5)), published(Range(3, 7)), published(Hidden()))
    assert [cell["aantal"] for cell in json.loads(figures_json(shown))["cijfers"]] == [
        {"minder_dan": 5},
        {"van": 3, "tot_en_met": 7},
        {"niet_openbaar": True},
    ]


def test_the_json_names_the_period_the_indicators_and_what_was_not_measured(report: Report) -> None:
    content = json.loads(figures_json(report))
    assert content["gemeente"] == "Duin"
    assert content["periode"] == {"van": "2019-10-01", "tot": "2019-12-31", "peildatum": "2019-12-31"}
    measured = {indicator["id"] for indicator in content["indicatoren"]}
    lacking = {item["indicator"] for item in content["niet_gemeten"]}
    assert {cell["indicator"] for cell in content["cijfers"]} <= measured
    assert "met_traject" in lacking and not measured & lacking
    assert all(item["nodig"] for item in content["niet_gemeten"])


def test_csv_and_json_hold_the_same_figures(report: Report) -> None:
    from_json = [
        ["" if value is None else str(value).replace(".", ",") for value in cell.values()]
        for cell in json.loads(figures_json(report))["cijfers"]
    ]
    assert rows(figures_csv(report))[1:] == from_json


# --- findings


def test_a_finding_is_one_row_with_its_place() -> None:
    found = Finding("regel", Severity.ERROR, Place("a.xlsx", "Blad", 7, "C"), "Melding.", "Oplossing.")
    general = Finding("regel", Severity.REMARK, Place("2019-Q3"), "Melding.", "Oplossing.")
    assert rows(findings_csv([found, general])) == [
        ["regel", "ernst", "bestand", "blad", "rij", "kolom", "melding", "oplossing"],
        ["regel", "fout", "a.xlsx", "Blad", "7", "C", "Melding.", "Oplossing."],
        ["regel", "opmerking", "2019-Q3", "", "", "", "Melding.", "Oplossing."],
    ]


def test_the_name_of_a_file_or_sheet_cannot_be_a_formula() -> None:
    found = Finding("regel", Severity.ERROR, Place("=a.xlsx", "@blad", 7, "C"), "Melding.", "Oplossing.")
    assert rows(findings_csv([found]))[1][2:4] == ["'=a.xlsx", "'@blad"]


def test_without_findings_there_is_a_header() -> None:
    assert rows(findings_csv([])) == [["regel", "ernst", "bestand", "blad", "rij", "kolom", "melding", "oplossing"]]
