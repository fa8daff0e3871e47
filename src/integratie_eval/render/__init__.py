"""A report → files: a table of formats; all files of a run are complete before the first is put in place."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from integratie_eval.errors import OutputError, UsageError
from integratie_eval.model import OutputFile
from integratie_eval.render.figures import figures_csv, figures_json, findings_csv
from integratie_eval.render.html import render_html
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.prose import annotated_markdown
from integratie_eval.render.templates import Templates
from integratie_eval.report import Report
from integratie_eval.text import closest, listed

Writer = Callable[[Report, str, Templates], str]
"""Report, annotated Markdown and templates → the text of a file."""

FORMATS: Mapping[str, Mapping[str, Writer]] = {
    "md": {"rapport.md": lambda _report, text, _templates: render_markdown(text)},
    "html": {"rapport.html": render_html},
    "json": {"cijfers.json": lambda report, _text, _templates: figures_json(report)},
    "csv": {"cijfers.csv": lambda report, _text, _templates: figures_csv(report)},
}
_ALWAYS: Mapping[str, Writer] = {"bevindingen.csv": lambda report, _text, _templates: findings_csv(report.findings)}
_PROSE = frozenset({"md", "html"})


def known_formats(text: str) -> tuple[str, ...]:
    """The formats in 'md,html'. Raises UsageError for an unknown one."""
    formats = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    for name in formats:
        if name not in FORMATS:
            guess = closest(name, FORMATS)
            hint = f"Bedoelt u {guess[0]}?" if guess else f"Mogelijk zijn: {listed(FORMATS)}."
            raise UsageError(f"Het formaat {name} bestaat niet.", hint)
    if not formats:
        raise UsageError("Er is geen formaat gekozen.", f"Mogelijk zijn: {listed(FORMATS)}.")
    return formats


def write_report(report: Report, folder: Path, formats: Sequence[str], templates: Templates) -> tuple[OutputFile, ...]:
    """Write the report in the given formats, the findings and the manifest. Raises OutputError."""
    text = annotated_markdown(report, templates) if _PROSE & set(formats) else ""
    writers = {name: writer for format_ in formats for name, writer in FORMATS[format_].items()}
    writers |= _ALWAYS
    contents = {name: writer(report, text, templates).encode("utf-8") for name, writer in writers.items()}
    written = [OutputFile(folder / name, hashlib.sha256(content).hexdigest()) for name, content in contents.items()]
    contents["manifest.json"] = manifest(report, written).encode("utf-8")
    _put(folder, contents)
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


def _put(folder: Path, contents: Mapping[str, bytes]) -> None:
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
