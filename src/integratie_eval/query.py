"""Questions in SQL to classified exports: reading only, and nothing outside their tables can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from integratie_eval.answer import Answer, Row, unique_names
from integratie_eval.classified import Classified
from integratie_eval.database import all_or_nothing, sql_name
from integratie_eval.errors import UsageError
from integratie_eval.model import Exact, Published, Value
from integratie_eval.sql_errors import in_dutch
from integratie_eval.text import visible
from integratie_eval.undelivered import undelivered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS_AT_ONCE = 2_000
_LOCK = (
    "PRAGMA enable_optimizer",  # open_database leaves it out for small exports; a join of a user needs it
    "SET enable_external_access = false",
    "SET python_enable_replacements = false",
    "SET errors_as_json = true",
    "SET lock_configuration = true",
)
_SETTINGS = re.compile(
    r"\b(duckdb_(settings|secrets|secret_types|extensions|variables|logs\w*|log_contexts|external_\w+|memory"
    r"|temporary_files|databases)|current_setting|getvariable|which_secret|pragma_\w+)\b",
    re.IGNORECASE,
)
_CATALOG = re.compile(r"\b(show|information_schema|duckdb_\w+|pg_\w+|sqlite_\w+)\b", re.IGNORECASE)
_TABLES = re.compile(r"\s*show\s+(all\s+)?tables\s*;?\s*", re.IGNORECASE)
_FACTS = re.compile(r"\s*(describe|desc|summarize|show)\b", re.IGNORECASE)
_COLUMNS_OF_FACTS = {
    "column_name": "kolom", "column_type": "soort", "min": "laagste", "max": "hoogste",
    "approx_unique": "verschillend_ongeveer", "avg": "gemiddelde", "std": "standaardafwijking", "q25": "kwart",
    "q50": "midden", "q75": "driekwart", "count": "regels", "null_percentage": "procent_leeg",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+(?:e[+-]\d+)?)?")
_FIGURES_TOLD = "één regel per cijfer van het rapport, per groep, onderdeel en kwartaal; ook kleine aantallen"
_TEXT = re.compile(r"""'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|("(?:[^"]|"")*")""", re.DOTALL)
"""What names nothing: texts and comments. A name between double quotes is found as a whole, and stays."""
_FIGURES = re.compile(r"\bcijfers\b", re.IGNORECASE)
_FIGURE_COLUMNS = {
    "indicator": "VARCHAR", "cohort": "VARCHAR", "dimensie": "VARCHAR", "categorie": "VARCHAR", "aantal": "BIGINT",
    "noemer": "BIGINT", "percentage": "DOUBLE", "kwartaal": "VARCHAR", "laag": "DOUBLE", "hoog": "DOUBLE",
}  # fmt: skip


@dataclass(frozen=True)
class Questions:
    """Classified exports that answer SQL. Make one with `questions_to`."""

    exports: Classified

    @cached_property
    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """The tables and views that are meant to be asked about, and their columns."""
        definitions = self.exports.definitions
        tables = {name: view.columns for name, view in definitions.views.items()}
        with self.exports.connection.cursor() as cursor:  # apart from a question that went wrong
            for name in definitions.tables:
                cursor.execute(f"SELECT * FROM {name} LIMIT 0")
                tables[name] = tuple(column for column, *_ in cursor.description or ())
        return {**dict(sorted(tables.items())), "cijfers": tuple(_FIGURE_COLUMNS)}

    def ask(self, sql: str) -> Answer:
        """The answer to one SELECT, WITH, FROM, DESCRIBE or SUMMARIZE. Raises UsageError, also while rows are taken."""
        connection = self.exports.connection
        self._require_one_question(sql)
        if _TABLES.fullmatch(sql):
            return self._told_tables()
        with _stopped_by_ctrl_c():
            if _is_about_more(connection, sql):
                self.exports.follow()
            if _FIGURES.search(sql):
                _add_figures(self.exports)
        batches = self._batches(sql)
        names, types = zip(*next(batches), strict=True)
        if _FACTS.match(sql):
            return _facts(names, batches)
        return Answer(unique_names(name.replace("count_star()", "count(*)") for name in names), types, batches)

    def _told_tables(self) -> Answer:
        """The tables that are meant to be asked about: there are more, that these stand on."""
        definitions = self.exports.definitions
        told = {"cijfers": _FIGURES_TOLD} | {name: table.description for name, table in definitions.tables.items()}
        told |= {name: view.description for name, view in definitions.views.items()}
        rows = [(name, told[name]) for name in self.tables]
        return Answer(("tabel", "inhoud"), ("VARCHAR", "VARCHAR"), iter([rows]))

    def undelivered(self, sql: str) -> Mapping[str, tuple[str, ...]]:
        """The tables and columns that the SQL names and that stand on what was not delivered: name → what."""
        exports, definitions = self.exports, self.exports.definitions
        words = set(re.findall(r"\w+", _TEXT.sub(r"\1 ", sql).lower()))
        found: dict[str, tuple[str, ...]] = {}
        for table in sorted(words & (definitions.views.keys() | definitions.tables.keys())):
            known = definitions.views.get(table) or definitions.tables[table]
            found |= undelivered(definitions, exports.delivered.columns, table, words & set(known.columns))
        return found

    def _require_one_question(self, sql: str) -> None:
        import duckdb

        try:
            sql.encode()
        except UnicodeEncodeError:
            raise UsageError("De vraag is geen tekst in UTF-8.", "Zet de terminal op UTF-8.") from None
        try:
            kinds = [statement.type for statement in self.exports.connection.extract_statements(sql)]
        except duckdb.Error as error:
            raise in_dutch(error, sql, self.tables) from None
        if not kinds:
            raise UsageError("Er staat geen SQL.", "Schrijf bijvoorbeeld: SELECT count(*) AS aantal FROM personen")
        if len(kinds) > 1:
            raise UsageError("Er staat meer dan één opdracht.", "Stel één vraag tegelijk, zonder puntkomma ertussen.")
        if _SETTINGS.search(sql):
            raise UsageError(
                "Instellingen zijn vanuit SQL niet te bereiken.", "Vraag alleen naar de tabellen van de exports."
            )
        if kinds[0] != duckdb.StatementType.SELECT and re.search(r"\b(un)?pivot\b", sql, re.IGNORECASE):
            raise UsageError(
                "PIVOT kan hier niet: het maakt iets aan in de database.",
                "Maak een kruistabel met integratie-eval table, of tel met count(*) FILTER (WHERE ...).",
            )
        if kinds[0] != duckdb.StatementType.SELECT:
            raise UsageError(
                "Deze SQL is geen vraag: gegevens, bestanden en instellingen blijven zoals ze zijn.",
                "Begin met SELECT, WITH, FROM, DESCRIBE of SUMMARIZE.",
            )

    def _batches(self, sql: str) -> Iterator[Sequence[Row]]:
        """First the names and types of the columns, then the rows; all in one transaction that cannot write."""
        import duckdb

        self.exports.connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            with _stopped_by_ctrl_c():
                cursor = self.exports.connection.execute(sql)
                columns = [(name, str(kind)) for name, kind, *_ in cursor.description or ()]
                _require_whole_values(columns)
                yield columns
                while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                    yield rows
        except duckdb.Error as error:
            raise in_dutch(error, sql, self.tables) from None
        finally:
            self.exports.connection.execute("ROLLBACK")


