"""Annotated Markdown → the blocks that Word and PDF are made of."""

from __future__ import annotations

import pytest

from integratie_eval.render.document import (
    Block,
    ChartPlace,
    Heading,
    Listing,
    Paragraph,
    Placeholder,
    Quote,
    Run,
    Table,
    Verbatim,
    document_of,
    flat,
    plain,
)
from integratie_eval.render.templates import load_templates


def blocks(text: str) -> tuple[Block, ...]:
    return document_of(text, load_templates().parser)


def test_a_heading_keeps_its_anchor_and_loses_its_mark() -> None:
    assert blocks("## Verloop per kwartaal {#verloop}\n") == (Heading(2, (Run("Verloop per kwartaal"),), "verloop"),)
    assert blocks("## Verloop \\{#verloop}\n") == (Heading(2, (Run("Verloop {#verloop}"),)),)


def test_a_number_is_a_run_that_leads_to_its_definition() -> None:
    found = blocks('Er zijn [64](#cijfer-personen "personen") mensen.\n')
    assert found == (Paragraph((Run("Er zijn "), Run("64", target="#cijfer-personen"), Run(" mensen."))),)


def test_styles_and_line_ends() -> None:
    (paragraph,) = blocks("a **b** *c* `d`\ne  \nf ***g***\n")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (
        Run("a "),
        Run("b", strong=True),
        Run(" "),
        Run("c", emphasis=True),
        Run(" "),
        Run("d", code=True),
        Run(" e\nf "),
        Run("g", strong=True, emphasis=True),
    )


def test_a_table_takes_the_line_above_it_as_its_caption() -> None:
    found = blocks("Tabel 1: Mensen\n\n| groep | aantal |\n| --- | ---: |\n| oud | [3](#cijfer-x) |\n| nieuw | 4 |\n")
    three = (Run("3", target="#cijfer-x"),)
    rows = (((Run("oud"),), three), ((Run("nieuw"),), (Run("4"),)))
    assert found == (Table("Tabel 1: Mensen", ((Run("groep"),), (Run("aantal"),)), rows, (False, True)),)


def test_a_table_of_the_municipality_has_no_caption() -> None:
    found = blocks("Een zin.\n\n| a |\n| --- |\n| b |\n")
    assert [type(block) for block in found] == [Paragraph, Table]
    assert isinstance(found[1], Table)
    assert found[1].caption == ""


def test_the_place_of_a_chart() -> None:
    found = blocks('![Er zijn 3 mensen.](grafiek-eindstatus.svg "Grafiek 1: Mensen")\n')
    assert found == (ChartPlace("eindstatus", "Grafiek 1: Mensen", "Er zijn 3 mensen."),)


def test_another_image_is_told_in_words() -> None:
    assert blocks("![foto van het stadhuis](foto.png)\n") == (Paragraph((Run("foto van het stadhuis"),)),)


def test_text_that_a_person_must_write_has_its_own_place() -> None:
    assert blocks("[Schrijf hier *waarom*.]\n") == (
        Placeholder((Run("[Schrijf hier "), Run("waarom", emphasis=True), Run(".]"))),
    )
    assert blocks("\\[Schrijf hier waarom.\\]\n") == (Paragraph((Run("[Schrijf hier waarom.]"),)),)


def test_all_blocks_in_order_also_within_others() -> None:
    found = flat(blocks("# a\n\n- b\n\n  > ## c\n\nd\n"))
    assert [type(block) for block in found] == [Heading, Listing, Paragraph, Quote, Heading, Paragraph]


def test_lists_quotes_and_verbatim_text() -> None:
    found = blocks("- a\n- b\n\n  c\n\n1. d\n\n> e\n\n```\nf\n  g\n```\n\n---\n")
    a, b, c, d, e = (Paragraph((Run(letter),)) for letter in "abcde")
    assert found == (
        Listing(ordered=False, items=((a,), (b, c))),
        Listing(ordered=True, items=((d,),)),
        Quote((e,)),
        Verbatim("f\n  g"),
    )


def test_empty_items_and_quotes() -> None:
    assert blocks("-\n- a\n\n>\n") == (Listing(ordered=False, items=((), (Paragraph((Run("a"),)),))), Quote(()))


def test_a_list_begins_where_it_begins() -> None:
    assert blocks("5. vijf\n6. zes\n")[0] == Listing(
        ordered=True, items=((Paragraph((Run("vijf"),)),), (Paragraph((Run("zes"),)),)), start=5
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\\| \\* \\# \\[x\\]\\(y\\)", "&amp;"])
def test_no_text_is_lost(text: str) -> None:
    (block,) = blocks(text + "\n")
    assert isinstance(block, Paragraph)
    assert plain(block.runs) == {"&amp;": "&"}.get(text, text.replace("\\", ""))
