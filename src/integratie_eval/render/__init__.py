"""A report → files: a table of formats; all files of a run are complete before the first is put in place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from integratie_eval.errors import UsageError
from integratie_eval.manifest import MANIFEST, Options, manifest_of, unchanged_outputs
from integratie_eval.model import OutputFile
from integratie_eval.render.annotated import annotated_markdown
from integratie_eval.render.comparison import COMPARISON_FORMATS, Compared, quarters_csv
from integratie_eval.render.figures import figures_csv, figures_json, findings_csv
from integratie_eval.render.html import render_html
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.templates import Templates, load_templates
from integratie_eval.report import Report
from integratie_eval.swap import put
from integratie_eval.text import hint, listed


@dataclass(frozen=True)
class Material:
    """What the writers draw on; the prose is made once, and only when a format needs it."""

    report: Report

    @cached_property
    def templates(self) -> Templates:
        """The compiled templates."""
        return load_templates()

    @cached_property
    def text(self) -> str:
        """The report as annotated Markdown."""
        return annotated_markdown(self.report, self.templates)


FORMATS: Mapping[str, Mapping[str, Callable[[Material], str]]] = {
    "md": {"rapport.md": lambda material: render_markdown(material.text)},
    "html": {"rapport.html": lambda material: render_html(material.report, material.text, material.templates)},
    "json": {"cijfers.json": lambda material: figures_json(material.report)},
    "csv": {
        "cijfers.csv": lambda material: figures_csv(material.report),
        "vergelijking.csv": lambda material: quarters_csv(material.report),
    },
}
_ALWAYS: Mapping[str, Callable[[Material], str]] = {
    "bevindingen.csv": lambda material: findings_csv(material.report.findings)
}


def check_formats(formats: Sequence[str]) -> None:
    """Raises UsageError for a format that does not exist, or for none at all."""
    for name in formats:
        if name not in FORMATS:
            raise _unknown_format(name, FORMATS)
    if not formats:
        raise UsageError("Er is geen formaat gekozen.", f"Mogelijk zijn: {listed(FORMATS)}.")


def comparison_format(name: str) -> Callable[[Compared], str]:
    """How a comparison is shown. Raises UsageError for an unknown name."""
    if name not in COMPARISON_FORMATS:
        raise _unknown_format(name, COMPARISON_FORMATS)
    return COMPARISON_FORMATS[name]


def _unknown_format(name: str, known: Collection[str]) -> UsageError:
    return UsageError(f"Het formaat {name} bestaat niet.", hint(name, known))


def write_report(
    report: Report, folder: Path, formats: Sequence[str], options: Options | None = None
) -> tuple[OutputFile, ...]:
    """Write the report in the given formats, the findings and the manifest. Raises OutputError.

    They come in the place of the files of the previous report, all together.
    """
    material = Material(report)
    writers = {name: writer for format_ in formats for name, writer in FORMATS[format_].items()}
    writers |= _ALWAYS
    contents = {name: writer(material).encode("utf-8") for name, writer in writers.items()}
    written = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    contents[MANIFEST] = manifest_of(report, written, options or {}).encode("utf-8")
    put(folder, contents, obsolete=unchanged_outputs(folder))
    written[MANIFEST] = hashlib.sha256(contents[MANIFEST]).hexdigest()
    return tuple(OutputFile(folder / name, sha256) for name, sha256 in written.items())
