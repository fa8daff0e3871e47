"""Where our files stand: inside the installed package, or at the top of the repository while developing."""

from __future__ import annotations

import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).parent
_REPOSITORY = _PACKAGE.parents[1]


def definitions_folder() -> Path:
    """The TOML definitions of columns, codes, indicators and checks."""
    return _PACKAGE / "definitions"


def readers_folder() -> Path:
    """The code that reads deliveries."""
    return _PACKAGE / "read"


def templates_folder() -> Path:
    """The prose and the page of the report."""
    return _shipped("templates")


def fonts_folder() -> Path:
    """The fonts of the PDF."""
    return _PACKAGE / "render" / "fonts"


def sample_folder() -> Path:
    """The synthetic exports of Voorbeeldgemeente."""
    return _shipped("data/sample")


def hash_of_files(*folders: Path) -> str:
    """One hash over the names and the contents of all files in these folders; what Python or Jinja compiled is none."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                total.update(path.read_bytes())
    return total.hexdigest()


def _shipped(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _REPOSITORY / name
