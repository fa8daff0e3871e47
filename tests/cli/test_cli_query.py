"""integratie-eval query, as a user types it: in a pipe, to a file and on a terminal."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from integratie_eval.cli.query import _EXAMPLE
from tests.cli.process import exports, names, run
from tests.cli.terminal import SLOW_MACHINE, after_progress, on_terminal
from tests.cli.test_cli_commands import loaded

COUNT = "SELECT cohort, count(*) AS personen FROM personen GROUP BY cohort ORDER BY cohort"
CSV = "\ufeffcohort;personen\noudkomer;1\nstatushouder;1\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exports(tmp_path_factory.mktemp("query") / "exports")


def test_the_example_of_the_help_works(folder: Path) -> None:
    done = run(*shlex.split(_EXAMPLE)[1:], cwd=folder.parent)
    assert (done.code, done.err) == (0, "")
    assert sorted(done.out.splitlines()) == sorted(CSV.splitlines())
    assert " ".join(_EXAMPLE.split()) in " ".join(run("query", "--help").out.split())


def test_a_pipe_gets_csv_and_nothing_else(folder: Path) -> None:
    done = run("query", folder, COUNT)
    assert (done.code, done.out, done.err) == (0, CSV, "")


def test_a_long_question_is_no_path(folder: Path) -> None:
    done = run("query", folder, f"SELECT length('{'x' * 5000}') AS n")
    assert (done.code, done.out) == (0, "\ufeffn\n5000\n")


def test_a_path_with_spaces_is_no_question(folder: Path) -> None:
    done = run("query", folder, folder / "2019-Q4 clienten.csv")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("FOUT: Er is geen vraag.")


def test_json_is_a_list_of_objects(folder: Path) -> None:
    done = run("query", folder, COUNT, "--json")
    assert json.loads(done.out) == [{"cohort": "oudkomer", "personen": 1}, {"cohort": "statushouder", "personen": 1}]


@pytest.mark.parametrize("way", ["file", "stdin", "sql stdin"])
def test_sql_comes_from_a_file_or_stdin(folder: Path, tmp_path: Path, way: str) -> None:
    file = tmp_path / "vraag.sql"
    file.write_text(f"-- uitleg\n{COUNT};\n", encoding="utf-8")
    arguments = {"file": ["--sql", str(file)], "stdin": ["-"], "sql stdin": ["--sql", "-"]}[way]
    command = [sys.executable, "-m", "integratie_eval", "query", str(folder), *arguments]
    with file.open("rb") as stdin:
        done = subprocess.run(command, stdin=stdin, capture_output=True, check=True)
    assert done.stdout.decode().replace("\r\n", "\n") == CSV


def test_a_file_is_private_and_told_on_stderr(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "antwoord.csv"
    done = run("query", folder, COUNT, "-o", file)
    assert (done.code, done.out) == (0, "")
    assert f"Geschreven: {file}. Er kunnen personen in staan" in done.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text(encoding="utf-8") == CSV
    again = run("query", folder, COUNT, "-o", file)
    assert (again.code, again.out) == (2, "")
    assert "--overschrijf" in again.err
    assert run("query", folder, "SELECT 1 AS een", "-o", file, "--overschrijf").code == 0
    assert file.read_text(encoding="utf-8") == "\ufeffeen\n1\n"


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.json", "a.md"])
def test_the_name_of_the_file_tells_the_format(folder: Path, tmp_path: Path, name: str) -> None:
    assert run("query", folder, COUNT, "-o", tmp_path / name).code == 0
    start = (tmp_path / name).read_bytes()[:4]
    assert start == {"a.xlsx": b"PK\x03\x04", "a.parquet": b"PAR1", "a.json": b'[\n{"', "a.md": b"| co"}[name]


@pytest.mark.parametrize(
    "arguments",
    [
        ["SELECT nope FROM personen"],
        ["SELECT 1; SELECT 2"],
        ["COPY personen TO 'uit.csv'"],
        [COUNT, "--format", "pdf"],
        [COUNT, "--format", "xlsx"],
        [COUNT, "--format", "tabel", "-o", "a.txt"],
        [COUNT, "--format", "json", "-o", "a.xlsx"],
        [COUNT, "--json", "-o", "a.csv"],
        ["--sql", "weg.sql"],
        [],
    ],
)
def test_wrong_use_ends_with_2_and_writes_nothing(folder: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = run("query", folder, *arguments, cwd=tmp_path)
    assert (done.code, done.out, names(tmp_path)) == (2, "", set())
    assert done.err.startswith("FOUT: ")


def test_another_ending_than_the_format_is_told(folder: Path, tmp_path: Path) -> None:
    done = run("query", folder, COUNT, "--format", "json", "-o", "a.xlsx", cwd=tmp_path)
    assert done.err == "FOUT: De vorm json past niet bij de naam a.xlsx.\nLaat de naam eindigen op .json.\n"
    assert run("query", folder, COUNT, "--format", "csv-internationaal", "-o", "a.csv", cwd=tmp_path).code == 0
    assert run("query", folder, COUNT, "--format", "json", "-o", "a.txt", cwd=tmp_path).code == 0


def test_an_error_points_at_the_place(folder: Path) -> None:
    assert run("query", folder, "SELECT cohrt FROM personen").err == (
        "FOUT: De kolom cohrt bestaat niet (regel 1, kolom 8).\n  SELECT cohrt FROM personen\n         ^^^^^\n"
        "Bedoelt u cohort?\n"
    )


def test_rows_leave_the_process_while_they_are_made(folder: Path) -> None:
    """A hundred million rows would take minutes and gigabytes: the first lines come at once."""
    sql = "SELECT i, repeat('x', 100) AS tekst FROM range(100000000) AS r(i)"
    command = [sys.executable, "-m", "integratie_eval", "query", str(folder), sql]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(100_001)]
        status = Path(f"/proc/{process.pid}/status")
        peak = int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) if status.exists() else 0
        process.stdout.close()
        assert process.wait(SLOW_MACHINE) == 0
    assert lines[-1].startswith(b"99999;xxx")
    assert peak < 400_000  # kilobytes


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_question_that_takes_too_long_can_be_stopped(folder: Path) -> None:
    sql = "SELECT count(*) FROM range(10000000000) AS a, range(1000) AS b WHERE a.range % 7 = b.range % 3"
    command = [sys.executable, "-m", "integratie_eval", "query", str(folder), sql]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SLOW_MACHINE)
    assert (process.returncode, out, err) == (130, b"", b"")


BUSY_READING = """
import os, signal, sys, threading
from integratie_eval import classified, cli
def busy(connection, *_):
    threading.Timer(0.3, os.kill, (os.getpid(), signal.{name})).start()
    connection.execute("SELECT count(*) FROM range(10000000000) AS a, range(1000) AS b WHERE a.range % 7 = b.range % 3")
