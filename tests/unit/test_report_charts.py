"""The charts of a report: which there are, what they say in words, and where they stand in each format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from integratie_eval.errors import SettingsError
from integratie_eval.manifest import MANIFEST
from integratie_eval.model import Below, Cohort, Exact, Hidden, Published, PublishedFigures, Value
from integratie_eval.render import FORMATS, Material, write_report
from integratie_eval.render.annotated import CHART_FILE
from integratie_eval.render.charts import Chart
from integratie_eval.render.charts.subjects import CHARTS
from integratie_eval.render.document import ChartPlace, Table, document_of
from integratie_eval.render.html import render_html
from integratie_eval.report import Report
from tests.helpers import Cell, Record, Rows, clienten, metingen, reported, trajecten, without, write_xlsx

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> & "x" [k](javascript:x) *ster* ]]> --> onload=x'


def person(number: int, **facts: Cell) -> Record:
    return {"clientnummer": f"{number:04d}", "uitkeringnummer": f"U{number:04d}", **facts}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Two quarters: one person leaves for work, one is an oudkomer, one follows a traject of a hostile provider."""
    folder = tmp_path_factory.mktemp("leveringen")
    people = [person(1), person(2, datum_vestiging=date(2008, 1, 1)), person(3)]
    gone = {**people[2], "eind_uitkering": date(2019, 11, 1), "reden_einde": "11"}
    more: dict[str, Rows] = {
        "Trajecten": trajecten({"aanbieder": HOSTILE}),
        "Metingen": metingen({"datum": date(2019, 12, 1), "trede": 4}),
        "Vestigingen": [["jaar", "aantal"], [2018, 1], [2019, 0]],
    }
    write_xlsx(folder / "2019-Q3.xlsx", {"Cliënten": clienten(*people)})
    write_xlsx(folder / "2019-Q4.xlsx", {"Cliënten": clienten(*people[:2], gone), **more})
    return reported(folder)


@pytest.fixture(scope="module")
def material(report: Report) -> Material:
    return Material(report)


def changed(report: Report, indicator: str, count: Value, category: str | None = None) -> Material:
    """The same report with another published value."""
    rows = tuple(
        replace(row, count=count) if row.indicator == indicator and category in (None, row.category) else row
        for row in report.published.rows
    )
    return Material(replace(report, published=PublishedFigures.of(rows, report.published.missing)))


def texts(chart: Chart) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]


# --- which charts there are


def test_a_report_draws_the_charts_whose_figures_it_has(material: Material) -> None:
    assert list(material.charts) == [
        "vestigingen",
        "eindstatus",
        "aanbieders",
        "stroom",
        "ladder-bewegingen",
        "ladder-per-kwartaal",
    ]


def test_what_was_not_delivered_is_not_drawn_and_has_no_place(tmp_path: Path) -> None:
    people = without(clienten({}), "trede", "datum_trede", "eind_uitkering")
    bare = Material(reported(write_xlsx(tmp_path / "2019-Q4.xlsx", {"a": people})))
    assert bare.charts == {}
    assert "![" not in bare.text
    assert FORMATS["md"](bare).keys() == {"rapport.md"}


@pytest.mark.parametrize(
    ("chart", "indicator"),
    [("vestigingen", "vestigingen"), ("eindstatus", "eindstatus"), ("aanbieders", "deelnemers_aanbieder"),
     ("ladder-bewegingen", "ladder_overgang"), ("ladder-per-kwartaal", "ladder_stand")],
)  # fmt: skip
def test_zeros_alone_are_not_drawn(report: Report, chart: str, indicator: str) -> None:
    assert chart not in changed(report, indicator, Exact(0)).charts


def test_a_value_that_is_not_exact_is_words_in_bars(report: Report) -> None:
    drawn = changed(report, "eindstatus", Below(5), "in traject").charts["eindstatus"]
    assert "minder dan 5" in texts(drawn)


@pytest.mark.parametrize(
    ("chart", "indicator", "category"),
    [
        ("stroom", "stand_begin", None),
        ("stroom", "uitstroom_reden", "studie"),
        ("ladder-bewegingen", "ladder_overgang", "3 → 4"),
    ],
)
def test_a_chart_of_parts_that_add_up_is_not_drawn_without_one_of_them(
    report: Report, chart: str, indicator: str, category: str | None
) -> None:
    assert chart in Material(report).charts
    assert chart not in changed(report, indicator, Hidden(), category).charts