def questions_to(exports: Classified) -> Questions:
    """Close the database of these exports to everything but reading its tables, and take questions."""
    for setting in _LOCK:
        exports.connection.execute(setting)
    return Questions(exports)


def _is_about_more(connection: DuckDBPyConnection, sql: str) -> bool:
    """The SQL is about tables that are not there yet, or about which tables there are."""
    import duckdb

    if _CATALOG.search(sql):
        return True
    try:
        for name in connection.get_table_names(sql):
            connection.execute(f"SELECT 1 FROM {sql_name(name)} LIMIT 0")
    except duckdb.Error:
        return True
    return False


def _facts(names: Sequence[str], batches: Iterator[Sequence[Row]]) -> Answer:
    """What the database tells of the columns of a table: in Dutch, and without what is the same for all of them."""
    kept = {place: _COLUMNS_OF_FACTS[name] for place, name in enumerate(names) if name in _COLUMNS_OF_FACTS}
    rows = ([[_value_of_fact(row[place], row[1]) for place in kept] for row in batch] for batch in batches)
    return Answer(tuple(kept.values()), ("VARCHAR",) * len(kept), rows)


def _value_of_fact(value: Any, kind: str) -> Any:
    """A fact is text, whatever it is about: a number and a yes become what they are."""
    if not isinstance(value, str) or kind == "VARCHAR":
        return value
    if kind == "BOOLEAN":
        return {"true": True, "false": False}.get(value, value)
    if not (number := _NUMBER.fullmatch(value)):
        return value
    return float(value) if number[1] else int(value)


@contextmanager
def _stopped_by_ctrl_c() -> Iterator[None]:
    """Ctrl-C comes out of the database as an error of its own."""
    import duckdb

    try:
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        if not isinstance(error, duckdb.Error) and str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from None


def _require_whole_values(columns: Sequence[tuple[str, str]]) -> None:
    """Refuse what Python cannot keep as it is: a month would become thirty days."""
    for name, kind in columns:
        if "INTERVAL" in kind:
            raise UsageError(
                f"De kolom {visible(name)} is een tijdsduur, en die is niet zonder fouten te tonen.",
                "Tel de dagen of maanden: date_diff('day', begin, eind).",
            )
        if "TIME ZONE" in kind:
            raise UsageError(
                f"De kolom {visible(name)} is een tijdstip met een tijdzone.", "Gebruik een dag: current_date."
            )


def _add_figures(exports: Classified) -> None:
    """The published figures as table `cijfers`, made when a question is about them."""
    connection = exports.connection
    if connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'cijfers'").fetchone() != (0,):
        return
    from integratie_eval.evaluation import measured  # most questions count no figure

    columns = ", ".join(f"{name} {kind}" for name, kind in _FIGURE_COLUMNS.items())
    rows = [_figure_row(row) for row in measured(exports).published.rows]
    with all_or_nothing(connection):
        connection.execute(f"CREATE TABLE cijfers ({columns})")
        if rows:
            unnested = ", ".join(f"unnest(${number})" for number in range(1, len(_FIGURE_COLUMNS) + 1))
            connection.execute(
                f"INSERT INTO cijfers SELECT {unnested}", [list(column) for column in zip(*rows, strict=True)]
            )


def _figure_row(row: Published) -> Row:
    low, high = map(float, row.interval) if row.interval else (None, None)
    percentage = None if row.percentage is None else float(row.percentage)
    return (row.indicator, row.cohort.value, row.dimension, row.category, _number(row.count), _number(row.base),
            percentage, row.quarter, low, high)  # fmt: skip


def _number(value: Value | None) -> int | None:
    return value.value if isinstance(value, Exact) else None
