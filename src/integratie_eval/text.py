"""Text as people write and read it: compared without case and punctuation, listed, and safe in a spreadsheet."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
