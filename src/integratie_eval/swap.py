"""The files of a report take the place of the previous ones together, or not at all.

A folder of a user cannot be replaced by one rename, so a swap has a way back, as a database has:

1. the new files are written to `.integratie-eval/nieuw` in the same folder, and brought to the disk;
2. `.integratie-eval/oud` gets a second name of every file that will be replaced or removed;
3. the file `.integratie-eval/terug` tells that a swap has begun, and which names are new in the folder;
4. the new files are renamed into place, files that are no longer part of the report are removed;
5. `terug` is removed: from here on the new report counts.

Whatever stops a run before step 5, the old report comes back: at once when the program can still do it, else at the
start of the next run. Only between 3 and 5 (milliseconds) a reader may see files of both reports; never half a file.
"""

from __future__ import annotations

import errno
import filecmp
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from integratie_eval.errors import OutputError, unwritable
from integratie_eval.lock import WORK_FOLDER


def put(folder: Path, contents: Mapping[str, bytes], obsolete: Iterable[str] = ()) -> None:
    """Write all files and remove the obsolete ones, or change nothing. Raises OutputError.

    Only for who holds the lock of the folder, after `restore`.
    """
    work = folder / WORK_FOLDER
    removed = [name for name in obsolete if name not in contents]
    try:
        (work / "nieuw").mkdir(parents=True)
        (work / "oud").mkdir()
        for name, content in contents.items():
            _check_place(folder / name)
            _write(work / "nieuw" / name, content)
            _keep_closed(folder / name, work / "nieuw" / name)
        _begin(folder, [*contents, *removed])
        for name in contents:
            (work / "nieuw" / name).replace(folder / name)
        for name in removed:
            (folder / name).unlink()
        _to_disk(folder)
        (work / "terug").unlink()
    except OSError as error:
        raise unwritable(folder, error) from None
    finally:
        restore(folder)


def is_halfway(folder: Path) -> bool:
    """A swap was stopped halfway: the folder may hold files of two reports until the next run."""
    return (folder / WORK_FOLDER / "terug").exists()


def restore(folder: Path) -> None:
    """Take back a swap that was stopped halfway, and clear up what it left. Raises OutputError."""
    work = folder / WORK_FOLDER
    try:
        if is_halfway(folder):
            new = _new_names(work / "terug")
            for old in (work / "oud").iterdir():
                if not _is_back(old, folder / old.name):
                    old.replace(folder / old.name)
            for name in new:
                (folder / name).unlink(missing_ok=True)
            _to_disk(folder)
            (work / "terug").unlink()
    except (OSError, ValueError):
        raise OutputError(
            f"Een vorige run in de map {folder} is halverwege gestopt, en het oude rapport kan nog niet terug.",
            "Sluit het rapport en probeer het opnieuw; bewaar de map .integratie-eval.",
        ) from None
    for leftover in ("nieuw", "oud"):
        shutil.rmtree(work / leftover, ignore_errors=True)
    with suppress(OSError):
        (work / "terug.deel").unlink()
    with suppress(OSError):  # not there, or the lock is in it
        work.rmdir()


def _new_names(file: Path) -> list[str]:
    """The files that were not there before. Raises ValueError for a text that we did not write: nothing is removed."""
    names = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(names, list) or any(not isinstance(name, str) or Path(name).name != name for name in names):
        raise ValueError
    return names


def _begin(folder: Path, names: Iterable[str]) -> None:
    """Steps 2 and 3: keep what is there now, and tell that the swap has begun."""
    work = folder / WORK_FOLDER
    new = []
    for name in names:
        if os.path.lexists(folder / name):
            _keep(folder / name, work / "oud" / name)
        else:
            new.append(name)
    _to_disk(work / "nieuw")
    _to_disk(work / "oud")
    _write(work / "terug.deel", json.dumps(new).encode())
    (work / "terug.deel").replace(work / "terug")
    _to_disk(work)


def _keep(path: Path, second: Path) -> None:
    """A second name for a file; a copy where the file system has no such thing."""
    try:
        os.link(path, second, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, second, follow_symlinks=False)


def _is_back(old: Path, path: Path) -> bool:
    """The old file stands in its place; it may be open in Excel, so it is not put there once more."""
    if not os.path.lexists(path):
        return False
    if os.path.samestat(old.lstat(), path.lstat()):
        return True
    return not (old.is_symlink() or path.is_symlink()) and filecmp.cmp(old, path, shallow=False)


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


def _keep_closed(previous: Path, path: Path) -> None:
    """Who may read a file of the report stays as its owner chose."""
    if previous.is_file() and not previous.is_symlink():
        shutil.copymode(previous, path)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows does so by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
