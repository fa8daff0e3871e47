"""Crosstabs: counts, totals, percentages and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from integratie_eval.classified import classified
from integratie_eval.crosstab import Crosstab, crosstab
from integratie_eval.errors import UsageError
from integratie_eval.query import Questions, questions_to
from tests.helpers import clienten, write_xlsx

OLD = date(2005, 1, 1)
PEOPLE = clienten(
    {"trede": 1}, {"trede": 1, "taalmaatje": "ja"}, {"trede": 2, "datum_vestiging": OLD}, {"trede": None},
    {"trede": 10, "uitkeringnummer": "U0001"},
)  # fmt: skip


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Questions:
    path: Path = tmp_path_factory.mktemp("levering") / "2019-Q4.xlsx"
    return questions_to(classified(write_xlsx(path, {"Cliënten": PEOPLE})))


def table(questions: Questions, **asked: Any) -> list[tuple[Any, ...]]:
    defaults = {"view": "personen", "rows": "trede", "columns": "cohort", "where": None, "counts": None, "share": None}
    answer = crosstab(questions, Crosstab(**{**defaults, **asked}))
    return [answer.columns, *map(tuple, answer.rows)]


def test_counts_with_totals(questions: Questions) -> None:
    assert table(questions) == [
        ("trede", "oudkomer", "statushouder", "totaal"),
        ("1", 0, 2, 2),
        ("2", 1, 0, 1),
        ("(leeg)", 0, 2, 2),
        ("totaal", 1, 4, 5),
    ]


def test_without_columns_there_is_only_the_total(questions: Questions) -> None:
    assert table(questions, rows="taalmaatje", columns=None) == [
        ("taalmaatje", "totaal"), ("nee", 4), ("ja", 1), ("totaal", 5),
    ]  # fmt: skip


def test_a_day_stays_a_day_so_that_every_format_writes_it_in_its_own_way(questions: Questions) -> None:
    days = [row[0] for row in table(questions, rows="datum_vestiging", columns=None)]
    assert days[0] == "datum_vestiging" and days[1] == OLD and days[-1] == "totaal"


@pytest.mark.parametrize(
    ("share", "first", "total"),
    [("rij", (0, 100, 100), (20, 80, 100)), ("kolom", (0, 50, 40), (100, 100, 100)),
     ("totaal", (0, 40, 40), (20, 80, 100))],
)  # fmt: skip
def test_percentages_of_row_column_and_total(
    questions: Questions, share: str, first: tuple[int, ...], total: tuple[int, ...]
) -> None:
    rows = table(questions, share=share)
    assert rows[1] == ("1", *map(Decimal, first))
    assert rows[-1] == ("totaal", *map(Decimal, total))


def test_only_rows_for_which_the_condition_is_true(questions: Questions) -> None:
    assert table(questions, where="taalmaatje OR trede = 2")[-1] == ("totaal", 1, 1, 2)


def test_a_view_per_quarter_counts_the_whole_period_once(questions: Questions) -> None:
    assert table(questions, view="verloop", rows="cohort", columns=None, counts="regels")[-1] == ("totaal", 5)
    assert table(questions, view="verloop", rows="kwartaal", columns=None)[1:] == [("2019-Q4", 5), ("totaal", 5)]


def test_rows_without_persons_are_counted_as_rows(questions: Questions) -> None:
    assert table(questions, view="partijen", rows="samenstelling", columns=None)[-1] == ("totaal", 4)


@pytest.mark.parametrize(
    ("asked", "message", "remedy"),
    [
        ({"rows": "tred"}, "De kolom tred bestaat niet in personen.", "Bedoelt u trede"),
        ({"view": "mensen"}, "De bron mensen bestaat niet.", "Mogelijk zijn: personen"),
        ({"counts": "alles"}, "alles bij --telt kan niet.", "Kies uit personen en regels."),
        ({"share": "half"}, "half bij --procent kan niet.", "Kies uit rij"),
        ({"view": "partijen", "rows": "gemengd", "columns": None, "counts": "personen"}, "In partijen", "Gebruik"),
        ({"where": "tred = 1"}, "--waar: de kolom tred bestaat niet.", "Bedoelt u trede?"),
        ({"where": "trede"}, "--waar: de voorwaarde is geen ja of nee.", "Schrijf een vergelijking"),
        ({"where": "TRUE) UNION SELECT (1"}, "--waar: ", ""),
        ({"where": "trede = (SELECT 1)"}, "--waar: in de voorwaarde kan een vraag tussen haakjes niet", ""),
    ],
)
def test_what_is_wrong_is_refused(questions: Questions, asked: dict[str, Any], message: str, remedy: str) -> None:
    with pytest.raises(UsageError) as refused:
        table(questions, **asked)
    assert refused.value.message.startswith(message)
    assert refused.value.remedy.startswith(remedy)


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten(*({} for _ in range(51)))})
    with pytest.raises(UsageError, match="51 verschillende waarden"):
        table(questions_to(classified(path)), columns="clientnummer")


def test_values_that_are_called_as_a_total_or_as_the_column(tmp_path: Path) -> None:
    people = clienten(*({"nationaliteit": name} for name in ("totaal", "cohort", "true", "ja")))
    questions = questions_to(classified(write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": people})))
    rows = table(questions, rows="cohort", columns="nationaliteit")
    assert rows[0] == ("cohort", "cohort_2", "ja", "totaal (waarde)", "ja_2", "totaal")
    assert rows[-1] == ("totaal", 1, 1, 1, 1, 4)


def test_a_text_about_quarters_leaves_the_period_alone(questions: Questions) -> None:
    without = table(questions, view="ladder", rows="cohort", columns=None, counts="regels")
    told = table(
        questions, view="ladder", rows="cohort", columns=None, counts="regels", where="trede_klasse <> 'kwartaal'"
    )
    assert told == without


def test_a_comparison_that_cannot_be_made_shows_no_sql_of_ours(questions: Questions) -> None:
    with pytest.raises(UsageError) as refused:
        table(questions, where="leeftijd > 'abc'")
    assert refused.value.message == "--waar: deze vergelijking kan niet."
