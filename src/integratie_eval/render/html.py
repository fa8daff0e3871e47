"""The report as one self-contained, accessible HTML page, from the tokens of the same annotated Markdown."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from integratie_eval.render.annotated import CAPTION, CHART_FILE, TO_WRITE
from integratie_eval.render.back_links import mark_number_links, with_back_links
from integratie_eval.render.charts import Chart
from integratie_eval.render.house_style import data_uri, house_css
from integratie_eval.render.markdown_text import words_in
from integratie_eval.render.outline import ANCHOR
from integratie_eval.render.templates import Templates
from integratie_eval.report import Report

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def render_html(report: Report, tokens: list[Token], templates: Templates, charts: Mapping[str, Chart]) -> str:
    """The page: heading, chapters, body; style inside, no script, nothing fetched. Changes the tokens."""
    house = report.settings.house_style
    parser, style = templates.parser, templates.style + house_css(house)
    chapters = _set_anchors(tokens)
    tokens = _accessible_tables(tokens)
    _draw_charts(tokens, charts)
    _mark_places_to_write(tokens)
    back = templates.page.environment.get_template("terug.html.j2")
    used = mark_number_links(tokens)
    tokens = with_back_links(tokens, used, lambda target, title: back.render(target=target, title=title))
    split = next(i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2")
    return templates.page.render(
        title=words_in(tokens[1]),
        heading=_html(parser, tokens[:split]),
        body=_html(parser, tokens[split:]),
        chapters=chapters,
        style=style,
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
        version=report.version,
        logo=house.logo,
        logo_uri=data_uri(house.logo) if house.logo else "",
    )


def _html(parser: MarkdownIt, tokens: list[Token]) -> str:
    text: str = parser.renderer.render(tokens, parser.options, {})
    return text


def _set_anchors(tokens: list[Token]) -> list[tuple[str, str]]:
    """Move `{#anchor}` behind a heading to its id; returns the chapters (anchor, name). Each chapter gets an anchor."""
    chapters: list[tuple[str, str]] = []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open" or not inline.children:
            continue
        last = inline.children[-1]
        match = ANCHOR.search(inline.content)  # in text of data the brace has a backslash
        last.content = last.content.removesuffix(match[0]) if match else last.content
        anchor = match[1] if match else f"hoofdstuk-{len(chapters) + 1}"
        if match or opening.tag == "h2":
            opening.attrSet("id", anchor)
        if opening.tag == "h2":
            chapters.append((anchor, words_in(inline)))
    return chapters


def _accessible_tables(tokens: list[Token]) -> list[Token]:
    """The line 'Tabel 3: …' becomes the caption; the first cell of a row becomes its header; wide tables scroll."""
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        captioned = _is_captioned_table(tokens, index)
        if captioned or tokens[index].type == "table_open":
            begin = index + 3 if captioned else index
            end = next(i for i in range(begin, len(tokens)) if tokens[i].type == "table_close")
            result += _table(tokens[index + 1] if captioned else None, tokens[begin : end + 1])
            index = end + 1
        else:
            result.append(tokens[index])
            index += 1
    return result


def _is_captioned_table(tokens: list[Token], index: int) -> bool:
    return (
        index + 3 < len(tokens)
        and tokens[index].type == "paragraph_open"
        and tokens[index + 3].type == "table_open"
        and bool(CAPTION.match(tokens[index + 1].content))
    )


def _table(caption: Token | None, table: list[Token]) -> list[Token]:
    """The table with its caption, if it has one: a table in a passage of the municipality may have none."""
    from markdown_it.token import Token

    name = words_in(caption) if caption else "Tabel"
    wrapper = Token("section_open", "section", 1, attrs={"class": "tabel", "aria-label": name, "tabindex": "0"})
    opening = [wrapper, table[0]]
    if caption:
        opening += [Token("caption_open", "caption", 1), caption, Token("caption_close", "caption", -1)]
    first_of_row = False
    for token in table[1:]:
        if token.type == "tr_open":
            first_of_row = True
        elif token.type in ("th_open", "td_open"):
            if "right" in str(token.attrs.pop("style", "")):
                token.attrSet("class", "getal")
            if token.type == "th_open":
                token.attrSet("scope", "col")
            elif first_of_row:
                token.tag = "th"
                token.attrSet("scope", "row")
        elif token.type == "td_close" and first_of_row:
            token.tag = "th"
            first_of_row = False
    return [*opening, *table[1:], Token("section_close", "section", -1)]


def _draw_charts(tokens: list[Token], charts: Mapping[str, Chart]) -> None:
    """A paragraph that is the place of a chart becomes a figure with it; other images become their words."""
    placed = Counter[str]()
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        images = [child for child in inline.children or () if child.type == "image"]
        place = CHART_FILE.fullmatch(str(images[0].attrs["src"])) if len(images) == 1 else None
        if opening.type == "paragraph_open" and len(inline.children or ()) == 1 and place and place[1] in charts:
            chart = charts[place[1]]
            placed[chart.name] += 1
            opening.tag = closing.tag = "figure"
            opening.hidden = closing.hidden = False
            caption = str(images[0].attrs.get("title", "")) or chart.caption
            inline.children = _figure(_with_own_ids(chart, placed[chart.name]), caption)
        for image in images:  # nothing is fetched
            image.type, image.tag, image.content, image.children = "text", "", words_in(image), None


def _with_own_ids(chart: Chart, time: int) -> str:
    """The drawing; a second time on the page its parts have other ids."""
    name = f"grafiek-{chart.name}-"
    return chart.svg if time == 1 else chart.svg.replace(name, f"{name}{time}-")


def _figure(svg: str, caption: str) -> list[Token]:
    """The chart, which scrolls on a small screen, and its caption."""
    from markdown_it.token import Token

    scrolling: dict[str, str | int | float] = {"class": "grafiek", "aria-label": caption, "tabindex": "0"}
    return [
        Token("section_open", "section", 1, attrs=scrolling),
        Token("html_inline", "", 0, content=svg),
        Token("section_close", "section", -1),
        Token("figcaption_open", "figcaption", 1),
        Token("text", "", 0, content=caption),
        Token("figcaption_close", "figcaption", -1),
    ]


def _mark_places_to_write(tokens: list[Token]) -> None:
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and TO_WRITE.match(inline.content):
            opening.attrSet("class", "invullen")
