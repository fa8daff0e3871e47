"""The catalogue of indicators: every number is covered by figures that exist, or has a reason."""

from __future__ import annotations

import pytest

from integratie_eval.catalogue import Topic, catalogue_page, load_catalogue
from integratie_eval.definitions import load_definitions

CATALOGUE = load_catalogue()


def test_the_numbers_are_one_to_forty_four() -> None:
    assert [topic.number for topic in CATALOGUE] == list(range(1, 45))


def test_at_least_thirty_five_are_covered() -> None:
    assert sum(bool(topic.figures) for topic in CATALOGUE) >= 35


@pytest.mark.parametrize("topic", CATALOGUE, ids=lambda topic: str(topic.number))
def test_a_topic_has_figures_that_exist_or_a_reason(topic: Topic) -> None:
    definitions = load_definitions()
    known = {indicator.id for indicator in definitions.indicators} | {ratio.id for ratio in definitions.ratios}
    assert topic.title
    assert set(topic.figures) <= known
    assert topic.figures or topic.remark
    assert not topic.remark or topic.remark.endswith(".")


def test_the_page_names_what_is_there_and_why_something_is_not() -> None:
    page = catalogue_page((Topic(1, "Omvang", ("personen",), ""), Topic(2, "Nareis", (), "Niet in de exports.")))
    assert "Van de 2 zijn er 1 in dit programma" in page
    assert "| 1 | Omvang | [`personen`](definities.md#personen) |  |" in page
    assert "| 2 | Nareis | ontbreekt | Niet in de exports. |" in page
