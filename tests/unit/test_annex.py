"""The annex: every figure of cijfers.csv, readable, in Excel."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integratie_eval.model import Below, Cohort, Exact, Hidden, Published, PublishedFigures, Range, Value
from integratie_eval.render import FORMATS, Material
from integratie_eval.render.annex import render_annex
from integratie_eval.render.annex.model import NOTHING, Sheet
from integratie_eval.render.annex.passages import passages
from integratie_eval.render.annex.workbook import tab_names
from integratie_eval.render.figures import FIGURE_COLUMNS, figures_csv
from integratie_eval.render.templates import load_templates
from integratie_eval.report import Report
from integratie_eval.settings import Project, Provider
from integratie_eval.settings_goals import Target
from tests.annexes import members, read_back, table, values
from tests.helpers import Record, Rows, clienten, reported, trajecten, write_xlsx

HOSTILE = ("=1+1", "@SUM(A1)", "+1", "-1", '"; DROP', "a\nb", "<b>&amp;", "_x0041_", "http://x.nl", "007", "'x", "{=1}")
ANY_TEXT = st.text(max_size=12) | st.sampled_from(HOSTILE) | st.text("\x00\x01\x0b\r\x1f\ufffe_x04=", max_size=9)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("levering")
    oud: Record = {"datum_vestiging": "2010-03-01"}
    people: list[Record] = [{"eind_uitkering": "2019-11-30", "reden_einde": "11"}, {}, {"trede": 1}, oud, oud]
    for quarter in ("2019-Q3", "2019-Q4"):
        sheets: dict[str, Rows] = {
            "Cliënten": clienten(*people),
            "Trajecten": trajecten(
                {"aanbieder": "Werkt"},
                {"clientnummer": "0002", "aanbieder": "=1+1"},
                {"clientnummer": "0004", "aanbieder": "=1+1"},
            ),
            "Vestigingen": [["jaar", "aantal"], [2018, 1200], [2019, 7]],
        }
        write_xlsx(folder / f"{quarter}.xlsx", sheets)
    return reported(
        folder,
        municipality="Duin",
        percentage_decimals=1,
        targets=(Target("uitstroom_werk", Decimal("25.0"), percentage=True), Target("personen", Decimal(3), False)),
        price_of_kind={"sollicitatietraining": 1500},
        price_of_fte=80_000,
        project=Project(fte=Decimal("1.5")),
        providers=(Provider("Werkt", offer="hulp", places=3, for_rungs=(2, 3)),),
    )


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return annex(report)


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def annex(report: Report) -> bytes:
    return FORMATS["xlsx"](Material(report))["cijfers.xlsx"]


# --- the same figures


def test_all_figures_read_back_are_cijfers_csv(report: Report, book: Any) -> None:
    assert read_back(book["Alle cijfers"]) == figures_csv(report)


def test_numbers_are_numbers(book: Any) -> None:
    (row,) = [
        row for row in table(book["Alle cijfers"])
        if (row["indicator"].value, row["cohort"].value, row["kwartaal"].value) == ("uitstroom_werk", "totaal", None)
    ]  # fmt: skip
    assert (row["aantal"].value, row["noemer"].value, row["percentage"].value) == (1, 5, 20)
    assert (row["aantal"].number_format, row["percentage"].number_format) == ("#,##0", "0.0")


def test_a_value_that_is_not_exact_is_told_as_in_the_csv_and_the_report(report: Report) -> None:
    hidden: dict[Cohort, Value] = {
        Cohort.STATUSHOUDER: Below(5),
        Cohort.OUDKOMER: Range(10, 14),
        Cohort.TOTAL: Hidden(),
    }
    rows = tuple(
        replace(row, count=hidden.get(row.cohort, row.count), percentage=None) if row.indicator == "eindstatus" else row
        for row in report.published.rows
    )
    changed = replace(report, published=PublishedFigures.of(rows, report.missing))
    content = annex(changed)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert read_back(book["Alle cijfers"]) == figures_csv(changed)
    first = values(book["Eindstatus per groep"])[0]
    assert first == {
        "eindstatus": "betaald werk",
        "statushouders": "minder dan 5",
        "oudkomers": "10 tot en met 14",
        "totaal": "niet openbaar",
    }
    drawn = b"".join(data for name, data in members(content).items() if name.startswith("xl/charts/"))
    assert b"minder dan 5" in drawn and b"10 tot en met 14" in drawn


def test_only_published_values_reach_the_annex(report: Report) -> None:
    hidden = Published("personen", Cohort.TOTAL, None, None, Hidden(), None, None)
    book = openpyxl.load_workbook(io.BytesIO(render_annex(only(report, hidden), "", load_templates())))
    assert values(book["Doelgroep"]) == [{"cijfer": "Personen met bijstand", "totaal": "niet openbaar"}]


def only(report: Report, *rows: Published) -> Report:
    """A report of these figures of providers and persons, and nothing else."""
    person = tuple(indicator for indicator in report.indicators if indicator.id in ("personen", "bijeenkomsten"))
    published = PublishedFigures.of(rows, ())
    return replace(report, indicators=person, published=published, targets=(), ratios=(), money=None)


# --- readable


def test_the_first_sheet_leads_to_all_others(book: Any) -> None:
    front = book.worksheets[0]
    assert front.title == "Cijfers bij Evaluatie integratie"[:31].rstrip()
    rows = table(front)
    assert [row["blad"].value for row in rows] == book.sheetnames[1:]
    assert [row["blad"].hyperlink.location for row in rows] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert [row["rijen"].value for row in rows] == [len(table(sheet)) for sheet in book.worksheets[1:]]


def test_every_sheet_tells_what_it_is_and_has_one_table(book: Any) -> None:
    for sheet in book.worksheets:
        (found,) = sheet.tables.values()
        header = found.ref.partition(":")[0]
        assert sheet["A1"].value and sheet["A1"].font.bold and sheet["A2"].value
        assert sheet[header].value == found.tableColumns[0].name
        assert sheet.freeze_panes == sheet[header].offset(1, 1).coordinate or sheet.title == "Alle cijfers per kwartaal"
        assert not sheet.merged_cells.ranges
        back = sheet[header].offset(-1, 0)
        assert back.hyperlink is None if sheet is book.worksheets[0] else back.value == "Terug naar de inhoud"
    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.worksheets)


def test_no_column_has_an_active_filter_and_no_row_is_out_of_sight(book: Any) -> None:
    for sheet in book.worksheets:
        (found,) = sheet.tables.values()
        assert found.autoFilter is None or not found.autoFilter.filterColumn
        assert not [row for row in sheet.row_dimensions.values() if row.hidden]


def test_a_chapter_has_groups_beside_each_other_and_percentages_that_are_numbers(book: Any) -> None:
    (row,) = [row for row in table(book["Resultaten"]) if row["cijfer"].value == "Uitgestroomd naar betaald werk"]
    assert {name: cell.value for name, cell in row.items()} == {
        "cijfer": "Uitgestroomd naar betaald werk",
        "onderdeel": NOTHING,
        "statushouders": 1,
        "oudkomers": 0,
        "totaal": 1,
        "statushouders (%)": 0.333,
        "oudkomers (%)": 0,
        "totaal (%)": 0.2,
        "percentage van": "Personen met bijstand",
    }
    assert row["totaal (%)"].number_format == "0.0%"


def test_sheets_are_named_after_the_chapters_of_the_report(book: Any) -> None:
    chapters = ["Aanleiding en vestiging", "Doelgroep", "Participatieladder", "Resultaten"]
    assert [name for name in book.sheetnames if name in chapters] == chapters


def test_figures_per_quarter_have_a_column_per_quarter(book: Any) -> None:
    (row,) = [
        row for row in values(book["Alle cijfers per kwartaal"])
        if (row["cijfer"], row["groep"]) == ("Uitstroom uit de bijstand", "statushouders")
    ]  # fmt: skip
    assert (row["2019-Q3"], row["2019-Q4"]) == (0, 1)


def test_targets_costs_and_offer(book: Any) -> None:
    assert [tuple(row.values())[2:] for row in values(book["Streefwaarden en uitkomsten"])] == [
        ("minstens", 0.25, 0.2, "5,0 procentpunt lager", "niet bereikt"),
        ("minstens", 3, 5, "2 hoger", "bereikt"),
    ]
    assert [tuple(row.values()) for row in values(book["Kosten"])][:2] == [
        ("fte", 80000, 6, 1.5, 60000),
        ("soort sollicitatietraining", 1500, NOTHING, 3, 4500),
    ]
    assert [tuple(row.values()) for row in values(book["Aanbod"])] == [("Werkt", "hulp", "2, 3", 3, 2)]


def test_rows_and_findings_are_counted(report: Report, book: Any) -> None:
    rows = values(book["Regels per levering"])
    assert [row["gezien"] for row in rows] == [row.seen for row in report.rows]
    assert all(row["gezien"] == row["gebruikt"] + row["opzij gezet"] for row in rows)
    assert sum(row["aantal"] for row in values(book["Bevindingen"])) == len(report.findings)


def test_every_measured_figure_has_its_definition(report: Report, book: Any) -> None:
    codes = [row["code"] for row in values(book["Definities"])]
    assert codes == [*(i.id for i in report.indicators), *(item.ratio.id for item in report.ratios)]


def test_the_choices_of_the_report_are_the_notes(book: Any) -> None:
    subjects = {row["onderwerp"] for row in values(book["Toelichting"])}
    assert {"Tekens in de tabellen", "Keuzes in dit rapport", "Wat niet is geleverd"} <= subjects


# --- charts


def test_every_chart_says_what_it_shows(content: bytes) -> None:
    drawings = [data.decode() for name, data in members(content).items() if re.match(r"xl/drawings/d\w+\.xml", name)]
    told = [re.findall('descr="([^"]*)"', drawing) for drawing in drawings]
    assert len(told) == 5 and all(len(texts) == 1 and "taafdiagram" in texts[0] for texts in told)


def test_a_chart_draws_the_groups_of_its_table(content: bytes) -> None:
    charts = [data.decode() for name, data in members(content).items() if name.startswith("xl/charts/")]
    (chart,) = [text for text in charts if ">Eindstatus per groep<" in text]
    assert re.findall("<c:val><c:numRef><c:f>([^<]*)<", chart) == [
        "'Eindstatus per groep'!$B$5:$B$13",
        "'Eindstatus per groep'!$C$5:$C$13",
    ]
    assert "01689B" in chart and "B8500A" in chart


# --- safe


def test_text_of_data_is_text(book: Any, content: bytes) -> None:
    cells = [row["aanbieder"] for row in table(book["Deelnemers per aanbieder"])]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        ("=1+1", "s", "@"),
        ("Werkt", "s", "@"),
    ]
    assert not [name for name, data in members(content).items() if b"<f>" in data and "worksheets" in name]


def test_any_text_comes_back_as_it_was(report: Report) -> None:
    @given(st.lists(ANY_TEXT.filter(bool), min_size=1))
    def check(texts: list[str]) -> None:
        changed = only(report, *(_provider(text) for text in texts))
        content = render_annex(changed, "", load_templates())
        for name, data in members(content).items():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(data)
            assert b"<f>" not in data
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert _lines(read_back(book["Alle cijfers"])) == _lines(figures_csv(changed))

    check()


def _provider(name: str) -> Published:
    return Published("bijeenkomsten", Cohort.TOTAL, "aanbieder", name, Exact(1), None, None)


def _lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_names_of_sheets_are_short_different_and_allowed() -> None:
    long = "Statushouders: wie [in] de gemeente/stad kwam wonen?"
    sheets = [
        Sheet(key, title, (), (), ()) for key, title in (("a", long), ("b", long), ("c", "'Kosten'"), ("d", "//"))
    ]
    assert tab_names(sheets) == {
        "a": "Statushouders wie in de gemeent",
        "b": "Statushouders wie in de gem (2)",
        "c": "Kosten",
        "d": "d",
    }


# --- always the same


def test_the_same_report_gives_the_same_bytes(report: Report, content: bytes) -> None:
    assert annex(report) == content


def test_the_properties_tell_the_title_and_no_clock(book: Any) -> None:
    assert book.properties.title == "Cijfers bij Evaluatie integratie en participatie statushouders, Duin"
    assert book.properties.created == datetime(2019, 12, 31)


def test_passages_are_found_by_anchor() -> None:
    text = (
        '# A\n\nx\n\n## B {#b}\n\nEen\nzin.\n\n1. i\n2. j\n\n### C \\{#nee}\n\n## D {#d}\n\n![alt](grafiek-d.svg "T")\n'
    )
    found = passages(text, load_templates().parser)
    assert [(key, passage.title) for key, passage in found.items()] == [("b", "B"), ("d", "D")]
    assert found["b"].lines == ("Een zin.", "1. i", "2. j")
    assert found["d"].chart is not None and found["d"].chart.alt == "alt"


def test_libreoffice_opens_it(content: bytes, tmp_path: Path, report: Report) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not here")
    (tmp_path / "cijfers.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profiel"
    every_sheet = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", every_sheet, "--outdir", tmp_path, tmp_path / "cijfers.xlsx"],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    written = (tmp_path / "cijfers-Alle cijfers.csv").read_text(encoding="utf-8").splitlines()
    assert len(written) == len(report.published.rows) + 4
    assert written[3].split(";") == list(FIGURE_COLUMNS)


@pytest.mark.parametrize("people", [0, 1])
def test_a_small_delivery_has_an_annex_too(tmp_path: Path, people: int) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({})[: people + 1]})
    small = reported(path, empty_allowed=True)
    book = openpyxl.load_workbook(io.BytesIO(annex(small)))
    assert read_back(book["Alle cijfers"]) == figures_csv(small)
    assert "Eindstatus per groep" not in book.sheetnames  # trajecten were not delivered