classified.merge_deliveries = busy
sys.argv[0] = "integratie-eval"
cli.main()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
@pytest.mark.parametrize("command", ["query", "table", "worklist"])
def test_a_signal_while_the_exports_are_read_is_no_fault_of_ours(
    folder: Path, command: str, name: str, code: int
) -> None:
    question = {"query": [COUNT], "table": ["--rijen", "trede"]}.get(command, [])
    done = run(command, folder, *question, python=("-c", BUSY_READING.format(name=name)))
    assert (done.code, done.out, done.err) == (code, "", "")


def test_a_question_counts_no_figures_and_loads_no_writers(folder: Path) -> None:
    heavy = {"rich", "pandas", "numpy", "openpyxl", "xlsxwriter", "sqlglot", "jinja2", "readline"}
    assert loaded("query", folder, COUNT) & heavy == set()


def test_a_terminal_gets_a_table(folder: Path) -> None:
    shown = on_terminal("query", folder, COUNT, NO_COLOR="1")
    assert re.search(r"cohort\s+personen", re.sub(r"\x1b\[\d*m", "", shown))
    assert re.search(r"statushouder\s+1\s", shown)
    assert "2 regels" in shown
    assert "\x1b[3" not in shown


def test_a_narrow_terminal_gets_a_list_per_row(folder: Path) -> None:
    shown = on_terminal("query", folder, "SELECT * FROM personen", columns=40)
    assert "-- regel 2" in shown
    assert re.search(r"cohort +statushouder\r\n", shown)
    answer = after_progress(shown)
    assert max(map(len, answer.splitlines()[:-1])) <= 40


