"""What was read of delivered files, kept for the next run: off unless the settings name a folder, for it holds persons.

Every file in it is readable for its owner only. Its name is made of the content of the delivered file, and of our
definitions and readers: whatever changes, the file is read again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from integratie_eval import __version__
from integratie_eval.errors import SettingsError
from integratie_eval.private import private_file
from integratie_eval.read.opening import OpenedFile
from integratie_eval.read.wire import bytes_of, opened_from
from integratie_eval.resources import definitions_folder, hash_of_files, readers_folder

_SUFFIX = ".gelezen"


@dataclass(frozen=True)
class Cache:
    """A folder with what was read. Make one with `open_cache`."""

    folder: Path
    readers: str
    """A hash of all that decides how a file is read."""

    def find(self, path: Path) -> OpenedFile | None:
        """What was read before of a file with this content; None when it must be read (again)."""
        try:
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            kept = io.BytesIO(self._place(sha256, path).read_bytes())
            opened = opened_from(json.loads(kept.readline()), kept, path)
        except (OSError, EOFError, ValueError, LookupError, TypeError):  # not there, or damaged
            return None
        return opened if opened.sha256 == sha256 and not kept.read(1) else None

    def keep(self, opened: OpenedFile) -> None:
        """Keep what was read of a file. Raises OutputError."""
        with private_file(self._place(opened.sha256, opened.path)) as draft, draft.open("wb") as stream:
            stream.writelines(bytes_of(opened))

    def _place(self, sha256: str, path: Path) -> Path:
        key = hashlib.sha256(f"{self.readers} {sha256} {path.suffix.lower()}".encode()).hexdigest()
        return self.folder / f"{key}{_SUFFIX}"


def open_cache(folder: Path | None) -> Cache | None:
    """The cache in this folder, which is made when it is not there. Raises SettingsError when others can get at it."""
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shared = os.name == "posix" and folder.stat().st_mode & 0o077
    except OSError as error:
        raise SettingsError(
            f"De map van de cache, {folder}, is niet te maken ({error.strerror}).",
            "Kies een andere map bij [cache], of laat [cache] weg.",
        ) from None
    if shared:
        raise SettingsError(
            f"Bij de map van de cache, {folder}, kunnen ook anderen.",
            f"Er komen gegevens van personen in. Geef het commando: chmod 700 {folder}",
        )
    return Cache(folder, f"{__version__} {hash_of_files(definitions_folder(), readers_folder())}")


def clear_cache(folder: Path) -> int:
    """Remove what was kept, also of other versions, and nothing else. Returns how many files that were."""
    removed = 0
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        with suppress(FileNotFoundError):
            path.unlink()
            removed += 1
    return removed
