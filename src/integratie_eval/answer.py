"""The rows of an answer: their columns, and batches of rows that are fetched while they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from integratie_eval.text import visible

Row = Sequence[Any]


@dataclass(frozen=True)
class Answer:
    """Rows with named columns. The batches can be taken once."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    """The SQL type of each column."""
    batches: Iterator[Sequence[Row]]

    @property
    def rows(self) -> Iterator[Row]:
        """The rows, one by one."""
        return (row for batch in self.batches for row in batch)


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names of the columns as they are shown; a second `trede` is called trede_2, and so is a second `Trede`."""
    taken: set[str] = set()
    result: list[str] = []
    for name in map(visible, names):
        choices = (name if number == 1 else f"{name}_{number}" for number in count(1))
        new = next(choice for choice in choices if choice.casefold() not in taken)
        taken.add(new.casefold())
        result.append(new)
    return tuple(result)
