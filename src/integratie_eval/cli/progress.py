"""How far a run is, on a terminal: the step and the file at hand. In a pipe, a log or cron nothing is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Is told how far the run is; shows it when it has a bar to show it with."""

    def __init__(self, bar: Bar | None = None) -> None:
        self._bar = bar
        self._files = bar.add_task("", visible=False, count="") if bar else None
        self._step = bar.add_task("", total=None, count="") if bar else None

    def step(self, name: str) -> None:
        """A step begins; nobody knows how long it takes."""
        self._show(self._step, self._files, at_once=True, description=name)

    def file(self, name: str, number: int, total: int) -> None:
        """It is the turn of a file; `number` files came before it."""
        self._show(self._files, self._step, at_once=number == 0, description=f"openen: {name}", completed=number,
                   total=total, count=f"{number}/{total}")  # fmt: skip

    def _show(self, task: TaskID | None, other: TaskID | None, *, at_once: bool, **shown: Any) -> None:
        """`at_once`: what is over in a tenth of a second would not be seen otherwise."""
        if self._bar and task is not None and other is not None:
            self._bar.update(other, visible=False)
            self._bar.update(task, visible=True, refresh=at_once, **shown)


@contextmanager
def progress_shown(*, silent: bool = False) -> Iterator[Progress]:
    """Show on stderr how far what is inside is, and wipe it at the end; only on a terminal that can."""
    if silent or not sys.stderr or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    name = TextColumn(
        "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)
    )
    columns = (SpinnerColumn(), BarColumn(bar_width=10), TextColumn("{task.fields[count]}"), name)
    with Bar(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        yield Progress(bar)
