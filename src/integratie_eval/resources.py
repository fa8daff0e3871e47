"""Where our files stand: inside the installed package, or at the top of the repository while developing."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_REPOSITORY = _PACKAGE.parents[1]


def definitions_folder() -> Path:
    """The TOML definitions of columns, codes, indicators and checks."""
    return _PACKAGE / "definitions"


def templates_folder() -> Path:
    """The prose and the page of the report."""
    return _shipped("templates")


def fonts_folder() -> Path:
    """The fonts of the PDF."""
    return _PACKAGE / "render" / "fonts"


def sample_folder() -> Path:
    """The synthetic exports of Voorbeeldgemeente."""
    return _shipped("data/sample")


def _shipped(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _REPOSITORY / name
