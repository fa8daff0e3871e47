"""Questions in SQL: what they can reach, and what an error tells."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from integratie_eval.classified import classified
from integratie_eval.errors import UsageError
from integratie_eval.query import Questions, questions_to
from tests.cli.process import exports, names

PERSON = "ZQXGEHEIM"
ROWS = (
    "clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering;nationaliteit\n"
    f"1;A;2015-01-01;2016-01-01;{PERSON}\n2;B;2010-01-01;2016-01-01;Syrische\n"
)
CLOSED = (
    "COPY personen TO 'uit.csv'",
    "COPY (SELECT 1) TO 'uit.parquet' (FORMAT parquet)",
    "ATTACH 'uit.db'",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SELECT * FROM read_csv('geheim.csv')",
    "SELECT * FROM read_text('geheim.csv')",
    "SELECT * FROM read_blob('geheim.csv')",
    "SELECT * FROM read_json('geheim.csv')",
    "SELECT * FROM read_parquet('geheim.csv')",
    "SELECT * FROM read_csv('.tmp/geheim.csv')",
    "SELECT * FROM glob('*')",
    "SELECT * FROM glob('.tmp/*')",
    "COPY (SELECT 1) TO '.tmp/uit.csv'",
    "SELECT * FROM sniff_csv('geheim.csv')",
    "SELECT * FROM 'geheim.csv'",
    "FROM 'geheim.csv'",
    "DESCRIBE SELECT * FROM 'geheim.csv'",
    "SELECT * FROM query('FROM ''geheim.csv''')",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SET threads = 1",
    "RESET threads",
    "SET enable_external_access = true",
    "PRAGMA threads = 1",
    "PRAGMA database_list",
    "CALL enable_logging()",
    "SELECT * FROM enable_logging()",
    "EXPORT DATABASE 'uit'",
    "IMPORT DATABASE 'uit'",
    "SELECT getenv('HOME')",
    "CREATE TABLE nieuw AS SELECT 1",
    "CREATE MACRO m() AS 1",
    "INSERT INTO clienten SELECT * FROM clienten",
    "UPDATE instellingen SET van = NULL",
    "DELETE FROM instellingen",
    "DROP TABLE instellingen",
    "TRUNCATE instellingen",
    "WITH weg AS (DELETE FROM instellingen RETURNING *) SELECT * FROM weg",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE instellingen",
    "EXPLAIN ANALYZE DELETE FROM instellingen",
    "PREPARE x AS SELECT 1",
    "BEGIN",
    "SELECT * FROM geheim",
    "SELECT * FROM frame",
    "",
    "-- alleen commentaar",
)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the process works when it opens the database."""
    return tmp_path_factory.mktemp("werk")


@pytest.fixture(scope="module")
def questions(work: Path, tmp_path_factory: pytest.TempPathFactory) -> Questions:
    with contextlib.chdir(work):
        return questions_to(classified(exports(tmp_path_factory.mktemp("in"), clienten=ROWS)))


def answer(questions: Questions, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in questions.ask(sql).rows]


