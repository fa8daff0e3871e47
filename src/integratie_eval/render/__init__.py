"""A report → files: a table of formats; all files of a run are complete before the first is put in place."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from integratie_eval.errors import OutputError, UsageError
from integratie_eval.model import OutputFile
from integratie_eval.render.annotated import annotated_markdown
from integratie_eval.render.comparison import COMPARISON_FORMATS, Compared, quarters_csv
from integratie_eval.render.figures import figures_csv, figures_json, findings_csv
from integratie_eval.render.html import render_html
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.templates import Templates, load_templates
from integratie_eval.report import Report
from integratie_eval.text import closest, listed


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


def known_formats(text: str) -> tuple[str, ...]:
    """The formats in 'md,html'. Raises UsageError for an unknown one."""
    formats = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    for name in formats:
        if name not in FORMATS:
            raise _unknown_format(name, FORMATS)
    if not formats:
        raise UsageError("Er is geen formaat gekozen.", f"Mogelijk zijn: {listed(FORMATS)}.")
    return formats


def comparison_format(name: str) -> Callable[[Compared], str]:
    """How a comparison is shown. Raises UsageError for an unknown name."""
    if name not in COMPARISON_FORMATS:
        raise _unknown_format(name, COMPARISON_FORMATS)
    return COMPARISON_FORMATS[name]


def _unknown_format(name: str, known: Mapping[str, object]) -> UsageError:
    guess = closest(name, known)
    hint = f"Bedoelt u {guess[0]}?" if guess else f"Mogelijk zijn: {listed(known)}."
    return UsageError(f"Het formaat {name} bestaat niet.", hint)


def write_report(report: Report, folder: Path, formats: Sequence[str]) -> tuple[OutputFile, ...]:
    """Write the report in the given formats, the findings and the manifest. Raises OutputError."""
    material = Material(report)
    writers = {name: writer for format_ in formats for name, writer in FORMATS[format_].items()}
    writers |= _ALWAYS
    contents = {name: writer(material).encode("utf-8") for name, writer in writers.items()}
    written = [OutputFile(folder / name, hashlib.sha256(content).hexdigest()) for name, content in contents.items()]
    contents["manifest.json"] = manifest(report, written).encode("utf-8")
    put(folder, contents)
    return (*written, OutputFile(folder / "manifest.json", hashlib.sha256(contents["manifest.json"]).hexdigest()))


def manifest(report: Report, written: Sequence[OutputFile]) -> str:
    """What went in and what came out: hashes, rows, settings, version. No clock: equal runs give equal bytes."""
    settings = report.settings
    content = {
        "versie": report.version,
        "periode": {
            "van": report.period.start.isoformat(),
            "tot": report.period.end.isoformat(),
            "peildatum": report.period.reference.isoformat(),
        },
        "instellingen": {
            "bestand": settings.source.name if settings.source else None,
            "sha256": hashlib.sha256(settings.source.read_bytes()).hexdigest() if settings.source else None,
            "cohort_grens": settings.cohort_border.isoformat(),
            "inburgering_is_ondersteuning": settings.course_is_support,
            "eindstatus": [status.name for status in report.statuses],
        },
        "invoer": [
            {
                "bestand": file.name,
                "sha256": file.sha256,
                "bytes": file.size,
                "bladen": [
                    {
                        "blad": row.sheet,
                        "tabel": row.table,
                        "gezien": row.seen,
                        "gebruikt": row.used,
                        "opzij_gezet": dict(row.set_aside),
                    }
                    for row in report.rows
                    if row.file == file.name
                ],
            }
            for file in report.delivered.files
        ],
        "uitvoer": [{"bestand": file.path.name, "sha256": file.sha256} for file in written],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def put(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write every file under a temporary name first, then rename them all: no half report."""
    staged: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            staged[name] = temporary
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).chmod(0o666 & ~_umask())
        for name in contents:
            Path(staged[name]).replace(folder / name)
            del staged[name]
    except OSError as error:
        raise OutputError(
            f"De map {folder} is niet te beschrijven ({error.strerror}).",
            "Kies een andere map met -o, of sluit het rapport.",
        ) from None
    finally:
        for temporary in staged.values():
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
