"""The report as a document: headings, paragraphs, lists, tables and charts, from the same annotated Markdown.

The formats that know no HTML (Word, PDF) are made of these blocks; none of them has a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from integratie_eval.render.annotated import CAPTION, CHART_FILE, TO_WRITE
from integratie_eval.render.outline import ANCHOR

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True)
class Run:
    """A piece of text in one style."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str | None = None
    """Where a link leads: '#cijfer-uitstroom_werk' is the definition of a figure."""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the report has level 1, chapters have level 2."""

    level: int
    runs: Runs
    anchor: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    runs: Runs


@dataclass(frozen=True)
class Placeholder:
    """The place of text that a person must write, with what belongs there."""

    runs: Runs


@dataclass(frozen=True)
class Listing:
    """A list; every item holds blocks."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1
    """The number of the first item."""


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names the row."""

    caption: str
    """'Tabel 3: …', empty for a table that the municipality wrote itself."""
    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: tuple[bool, ...]
    """Which columns hold numbers."""


@dataclass(frozen=True)
class ChartPlace:
    """The place of a chart."""

    name: str
    caption: str
    """'Grafiek 2: …'."""
    alt: str
    """What the chart shows, in words."""


@dataclass(frozen=True)
class Quote:
    """Text that is set apart."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Verbatim:
    """Text that keeps its lines."""

    text: str


Block = Heading | Paragraph | Placeholder | Listing | Table | ChartPlace | Quote | Verbatim


def document_of(annotated: str, parser: MarkdownIt) -> tuple[Block, ...]:
    """The blocks of annotated Markdown, in order."""
    from markdown_it.tree import SyntaxTreeNode

    return tuple(_blocks(SyntaxTreeNode(parser.parse(annotated)).children))


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks in order, also those in a list or a quote."""
    for block in blocks:
        yield block
        match block:
            case Quote(inner):
                yield from flat(inner)
            case Listing(items=items):
                yield from flat(chain.from_iterable(items))


def plain(runs: Sequence[Run]) -> str:
    """The text of runs without their style."""
    return "".join(run.text for run in runs)


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    caption = ""
    for node, after in zip_longest(nodes, nodes[1:]):
        if after is not None and after.type == "table" and _is_caption(node):
            caption = plain(_inline(node))
        elif node.type == "table":
            yield _table(node, caption)
            caption = ""
        else:
            yield from _block(node)


def _block(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield _heading(node)
        case "paragraph":
            is_to_write = TO_WRITE.match(node.children[0].content)
            yield _chart(node) or (Placeholder if is_to_write else Paragraph)(_inline(node))
        case "bullet_list" | "ordered_list":
            items = tuple(tuple(_blocks(item.children)) for item in node.children)
            yield Listing(node.type == "ordered_list", items, int(node.attrs.get("start", 1)))
        case "blockquote":
            yield Quote(tuple(_blocks(node.children)))
        case "fence" | "code_block":
            yield Verbatim(node.content.rstrip("\n"))
        case "hr":  # a line, no text
            return
        case other:
            raise AssertionError(f"the document knows no block {other}")


def _is_caption(node: SyntaxTreeNode) -> bool:
    return node.type == "paragraph" and CAPTION.match(plain(_inline(node))) is not None


def _heading(node: SyntaxTreeNode) -> Heading:
    runs = _inline(node)
    level = int(node.tag[1:])
    found = ANCHOR.search(node.children[0].content)  # in text of data the brace has a backslash
    if not found or not runs:
        return Heading(level, runs)
    last = replace(runs[-1], text=runs[-1].text.removesuffix(found[0]))
    return Heading(level, (*runs[:-1], last), found[1])


def _chart(node: SyntaxTreeNode) -> ChartPlace | None:
    children = node.children[0].children
    if len(children) != 1 or children[0].type != "image":
        return None
    image = children[0]
    found = CHART_FILE.fullmatch(str(image.attrs["src"]))
    return ChartPlace(found[1], str(image.attrs.get("title", "")), plain(_inline(image))) if found else None


def _table(node: SyntaxTreeNode, caption: str) -> Table:
    head, *body = node.children
    (header,) = head.children
    rows = [tuple(_inline(cell) for cell in row.children) for part in body for row in part.children]
    numeric = tuple("right" in str(cell.attrs.get("style", "")) for cell in header.children)
    return Table(caption, tuple(_inline(cell) for cell in header.children), tuple(rows), numeric)


def _inline(node: SyntaxTreeNode) -> Runs:
    """The text of a block; pieces in the same style are one run."""
    result: list[Run] = []
    for child in node.children:
        for run in _runs(child, Run("")):
            if result and replace(result[-1], text="") == replace(run, text=""):
                result[-1] = replace(run, text=result[-1].text + run.text)
            elif run.text:
                result.append(run)
    return tuple(result)


def _runs(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    match node.type:
        case "text" | "image":
            yield replace(style, text=node.content)
        case "code_inline":
            yield replace(style, text=node.content, code=True)
        case "softbreak":
            yield replace(style, text=" ")
        case "hardbreak":
            yield replace(style, text="\n")
        case "strong":
            style = replace(style, strong=True)
        case "em":
            style = replace(style, emphasis=True)
        case "link":
            style = replace(style, target=str(node.attrs["href"]))
    for child in node.children if node.type != "image" else ():
        yield from _runs(child, style)
