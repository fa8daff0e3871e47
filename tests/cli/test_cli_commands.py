"""The commands and their options, as a user types them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from integratie_eval import __version__
from integratie_eval.definitions import load_definitions
from tests.cli.process import exports, names, run, shown
from tests.helpers import clienten, write_csv, write_ods, write_xlsx

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
ALL_FILES = {"rapport.md", "rapport.html", "cijfers.json", "cijfers.csv", "vergelijking.csv",
             "bevindingen.csv", "manifest.json"}  # fmt: skip
HEAVY = {"duckdb", "pandas", "openpyxl", "jinja2", "sqlglot", "xlsxwriter", "fastexcel", "rich", "readline"}
PRINT_MODULES = """
import sys
from integratie_eval import cli
try:
    cli.main()
except SystemExit:
    pass
print("GELADEN", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded(*arguments: str | Path) -> set[str]:
    """The packages that a command imported."""
    done = run(*arguments, python=("-c", PRINT_MODULES))
    return set(done.out.rpartition("GELADEN ")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("report", "--help"),
        ("compare", "--help"),
        ("query", "--help"),
        ("explain", "--help"),
        ("worklist", "--help"),
        ("--version",),
    ],
)
def test_help_and_version_import_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) & HEAVY == set()


def test_report_imports_no_pandas_and_no_writers(tmp_path: Path) -> None:
    modules = loaded("report", exports(tmp_path / "in"), "-o", tmp_path / "uit")
    assert "duckdb" in modules
    assert modules & {"pandas", "numpy", "openpyxl", "sqlglot", "xlsxwriter"} == set()
    assert names(tmp_path / "uit") == ALL_FILES


def test_help_names_the_commands_and_options() -> None:
    general, report = run("--help"), run("report", "-h")
    assert (general.code, general.err, report.code) == (0, "", 0)
    assert all(command in general.out for command in ("report", "check", "compare", "sample", "indicators"))
    assert all(option in report.out for option in ("--van", "--tot", "--peildatum", "--format", "--strict", "-o", "-c"))


def test_version() -> None:
    done = run("--version")
    assert (done.code, done.out, done.err) == (0, f"integratie-eval {__version__}\n", "")


def test_indicators_lists_every_indicator_with_its_definition() -> None:
    done = run("indicators")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()[::2]] == declared()


def declared() -> list[str]:
    """What the report can give: counts, and then what is calculated with them."""
    definitions = load_definitions()
    return [indicator.id for indicator in definitions.indicators] + [ratio.id for ratio in definitions.ratios]


def test_indicators_as_json() -> None:
    facts = json.loads(run("indicators", "--json").out)
    assert [fact["id"] for fact in facts] == declared()
    assert list(facts[0]) == ["id", "titel", "definitie", "noemer", "bron"]


def test_sample_writes_exports_that_report_can_read(tmp_path: Path) -> None:
    done = run("sample", "voorbeeld", "--clienten", "20", "--kwartalen", "2", "--zaad", "7", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert f"bestanden geschreven in {tmp_path / 'voorbeeld'}" in done.out
    assert "integratie.toml" in names(tmp_path / "voorbeeld")
    report = run("report", "voorbeeld", cwd=tmp_path)
    assert (report.code, report.err) == (0, "")
    assert names(tmp_path / "uitvoer") > ALL_FILES


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        run("sample", tmp_path / seed, "--clienten", "20", "--kwartalen", "1", "--zaad", seed)
    first, second = ((tmp_path / seed / "bijstand 2019-Q4.xlsx").read_bytes() for seed in ("1", "2"))
    assert first != second


def test_report_prints_where_it_is_and_a_short_table(tmp_path: Path) -> None:
    done = run("report", exports(tmp_path / "in"), "-o", tmp_path / "uit")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "                       statushouders  oudkomers  totaal",
        "Personen met bijstand              1          1       2",
        "Bijstandspartijen                                     2",
        "Regels: 2 gezien = 2 gebruikt + 0 opzij gezet",
        "Bevindingen: 1 opmerking",
        f"Geschreven in {tmp_path / 'uit'}: rapport.md, rapport.html, cijfers.json, cijfers.csv, "
        "vergelijking.csv, bevindingen.csv, manifest.json",
    ]