def test_a_quarter_with_a_hidden_part_is_left_open(report: Report) -> None:
    rows = tuple(
        replace(row, count=Hidden())
        if (row.indicator, row.quarter, row.category) == ("ladder_stand", "2019-Q3", "3")
        else row
        for row in report.published.rows
    )
    hidden = Material(replace(report, published=PublishedFigures.of(rows, report.published.missing)))
    assert texts(hidden.charts["ladder-per-kwartaal"]).count("–") == 1


def test_more_providers_than_fit_are_left_out_and_that_is_said(report: Report) -> None:
    def providers(number: int) -> Iterator[Published]:
        for index in range(number):
            yield Published("deelnemers_aanbieder", Cohort.TOTAL, "aanbieder", f"A{index}", Exact(index), None, None)

    others = tuple(row for row in report.published.rows if row.indicator != "deelnemers_aanbieder")
    for number, said in ((15, False), (16, True)):
        figures = PublishedFigures.of((*others, *providers(number)), report.published.missing)
        chart = Material(replace(report, published=figures)).charts["aanbieders"]
        assert ("voor de 15 met de meeste deelnemers" in chart.alt) is said
        assert "A15" in texts(chart) or number == 15
        assert ("A0" in texts(chart)) is not said


# --- what they say


def test_every_chart_is_a_complete_file_with_a_name_and_a_description(material: Material) -> None:
    for chart in material.charts.values():
        root = ElementTree.fromstring(chart.svg)
        assert root.tag == f"{SVG}svg" and root.attrib["role"] == "img"
        named = {root.find(f"{SVG}{tag}").attrib["id"]: root.find(f"{SVG}{tag}").text for tag in ("title", "desc")}  # type: ignore[union-attr]
        assert root.attrib["aria-labelledby"].split() == list(named)
        assert list(named.values()) == [chart.caption, chart.alt]
        assert root.attrib["viewBox"] == f"0 0 {chart.width} {chart.height}"
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg",
            "title",
            "desc",
            "g",
            "rect",
            "path",
            "text",
        }
        assert not any(name.startswith("on") or name in ("style", "href") for e in root.iter() for name in e.attrib)


def test_the_words_agree_with_the_numbers(material: Material) -> None:
    said = {name: chart.alt for name, chart in material.charts.items()}
    assert (
        said["vestigingen"]
        == "Een staaf per jaar. In 2018 kwam er 1 statushouder in de gemeente wonen, in 2019 waren het er geen."
    )
    assert "van 3 mensen van wie twee keer een trede bekend is. Gestegen: 1," in said["ladder-bewegingen"]
    assert "De meeste statushouders: " in said["eindstatus"] and "betaald werk (1)" in said["eindstatus"]
    assert "De meeste oudkomers: " in said["eindstatus"]
    assert "In 2019-Q3: geen op trede 1 of 2, 3 op trede 3 of 4" in said["ladder-per-kwartaal"]
    assert (
        "Aan het eind hadden 2 mensen bijstand. De redenen die het vaakst voorkwamen: betaald werk (1)."
        in said["stroom"]
    )


def test_one_person_is_singular(report: Report) -> None:
    assert "van 1 persoon van wie" in changed(report, "ladder_gemeten", Exact(1)).charts["ladder-bewegingen"].alt
    assert "Aan het eind had 1 persoon bijstand." in changed(report, "stand_eind", Exact(1)).charts["stroom"].alt
    assert "Aan het eind had niemand bijstand." in changed(report, "stand_eind", Exact(0)).charts["stroom"].alt


def test_text_of_data_stays_text(material: Material) -> None:
    chart = material.charts["aanbieders"]
    assert chart.alt.endswith(f"De langste staven: {HOSTILE} (1).")
    assert "<script" not in chart.svg
    (place,) = [p for p in places(material) if p.name == "aanbieders"]
    assert place.alt == chart.alt


# --- where they stand


def places(material: Material) -> list[ChartPlace]:
    return [block for block in document_of(material.text, material.templates.parser) if isinstance(block, ChartPlace)]


def test_charts_are_numbered_in_the_order_of_the_text_and_say_what_the_chart_says(material: Material) -> None:
    found = places(material)
    assert sorted(place.name for place in found) == sorted(material.charts)
    for number, place in enumerate(found, 1):
        chart = material.charts[place.name]
        assert (place.caption, place.alt) == (f"Grafiek {number}: {chart.caption}", chart.alt)


