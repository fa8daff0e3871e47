"""How wide a text is, and how it fits: broken over lines, at the end shortened.

The widths are those of Arial with a tenth to spare: a chart does not know in which font it will be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SIZE, SMALL = 14, 12
LINE = 17
"""From a line of text of the usual size to the next."""

_SPARE = 1.1
_WIDTHS = {
    character: width
    for width, characters in {
        0.22: "ijl'",
        0.28: " .,:;/\\IftJ!|[]",
        0.34: '()-r`"*',
        0.5: "cksvxyz",
        0.56: "abdeghnopquL0123456789?_$#–",
        0.6: "+<=>~−→FTZ",
        0.67: "ABEKPSVXY&",
        0.73: "CDHNRUw",
        0.78: "GOQ",
        0.9: "mM%…",
    }.items()
    for character in characters
}
_WORD = re.compile(r"(\s*)([^\s-]*-*)")


def width_of(text: str, size: float = SIZE) -> float:
    """How wide a text is at most, in points."""
    return sum(map(_width, unicodedata.normalize("NFD", text))) * size * _SPARE


def _width(character: str) -> float:
    return 0 if unicodedata.combining(character) else _WIDTHS.get(character, 1)


def wrapped(text: str, room: float, *, most: int = 3) -> tuple[str, ...]:
    """The lines of a text that fit in a room; what does not fit in so many lines becomes an ellipsis."""
    lines = [""]
    for space, word in _pieces(text, room):
        if width_of(lines[-1] + space + word) <= room:
            lines[-1] += space * bool(lines[-1]) + word
        else:
            lines.append(word)
    lines = [line for line in lines if line] or [""]
    return tuple(lines) if len(lines) <= most else (*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), room))


def shortened(text: str, room: float) -> str:
    """A text that fits in a room, with an ellipsis for what is left out."""
    if width_of(text) <= room:
        return text
    return text[: _fitting(text, room - width_of("…"))].rstrip(" -") + "…"


def _pieces(text: str, room: float) -> Iterator[tuple[str, str]]:
    """The words of a text and the space before each; a word ends at its hyphen, or where the room ends."""
    for space, word in _WORD.findall(text):
        glue, rest = " " * bool(space), word
        while width_of(rest) > room:
            end = _fitting(rest, room - width_of("-"))
            yield glue, f"{rest[:end]}-"
            glue, rest = "", rest[end:]
        if rest:
            yield glue, rest


def _fitting(text: str, room: float) -> int:
    """How many characters of a text fit, at least one."""
    return next((end for end in range(len(text), 1, -1) if width_of(text[:end]) <= room), 1)
