"""One DuckDB database in memory per run, closed to the outside world."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


SMALL = 2_000_000  # bytes of delivered files


def open_database(size: int) -> DuckDBPyConnection:
    """A database that never fetches an extension and never touches a file, for deliveries of this size in bytes.

    For small deliveries a second thread and the optimizer cost more than they bring (docs/prestaties.md).
    """
    import duckdb

    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": "",  # rows of persons stay in memory: else they go to a folder that others can read
            **({"threads": "1"} if size < SMALL else {}),
        }
    )
    if size < SMALL:
        connection.execute("PRAGMA disable_optimizer")
    return connection


@contextmanager
def all_or_nothing(connection: DuckDBPyConnection) -> Iterator[None]:
    """What is made inside is all there afterwards, or (when it is interrupted) nothing of it."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def sql_list(texts: Collection[str]) -> str:
    """Texts as SQL, for behind IN: 'a', 'b'."""
    return ", ".join("'" + text.replace("'", "''") + "'" for text in sorted(texts))


def sql_name(name: str) -> str:
    """The name of a table or column as SQL, whatever is in it: "foto's"."""
    return '"' + name.replace('"', '""') + '"'
