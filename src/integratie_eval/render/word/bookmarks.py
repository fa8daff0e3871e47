"""The places in the file that links lead to: every heading has one, with a name that Word accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from integratie_eval.render.document import Heading

_LONGEST = 40


@dataclass(frozen=True)
class Bookmarks:
    """The bookmarks of a document."""

    names: tuple[str, ...]
    """Of every heading, in order; no two are the same."""
    by_anchor: Mapping[str, str]
    """Anchor in the text → name in the file; the first heading with an anchor is where links to it lead."""

    def target(self, link: str) -> str | None:
        """The name that a link within the document leads to."""
        return self.by_anchor.get(link[1:]) if link.startswith("#") else None


def bookmarks_of(headings: Iterable[Heading]) -> Bookmarks:
    """Name the bookmarks of all headings."""
    names: list[str] = []
    by_anchor: dict[str, str] = {}
    taken: set[str] = set()
    for place, heading in enumerate(headings):
        name = _free(_accepted(heading.anchor or f"kop_{place}"), taken)
        taken.add(name.lower())  # Word takes upper and lower case for the same
        names.append(name)
        if heading.anchor is not None:
            by_anchor.setdefault(heading.anchor, name)
    return Bookmarks(tuple(names), by_anchor)


def _accepted(anchor: str) -> str:
    """A bookmark begins with a letter and holds letters, digits and underscores."""
    name = re.sub(r"\W", "_", anchor)
    return name if name[0].isalpha() else f"k{name}"


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted[:_LONGEST], 1
    while name.lower() in taken:
        number += 1
        name = f"{wanted[: _LONGEST - 6]}_{number}"
    return name
