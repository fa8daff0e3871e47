"""From a number to its definition, and from the definition back to the first place where the number stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from integratie_eval.render.markdown_text import words_in

if TYPE_CHECKING:
    from markdown_it.token import Token

_DEFINITION = "cijfer-"
_FIRST_USE = "gebruik-"


def mark_number_links(tokens: list[Token]) -> set[str]:
    """Give the links of numbers their class, and the first of each figure an id; returns the names of those figures."""
    used = set[str]()
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if target.startswith(f"#{_DEFINITION}"):
                child.attrSet("class", "cijfer")
                name = target.removeprefix(f"#{_DEFINITION}")
                if name not in used:
                    child.attrSet("id", _FIRST_USE + name)
                    used.add(name)
    return used


def with_back_links(tokens: list[Token], used: set[str], link: Callable[[str, str], str]) -> list[Token]:
    """Put a link under each definition of a figure that is used; `link` makes it of a target and the title."""
    from markdown_it.token import Token

    result: list[Token] = []
    waiting: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], Token("", "", 0)], strict=True):
        if token.type == "heading_open":
            result += waiting
            anchor = str(token.attrs.get("id", ""))
            name = anchor.removeprefix(_DEFINITION)
            back = link(_FIRST_USE + name, words_in(after)) if name in used and name != anchor else ""
            waiting = [Token("html_block", "", 0, content=back)]
        result.append(token)
    return result + waiting
