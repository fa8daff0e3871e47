"""One DuckDB database in memory per run, closed to the outside world."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def open_database() -> DuckDBPyConnection:
    """A database that never fetches an extension and never touches a file."""
    import duckdb

    return duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
