"""The templates of the report, loaded and compiled; this can be done beside the reading of the exports."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import integratie_eval.render.dutch as dutch
from integratie_eval.resources import templates_folder
from integratie_eval.text import listed

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, FileSystemLoader, Template
    from markdown_it import MarkdownIt

PROSE = ".md.j2"
"""How the name of a template of the prose ends; a municipality can have its own."""
OURS = "basis/"
"""How a template of a municipality calls ours: {% extends "basis/hoofdstukken/resultaten.md.j2" %}."""


@dataclass(frozen=True)
class Templates:
    """The prose (Markdown), the page (HTML) and its style, and the parser that goes from one to the other."""

    prose: Environment
    page: Template
    chart: Template
    """The markup of a chart (SVG)."""
    style: str
    parser: MarkdownIt
    own: Path | None = None
    """The folder with templates of the municipality, which go before ours."""


def load_templates(own: Path | None = None) -> Templates:
    """Load and compile everything that the report needs. Raises SettingsError for a wrong template of the user."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markdown_it import MarkdownIt

    ours = FileSystemLoader(templates_folder())
    page = Environment(
        loader=ours,
        autoescape=True,  # select_autoescape does not know .html.j2 and .svg.j2
        undefined=StrictUndefined,
        trim_blocks=True,
        bytecode_cache=_compiled_templates(),
    )
    return Templates(
        prose=_prose(ours, own),
        page=page.get_template("rapport.html.j2"),
        chart=page.get_template("grafieken/grafiek.svg.j2"),
        style=(templates_folder() / "rapport.css").read_text(encoding="utf-8"),
        parser=MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table"),
        own=own,
    )


def _prose(ours: FileSystemLoader, own: Path | None) -> Environment:
    from jinja2 import ChoiceLoader, PrefixLoader

    from integratie_eval.render.own_templates import OwnLoader, check_own
    from integratie_eval.render.sandbox import Prose

    prose = Prose(
        loader=ChoiceLoader([PrefixLoader({OURS.rstrip("/"): ours}), *([OwnLoader(own)] if own else []), ours]),
        bytecode_cache=_compiled_templates(),
    )
    prose.filters |= {
        "dag": dutch.day,
        "opsomming": listed,
        "getal": dutch.number,
        "euro": dutch.euro,
        "bedrag": _amount,
    }
    names = [name for name in ours.list_templates() if name.endswith(PROSE)]
    if own:
        check_own(prose, own, names)
    for name in names:
        prose.get_template(name)
    return prose


def _amount(euros: int | None) -> str:
    return "niet te zeggen" if euros is None else dutch.euro(euros)


def _compiled_templates() -> BytecodeCache | None:
    """Our compiled templates are kept beside the templates, as Python keeps compiled modules, where that can be."""
    from jinja2 import FileSystemBytecodeCache

    if sys.dont_write_bytecode:
        return None
    folder = templates_folder() / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    kind = "sandbox-%s.cache"  # code that was compiled without the sandbox does not count
    return FileSystemBytecodeCache(str(folder), kind) if os.access(folder, os.W_OK) else None
