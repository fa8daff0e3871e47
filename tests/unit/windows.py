"""The rules of Windows that matter to locks and swaps, kept on Linux: not Windows itself, which no test has.

A lock belongs to an open file and keeps others out with PermissionError; a file that is open in any process cannot be
removed or replaced; folders cannot be opened.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest


def become_windows(patch: pytest.MonkeyPatch) -> None:
    """From now on this process works by those rules."""
    import fcntl

    def locking(handle: int, mode: int, size: int) -> None:
        assert (mode, size) == (msvcrt.LK_NBLCK, 1)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    msvcrt: Any = ModuleType("msvcrt")
    msvcrt.LK_NBLCK, msvcrt.locking = 2, locking
    patch.setitem(sys.modules, "msvcrt", msvcrt)
    patch.setitem(sys.modules, "fcntl", None)
    patch.setattr(sys, "platform", "win32")
    for name in ("unlink", "rename", "replace"):
        patch.setattr(os, name, _unless_open(getattr(os, name)))


def _unless_open(real: Any) -> Any:
    def act(*paths: Any, **options: Any) -> Any:
        for path in paths:
            if os.path.lexists(path) and _is_open(os.path.realpath(path)):
                raise PermissionError(errno.EACCES, "in use by another process", str(path))
        return real(*paths, **options)

    return act


def _is_open(path: str) -> bool:
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if handle.readlink() == Path(path):
                return True
        except OSError:  # it was closed meanwhile, or is not ours
            continue
    return False
