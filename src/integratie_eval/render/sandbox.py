"""Where the templates of the prose run: they read and print, and cannot change, open or fill up anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from integratie_eval.render.markdown_text import escape

LONGEST = 5_000_000
"""Characters of the whole text, and of anything that a template repeats; the report of the sample has 0.1 million."""
TOO_LARGE = "deze berekening wordt te groot"
_HIGHEST_POWER = 100
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)")
_BY_CHANCE = {"filters": ("random",), "globals": ("lipsum",)}


class Prose(ImmutableSandboxedEnvironment):
    """Jinja for Markdown: data is escaped, an unknown name is an error, only templates in our folders exist."""

    intercepted_binops = frozenset(["*", "**"])

    def __init__(self, **options: Any) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=True,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            comment_start_string="<#",  # {# marks an anchor
            comment_end_string="#>",
            **options,
        )
        self.globals["lijst"] = Gathered
        for kind, names in _BY_CHANCE.items():  # the same input gives the same report
            for name in names:
                del getattr(self, kind)[name]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As in any sandbox, and nothing of a path: that could read and write files."""
        return not isinstance(obj, PurePath) and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse a product or a power that would fill the memory."""
        if (_repeated(left, right) or _repeated(right, left)) if operator == "*" else right > _HIGHEST_POWER:
            raise SecurityError(TOO_LARGE)
        return super().call_binop(context, operator, left, right)

    def join_path(self, template: str, parent: str) -> str:  # noqa: ARG002
        """Refuse a template outside the folders of templates."""
        if _OUTSIDE.search(template):
            raise SecurityError(f"{template} ligt buiten de map met sjablonen")
        return template


class Gathered:
    """A list that a template fills itself; the lists of the report cannot be changed."""

    def __init__(self) -> None:
        self._items: list[Any] = []

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def erbij(self, item: Any) -> None:
        """Add an item."""
        self._items.append(item)


def _repeated(text: Any, times: Any) -> bool:
    """A text or list so many times is too long."""
    return hasattr(text, "__len__") and isinstance(times, int) and len(text) * times > LONGEST


def _finalize(value: object) -> object:
    """What a template of the prose prints: our own Markdown as it is, anything else as plain text."""
    return value if hasattr(value, "__html__") else Markup(escape(str(value)))  # noqa: S704  escaped
