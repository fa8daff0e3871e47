"""What is declared is complete, and everything it names exists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from integratie_eval.conditions import condition_problems
from integratie_eval.definitions import SQL_TYPES, SURVIVAL, Definitions, Indicator, Rule, Table, load_definitions
from integratie_eval.evaluation import Evaluation
from integratie_eval.text import fold
from tests.helpers import clienten, evaluated, write_xlsx

DEFINITIONS = load_definitions()
STAGES = {"lezen", "levering", "indeling"}
CHAPTERS = {
    "doelgroep",
    "aanleiding",
    "participatieladder",
    "resultaten",
    "trajecten",
    "taal_en_netwerken",
    "zorg_en_rust",
    "verloop",
    "blijvend",
    "tijd_tot_werk",
    "financiering",
}

every_indicator = pytest.mark.parametrize("indicator", DEFINITIONS.indicators, ids=lambda indicator: indicator.id)
every_rule = pytest.mark.parametrize("rule", DEFINITIONS.rules.values(), ids=lambda rule: rule.id)
every_table = pytest.mark.parametrize("table", DEFINITIONS.tables.values(), ids=lambda table: table.name)


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder: Path = tmp_path_factory.mktemp("levering")
    return evaluated(write_xlsx(folder / "2019-Q4.xlsx", {"Cliënten": clienten({})}))


def exists(need: str, definitions: Definitions = DEFINITIONS) -> bool:
    table, _, column = need.partition(".")
    return table in definitions.tables and (not column or column in definitions.tables[table].columns)


# --- tables and columns


def test_the_tables_are_those_of_the_data_model() -> None:
    assert list(DEFINITIONS.tables) == [
        "clienten", "trajecten", "plaatsingen", "metingen", "vestigingen", "bijeenkomsten",
    ]  # fmt: skip


@every_table
def test_every_column_has_a_type_a_description_and_its_own_name_as_first_heading(table: Table) -> None:
    assert table.title and table.description and table.sheet_names
    for name, column in table.columns.items():
        assert (column.name, column.aliases[0]) == (name, fold(name))
        assert column.description.endswith((".", "?")) and column.kind in SQL_TYPES
        assert (column.kind == "code") == (column.codes is not None)
        assert column.codes is None or column.codes in DEFINITIONS.codes


@every_table
def test_a_heading_means_one_column_of_a_table(table: Table) -> None:
    means = Counter(alias for column in table.columns.values() for alias in {*column.aliases, *column.bsn_aliases})
    assert [alias for alias, columns in means.items() if columns > 1] == []


@every_table
def test_key_and_required_columns_exist(table: Table) -> None:
    assert set(table.key) <= set(table.columns)
    assert set(table.required) <= set(table.columns)
    assert all(name in table.columns for group in table.one_of for name in group)
    assert table.required or table.one_of


def test_no_sheet_name_means_two_tables() -> None:
    names = Counter(name for table in DEFINITIONS.tables.values() for name in set(table.sheet_names))
    assert [name for name, tables in names.items() if tables > 1] == []


def test_a_bsn_is_the_last_choice_and_only_for_the_number_of_a_person() -> None:
    for table in DEFINITIONS.tables.values():
        assert all(column.name == "clientnummer" for column in table.columns.values() if column.bsn_aliases)
        if "clientnummer" in table.columns:
            number = table.columns["clientnummer"]
            last = max(table.meanings[alias][1] for alias in number.aliases)
            assert all(table.meanings[alias] > ("clientnummer", last) for alias in number.bsn_aliases)


# --- codes


@pytest.mark.parametrize("name", DEFINITIONS.codes)
def test_a_text_means_one_code_of_a_list(name: str) -> None:
    from tomllib import loads

    from integratie_eval.resources import definitions_folder

    written = loads((definitions_folder() / "codes.toml").read_text(encoding="utf-8"))[name]
    means = Counter(text for code, texts in written.items() for text in {fold(t) for t in (code, *texts)})
    assert [text for text, codes in means.items() if codes > 1] == []
    assert set(DEFINITIONS.code_titles[name]) == set(DEFINITIONS.codes[name].values())


def test_every_kind_of_traject_has_a_rung_or_none() -> None:
    assert set(DEFINITIONS.rung_of_kind) == set(DEFINITIONS.code_titles["soort_traject"])
    assert set(DEFINITIONS.rung_of_kind.values()) <= set(range(7))


# --- indicators and end states


def test_no_two_indicators_have_one_id() -> None:
    assert [i for i, n in Counter(indicator.id for indicator in DEFINITIONS.indicators).items() if n > 1] == []


@every_indicator
def test_every_indicator_is_complete(indicator: Indicator) -> None:
    assert indicator.title and indicator.source
    assert indicator.definition.endswith(".")
    assert indicator.counts in ("regels", "personen", "som", "mediaan", SURVIVAL)
    assert len(indicator.unit) == 2 and all(indicator.unit)
    assert indicator.section in CHAPTERS
    assert indicator.dimension or not indicator.categories
    assert len(set(indicator.categories)) == len(indicator.categories)


@every_indicator
def test_every_indicator_counts_known_columns_only(indicator: Indicator) -> None:
    columns = DEFINITIONS.views[indicator.view].columns
    assert condition_problems(indicator.condition, columns) == []
    assert indicator.dimension is None or indicator.dimension in columns
    assert not indicator.per_cohort or "cohort" in columns
    assert indicator.counts != "personen" or "clientnummer" in columns
    assert indicator.counts not in ("som", "mediaan") or indicator.column in columns


@every_indicator
def test_the_base_of_an_indicator_is_an_indicator_of_the_same_groups(indicator: Indicator) -> None:
    if indicator.base is not None:
        (base,) = [other for other in DEFINITIONS.indicators if other.id == indicator.base]
        assert base.dimension in (None, indicator.dimension)
        assert base.per_cohort >= indicator.per_cohort
        assert DEFINITIONS.views[base.view].per_quarter == DEFINITIONS.views[indicator.view].per_quarter


@every_indicator
def test_an_indicator_needs_everything_that_its_base_needs(indicator: Indicator) -> None:
    for base in (other for other in DEFINITIONS.indicators if other.id == indicator.base):
        assert set(base.needs) <= set(indicator.needs)


@every_indicator
def test_everything_that_an_indicator_needs_exists(indicator: Indicator) -> None:
    assert [name for need in indicator.needs for name in need.split("|") if not exists(name)] == []


@pytest.mark.parametrize("view", DEFINITIONS.views.values(), ids=lambda view: view.name)
def test_the_columns_of_a_view_are_those_of_the_database(evaluation: Evaluation, view: object) -> None:
    name = view.name  # type: ignore[attr-defined]
    assert set(evaluation.frame(name).columns) == set(DEFINITIONS.views[name].columns)


def test_the_end_states_of_the_indicator_are_the_end_states_in_their_order() -> None:
    (indicator,) = [indicator for indicator in DEFINITIONS.indicators if indicator.id == "eindstatus"]
    assert indicator.categories == tuple(status.name for status in DEFINITIONS.statuses)
    assert set(indicator.needs) == {need for status in DEFINITIONS.statuses for need in status.needs}


def test_every_end_state_stands_on_a_fact_of_a_person_and_the_last_one_takes_the_rest() -> None:
    facts = [status.fact for status in DEFINITIONS.statuses]
    assert set(facts[:-1]) <= set(DEFINITIONS.views["personen"].columns)
    assert facts[-1] == "TRUE"
    assert all(status.description and all(map(exists, status.needs)) for status in DEFINITIONS.statuses)


# --- rules


@every_rule
def test_every_rule_is_complete(rule: Rule) -> None:
    assert rule.stage in STAGES
    assert rule.title
    assert rule.message.endswith(".") and rule.remedy.endswith((".", "?"))
    assert rule.explanation.endswith(".") and "{" not in rule.explanation
    assert (rule.condition is None) == (rule.stage == "lezen")
    assert (rule.table is None) == (rule.stage == "lezen")


@every_rule
def test_everything_that_a_rule_names_exists(rule: Rule) -> None:
    assert all(map(exists, rule.needs))
    if rule.table:
        assert rule.column is not None and exists(f"{rule.table}.{rule.column}")


@every_rule
def test_only_a_rule_about_delivered_rows_sets_rows_aside(rule: Rule) -> None:
    assert rule.set_aside is None or rule.stage == "levering"


def test_the_rules_that_set_rows_aside_come_before_the_rules_about_the_rows_in_use() -> None:
    aside = [rule.set_aside is not None for rule in DEFINITIONS.rules.values() if rule.stage == "levering"]
    first_that_stays = aside.index(False)
    late = [rule.id for rule in DEFINITIONS.rules.values() if rule.stage == "levering"][first_that_stays:]
    assert all(
        name.endswith(("_onbekend", "_dubbele_sleutel")) or not DEFINITIONS.rules[name].set_aside for name in late
    )


def test_every_required_column_has_a_rule_for_an_empty_cell() -> None:
    conditions = {(rule.table, rule.condition) for rule in DEFINITIONS.rules.values() if rule.set_aside}
    required = {(table.name, f"{name} IS NULL") for table in DEFINITIONS.tables.values() for name in table.required}
    allowed = {
        ("clienten", "datum_vestiging IS NULL"),
        ("trajecten", "soort IS NULL"),
    }  # these persons and trajecten stay
    assert required - conditions == allowed


def test_the_definitions_are_read_once() -> None:
    assert load_definitions() is load_definitions()
