"""Which files a run reads: a path is a file, a folder or a glob."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from integratie_eval.errors import InputError, UsageError
from integratie_eval.read.opened import Kind
from integratie_eval.settings import FILE_NAME

SUFFIXES = frozenset(suffix for kind in Kind for suffix in kind.value)
_MOST_LOOKED_AT = 1_000
_OUR_OUTPUT = frozenset({"cijfers.csv", "bevindingen.csv", "vergelijking.csv", "cijfers.xlsx"})
_BY_PRODUCTS = re.compile(r"~\$.*|\.~.*|\._.*|\.ds_store|thumbs\.db|desktop\.ini", re.IGNORECASE)
"""What office programs and file managers leave next to the exports."""


def find_files(paths: Sequence[str]) -> tuple[Path, ...]:
    """The delivered files, without duplicates, in the order of their names. Raises InputError when there are none."""
    if not paths:
        raise UsageError(
            "Er is geen bestand of map opgegeven.", "Noem de exports, bijvoorbeeld: integratie-eval report exports/"
        )
    named = [path for given in paths for path in _files_of(given)]
    found = {path.resolve(): path for path in named if not _BY_PRODUCTS.fullmatch(path.name)}
    if not found:
        raise InputError(
            f"{named[0]} is geen export, maar een hulpbestand van een ander programma.", "Noem de export zelf."
        )
    return tuple(sorted(found.values(), key=lambda path: (path.name, str(path.resolve()))))


def would_read(paths: Sequence[str], file: Path) -> bool:
    """A run on these paths would read this file too, once it is there."""
    place = file.resolve()
    return _is_export(place) and any(
        place.parent == Path(given).resolve()
        if Path(given).is_dir()
        else glob.has_magic(given) and fnmatch(str(place), str(Path(given).absolute()))
        for given in paths
    )


def names_of(paths: Sequence[Path]) -> list[str]:
    """How reports call the files: by name, with as many folders as it takes to tell them apart."""
    parts = [[_printable(part) for part in path.absolute().parts] for path in paths]
    used = [1] * len(paths)
    while True:
        names = ["/".join(part[-count:]) for part, count in zip(parts, used, strict=True)]
        often = Counter(names)
        longer = [
            min(count + (often[name] > 1), len(part)) for name, part, count in zip(names, parts, used, strict=True)
        ]
        if longer == used:
            return names
        used = longer


def _printable(name: str) -> str:
    """A name on one line, also when it holds line ends or bytes that are no text."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def find_settings(paths: Sequence[str]) -> Path | None:
    """The integratie.toml that stands next to the exports, if any. Raises UsageError when there are several."""
    folders = {path.resolve().parent for given in paths for path in _files_of(given)}
    found = sorted(folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file())
    if len(found) > 1:
        names = " en ".join(str(path) for path in found)
        raise UsageError(f"Er zijn meer instellingenbestanden: {names}.", "Kies er één met -c.")
    return found[0] if found else None


def _files_of(given: str) -> list[Path]:
    try:
        return _found(given, Path(given))
    except PermissionError:
        raise InputError(f"{given} mag niet worden gelezen.", "Vraag leesrechten op de map.") from None
    except OSError:
        raise InputError(f"{given} is niet te lezen.", "Controleer de naam, de schijf en de netwerkmap.") from None


def _found(given: str, path: Path) -> list[Path]:
    if path.is_dir():
        return _folder(path)
    if path.exists():
        return [path]
    if path.is_symlink():
        raise _broken_link(path)
    if glob.has_magic(given):
        files = [path for path in map(Path, sorted(glob.glob(given))) if _is_export(path) and _is_file(path)]
        if files:
            return files
        raise InputError(f"Bij {given} hoort geen enkel bestand.", "Controleer het patroon en de map.")
    raise InputError(f"{given} bestaat niet.", "Controleer de naam en de map.")


def _folder(folder: Path) -> list[Path]:
    inside = list(folder.iterdir())
    files = [path for path in inside if _is_export(path) and _is_file(path)]
    if files:
        return files
    if any(_has_exports(path) for path in inside):
        raise InputError(
            f"In de map {folder} staat geen export: de exports staan in submappen.",
            "Noem de submappen, of zet alle exports in één map.",
        )
    raise InputError(
        f"In de map {folder} staat geen export.", "Een export eindigt op .xlsx, .xlsb, .xls, .ods of .csv."
    )


def _has_exports(path: Path) -> bool:
    try:
        looked_at = islice(path.rglob("*"), _MOST_LOOKED_AT) if path.is_dir() else ()
        return any(_is_export(inside) and inside.is_file() for inside in looked_at)
    except OSError:  # a folder that we may not look into
        return False


def _is_export(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.name not in _OUR_OUTPUT


def _is_file(path: Path) -> bool:
    """A link to nothing is an export that would be missed."""
    if path.is_symlink() and not path.exists():
        raise _broken_link(path)
    return path.is_file()


def _broken_link(path: Path) -> InputError:
    return InputError(f"{path} is een koppeling naar een bestand dat niet bestaat.", "Herstel de koppeling.")


def open_elsewhere(files: Sequence[Path]) -> list[str]:
    """Names of the exports that someone has open now, told by the lock file that Excel or LibreOffice leaves."""
    return [
        _printable(path.name)
        for path in files
        if path.with_name(f"~${path.name}").exists() or path.with_name(f".~lock.{path.name}#").exists()
    ]
