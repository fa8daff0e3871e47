"""Text of data inside Markdown stays text."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.markdown_text import escape

HOSTILE = [
    "# Kop",
    "a | b",
    "**vet** en _schuin_ en ~~weg~~",
    "`code`",
    "[link](https://example.org)",
    "![beeld](x.png)",
    "<script>alert(1)</script>",
    "<https://example.org>",
    "&lt;b&gt; & &amp;",
    "a \\| b \\",
    "kop {#cijfer-personen}",
    '[5](#cijfer-personen "x")',
    "$x$ ^2^ :tada: @naam",
]


def read_by_a_person(markdown: str) -> str:
    """The text of a paragraph, as a browser shows it."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text"}
    return "".join(child.content for child in children)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_markdown_sign_in_a_text_is_harmless(text: str) -> None:
    assert read_by_a_person(f"Bij {escape(text)} waren er 3.") == f"Bij {text} waren er 3."


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_in_a_table_stays_in_its_cell(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(f"| a | b |\n|---|---|\n| {escape(text)} | 3 |")
    cells = [token for token in tokens if token.type == "inline"][2:]
    assert ["".join(child.content for child in cell.children or []) for cell in cells] == [text, "3"]


def test_an_underscore_between_letters_stays_readable() -> None:
    assert escape("zorg_en_rust") == "zorg_en_rust"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\t", "\n\n"])
def test_a_line_end_in_a_text_becomes_a_space(end: str) -> None:
    assert escape(f"a{end}# b") == "a \\# b"


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_line_end_that_python_knows_is_left_in_a_text(end: str) -> None:
    assert len(escape(f"a{end}b").splitlines()) == 1


def test_plain_text_is_not_changed() -> None:
    assert escape("4WD CARE, 12 (a-b): één 50%!") == "4WD CARE, 12 (a-b): één 50%!"


def test_the_markdown_file_has_no_anchors_and_no_links_of_numbers() -> None:
    annotated = '## Doelgroep {#doelgroep}\n\nEr zijn [64](#cijfer-personen "personen · totaal") mensen.\n'
    assert render_markdown(annotated) == "## Doelgroep\n\nEr zijn 64 mensen.\n"


def test_a_link_of_the_municipality_stays_in_the_markdown_file() -> None:
    text = 'Zie [de site](https://example.org "Titel") en [kop](#doelgroep).\n'
    assert render_markdown(text) == text


def test_a_text_of_data_that_looks_like_a_link_of_a_number_stays_as_it_is() -> None:
    text = escape('[5](#cijfer-personen "x")')
    assert read_by_a_person(render_markdown(text)) == '[5](#cijfer-personen "x")'
