"""The templates of the report, loaded and compiled; this can be done beside the reading of the exports."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import integratie_eval.render.dutch as dutch
from integratie_eval.render.markdown_text import escape
from integratie_eval.resources import templates_folder
from integratie_eval.text import listed

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, Template
    from markdown_it import MarkdownIt


@dataclass(frozen=True)
class Templates:
    """The prose (Markdown), the page (HTML) and its style, and the parser that goes from one to the other."""

    prose: Environment
    page: Template
    chart: Template
    """The markup of a chart (SVG)."""
    style: str
    parser: MarkdownIt


def load_templates() -> Templates:
    """Load and compile everything that the report needs."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markdown_it import MarkdownIt

    loader = FileSystemLoader(templates_folder())
    prose = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<#",  # {# marks an anchor
        comment_end_string="#>",
        bytecode_cache=_compiled_templates(),
    )
    prose.filters |= {
        "dag": dutch.day,
        "opsomming": listed,
        "getal": dutch.number,
        "euro": dutch.euro,
        "bedrag": _amount,
    }
    for name in prose.list_templates(extensions=["j2"]):
        if name.endswith(".md.j2"):
            prose.get_template(name)
    page = Environment(
        loader=loader,
        autoescape=True,  # select_autoescape does not know .html.j2 and .svg.j2
        undefined=StrictUndefined,
        trim_blocks=True,
        bytecode_cache=_compiled_templates(),
    )
    return Templates(
        prose=prose,
        page=page.get_template("rapport.html.j2"),
        chart=page.get_template("grafieken/grafiek.svg.j2"),
        style=(templates_folder() / "rapport.css").read_text(encoding="utf-8"),
        parser=MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table"),
    )


def _amount(euros: int | None) -> str:
    return "niet te zeggen" if euros is None else dutch.euro(euros)


def _compiled_templates() -> BytecodeCache | None:
    """Compiled templates are kept beside the templates, as Python keeps compiled modules; not where that cannot be."""
    from jinja2 import FileSystemBytecodeCache

    if sys.dont_write_bytecode:
        return None
    folder = templates_folder() / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def _finalize(value: object) -> object:
    """What a template of the prose prints: our own Markdown as it is, anything else as plain text."""
    from markupsafe import Markup

    return value if hasattr(value, "__html__") else Markup(escape(str(value)))  # noqa: S704  escaped