def test_the_prompt_answers_until_the_end(folder: Path, tmp_path: Path) -> None:
    typed = (
        ".tabellen\n.kolommen partijen\n.kolommen persnen\n.kolommen\n.weg\n.help\n"
        "SELECT count(*) AS aantal\nFROM personen;\nSELECT nope FROM partijen;\nSELECT 40 + 2 AS antwoord;\n.einde\n"
    )
    shown = on_terminal("query", folder, typed=typed, HOME=str(tmp_path))
    for part in ("verloop", "samenstelling", "Bedoelt u personen?", "Er staat geen tabel", ".weg bestaat niet",
                 "Ctrl-D", "...> ", "De kolom nope bestaat niet", "42"):  # fmt: skip
        assert part in shown
    assert names(tmp_path) == set()


def test_the_prompt_keeps_no_answer(folder: Path) -> None:
    shown = on_terminal("query", folder, "-o", "a.csv", code=2)
    assert "Er is geen vraag, en dus geen antwoord om te bewaren." in shown


def test_the_prompt_tells_first_which_file_is_left_out(tmp_path: Path) -> None:
    damaged = exports(tmp_path / "in")
    (damaged / "2019-Q3 clienten.xlsx").write_bytes(b"PK\x03\x04 kapot")
    shown = on_terminal("query", damaged, "--ga-door", typed="exit\n", code=4)
    assert shown.index("LET OP: niet gelezen: 2019-Q3 clienten.xlsx") < shown.index("integratie> ")


@pytest.mark.parametrize("word", ["exit", "quit;", ".EXIT", "stop"])
def test_the_prompt_stops_at_the_word_of_another_program(folder: Path, word: str) -> None:
    assert on_terminal("query", folder, typed=f"{word}\n").rstrip().endswith(word)


@pytest.mark.parametrize("word", ["help", ".help", "?"])
def test_the_prompt_explains_itself(folder: Path, word: str) -> None:
    shown = on_terminal("query", folder, typed=f"{word}\n.einde\n")
    assert "Een vraag is SQL en eindigt met een puntkomma." in shown


def test_the_tab_key_completes_names(folder: Path) -> None:
    pytest.importorskip("readline")
    shown = on_terminal("query", folder, typed="SELECT count(*) AS n FROM bijeenkomsten_i\t;\n.einde\n")
    assert "bijeenkomsten_in_periode" in shown


def test_an_export_and_the_settings_are_never_overwritten(folder: Path, tmp_path: Path) -> None:
    export = next(path for path in folder.iterdir() if path.suffix in (".csv", ".xlsx"))
    before = export.read_bytes()
    done = run("query", folder, "SELECT 1 AS a", "-o", export, "--format", "csv", "--overschrijf")
    assert (done.code, export.read_bytes()) == (2, before)
    assert "wordt zelf gelezen" in done.err


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="this system has no devices")
def test_a_device_is_no_file(folder: Path) -> None:
    assert run("query", folder, "SELECT 1 AS a", "-o", "/dev/null", "--overschrijf").code == 2
    assert Path("/dev/null").is_char_device()


def test_a_name_that_tells_no_format_is_refused(folder: Path, tmp_path: Path) -> None:
    done = run("query", folder, "SELECT 1 AS a", "-o", tmp_path / "a.pdf")
    assert (done.code, list(tmp_path.glob("*.pdf"))) == (2, [])
    assert "welke vorm" in done.err


def test_few_short_columns_stay_a_table_and_long_texts_are_whole(folder: Path) -> None:
    shown = on_terminal("query", folder, "SELECT 1 a, 2 b, 3 c, 4 d, 5 e, 6 f, 7 g, 8 h", columns=40)
    assert "-- regel" not in shown
    columns = ", ".join(f"'woord {number}' AS kolom_{number}" for number in range(9))
    shown = on_terminal("query", folder, f"SELECT {columns}, repeat('lang ', 20) || 'einde' AS tekst", columns=40)
    assert "-- regel 1" in shown and "einde" in shown


def test_a_full_disk_is_told_for_a_workbook(folder: Path, small_disk: Path) -> None:
    sql = "SELECT hash(i)::VARCHAR AS a FROM range(60000) t(i)"
    done = run("query", folder, sql, "-o", small_disk / "a.xlsx")
    assert (done.code, list(small_disk.iterdir())) == (6, [])
    assert done.err.count("\n") == 2
