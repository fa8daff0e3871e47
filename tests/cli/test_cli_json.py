"""--json: what a command did, for another program, on stdout and nothing else there; the manual names the fields."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.process import exports, run

ROOT = Path(__file__).parents[2]
FIELDS = {
    "report": ["map", "ongewijzigd", "bestanden", "van", "tot", "peildatum", "regels_gezien", "regels_gebruikt",
               "bevindingen"],
    "verify": ["map", "in_orde", "bestanden", "veranderd", "halverwege"],
    "init": ["bestand", "bladen", "twijfels", "ontbreekt"],
    "sample": ["map", "bestanden"],
    "templates export": ["map", "bestanden"],
    "template": ["bestand"],
    "cache clear": ["map", "gewist"],
}  # fmt: skip


def told(folder: Path, *arguments: str | Path, code: int = 0) -> Any:
    done = run(*arguments, "--json", cwd=folder)
    assert (done.code, done.err) == (code, "")
    return json.loads(done.out)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports in `in`, their report in `uit`."""
    base = tmp_path_factory.mktemp("json")
    (exports(base / "in", trajecten="clientnummer;soort;begin\n9;taal;2019-01-01\n") / "integratie.toml").write_text(
        '[cache]\nmap = "c"\n', encoding="utf-8"
    )
    assert run("report", base / "in", "-o", base / "uit").code == 0
    return base


CALLS: dict[str, Sequence[str]] = {
    "report": ["report", "in", "-o", "nieuw"],
    "verify": ["verify", "uit"],
    "init": ["init", "in", "--ja", "-o", "eerste.toml"],
    "sample": ["sample", "voorbeeld", "--clienten", "20", "--kwartalen", "1"],
    "templates export": ["templates", "export", "sjablonen"],
    "template": ["template", "leeg.xlsx"],
    "cache clear": ["cache", "clear", "in"],
}


@pytest.mark.parametrize("command", CALLS)
def test_the_fields_of_the_manual(folder: Path, command: str) -> None:
    facts = told(folder, *CALLS[command])
    assert list(facts) == FIELDS[command]
    manual = (ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")
    (line,) = [line for line in manual.splitlines() if line.startswith("| `") and f"`{command}`" in line.split("|")[1]
               and line.count("`") > 2 * len(FIELDS[command])]  # fmt: skip
    assert all(f"`{field}`" in line for field in FIELDS[command])


def test_what_report_tells(folder: Path) -> None:
    facts = told(folder, "report", "in", "-o", "nog een", "--format", "csv")
    assert facts["map"] == str(folder / "nog een")
    assert facts["bestanden"] == ["cijfers.csv", "vergelijking.csv", "bevindingen.csv", "manifest.json"]
    assert (facts["regels_gezien"], facts["regels_gebruikt"]) == (3, 2)
    assert facts["bevindingen"]["trajecten_client_onbekend"] == 1
    assert facts["peildatum"] == "2019-12-31"


def test_what_report_tells_when_nothing_changed(folder: Path) -> None:
    command = ["report", "in", "-o", "gelijk", "--als-gewijzigd"]
    assert told(folder, *command)["ongewijzigd"] is False
    assert told(folder, *command) == {"map": str(folder / "gelijk"), "ongewijzigd": True}


def test_a_changed_report_is_code_4_and_json(folder: Path, tmp_path: Path) -> None:
    assert run("report", folder / "in", "-o", tmp_path / "uit").code == 0
    (tmp_path / "uit" / "cijfers.csv").write_text("x", encoding="utf-8")
    facts = told(tmp_path, "verify", "uit", code=4)
    assert (facts["in_orde"], list(facts["veranderd"])) == (False, ["cijfers.csv"])


@pytest.mark.parametrize("command", [["query", "in", "SELECT 1 AS een"], ["table", "in", "--rijen", "cohort"],
                                     ["worklist", "in"], ["indicators"]])  # fmt: skip
def test_rows_are_a_list(folder: Path, command: list[str]) -> None:
    rows = told(folder, *command) if command[0] == "indicators" else json.loads(run(*command, "--json", cwd=folder).out)
    assert isinstance(rows, list)
    assert all(isinstance(row, dict) for row in rows)


def test_compare_and_check_and_explain(folder: Path) -> None:
    assert told(folder, "compare", "uit", "uit") == json.loads(
        run("compare", "uit", "uit", "--format", "json", cwd=folder).out
    )
    assert list(told(folder, "check", "in")) == ["bladen", "regels", "bevindingen"]
    assert told(folder, "explain", "personen", "in")["id"] == "personen"


def test_init_asks_nothing_in_json(folder: Path) -> None:
    done = run("init", folder / "in", "--json", "-o", folder / "vraag.toml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("FOUT: Met --json kan er niets gevraagd worden.")
