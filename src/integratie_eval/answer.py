"""The rows of an answer: their columns, and batches of rows that are fetched while they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns, in which a second `trede` is called trede_2."""
    taken: dict[str, int] = {}
    result: list[str] = []
    for name in names:
        number = taken.get(name, 0) + 1
        new = name if number == 1 else f"{name}_{number}"
        while new in result:
            number += 1
            new = f"{name}_{number}"
        taken[name] = number
        result.append(new)
    return tuple(result)