def test_check_prints_findings_with_their_cell_and_writes_nothing(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", trajecten="clientnummer;soort;begin\n1;taal;2019-13-45\n9;taal;2019-01-01\n")
    done = run("check", folder, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "Regels: 4 gezien = 2 gebruikt + 2 opzij gezet" in done.out
    assert "  opzij: 1 in 2019-Q4 trajecten.csv (begin ontbreekt)" in done.out
    assert shown(done.out, "trajecten_client_onbekend", "2019-Q4 trajecten.csv, cel A3")
    assert shown(done.out, "trajecten_zonder_begin", "2019-Q4 trajecten.csv, cel C2")
    assert "2019-Q4 trajecten.csv: tabel trajecten, peildatum 31-12-2019, koppen in rij 1\n" in done.out
    assert names(tmp_path) == {"in"}


@pytest.mark.parametrize(
    ("formats", "files"),
    [
        ("md", {"rapport.md"}),
        ("html", {"rapport.html"}),
        ("json", {"cijfers.json"}),
        ("csv", {"cijfers.csv", "vergelijking.csv"}),
        ("xlsx", {"cijfers.xlsx"}),
        (" JSON , md,md", {"cijfers.json", "rapport.md"}),
    ],
)
def test_format_chooses_the_files(tmp_path: Path, formats: str, files: set[str]) -> None:
    done = run("report", exports(tmp_path / "in"), "-o", tmp_path / "uit", "--format", formats)
    assert (done.code, names(tmp_path / "uit")) == (0, files | {"bevindingen.csv", "manifest.json"})


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d-%m-%Y", "%Y%m%d"])
def test_van_and_tot_take_three_forms_of_a_date(tmp_path: Path, form: str) -> None:
    days = [f"{day:{form}}" for day in (date(2019, 2, 3), date(2019, 11, 4))]
    folder = exports(tmp_path / "in")
    run("report", folder, "-o", tmp_path / "uit", "--format", "json", "--van", days[0], "--tot", days[1])
    content = json.loads((tmp_path / "uit" / "cijfers.json").read_text(encoding="utf-8"))
    assert content["periode"] == {"van": "2019-02-03", "tot": "2019-11-04", "peildatum": "2019-11-04"}


def test_peildatum_is_for_exports_that_name_none(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    (folder / "2019-Q4 clienten.csv").rename(folder / "clienten.csv")
    done = run("report", folder, "-o", tmp_path / "uit", "--peildatum", "2018-06-30")
    assert done.code == 0
    assert "Peildatum: 30 juni 2018." in (tmp_path / "uit" / "rapport.md").read_text(encoding="utf-8")
    without = run("report", folder, "-o", tmp_path / "ander")
    assert (without.code, without.out) == (3, "")
    assert "FOUT peildatum_onbekend: Van clienten.csv is de peildatum niet bekend." in without.err
    assert "--peildatum" in without.err


def test_settings_next_to_the_exports_are_found_and_c_wins(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    (folder / "integratie.toml").write_text('[gemeente]\nnaam = "Vlakbij"\n', encoding="utf-8")
    (tmp_path / "ander.toml").write_text('[gemeente]\nnaam = "Verderop"\n', encoding="utf-8")
    text = tmp_path / "uit" / "rapport.md"
    run("report", folder, "-o", tmp_path / "uit")
    assert text.read_text(encoding="utf-8").startswith(
        "# Evaluatie integratie en participatie statushouders, Vlakbij\n"
    )
    run("report", folder / "2019-Q4 clienten.csv", "-o", tmp_path / "uit", "-c", tmp_path / "ander.toml")
    assert ", Verderop\n" in text.read_text(encoding="utf-8")


@pytest.mark.parametrize("given", ["in", "in/2019-Q4 clienten.csv", "in/*.csv", "in/2019-Q? clienten.*"])
def test_a_path_is_a_folder_a_file_or_a_glob(tmp_path: Path, given: str) -> None:
    exports(tmp_path / "in")
    done = run("check", given, cwd=tmp_path)
    assert (done.code, done.out.splitlines()[1]) == (0, "Regels: 2 gezien = 2 gebruikt + 0 opzij gezet")


def test_the_same_file_by_two_paths_counts_once(tmp_path: Path) -> None:
    exports(tmp_path / "in")
    done = run("check", "in", "in/2019-Q4 clienten.csv", cwd=tmp_path)
    assert "\nRegels: 2 gezien = 2 gebruikt + 0 opzij gezet\n" in done.out


def test_strict_writes_the_report_and_ends_with_4(tmp_path: Path) -> None:
    """Design §6: 4 = report written, but findings above the threshold."""
    folder = exports(tmp_path / "in", trajecten="clientnummer;soort;begin\n1;taal;2019-01-01\n9;taal;2019-01-01\n")
    done = run("report", folder, "-o", tmp_path / "uit", "--strict")
    assert (done.code, names(tmp_path / "uit")) == (4, ALL_FILES)
    assert run("check", folder, "--strict").code == 4
    assert run("check", folder).code == 0


def test_report_when_all_trajecten_are_set_aside(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", trajecten="clientnummer;soort;begin\n9;taal;2019-01-01\n")
    assert run("report", folder, "-o", tmp_path / "uit").code == 0


def test_strict_does_not_mind_remarks(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", trajecten="clientnummer;soort;begin;onbekende kop\n1;taal;2019-01-01;\n")
    done = run("check", folder, "--strict")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Bevindingen: 2 opmerkingen")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_every_kind_of_export_gives_the_same_figures(tmp_path: Path, kind: str) -> None:
    rows = clienten({"clientnummer": "007"}, {"eind_uitkering": None, "zorg_en_rust": "ja"})
    path = tmp_path / f"2019-Q4.{kind}"
    if kind == "csv":
        write_csv(path, rows)
    else:
        (write_xlsx if kind == "xlsx" else write_ods)(path, {"Cliënten": rows})
    done = run("report", path, "-o", tmp_path / "uit", "--format", "json")
    assert (done.code, done.err) == (0, "")
    rows_of = json.loads((tmp_path / "uit" / "cijfers.json").read_text(encoding="utf-8"))["cijfers"]
    of_period = [row for row in rows_of if row["cohort"] == "totaal" and not row["categorie"] and not row["kwartaal"]]
    totals = {row["indicator"]: row["aantal"] for row in of_period}
    assert (totals["personen"], totals["zorg_en_rust"]) == (2, 1)


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["report"],
        ["check"],
        ["sample"],
        ["indicators"],
        ["query"],
        ["explain"],
        ["table"],
        ["worklist"],
        ["template"],
        ["init"],
        ["compare"],
        ["completion"],
        ["verify"],
        ["cache", "clear"],
        ["templates", "export"],
    ],
)
def test_help_is_in_dutch(command: list[str]) -> None:
    text = run(*command, "--help").out
    assert text.startswith("Gebruik: integratie-eval")
    assert not re.search(r"Usage|Options|OPTIONS|Commands|Arguments|default|required|Show|exit|<=|>=|\{", text)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["table", "in", "--rjen", "cohort"],
         "De optie --rjen bestaat niet.\nBedoelt u --rijen? Zie integratie-eval table --help."),
        (["repor", "in"], "Het commando repor bestaat niet.\nBedoelt u report? Zie integratie-eval --help."),
        (["xyzzy"], "Het commando xyzzy bestaat niet.\nZie integratie-eval --help."),
        (["query", "in", "SELECT 1", "--json", "--format", "csv"], "--json en --format csv kunnen niet samen."),
        (["compare", "in", "in", "--json", "--format", "md"], "--json en --format md kunnen niet samen."),
        (["query", "in", "SELECT 1", "--sql", "vraag.sql"], "--sql en een vraag achter het pad kunnen niet samen."),
        (["table", "in", "--rijen", "cohort", "--procent", "rij"], "--procent rij heeft --kolommen nodig."),
        (["query", "in", "-o", "a.csv"], "Er is geen vraag."),
        (["templates", "exprt"],
         "Het commando exprt bestaat niet.\nBedoelt u export? Zie integratie-eval templates --help."),
        (["report", "in", "--van"], "Achter --van hoort een waarde.\nZie integratie-eval report --help."),
        (["report", "in", "--stil=ja"], "Achter --stil hoort geen waarde."),
        (["query", "in", "vraag.sql"], "Er is geen vraag.\nBedoelt u --sql vraag.sql?"),
        (["query", "in", "SELECT '\udcff' AS x"], "De vraag is geen tekst in UTF-8."),
        (["compare", "in", "in", "-o", "v.xlsx"], "Bij v.xlsx is niet te zien welke vorm u wilt."),
        (["explain", "caseload_per_fte", "in"], "caseload_per_fte is geen telling, maar in_bijstand gedeeld door"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)  # fmt: skip
def test_wrong_use_is_told_with_what_was_meant(tmp_path: Path, words: list[str], told: str) -> None:
    exports(tmp_path / "in")
    done = run(*words, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"FOUT: {told}")
