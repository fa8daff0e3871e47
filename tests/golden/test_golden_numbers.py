"""Every number of the sample's report, in every form, is a number of cijfers.csv."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser

import openpyxl
import pytest

from integratie_eval.evaluation import evaluate
from integratie_eval.render import FORMATS, Material
from integratie_eval.render.figures import FIGURE_COLUMNS, csv_text
from integratie_eval.report import report_of
from integratie_eval.resources import sample_folder
from integratie_eval.settings import FILE_NAME, load_settings
from tests.annexes import read_back, values
from tests.golden.test_golden_report import EXPECTED

CIJFERS = (EXPECTED / "cijfers.csv").read_bytes().decode("utf-8")
FIGURES = {
    tuple(filter(None, (row["indicator"], row["cohort"], row["categorie"], row["kwartaal"]))): row
    for row in csv.DictReader(io.StringIO(CIJFERS.removeprefix("\ufeff"), newline=""), delimiter=";")
}
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    """The files of the formats that hold figures."""
    settings = load_settings(sample_folder() / FILE_NAME)
    material = Material(report_of(evaluate(sample_folder(), settings)))
    formats = ("md", "html", "json", "xlsx")
    return {name: content for form in formats for name, content in FORMATS[form](material).items()}


class Numbers(HTMLParser):
    """The numbers of a page that lead to a definition: (the figure that the link names, what is shown)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.body: list[str] = []
        self._figure: str | None = None
        self.feed(page.partition("<body")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._figure = dict(attrs).get("title") if ("class", "cijfer") in attrs else None

    def handle_endtag(self, tag: str) -> None:
        self._figure = None

    def handle_data(self, data: str) -> None:
        self.body.append(data)
        if self._figure:
            self.links.append((self._figure, data))


def test_the_annex_is_cijfers_csv(files: Mapping[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["cijfers.xlsx"]))
    assert read_back(book["Alle cijfers"]) == CIJFERS


def test_the_readable_sheets_of_the_annex_hold_the_same_counts(files: Mapping[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["cijfers.xlsx"]))
    for row in values(book["Eindstatus per groep"]):
        for heading, cohort in (("statushouders", "statushouder"), ("oudkomers", "oudkomer"), ("totaal", "totaal")):
            assert str(row[heading]) == FIGURES["eindstatus", cohort, row["eindstatus"]]["aantal"]
    for row in values(book["Instroom en uitstroom"]):
        quarter = row["kwartaal"].partition(" ")[0]
        for heading, indicator in (("begin", "stand_begin"), ("erbij", "instroom"), ("eruit", "uitstroom")):
            assert str(row[heading]) == FIGURES[indicator, "totaal", quarter]["aantal"]


def test_the_json_holds_the_figures_of_the_csv(files: Mapping[str, bytes]) -> None:
    def cell(value: object) -> object:
        return str(value).replace(".", ",") if isinstance(value, float) else value

    rows = json.loads(files["cijfers.json"])["cijfers"]
    assert csv_text(FIGURE_COLUMNS, ([cell(value) for value in row.values()] for row in rows)) == CIJFERS


NOT_COUNTED = ("caseload_per_fte", "log-ranktoets")
"""Links to the definition of a figure that show something reckoned with it."""


def test_every_linked_number_of_the_page_is_that_of_its_figure(files: Mapping[str, bytes]) -> None:
    links = Numbers(files["rapport.html"].decode()).links
    wrong = [(name, text) for name, text in links if name not in NOT_COUNTED and not _is_of(text, name)]
    assert len(links) > 500
    assert wrong == []


def _is_of(text: str, name: str) -> bool:
    """The count, the percentage, or how far the count is from that of a quarter or a year before."""
    figure = FIGURES[tuple(name.split(" · "))]
    shown = NUMBER.findall(text)[0].replace(".", "")
    if name.startswith("tijd_tot_werk") and "%" not in text:  # a month that is read from the curve
        return True
    if text.startswith(("tussen ", "ongeveer ")):
        return {number.replace(".", "") for number in NUMBER.findall(text)} <= {figure["laag"], figure["hoog"]}
    if shown in (figure["aantal"], figure["percentage"]):
        return True
    others = [
        row["aantal"] for key, row in FIGURES.items()
        if figure["kwartaal"] and key[:-1] == tuple(name.split(" · "))[:-1] and row["kwartaal"] != figure["kwartaal"]
    ]  # fmt: skip
    return int(shown) in {abs(int(figure["aantal"]) - int(other)) for other in others}


def test_markdown_and_page_hold_the_same_numbers(files: Mapping[str, bytes]) -> None:
    page = " ".join(Numbers(files["rapport.html"].decode()).body)
    text = re.sub(r"\\(.)", r"\1", files["rapport.md"].decode())
    numbered = re.sub(r"(?m)^\d+\. ", "", text)  # the page numbers the items of a list itself
    assert Counter(NUMBER.findall(numbered)) - Counter(NUMBER.findall(page)) == Counter()
