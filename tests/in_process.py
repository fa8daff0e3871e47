"""Opening files without workers, for tests of what comes after; tests/cli and most of tests/bad use workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from integratie_eval.errors import Refused
from integratie_eval.read.opened import OpenedFile
from integratie_eval.read.opening import open_file


class OpeningHere:
    """In the place of `isolation.Opening`: the same results, in this process. Starting a worker costs 0.1 s."""

    def __init__(self, paths: Sequence[Path], *_: object) -> None:
        self._paths = paths

    def __enter__(self) -> OpeningHere:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def results(self) -> list[OpenedFile | Refused]:
        return [self._open(path) for path in self._paths]

    def _open(self, path: Path) -> OpenedFile | Refused:
        try:
            return open_file(path)
        except Refused as refused:
            return refused


@pytest.fixture(autouse=True, scope="module")
def opened_here() -> Iterator[None]:
    """Evaluations of the tests in this folder open files in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("integratie_eval.classified.Opening", OpeningHere)
        yield
