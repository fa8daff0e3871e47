"""A report → files: a table of formats; all files of a run are complete before the first is put in place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.errors import UsageError
from integratie_eval.manifest import MANIFEST, Options, manifest_of, unchanged_outputs
from integratie_eval.model import OutputFile
from integratie_eval.render.annotated import annotated_markdown
from integratie_eval.render.charts import Chart, charts_of
from integratie_eval.render.comparison import COMPARISON_FORMATS, Compared, quarters_csv
from integratie_eval.render.figures import figures_csv, figures_json, findings_csv
from integratie_eval.render.html import render_html
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.outline import check_outline
from integratie_eval.render.templates import Templates, load_templates
from integratie_eval.report import Report
from integratie_eval.swap import put
from integratie_eval.text import hint, listed

if TYPE_CHECKING:
    from markdown_it.token import Token

    from integratie_eval.render.document import Block


@dataclass(frozen=True)
class Material:
    """What the writers draw on; the prose is made once, and only when a format needs it."""

    report: Report
    _parsed: list[list[Token]] = field(default_factory=list, repr=False)

    @cached_property
    def templates(self) -> Templates:
        """The compiled templates."""
        return load_templates(self.report.settings.templates)

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """The charts that the report can draw, by name."""
        return charts_of(self.report, self.templates)

    @cached_property
    def text(self) -> str:
        """The report as annotated Markdown. Raises SettingsError when texts of the municipality break its outline."""
        text = annotated_markdown(self.report, self.templates, self.charts)
        if self.templates.own or self.report.settings.passages:
            tokens = self.templates.parser.parse(text)
            check_outline(tokens)
            self._parsed.append(tokens)
        return text

    def tokens(self) -> list[Token]:
        """The same text parsed, for one who changes it: what was parsed for the outline is used once more."""
        text = self.text
        return self._parsed.pop() if self._parsed else self.templates.parser.parse(text)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The report as headings, paragraphs, lists, tables and charts, for the formats that know no HTML."""
        from integratie_eval.render.document import document_of

        return document_of(self.text, self.templates.parser)


Writer = Callable[[Material], Mapping[str, bytes]]
"""Makes the files of a format: name → content."""


def _texts(writers: Mapping[str, Callable[[Material], str]]) -> Writer:
    """A format of text files: name → what makes its text."""
    return lambda material: {name: write(material).encode() for name, write in writers.items()}


def _annex(material: Material) -> Mapping[str, bytes]:
    """The figures as an Excel workbook."""
    from integratie_eval.render.annex import render_annex

    return {"cijfers.xlsx": render_annex(material.report, material.text, material.templates)}


def _pdf(material: Material) -> Mapping[str, bytes]:
    """The report as PDF."""
    from integratie_eval.render.pdf import pdf_of

    settings, day = material.report.settings, material.report.period.reference
    return {"rapport.pdf": pdf_of(material.blocks, material.charts, day, settings.house_style)}


def _word(material: Material) -> Mapping[str, bytes]:
    """The report as a Word file."""
    from integratie_eval.render.word import word_of

    settings, day = material.report.settings, material.report.period.reference
    file = word_of(
        material.blocks,
        material.charts,
        author=settings.municipality or "",
        day=day,
        template=settings.house_style.word,
    )
    return {"rapport.docx": file}


def _markdown(material: Material) -> Mapping[str, bytes]:
    """The text, and beside it the charts that have a place in it."""
    placed = [chart for chart in material.charts.values() if f"]({chart.file_name} " in material.text]
    files = {"rapport.md": render_markdown(material.text), **{chart.file_name: chart.svg for chart in placed}}
    return {name: content.encode() for name, content in files.items()}


FORMATS: Mapping[str, Writer] = {
    "md": _markdown,
    "html": _texts({"rapport.html": lambda m: render_html(m.report, m.tokens(), m.templates, m.charts)}),
    "pdf": _pdf,
    "docx": _word,
    "json": _texts({"cijfers.json": lambda m: figures_json(m.report)}),
    "csv": _texts(
        {"cijfers.csv": lambda m: figures_csv(m.report), "vergelijking.csv": lambda m: quarters_csv(m.report)}
    ),
    "xlsx": _annex,
}
EVERYTHING = "alles"
_ALWAYS = _texts({"bevindingen.csv": lambda m: findings_csv(m.report.findings)})


def formats_named(names: Sequence[str]) -> tuple[str, ...]:
    """The formats with these names, 'alles' for all. Raises UsageError for one that does not exist, or for none."""
    for name in names:
        if name not in (*FORMATS, EVERYTHING):
            raise _unknown_format(name, [*FORMATS, EVERYTHING])
    if not names:
        raise UsageError("Er is geen formaat gekozen.", f"Mogelijk zijn: {listed([*FORMATS, EVERYTHING])}.")
    return tuple(FORMATS) if EVERYTHING in names else tuple(names)


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
    writers = [*(FORMATS[name] for name in formats), _ALWAYS]
    contents = {name: content for write in writers for name, content in write(material).items()}
    written = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    contents[MANIFEST] = manifest_of(report, written, options or {}).encode("utf-8", "backslashreplace")
    put(folder, contents, obsolete=unchanged_outputs(folder))
    written[MANIFEST] = hashlib.sha256(contents[MANIFEST]).hexdigest()
    return tuple(OutputFile(folder / name, sha256) for name, sha256 in written.items())