def test_a_question_does_not_look_for_remarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They decide no figure; only a report and `check` show them."""
    monkeypatch.setattr("integratie_eval.classified.remarks", lambda *_: pytest.fail("it looked for remarks"))
    asked = questions_to(classified(exports(tmp_path, clienten=ROWS)))
    assert answer(asked, "SELECT count(*) FROM personen") == [(2,)]


def refusal(questions: Questions, sql: str) -> UsageError:
    with pytest.raises(UsageError) as refused:
        answer(questions, sql)
    return refused.value


@pytest.mark.parametrize("sql", CLOSED)
def test_a_question_reaches_nothing_but_the_tables(
    questions: Questions, work: Path, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (tmp_path / "geheim.csv", work / ".tmp" / "geheim.csv"):
        file.parent.mkdir(exist_ok=True)
        file.write_text("a;b\n1;2\n", encoding="utf-8")
    monkeypatch.chdir(work if ".tmp" in sql else tmp_path)
    geheim = frame = [1]  # a Python variable is no table
    refusal(questions, sql)
    assert names(tmp_path) == {"geheim.csv"}
    assert geheim == frame
    assert answer(questions, "SELECT count(*), count(van) FROM instellingen") == [(1, 1)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM personen",
        "WITH p AS (SELECT * FROM personen) SELECT count(*) FROM p;",
        "FROM personen SELECT count(*)",
        "VALUES (2)",
    ],
)
def test_one_question_is_answered(questions: Questions, sql: str) -> None:
    assert answer(questions, sql) == [(2,)]


@pytest.mark.parametrize("sql", ["DESCRIBE personen", "SUMMARIZE personen"])
def test_a_table_can_be_described(questions: Questions, sql: str) -> None:
    assert [row[0] for row in answer(questions, sql)] == list(questions.tables["personen"])


def test_the_tables_are_those_to_ask_about_each_with_what_is_in_it(questions: Questions) -> None:
    shown = answer(questions, "show tables;")
    assert [name for name, _ in shown] == list(questions.tables)
    assert all(told for _, told in shown) and "clienten_geleverd" not in {name for name, _ in shown}


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("DESCRIBE personen", ("kolom", "soort")),
        ("SHOW personen", ("kolom", "soort")),
        ("SELECT count(*), 1 AS column_name FROM personen", ("count(*)", "column_name")),
    ],
)
def test_columns_that_the_database_names_have_dutch_names(
    questions: Questions, sql: str, columns: tuple[str, ...]
) -> None:
    assert questions.ask(sql).columns == columns


def test_a_summary_has_numbers_and_yes_or_no(questions: Questions) -> None:
    (row,) = questions.ask("SUMMARIZE SELECT in_bijstand FROM personen").rows
    assert row[:4] == ["in_bijstand", "BOOLEAN", True, True]
    (row,) = questions.ask("SUMMARIZE SELECT 1.5::DOUBLE AS getal").rows
    assert row[2:6] == [1.5, 1.5, 1, 1.5]


def test_every_table_that_is_named_can_be_asked(questions: Questions) -> None:
    for table, columns in questions.tables.items():
        assert questions.ask(f"SELECT * FROM {table}").columns == columns


def test_the_figures_are_a_table(questions: Questions) -> None:
    found = answer(questions, "SELECT cohort, aantal FROM cijfers WHERE indicator = 'personen' ORDER BY aantal, cohort")
    assert found == [("onbekend", 0), ("oudkomer", 1), ("statushouder", 1), ("totaal", 2)]


@pytest.mark.parametrize(
    ("sql", "message", "remedy"),
    [
        (
            "SELECT é, cohrt FROM personen",
            "De kolom é bestaat niet (regel 1, kolom 8).\n  SELECT é, cohrt FROM personen\n         ^",
            "De kolommen zijn: ",
        ),
        (
            "SELECT 'é',\n  cohrt FROM personen",
            "De kolom cohrt bestaat niet (regel 2, kolom 3).\n    cohrt FROM personen\n    ^^^^^",
            "Bedoelt u cohort?",
        ),
        ("SELECT p.tred FROM personen p", "De kolom tred bestaat niet (regel 1, kolom 8).", "Bedoelt u trede"),
        ("SELECT 1 FROM cliënten", "De tabel cliënten bestaat niet (regel 1, kolom 15).", "Bedoelt u clienten?"),
        ("SELECT 1 FROM werk JOIN personen USING (nummer)", "De kolom nummer bestaat niet", "Bedoelt u "),
        ('SELECT 1 FROM personen WHERE cohort = "oudkomer"', "De kolom oudkomer bestaat niet", "Is het een tekst?"),
        ("SELECT 1 FORM x", "De SQL klopt hier niet (regel 1, kolom 15).", "Kijk naar"),
        ("SELECT 'x", "Een tekst of naam wordt niet gesloten (regel 1, kolom 8).", "Zet het tweede"),
        ("SELECT cont(*) FROM personen", "De functie cont bestaat niet (regel 1, kolom 8).", "Kijk naar"),
        ("SELECT cohort, count(*) FROM personen", "Deze kolom staat niet bij GROUP BY", "Zet de kolom bij"),
        ("SELECT 1 FROM personen WHERE count(*) = 1", "Hier mag niet worden geteld", "Gebruik HAVING"),
        ("SELECT sum(cohort) FROM personen", "Dit past hier niet", "Kijk of"),
        ("DROP TABLE personen", "Deze SQL is geen vraag", "Begin met SELECT"),
        ("PIVOT personen ON cohort USING count(*)", "PIVOT kan hier niet", "Maak een kruistabel"),
        ("SELECT * FROM read_csv('x')", "Bestanden, uitbreidingen en instellingen", "Vraag alleen"),
    ],
)
def test_an_error_tells_the_place_and_what_looks_like_it(
    questions: Questions, sql: str, message: str, remedy: str
) -> None:
    error = refusal(questions, sql)
    assert error.message.startswith(message)
    assert error.remedy.startswith(remedy)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(nationaliteit AS INTEGER) FROM personen",
        "SELECT CAST(max(nationaliteit) AS DATE) FROM personen",
        "SELECT error(nationaliteit) FROM personen",
        "SELECT strptime(nationaliteit, '%Y') FROM personen",
        "SELECT nationaliteit + 1 FROM personen",
        "SELECT * FROM personen WHERE nationaliteit",
    ],
)
def test_an_error_holds_no_value_of_a_cell(questions: Questions, sql: str) -> None:
    error = refusal(questions, sql)
    assert PERSON not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__


def test_a_question_after_an_error_is_answered(questions: Questions) -> None:
    refusal(questions, "SELECT nope FROM personen")
    assert answer(questions, "SELECT count(*) FROM clienten") == [(2,)]


def test_columns_with_the_same_name_get_a_number(questions: Questions) -> None:
    assert questions.ask("SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a").columns == ("a", "a_2", "a_2_2", "a_3")


@pytest.mark.parametrize(
    "sql", ["SELECT age(DATE '2019-12-31', DATE '1980-01-01') AS a", "SELECT [INTERVAL 1 MONTH] AS a"]
)
def test_a_length_of_time_is_refused(questions: Questions, sql: str) -> None:
    """Python has no months: 39 years would become 14,400 days."""
    with pytest.raises(UsageError, match="De kolom a is een tijdsduur") as refused:
        questions.ask(sql)
    assert "date_diff('day'" in refused.value.remedy
    assert list(questions.ask("SELECT date_diff('day', DATE '2019-01-01', DATE '2019-12-31')").rows) == [(364,)]


def test_a_moment_with_a_time_zone_is_refused(questions: Questions) -> None:
    with pytest.raises(UsageError, match="tijdstip met een tijdzone"):
        questions.ask("SELECT now() AS nu")
    assert len(list(questions.ask("SELECT current_date").rows)) == 1


@pytest.mark.parametrize(
    "sql",
    ["SELECT * FROM duckdb_settings()", "SELECT current_setting('memory_limit')", 'FROM "duckdb_secrets"()',
     "SELECT * FROM pragma_database_size()"],
)  # fmt: skip
def test_settings_cannot_be_read(questions: Questions, sql: str) -> None:
    with pytest.raises(UsageError, match="Instellingen zijn vanuit SQL niet te bereiken"):
        questions.ask(sql)


@pytest.mark.parametrize(
    ("sql", "made"),
    [
        ("SELECT count(*) FROM personen", False),
        ("WITH verloop AS (FROM personen) SELECT count(*) FROM verloop", False),
        ("SELECT count(*) FROM Verloop", True),
        ("SELECT count(*) FROM personen WHERE clientnummer IN (SELECT clientnummer FROM ladder)", True),
        ("SELECT count(*) FROM query_table('verloop')", True),
        ("DESCRIBE tijd_tot_werk", True),
        ("SHOW TABLES", False),
        ("SELECT table_name FROM information_schema.tables", True),
        ("SELECT view_name FROM duckdb_views()", True),
    ],
)
def test_views_per_quarter_are_made_for_the_first_question_about_them(tmp_path: Path, sql: str, made: bool) -> None:
    questions = questions_to(classified([exports(tmp_path / "in")]))
    rows = list(questions.ask(sql).rows)
    views = "SELECT count(*) FROM duckdb_views() WHERE view_name = 'verloop'"
    assert questions.exports.connection.execute(views).fetchall() == [(int(made),)]
    assert rows and questions.tables["verloop"] == questions.exports.definitions.views["verloop"].columns


def test_the_columns_that_are_told_are_those_of_the_tables_and_views(tmp_path: Path) -> None:
    exports_read = classified([exports(tmp_path / "in")])
    told = questions_to(exports_read).tables
    exports_read.follow()
    for name, columns in told.items():
        if name != "cijfers":
            assert columns == tuple(exports_read.connection.table(name).columns), name
    assert {"personen", "clienten", "verloop", "aanbod_deelnames"} <= told.keys()
