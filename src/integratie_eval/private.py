"""A file that may hold rows of persons: readable for its owner only, complete or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from integratie_eval.errors import OutputError, UsageError, reason_of


def require_free(file: Path, *, overwrite: bool, inputs: Sequence[str] = ()) -> None:
    """Refuse a file that exists, unless it may be overwritten. Raises UsageError.

    `inputs` are the paths of the exports that are read: those stay as they are, and so do the settings beside them.
    """
    if file.is_dir():
        raise UsageError(f"{file} is een map.", "Geef de naam van een bestand.")
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is geen gewoon bestand.", "Geef de naam van een bestand.")
    if file.exists() and not overwrite:
        raise UsageError(f"{file} bestaat al.", "Kies een andere naam, of geef --overschrijf.")
    if inputs:
        _require_no_export(file, inputs)


def _require_no_export(file: Path, inputs: Sequence[str]) -> None:
    """Refuse a file that a run on these paths reads, or would read once it is there. Raises UsageError."""
    from integratie_eval.read.sources import find_files, find_settings, would_read

    place = file.resolve()
    if file.exists() and (place in {path.resolve() for path in find_files(inputs)} or place == find_settings(inputs)):
        raise UsageError(f"{file} wordt zelf gelezen, en blijft zoals het is.", "Kies een andere naam.")
    if would_read(inputs, file):
        raise UsageError(
            f"{file} komt tussen de exports te staan, en dan leest de volgende run het als export.",
            "Kies een andere map.",
        )


@contextmanager
def private_file(file: Path, *, make_folder: bool = False) -> Iterator[Path]:
    """A new file to write to, which gets its name when the block ends well. Raises OutputError.

    Its folder must be there, unless `make_folder`.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    try:
        if make_folder:
            file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield draft
            draft.chmod(0o600)  # some writers put another file in its place
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{file} is niet te schrijven ({reason_of(error)}).", "Kies een andere plaats.") from None
