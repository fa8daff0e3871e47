"""The Dutch of the report: numbers agree with nouns and verbs (domain.md §7, issue 2 point 6)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from integratie_eval.render.markdown import render_markdown
from integratie_eval.report import report_of
from tests.helpers import prose as written
from tests.spec.town import Row, Town, client, job, left, measurement, traject

PEOPLE: dict[int, list[Row]] = {
    1: [client("1", taalmaatje="ja", datum_gesprek="2019-02-01")],
    2: [client("1", **left("11")), client("2", uitkeringnummer="U1", zorg_en_rust="ja", datum_vestiging="2010-01-01")],
    3: [
        client("1", datum_vestiging=""),
        client("2", uitkeringnummer="A", **left("11", "2019-03-01")),
        client("2", uitkeringnummer="B", begin_uitkering="2019-08-01"),
        client("3", inkomsten_arbeid="ja"),
    ],
}


def prose(folder: Path, people: int) -> str:
    """The running text of a report about a few people, without tables."""
    town = Town(folder).deliver(
        "2019-Q4",
        PEOPLE[people],
        trajecten=[traject("vrijwilligerswerk", aanbieder="Werkt")],
        plaatsingen=[job(jobcoach="ja")],
        metingen=[measurement(3, "2019-05-01")],
        vestigingen=[{"jaar": 2017, "aantal": 1}],
        bijeenkomsten=[{"aanbieder": "Lemat", "datum": "2019-05-01"}],
    )
    text = render_markdown(written(report_of(town.evaluate())))
    return "\n".join(line for line in text.splitlines() if not line.startswith("|"))


MISTAKES = {
    "one with a plural": r"(?<![\d.,])1 (mensen|personen|statushouders|oudkomers|regels|bevindingen|bestanden)\b",
    "many with a singular": r"(?<![\d.,])(0|[2-9]|\d\d+) (persoon|statushouder|oudkomer|regel|bevinding|bijeenkomst)\b",
    "all of one": r"\balle 1\b",
    "one with a plural verb": r"\b1 persoon die \w+den\b",
    "none with a singular verb": r"\bgeen bijstandspartijen gaat\b",
    "spacing": r"\w  +\w| \.| ,",
}


@pytest.mark.parametrize("mistake", list(MISTAKES))
@pytest.mark.parametrize("people", list(PEOPLE))
def test_no_mistake_of_agreement_or_spacing(tmp_path: Path, people: int, mistake: str) -> None:
    """One is singular, zero and many are plural; no doubled spaces."""
    assert re.findall(MISTAKES[mistake], prose(tmp_path, people)) == []
