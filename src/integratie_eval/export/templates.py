"""Our templates in a folder of the user, to make own templates from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from integratie_eval.errors import UsageError, folder_unwritable
from integratie_eval.resources import templates_folder
from integratie_eval.text import listed

README = "LEESMIJ.txt"
_MOST_NAMED = 3


def export_templates(folder: Path, *, overwrite: bool) -> Sequence[Path]:
    """Copy the templates of the prose. Raises UsageError for files that are there, OutputError."""
    ours = templates_folder()
    names = [README, *sorted(path.relative_to(ours).as_posix() for path in ours.rglob("*.md.j2"))]
    there = [name for name in names if (folder / name).exists()]
    if there and not overwrite:
        more = [f"{len(there) - _MOST_NAMED} andere"] if len(there) > _MOST_NAMED else []
        raise UsageError(
            f"In de map {folder} staat al {listed([*there[:_MOST_NAMED], *more])}.",
            "Kies een nieuwe map, of geef --overschrijf: dan gaan uw veranderingen in die bestanden verloren.",
        )
    try:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ours / name).read_bytes())
    except OSError as error:
        raise folder_unwritable(folder, error) from None
    return [folder / name for name in names]
