"""Typst, as the PDF and the pictures of Word need it: with the bundled font, and never with a warning."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from integratie_eval.resources import fonts_folder


class Drawing(Protocol):
    """The part of a chart that is drawn."""

    @property
    def svg(self) -> str:
        """The drawing, a whole SVG file."""

    @property
    def width(self) -> int:
        """In pixels."""

    @property
    def height(self) -> int:
        """In pixels."""


def typeset(source: Path | bytes, **options: Any) -> Any:
    """What Typst makes of a template. Raises ImportError without typst, AssertionError for any warning."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts_folder())])
    made, warnings = typst.compile_with_warnings(source, font_paths=fonts, **options)
    if warnings:  # a font that is not found is only a warning
        raise AssertionError([warning.message for warning in warnings])
    return made
