"""Text as people write and read it: compared without case and punctuation, listed, and safe wherever it is shown."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_SIGNS = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    f"\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff\ufdd0-\ufdef{_NO_SIGNS}]"
)
"""Signs that take no room or turn text around, halves of signs, and what is no sign at all."""
_OBEYED = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # codes that move or colour, or set a title
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)"
)


def fold(text: str) -> str:
    """The letters and digits of a text in small letters: 'Cliënt-nr. ' becomes 'clientnr'.

    A text without letters and digits (a tick mark) stays as it is.
    """
    if text.isascii():
        folded = "".join(filter(str.isalnum, text)).lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        folded = "".join(char for char in decomposed if char.isalnum())
    return folded or text.strip()


def closest(word: str, candidates: Iterable[str], *, most: int = 1) -> list[str]:
    """The candidates that look most like a word, best first; empty when none looks like it."""
    by_fold = {fold(candidate): candidate for candidate in candidates}
    return [by_fold[match] for match in difflib.get_close_matches(fold(word), by_fold, n=most, cutoff=0.6)]


def hint(word: str, known: Collection[str], *, most: int = 1, otherwise: str = "") -> str:
    """What to do about a name that is not known: 'Bedoelt u a of b?', else `otherwise`, else all names there are."""
    guesses = closest(word, known, most=most)
    if guesses:
        return f"Bedoelt u {listed(guesses, last='of')}?"
    return otherwise or f"Mogelijk zijn: {listed(known)}."


def listed(words: Iterable[str], *, last: str = "en") -> str:
    """Words as a Dutch enumeration: 'a, b en c'."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def inert(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def visible(text: str) -> str:
    """Text without codes that a terminal obeys and signs that nobody sees; line ends and tabs stay."""
    return HIDDEN.sub("", _OBEYED.sub("", text))


def all_visible(data: Any) -> Any:
    """The same for every text in data of a settings file or of JSON."""
    match data:
        case str():
            return visible(data)
        case list():
            return [all_visible(item) for item in data]
        case dict():
            return {all_visible(key): all_visible(value) for key, value in data.items()}
    return data
