"""One side of a comparison: what a report tells is what its cijfers.json tells."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from integratie_eval.edition import edition_of, read_edition, warnings_about
from integratie_eval.model import Below, Exact, Hidden, Period, PublishedFigures, Range, Value
from integratie_eval.render import write_report
from integratie_eval.report import Report
from tests.helpers import clienten, reported, write_xlsx


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("levering") / "2019-Q4.xlsx"
    return reported(write_xlsx(path, {"Cliënten": clienten({}, {"taalmaatje": "ja"}, {})}), percentage_decimals=1)


def test_a_report_is_read_back_as_it_was(report: Report, tmp_path: Path) -> None:
    write_report(report, tmp_path, ["json"])
    edition = edition_of(report, "uit")
    assert read_edition(tmp_path / "cijfers.json", "uit") == edition
    assert list(warnings_about(edition, edition)) == []


@pytest.mark.parametrize("value", [Exact(3), Below(5), Range(64, 69), Hidden()])
def test_every_kind_of_published_value_is_read_back(report: Report, tmp_path: Path, value: Value) -> None:
    row = replace(report.published.rows[0], count=value, percentage=None)
    write_report(replace(report, published=PublishedFigures.of((row,), ())), tmp_path, ["json"])
    assert read_edition(tmp_path / "cijfers.json", "uit").rows[0].count == value


def test_other_choices_and_other_definitions_are_told(report: Report) -> None:
    edition = edition_of(report, "uit")
    other = replace(
        edition,
        choices={**edition.choices, "cohort_grens": json.dumps("2014-01-01"), "versie": json.dumps("9")},
        definitions={**edition.definitions, "personen": "Anders."},
    )
    assert list(warnings_about(edition, other)) == [
        "A en B verschillen in de versie van het programma en de grens tussen de groepen. "
        "De cijfers zijn dan niet zonder meer te vergelijken.",
        "Deze cijfers hebben in A en B een andere definitie: Personen met bijstand.",
    ]


def test_a_report_without_a_manifest_tells_no_choices(report: Report, tmp_path: Path) -> None:
    write_report(report, tmp_path, ["json"])
    (tmp_path / "manifest.json").unlink()
    (found,) = warnings_about(edition_of(report, "a"), read_edition(tmp_path / "cijfers.json", "b"))
    assert found.startswith("Van een van beide is niet bekend met welke keuzes de cijfers zijn gemaakt")


@pytest.mark.parametrize(("end", "told"), [("2019-12-31", 0), ("2019-12-29", 0), ("2019-12-28", 1)])
def test_periods_of_another_length_are_told(report: Report, end: str, told: int) -> None:
    edition = edition_of(report, "uit")
    period = edition.period
    other = Period(period.start, period.end.fromisoformat(end), period.reference)
    assert len(list(warnings_about(edition, replace(edition, period=other)))) == told
