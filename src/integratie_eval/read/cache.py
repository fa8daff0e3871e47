"""What was read of delivered files, kept for the next run: off unless the settings name a folder, for it holds persons.

Every file in it is readable for its owner only. Its name is made of the content of the delivered file, and of our
definitions and readers: whatever changes, the file is read again.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from integratie_eval import __version__
from integratie_eval.errors import OutputError, SettingsError, reason_of
from integratie_eval.private import private_file
from integratie_eval.read.opened import OpenedFile
from integratie_eval.read.wire import bytes_of, opened_from
from integratie_eval.resources import definitions_folder, hash_of_files, readers_folder

_SUFFIX = ".gelezen"
_OURS = re.compile(r"[0-9a-f]{64}\.gelezen|\.[0-9a-f]{64}\.gelezen\..*\.tmp")
_LIBRARIES = ("fastexcel", "nanoarrow", "openpyxl", "xlrd")
"""What decides, beside our own code, how a file is read."""


@dataclass(frozen=True)
class Cache:
    """A folder with what was read. Make one with `open_cache`."""

    folder: Path
    readers: str
    """A hash of all that decides how a file is read."""

    def find(self, path: Path) -> OpenedFile | None:
        """What was read before of a file with this content; None when it must be read (again)."""
        try:
            if not path.is_file():  # a pipe would wait for ever
                return None
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            check, _, content = self._place(sha256, path).read_bytes().partition(b"\n")
        except OSError:
            return None
        if check.decode(errors="replace") != hashlib.sha256(content).hexdigest():  # damaged
            return None
        kept = io.BytesIO(content)
        return opened_from(json.loads(kept.readline()), kept, path)

    def keep(self, opened: OpenedFile) -> None:
        """Keep what was read of a file. Raises OutputError."""
        pieces = list(bytes_of(opened))
        check = hashlib.sha256()
        for piece in pieces:
            check.update(piece)
        with private_file(self._place(opened.sha256, opened.path)) as draft, draft.open("wb") as stream:
            stream.writelines([check.hexdigest().encode() + b"\n", *pieces])

    def _place(self, sha256: str, path: Path) -> Path:
        key = hashlib.sha256(f"{self.readers} {sha256} {path.suffix.lower()}".encode()).hexdigest()
        return self.folder / f"{key}{_SUFFIX}"


def open_cache(folder: Path | None) -> Cache | None:
    """The cache in this folder, which is made when it is not there. Raises SettingsError when others can get at it."""
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shared = sys.platform != "win32" and folder.stat().st_mode & 0o077
    except OSError as error:
        raise SettingsError(
            f"De map van de cache, {folder}, is niet te maken ({reason_of(error)}).",
            "Kies een andere map bij [cache], of laat [cache] weg.",
        ) from None
    if shared:
        raise SettingsError(
            f"Bij de map van de cache, {folder}, kunnen ook anderen.",
            f"Er komen gegevens van personen in. Geef het commando: chmod 700 {folder}",
        )
    from importlib.metadata import version  # slow to import, and most runs have no cache

    libraries = " ".join(version(name) for name in _LIBRARIES)
    return Cache(folder, f"{__version__} {libraries} {hash_of_files(definitions_folder(), readers_folder())}")


def clear_cache(folder: Path) -> int:
    """Remove what was kept, also of other versions or half written, and nothing else. Returns how many files that were.

    Raises OutputError.
    """
    kept = [path for path in folder.glob("*") if path.is_file() and _OURS.fullmatch(path.name)]
    for path in sorted(kept):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{path} is niet te wissen ({reason_of(error)}).", "Wis het bestand zelf.") from None
    return len(kept)
