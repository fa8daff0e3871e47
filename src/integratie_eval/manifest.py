"""manifest.json: what went into a report and what came out, by hash. Two equal runs give equal bytes: no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integratie_eval import __version__
from integratie_eval.errors import InputError
from integratie_eval.resources import definitions_folder, hash_of_files, templates_folder

if TYPE_CHECKING:
    from integratie_eval.report import Report
    from integratie_eval.settings import Settings

MANIFEST = "manifest.json"
Options = Mapping[str, Any]
"""The options of the command line that change the report, by their Dutch names, as far as they were given."""


_OPTION_NAMES = {
    "format": "format", "start": "van", "end": "tot", "reference": "peildatum", "go_on": "ga-door",
    "latest_wins": "laatste", "chosen_sheets": "blad", "empty_allowed": "leeg-toegestaan", "templates": "sjablonen",
}  # fmt: skip


def options_given(**values: Any) -> Options:
    """The options as they stand in the manifest, without those that were not given."""
    return {_OPTION_NAMES[name]: _plain(value) for name, value in values.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.as_posix()
    return list(value) if isinstance(value, tuple) else value


def manifest_of(report: Report, outputs: Mapping[str, str], options: Options) -> str:
    """The text of manifest.json; `outputs` are the names and hashes of the other files."""
    settings = report.settings
    content = {
        "versie": report.version,
        "sjablonen": hash_of_definitions(),
        "eigen_sjablonen": _own_templates(settings, options),
        "opties": options,
        "periode": report.period.told,
        "instellingen": {
            "bestand": settings.source.name if settings.source else None,
            "bestanden": [{"bestand": name, "sha256": sha256} for name, sha256 in settings.source_hashes.items()],
            **choices_of(report),
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
        "niet_gebruikt": [{"bestand": file.name, "sha256": file.sha256} for file in report.delivered.unused],
        "open": [finding.place.file for finding in report.findings if finding.rule == "bestand_open"],
        "uitvoer": [{"bestand": name, "sha256": sha256} for name, sha256 in outputs.items()],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def choices_of(report: Report) -> dict[str, Any]:
    """The settings on which every figure rests."""
    return {
        "cohort_grens": report.settings.cohort_border.isoformat(),
        "inburgering_is_ondersteuning": report.settings.course_is_support,
        "eindstatus": [status.name for status in report.statuses],
    }


def is_current(
    folder: Path,
    inputs: Mapping[str, Path],
    settings_file: Path | None,
    options: Options,
    open_files: Sequence[str] = (),
) -> bool:
    """The report in the folder is what a run with these inputs, settings and options would write again.

    `inputs` are the exports by the name that the manifest gives them; the report names those that are open elsewhere.
    Ages of files are not in the manifest, so a run that looks at them (--laatste) is never current.
    """
    try:
        manifest = read_manifest(folder)
    except InputError:
        return False
    asked = {"versie": __version__, "sjablonen": hash_of_definitions(), "opties": options}
    if options.get("laatste") or any(manifest.get(key) != value for key, value in asked.items()):
        return False
    beside = settings_file.parent if settings_file else Path()
    seen = {file["bestand"]: file["sha256"] for file in (*manifest["invoer"], *manifest["niet_gebruikt"])}
    named = manifest["instellingen"]
    return (
        named["bestand"] == (settings_file.name if settings_file else None)
        and seen.keys() == inputs.keys()
        and manifest["open"] == list(open_files)
        and _own_unchanged(manifest.get("eigen_sjablonen"), Path() if "sjablonen" in options else beside)
        and _all_unchanged({beside / file["bestand"]: file["sha256"] for file in named["bestanden"]})
        and _all_unchanged({inputs[name]: sha256 for name, sha256 in seen.items()})
        and not changed_outputs(folder, manifest)
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a report folder. Raises InputError when there is none, or it is not one of ours."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _check_shape(manifest)
    except FileNotFoundError:
        raise InputError(f"In de map {folder} staat geen {MANIFEST}.", "Noem de map van een rapport.") from None
    except NotADirectoryError:
        raise InputError(f"{folder} is geen map.", "Noem de map van een rapport.") from None
    except (OSError, ValueError, LookupError, TypeError):
        raise InputError(
            f"{folder / MANIFEST} is niet te lezen of is geen manifest.", "Maak het rapport opnieuw."
        ) from None
    return manifest


def _check_shape(manifest: dict[str, Any]) -> None:
    """Raise LookupError, TypeError or ValueError for what manifest_of would not write."""
    settings = manifest["instellingen"]
    settings["bestand"]
    manifest.setdefault("niet_gebruikt", [])  # older reports have neither
    manifest.setdefault("open", [])
    for file in (*manifest["invoer"], *manifest["niet_gebruikt"], *manifest["uitvoer"], *settings["bestanden"]):
        file["bestand"], file["sha256"]
    own = manifest.get("eigen_sjablonen") or {"map": "", "sha256": ""}
    Path(own["map"]), own["sha256"]
    if any(Path(file["bestand"]).name != file["bestand"] for file in manifest["uitvoer"]):
        raise ValueError  # never look or remove outside the folder


def changed_outputs(folder: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """The files that are not as the manifest says: name → 'ontbreekt' or 'is veranderd'."""
    changed = {}
    for file in manifest["uitvoer"]:
        found = _hash_of(folder / file["bestand"])
        if found != file["sha256"]:
            changed[file["bestand"]] = "is veranderd" if found else "ontbreekt"
    return changed


def unchanged_outputs(folder: Path) -> Sequence[str]:
    """The files of the previous report that nobody changed since."""
    try:
        manifest = read_manifest(folder)
    except InputError:
        return ()
    changed = changed_outputs(folder, manifest)
    return [file["bestand"] for file in manifest["uitvoer"] if file["bestand"] not in changed]


def hash_of_definitions() -> str:
    """One hash over all templates and definitions of this installation."""
    return hash_of_files(templates_folder(), definitions_folder())


def _own_templates(settings: Settings, options: Options) -> dict[str, str] | None:
    """The folder with templates of the municipality as it was given, and its hash."""
    folder = settings.templates
    if folder is None:
        return None
    seen = folder
    if "sjablonen" not in options and settings.source and folder.is_relative_to(settings.source.parent):
        seen = folder.relative_to(settings.source.parent)
    return {"map": seen.as_posix(), "sha256": hash_of_files(folder)}


def _own_unchanged(named: Mapping[str, str] | None, beside: Path) -> bool:
    try:
        return named is None or hash_of_files(beside / named["map"]) == named["sha256"]
    except OSError:
        return False


def _all_unchanged(hashes: Mapping[Path, str]) -> bool:
    return all(_hash_of(path) == sha256 for path, sha256 in hashes.items())


def _hash_of(path: Path) -> str | None:
    """The sha256 of a file; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