def test_the_table_with_the_same_numbers_stands_right_under_a_chart(material: Material) -> None:
    blocks = document_of(material.text, material.templates.parser)
    below = [after for block, after in pairwise(blocks) if isinstance(block, ChartPlace)]
    assert all(isinstance(block, Table) for block in below)


def test_a_chart_that_does_not_exist_is_an_error_with_a_hint(material: Material, tmp_path: Path) -> None:
    (tmp_path / "rapport.md.j2").write_text('{{ grafiek("eindstatussen") }}', encoding="utf-8")
    settings = material.report.settings.but(templates=tmp_path)
    with pytest.raises(SettingsError, match=r"regel 1: de grafiek eindstatussen bestaat niet \(Bedoelt u eindstatus"):
        _ = Material(replace(material.report, settings=settings)).text


def test_the_page_holds_each_chart_once_as_a_figure_with_its_caption(material: Material) -> None:
    html = FORMATS["html"](material)["rapport.html"].decode()
    figures = re.findall(r"<figure>(.*?)</figure>", html, re.DOTALL)
    assert re.findall(r"<figcaption>(.*?)</figcaption>", html) == [place.caption for place in places(material)]
    assert all(material.charts[p.name].svg in figure for p, figure in zip(places(material), figures, strict=True))
    assert all('<section class="grafiek" aria-label="' in figure and 'tabindex="0"' in figure for figure in figures)
    assert "<img" not in html


def test_the_text_has_the_charts_as_files_beside_it(material: Material) -> None:
    files = FORMATS["md"](material)
    assert files.keys() == {"rapport.md", *(f"grafiek-{name}.svg" for name in material.charts)}
    text = files["rapport.md"].decode()
    assert set(CHART_FILE.findall(text)) == set(material.charts)
    assert files["grafiek-eindstatus.svg"].decode() == material.charts["eindstatus"].svg


def test_a_chart_without_a_place_has_no_file(material: Material) -> None:
    bare = Material(material.report)
    bare.__dict__["text"] = "# Rapport\n"
    assert FORMATS["md"](bare).keys() == {"rapport.md"}


def test_the_manifest_lists_the_files_and_a_later_run_removes_what_is_left_over(report: Report, tmp_path: Path) -> None:
    write_report(report, tmp_path, ["md"])
    listed = {file["bestand"] for file in json.loads((tmp_path / MANIFEST).read_text())["uitvoer"]}
    assert {"grafiek-vestigingen.svg", "grafiek-stroom.svg"} <= listed
    (tmp_path / "grafiek-stroom.svg").write_text("own work")

    write_report(changed(report, "vestigingen", Exact(0)).report, tmp_path, ["html"])
    assert {path.name for path in tmp_path.glob("grafiek-*")} == {"grafiek-stroom.svg"}


def test_two_runs_give_the_same_charts(report: Report, material: Material) -> None:
    assert Material(report).charts == material.charts


def test_the_names_of_charts_fit_the_names_of_their_files() -> None:
    assert all(CHART_FILE.fullmatch(f"grafiek-{name}.svg") for name in CHARTS)


def test_a_chart_that_is_placed_again_has_ids_of_its_own(material: Material) -> None:
    again = '\n![x](grafiek-eindstatus.svg "Grafiek 9: nog eens")\n\n- ![y](grafiek-eindstatus.svg)\n'
    html = render_html(
        material.report, material.templates.parser.parse(material.text + again), material.templates, material.charts
    )
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.count("<figure>") == len(places(material)) + 2
    assert f"<figcaption>{material.charts['eindstatus'].caption}</figcaption>" in html


def test_an_image_from_elsewhere_is_told_in_words(material: Material) -> None:
    images = "\n![Het *stadhuis*](https://voorbeeld.example/x.png) en ![niets](grafiek-weg.svg)\n"
    html = render_html(
        material.report, material.templates.parser.parse(material.text + images), material.templates, material.charts
    )
    assert "<p>Het stadhuis en niets</p>" in html
    assert "voorbeeld.example" not in html and "<img" not in html


def test_only_definitions_lead_back(material: Material) -> None:
    html = FORMATS["html"](material)["rapport.html"].decode()
    chapter = html.partition('id="zorg_en_rust"')[2].partition("<h2")[0]
    assert chapter and "Terug naar" not in chapter
