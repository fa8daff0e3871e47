"""A lock per output folder: two runs never write the same report at once.

The operating system holds the lock (flock; msvcrt on Windows), so it is gone when its process is gone, however that
ended.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from integratie_eval.errors import TryLaterError, unwritable

WORK_FOLDER = ".integratie-eval"
"""The folder inside the output folder that is there while a run is busy."""
_LOCK_FILE = "slot"
_PAUSE = 0.1
_MOST_GONE = 100  # a folder that another process takes away is there again at once


@contextmanager
def locked(folder: Path, wait: float = 0) -> Iterator[None]:
    """Make the folder if needed and keep other runs out of it. Raises TryLaterError, OutputError.

    A folder that was made for this and is still empty afterwards is removed again.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        handle = _wait_for(folder, wait)
        try:
            yield
        finally:
            _release(folder, handle)
    finally:
        for path in made:
            with suppress(OSError):  # it holds the report, or was never made
                path.rmdir()


def _wait_for(folder: Path, seconds: float) -> int:
    end = time.monotonic() + seconds
    gone = 0
    while True:
        try:
            handle = _try_lock(folder / WORK_FOLDER / _LOCK_FILE)
        except FileNotFoundError as error:  # another process just took the folder away, or no folder can be made here
            gone += 1
            if gone > _MOST_GONE:
                raise unwritable(folder, error) from None
            continue
        except OSError as error:
            raise unwritable(folder, error) from None
        if handle is not None:
            return handle
        if time.monotonic() >= end:
            raise TryLaterError(
                f"Een andere run is bezig met de map {folder}.", "Probeer het later opnieuw, of wacht met --wacht 600."
            )
        time.sleep(_PAUSE)


def _try_lock(path: Path) -> int | None:
    """The open lock file; None when another process holds it. Raises FileNotFoundError when it is just taken away."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except FileExistsError:  # of a folder that went just after it was seen, or of a file in its place
        if any(os.path.lexists(folder) and not folder.is_dir() for folder in path.parents):
            raise
        return None
    except PermissionError:  # the lock file of another user
        if _is_held(path):
            return None
        raise
    try:
        _lock(handle)
        if os.path.samestat(os.fstat(handle), path.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is_held(path: Path) -> bool:
    """Another user holds the lock, of which we can see no more than that."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        _lock(handle)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _release(folder: Path, handle: int) -> None:
    """Take the lock file away while it is still locked: who waits for it sees that it is another one."""
    path = folder / WORK_FOLDER / _LOCK_FILE
    if sys.platform == "win32":  # there an open file cannot be removed
        os.close(handle)
    with suppress(OSError):
        path.unlink()
        path.parent.rmdir()
    if sys.platform != "win32":
        os.close(handle)


def _lock(handle: int) -> None:
    """Lock an open file. Raises BlockingIOError when another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise BlockingIOError from None
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
