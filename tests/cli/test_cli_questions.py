"""explain, table and worklist, as a user types them."""

from __future__ import annotations

import csv
import json
import os
import shlex
import stat
from pathlib import Path

import pytest

from integratie_eval.classified import classified
from integratie_eval.cli import explain, table, worklist
from integratie_eval.evaluation import evaluate
from integratie_eval.explain import explain as explain_figure
from integratie_eval.settings import load_settings
from tests.cli.process import exports, names, run
from tests.cli.test_cli_commands import SAMPLE
from tests.helpers import clienten, write_xlsx

WITH_TALK = (
    "clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering;eind_uitkering;reden_einde;trede;datum_gesprek\n"
    "1;A;2015-01-01;2016-01-01;2019-11-30;11;4;2019-10-10\n2;B;2010-01-01;2016-01-01;;;2;\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exports(tmp_path_factory.mktemp("vragen") / "exports", clienten=WITH_TALK)


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


@pytest.mark.parametrize("command", [explain, table, worklist], ids=lambda module: module.__name__.rpartition(".")[2])
def test_the_example_of_the_help_works(folder: Path, tmp_path: Path, command: object) -> None:
    example = command.EXAMPLE  # type: ignore[attr-defined]
    (tmp_path / "exports").symlink_to(folder)
    words = shlex.split(example)[1:]
    done = run(*words, cwd=tmp_path)
    assert done.code == 0, done.err
    assert all(line.startswith("Geschreven: ") for line in done.err.splitlines())
    assert example in " ".join(run(words[0], "--help").out.split())


ASKING = [
    ("query", "SELECT count(*) AS n FROM personen"),
    ("table", "--rijen", "cohort"),
    ("worklist", "--soort", "zonder-gesprek"),
    ("explain", "personen"),
]


@pytest.mark.parametrize("words", ASKING, ids=lambda words: words[0])
def test_with_ga_door_the_answer_tells_which_file_is_left_out(
    folder: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A file that is no workbook: without the option nothing is answered, with it code 4 and the name on stderr."""
    damaged = exports(tmp_path / "exports", clienten=WITH_TALK)
    (damaged / "2019-Q3 clienten.xlsx").write_bytes(b"PK\x03\x04 kapot")
    whole, stopped = run(*asked(words, folder)), run(*asked(words, damaged))
    done = run(*asked(words, damaged), "--ga-door")
    assert (whole.code, whole.err) == (0, "")
    assert (stopped.code, stopped.out) == (3, "")
    assert (done.code, done.out) == (4, whole.out)
    assert done.err.startswith("LET OP: niet gelezen: 2019-Q3 clienten.xlsx.")


def asked(words: tuple[str, ...], path: Path) -> list[str]:
    """A question to exports, with the path where the command wants it."""
    command, *rest = words
    return [command, *rest, str(path)] if command == "explain" else [command, str(path), *rest]


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        (("table", "--rijen", "taalmaatje"), "taalmaatje is niet te tellen: clienten.taalmaatje is niet geleverd."),
        (
            ("table", "--rijen", "cohort", "--kolommen", "vrijwilligerswerk"),
            "vrijwilligerswerk is niet te tellen: traj",
        ),
        (("table", "--rijen", "cohort", "--waar", "zorg_en_rust"), "zorg_en_rust is niet te tellen: clienten.zorg_"),
        (("table", "--rijen", "soort", "--uit", "deelnames"), "deelnames is niet te tellen: trajecten is niet gele"),
        (("table", "--rijen", "eindstatus"), "eindstatus is niet te tellen: trajecten, clienten.inkomsten_arbeid en"),
        (("worklist", "--soort", "zonder-traject"), "De werklijst zonder-traject kan niet worden gemaakt: trajecten,"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else None,
)
def test_what_was_not_delivered_is_not_nought(folder: Path, words: tuple[str, ...], lacking: str) -> None:
    done = run(*asked(words, folder))
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"FOUT: {lacking}")


def test_query_tells_what_was_not_delivered(folder: Path) -> None:
    done = run("query", folder, "SELECT count(*) AS n FROM personen WHERE met_traject OR taalmaatje OR gesproken")
    assert (done.code, done.out) == (0, "\ufeffn\n1\n")
    assert done.err.splitlines() == [
        "LET OP: met_traject zegt niets: trajecten is niet geleverd.",
        "LET OP: taalmaatje zegt niets: clienten.taalmaatje is niet geleverd.",
    ]
    assert run("query", folder, "SELECT count(*) AS n FROM plaatsingen").err == (
        "LET OP: plaatsingen zegt niets: plaatsingen is niet geleverd.\n"
    )


def test_worklists_that_cannot_be_made_are_told(folder: Path) -> None:
    done = run("worklist", folder)
    assert done.code == 0
    assert "LET OP: de lijst zonder-taalmaatje is niet gemaakt: clienten.taalmaatje is niet geleverd.\n" in done.err
    assert "zonder-gesprek" not in done.err
    two = run("worklist", folder, "--soort", "zonder-gesprek,teruggekomen")
    assert (two.code, two.err) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ("query", "SELECT 1 AS n", "-o"),
        ("table", "--rijen", "cohort", "-o"),
        ("worklist", "-o"),
        ("explain", "personen", "--personen"),
        ("check", "--gemarkeerd"),
        ("compare", "-o"),
    ],
    ids=lambda words: words[0],
)
def test_an_answer_is_not_put_between_the_exports(tmp_path: Path, words: tuple[str, ...]) -> None:
    """The next run would read it as an export; a folder beside them is fine."""
    folder = exports(tmp_path / "exports", clienten=WITH_TALK)
    command, *rest = words
    option = rest.pop()
    if command == "check":
        (folder / "2019-Q4 clienten.csv").unlink()
        write_xlsx(folder / "2019-Q4.xlsx", {"Cliënten": clienten({})})
    paths = [str(folder)] * (2 if command == "compare" else 1)
    words = (command, *rest, *paths) if command == "explain" else (command, *paths, *rest)
    suffix = "xlsx" if command == "check" else "csv"
    before = names(folder)
    for inside in (folder / f"antwoord.{suffix}", folder / ".." / "exports" / f"antwoord.{suffix}"):
        done = run(*words, option, inside)
        assert (done.code, names(folder)) == (2, before)
        assert "komt tussen de exports te staan" in done.err
    assert run(*words, option, tmp_path / f"antwoord.{suffix}").code == 0


def test_questions_read_contradicting_deliveries_as_report_does(tmp_path: Path) -> None:
    """Two files of one quarter about the same people: refused, or with --laatste the newest one."""
    folder = exports(tmp_path / "exports", clienten=WITH_TALK, nieuwer=WITH_TALK.replace(";4;", ";5;"))
    os.utime(folder / "2019-Q4 clienten.csv", (0, 0))
    question = ("query", folder, "SELECT trede FROM personen WHERE trede > 3")
    assert run(*question).code == 3
    done = run(*question, "--laatste")
    assert (done.code, done.out) == (0, "\ufefftrede\n5\n")


def test_explain_tells_definition_source_condition_sql_and_counts(folder: Path) -> None:
    done = run("explain", "uitstroom_werk", folder)
    assert (done.code, done.err) == (0, "")
    for part in (
        "Bron: BUS kenmerk 34",
        "Voorwaarde: uitgestroomd_werk",
        "FROM personen\n",
        "Telt: regels uit personen",
    ):
        assert part in done.out
    assert [line.split() for line in done.out.splitlines()[-4:]] == [
        ["statushouder", "1", "1", "100%"], ["oudkomer", "0", "1", "0%"], ["onbekend", "0", "0", "–"],
        ["totaal", "1", "2", "50%"],
    ]  # fmt: skip


def test_the_sql_of_explain_gives_the_counts_of_explain(folder: Path) -> None:
    facts = json.loads(run("explain", "uitstroom_werk", folder, "--json").out)
    answer = json.loads(run("query", folder, facts["sql"], "--json").out)
    counted = {row["d cohort"] or "totaal": (row["uitstroom_werk"], row["personen"]) for row in answer}
    told = {row["cohort"]: (row["aantal"], row["noemer"]) for row in facts["cijfers"]}
    assert counted == {cohort: counts for cohort, counts in told.items() if counts != (0, 0)}
    assert list(facts) == [
        "id", "titel", "definitie", "bron", "uit", "telt", "voorwaarde", "verdeeld_naar", "noemer", "nodig",
        "niet_geleverd", "sql", "cijfers",
    ]  # fmt: skip


def test_explain_writes_the_people_behind_a_figure_in_a_private_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "personen.csv"
    done = run("explain", "uitstroom_werk", folder, "--personen", file)
    assert (done.code, rows_of(file)) == (0, [["clientnummer", "cohort"], ["1", "statushouder"]])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert f"Geschreven: {file}. Er kunnen personen in staan" in done.err
    assert run("explain", "uitstroom_werk", folder, "--personen", file).code == 2


@pytest.mark.parametrize(
    ("name", "more", "message"),
    [
        ("uitstrom_werk", [], "Het cijfer uitstrom_werk bestaat niet."),
        ("bijeenkomsten", ["--personen", "p.csv"], "Achter het cijfer bijeenkomsten staan geen personen."),
    ],
)
def test_explain_refuses(folder: Path, tmp_path: Path, name: str, more: list[str], message: str) -> None:
    done = run("explain", name, folder, *more, cwd=tmp_path)
    assert (done.code, done.out, names(tmp_path)) == (2, "", set())
    assert done.err.startswith(f"FOUT: {message}\n")


def test_explain_names_what_was_not_delivered(folder: Path) -> None:
    done = run("explain", "volwassenen", folder)
    assert (done.code, done.out.splitlines()[-1]) == (0, "Niet gemeten, want niet geleverd: clienten.geboortedatum")


def test_explain_knows_every_figure() -> None:
    settings = load_settings(Path(SAMPLE) / "integratie.toml")
    measured = {figure.indicator for figure in evaluate(SAMPLE, settings).figures}
    exports = classified(SAMPLE, settings)
    for indicator in exports.definitions.indicators:
        explanation = explain_figure(exports, indicator.id)
        assert (explanation.figures != ()) == (indicator.id in measured)


def test_explain_lists_nobody_behind_a_figure_that_cannot_be_measured(folder: Path, tmp_path: Path) -> None:
    done = run("explain", "volwassenen", folder, "--personen", tmp_path / "p.csv")
    assert (done.code, done.out, names(tmp_path)) == (3, "", set())


def test_table_in_a_pipe_is_csv(folder: Path) -> None:
    done = run("table", folder, "--rijen", "trede", "--kolommen", "cohort")
    assert (done.code, done.err) == (0, "")
    assert done.out.lstrip("\ufeff").splitlines() == [
        "trede;oudkomer;statushouder;totaal", "2;1;0;1", "4;0;1;1", "totaal;1;1;2",
    ]  # fmt: skip


def test_table_refuses_a_condition_that_is_none(folder: Path) -> None:
    done = run("table", folder, "--rijen", "trede", "--waar", "trede = 1; DROP TABLE personen")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("FOUT: --waar: ")


def test_worklist_writes_who_needs_something_in_a_private_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "werklijst.csv"
    done = run("worklist", folder, "--soort", "zonder-gesprek", "-o", file)
    assert (done.code, done.out) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [row[:3] for row in rows_of(file)] == [
        ["lijst", "clientnummer", "uitkeringnummer"],
        ["zonder-gesprek", "2", "B"],
    ]
    assert rows_of(file)[1][-1].startswith("Heeft bijstand en heeft in de periode geen gesprek")


def test_worklist_that_cannot_be_made_ends_with_3(folder: Path, tmp_path: Path) -> None:
    done = run("worklist", folder, "--soort", "zonder-taalmaatje", "-o", tmp_path / "w.csv")
    assert (done.code, names(tmp_path)) == (3, set())
    assert "clienten.taalmaatje is niet geleverd" in done.err
