"""How far a run is, on a terminal: the step and the file at hand. In a pipe, a log or cron nothing is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress:
    """Is told how far the run is; shows it when it has a bar to show it with."""

    def __init__(self, bar: Bar | None = None) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None) if bar else None

    def step(self, name: str) -> None:
        """A step begins."""
        self._show(name, total=None)

    def file(self, name: str, number: int, total: int) -> None:
        """It is the turn of a file; `number` files came before it."""
        self._show(f"openen: {name}", completed=number, total=total)

    def _show(self, description: str, *, completed: int = 0, total: int | None) -> None:
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=description, completed=completed, total=total)


@contextmanager
def progress_shown(*, silent: bool = False) -> Iterator[Progress]:
    """Show on stderr how far what is inside is, and wipe it at the end; only on a terminal that can."""
    if silent or not sys.stderr or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    name = TextColumn(
        "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)
    )
    columns = (SpinnerColumn(), BarColumn(bar_width=10), MofNCompleteColumn(), name)
    with Bar(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        yield Progress(bar)
