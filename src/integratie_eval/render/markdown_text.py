"""Text from data inside Markdown: it stays text, whatever it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

# an underscore between letters is no emphasis in Markdown: clienten.zorg_en_rust stays readable
_SPECIAL = re.compile(r"([\\`*\[\]{}<>|~&#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
_LINE_ENDS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")


def escape(text: str) -> str:
    """A text with every Markdown sign made harmless; line ends become spaces."""
    return _SPECIAL.sub(r"\\\1", _LINE_ENDS.sub(" ", text))


def words_in(token: Token) -> str:
    """The text of a heading, a paragraph or an image, without its style."""
    return "".join(child.content for child in token.children or ())
