"""Which files a run reads: a path is a file, a folder or a glob."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path

from integratie_eval.errors import InputError, UsageError
from integratie_eval.settings import FILE_NAME

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt"})
_OUR_OUTPUT = frozenset({"cijfers.csv", "bevindingen.csv"})


def find_files(paths: Sequence[str]) -> tuple[Path, ...]:
    """The delivered files, without duplicates, in the order of their names. Raises InputError when there are none."""
    if not paths:
        raise UsageError(
            "Er is geen bestand of map opgegeven.", "Noem de exports, bijvoorbeeld: integratie-eval report exports/"
        )
    found = {path.resolve(): path for given in paths for path in _files_of(given)}
    return tuple(sorted(found.values(), key=lambda path: (path.name, str(path.resolve()))))


def names_of(paths: Sequence[Path]) -> list[str]:
    """How reports call the files: by name, and with their folder where two files have the same name."""
    names = [path.name for path in paths]
    return [f"{path.parent.name}/{path.name}" if names.count(path.name) > 1 else path.name for path in paths]


def find_settings(paths: Sequence[str]) -> Path | None:
    """The integratie.toml that stands next to the exports, if any. Raises UsageError when there are several."""
    folders = {path.resolve().parent for given in paths for path in _files_of(given)}
    found = sorted(folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file())
    if len(found) > 1:
        names = " en ".join(str(path) for path in found)
        raise UsageError(f"Er zijn meer instellingenbestanden: {names}.", "Kies er één met -c.")
    return found[0] if found else None


def _files_of(given: str) -> list[Path]:
    path = Path(given)
    if path.is_dir():
        return _folder(path)
    if path.exists():
        return [path]
    if glob.has_magic(given):
        matches = [Path(match) for match in sorted(glob.glob(given))]
        files = [match for match in matches if match.is_file() and _is_export(match)]
        if files:
            return files
        raise InputError(f"Bij {given} hoort geen enkel bestand.", "Controleer het patroon en de map.")
    if path.is_symlink():
        raise InputError(f"{given} is een koppeling naar een bestand dat niet bestaat.", "Herstel de koppeling.")
    raise InputError(f"{given} bestaat niet.", "Controleer de naam en de map.")


def _folder(folder: Path) -> list[Path]:
    files = [path for path in folder.iterdir() if path.is_file() and _is_export(path)]
    if not files:
        raise InputError(
            f"In de map {folder} staat geen export.", "Een export eindigt op .xlsx, .xlsb, .xls, .ods of .csv."
        )
    return files


def _is_export(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.name not in _OUR_OUTPUT


def open_elsewhere(files: Sequence[Path]) -> list[str]:
    """Names of the exports that someone has open now, told by the lock file that Excel or LibreOffice leaves."""
    return [
        path.name
        for path in files
        if path.with_name(f"~${path.name}").exists() or path.with_name(f".~lock.{path.name}#").exists()
    ]
