"""The report as text: numbers know their grammar, and text of data is never more than text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integratie_eval.model import Below, Cohort, Exact, Hidden, Published, Value
from integratie_eval.render.annotated import CHART_FILE
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.prose import Number, Words
from integratie_eval.report import Report
from tests.helpers import Cell, Rows, bijeenkomsten, clienten, prose, reported, trajecten, without, write_xlsx

HOSTILE = '# Kop | **vet** <script>alert(1)</script> [x](http://x) `c` {#y} "q" \\'


def number(count: Value, share: str | None = None, category: str | None = None) -> Number:
    percentage = None if share is None else Decimal(share)
    return Number(Published("personen", Cohort.TOTAL, None, category, count, None, percentage))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("levering") / "2019-Q4.xlsx"
    persons = clienten({}, {"datum_vestiging": date(2001, 1, 1)}, {"taalmaatje": "ja"})
    sheets = {
        "Cliënten": persons,
        "Trajecten": trajecten({"aanbieder": HOSTILE}),
        "Bijeenkomsten": bijeenkomsten({"aanbieder": HOSTILE}),
    }
    return reported(write_xlsx(path, sheets))


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return prose(report)


# --- numbers and their grammar


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (Exact(0), "geen statushouders"),
        (Exact(1), "1 statushouder"),
        (Exact(2), "2 statushouders"),
        (Exact(12_345), "12.345 statushouders"),
        (Below(5), "minder dan 5 statushouders"),
    ],
)
def test_a_count_agrees_with_its_noun(count: Value, shown: str) -> None:
    assert render_markdown(str(number(count).met("statushouder", "statushouders"))) == shown


@pytest.mark.parametrize(
    ("count", "verb"), [(Exact(0), "zijn"), (Exact(1), "is"), (Exact(2), "zijn"), (Hidden(), "zijn")]
)
def test_a_verb_agrees_with_its_count(count: Value, verb: str) -> None:
    assert number(count).ww("is", "zijn") == verb


@pytest.mark.parametrize(
    ("count", "people", "times", "beside"),
    [
        (Exact(0), "had niemand", "geen enkele keer", "geen"),
        (Exact(1), "had 1 persoon", "1 keer", "1"),
        (Exact(12), "hadden 12 mensen", "12 keer", "12"),
        (Below(5), "hadden minder dan 5 mensen", "minder dan 5 keer", "minder dan 5"),
    ],
)
def test_nobody_never_and_none_have_words(count: Value, people: str, times: str, beside: str) -> None:
    shown = number(count)
    assert render_markdown(str(shown.wie("had", "hadden"))) == people
    assert (render_markdown(str(shown.keer)), render_markdown(str(shown.of_geen))) == (times, beside)


@pytest.mark.parametrize(
    ("count", "share", "shown"),
    [
        (Exact(3), "78", "78%"),
        (Exact(0), "0", "0%"),
        (Exact(1), "0", "minder dan 1%"),
        (Exact(1), "0.0", "minder dan 0,1%"),
        (Exact(1), "0.00", "minder dan 0,01%"),
        (Exact(3), None, "–"),
    ],
)
def test_a_share_that_rounds_to_nothing_is_not_called_nothing(count: Value, share: str | None, shown: str) -> None:
    assert render_markdown(str(number(count, share).procent)) == shown


def test_a_number_is_a_link_to_its_definition() -> None:
    assert number(Exact(64)).__html__() == '[64](#cijfer-personen "personen · totaal")'


def test_a_category_cannot_break_out_of_the_link_of_its_number() -> None:
    link = number(Exact(64), category='a") [x](http://x) \\ | <b>\n# b').__html__()
    assert render_markdown(link) == "64"


# --- words


def test_a_figure_that_was_not_measured_is_an_error_of_the_template(report: Report) -> None:
    with pytest.raises(KeyError, match="jobcoaching_inzetten"):
        Words(report).n("jobcoaching_inzetten")


def test_a_figure_that_was_not_measured_is_told_with_what_it_needs(report: Report) -> None:
    sentence = Words(report).ontbreekt("jobcoaching_inzetten", "jobcoaching")
    assert sentence.startswith("Over jobcoaching staat hier niets") and sentence.endswith(".")
    assert "plaatsingen" in sentence and "jobcoach" in sentence and "niet" in sentence


def test_groups_are_told_in_words(report: Report) -> None:
    words = Words(report)
    assert render_markdown(words.groepen("personen")) == "2 statushouders en 1 oudkomer"


def test_persons_without_a_group_are_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({}, {"datum_vestiging": None})})
    words = Words(reported(path))
    told = render_markdown(words.groepen("personen"))
    assert told.startswith("1 statushouder")
    assert told.endswith(" en 1 persoon van wie de groep niet bekend is")


def test_an_outcome_of_nobody_is_a_sentence_without_a_number(report: Report) -> None:
    assert Words(report).uitkomst("zorg_en_rust", "heeft", "hebben", "het label") == "Niemand heeft het label."


def test_about_is_said_of_the_chosen_figures_only(report: Report) -> None:
    words = Words(replace(report, settings=replace(report.settings, approximate=("personen",))))
    assert (words.ongeveer("personen"), words.ongeveer("partijen")) == ("ongeveer ", "")


def test_tables_are_numbered_and_numbers_stand_at_the_right(report: Report) -> None:
    words = Words(report)
    words.tabel("Eerste", ["a"], [])
    assert words.tabel("Twee|de", ["a|b", "n"], [["c|d", number(Exact(3))]]).splitlines() == [
        "Tabel 2: Twee\\|de",
        "",
        "| a\\|b | n |",
        "| --- | ---: |",
        '| c\\|d | [3](#cijfer-personen "personen · totaal") |',
    ]


# --- the whole text


def test_the_text_of_data_makes_no_heading_no_link_and_no_html(text: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    assert not {"html_inline", "strong"} & {child.type for child in inline}
    assert all(CHART_FILE.fullmatch(str(child.attrs["src"])) for child in inline if child.type == "image")
    assert "html_block" not in {token.type for token in tokens}
    links = {str(child.attrs["href"]) for child in inline if child.type == "link_open"}
    assert all(link.startswith("#cijfer-") for link in links)
    assert not any(
        "Kop" in token.content
        for token in tokens
        if token.type == "inline" and token.level == 1 and token.content.startswith("#")
    )


def test_the_text_of_data_is_shown_as_it_was_delivered(text: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    cells = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert HOSTILE in cells


def test_every_number_in_the_text_has_a_definition_to_go_to(text: str) -> None:
    import re

    links = set(re.findall(r"\]\(#(cijfer-[\w-]+) ", text))
    anchors = re.findall(r"\{#([\w-]+)\}$", text, re.MULTILINE)
    assert links <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_the_markdown_file_has_no_traces_of_links_and_anchors(text: str) -> None:
    plain = render_markdown(text)
    assert "#cijfer-" not in plain and "{#" not in plain.replace("{\\#", "")


def test_no_line_ends_with_a_space_and_no_two_blank_lines_follow_each_other(text: str) -> None:
    assert all(line == line.rstrip() for line in text.splitlines())
    assert "\n\n\n" not in text and text.endswith("\n") and not text.endswith("\n\n")


def test_the_same_report_gives_the_same_text(report: Report, text: str) -> None:
    assert prose(report) == text


def test_a_report_about_nobody_is_a_report(tmp_path: Path) -> None:
    long_ago: dict[str, Cell] = {
        "begin_uitkering": date(2016, 4, 1),
        "eind_uitkering": date(2016, 5, 1),
        "reden_einde": "11",
    }
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten(long_ago)})
    assert "had niemand uit de doelgroep bijstand" in prose(reported(path))


def test_a_report_on_the_required_columns_alone_is_a_report(tmp_path: Path) -> None:
    optional = set(clienten()[0]) - {"clientnummer", "uitkeringnummer", "datum_vestiging", "begin_uitkering"}
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": without(clienten({}), *map(str, optional))})
    assert "zijn dus niet nul" in prose(reported(path))


def test_the_name_of_the_municipality_and_the_title_are_text(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({})})
    text = prose(reported(path, municipality="<b>Duin</b>", title="*Titel*"))
    assert text.splitlines()[0] == "# \\*Titel\\*, \\<b\\>Duin\\</b\\>"


def test_a_passage_of_the_municipality_stands_in_its_chapter(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({})})
    text = prose(reported(path, passages={"doelgroep": "Onze **tekst**."}))
    chapter = text.partition("## Doelgroep")[2].partition("\n## ")[0]
    assert chapter.rstrip().endswith("Onze **tekst**.")


def test_the_name_of_a_sheet_cannot_split_a_row_of_a_table(tmp_path: Path) -> None:
    rows: Rows = [*clienten({}), ["Totaal", "1"]]
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten\u2028# x": rows})
    (row,) = [line for line in prose(reported(path)).splitlines() if "# x" in line]
    assert row.startswith("| 2019-Q4.xlsx |")
