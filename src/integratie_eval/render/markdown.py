"""The report as Markdown for people: no anchors, no links from numbers, no HTML."""

from __future__ import annotations

import re

_NUMBER_LINK = re.compile(r'\[([^\]\[]*)\]\(#cijfer-[\w-]+ "(?:[^"\\]|\\.)*"\)')
_ANCHOR = re.compile(r"^(#{1,6} .*?) \{#[\w-]+\}$", re.MULTILINE)


def render_markdown(annotated: str) -> str:
    """Plain Markdown from the annotated text."""
    return _ANCHOR.sub(r"\1", _NUMBER_LINK.sub(r"\1", annotated))
