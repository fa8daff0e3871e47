"""--stil, --verbose and --log: what a run tells about itself, and what it never tells."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from integratie_eval.cli.logbook import code_of
from tests.cli.process import exports, names, run
from tests.cli.test_cli_privacy import MARK, marked_exports

STEPS = ["openen", "lezen", "controleren", "samenvoegen", "indelen", "tellen", "schrijven"]
UNKNOWN_CLIENT = "clientnummer;soort;begin\n9;taal;2019-01-01\n"


def lines_of(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("command", ["report", "check"])
def test_silent_when_all_is_well(tmp_path: Path, command: str) -> None:
    done = run(command, exports(tmp_path / "in"), "--stil", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("command", ["report", "check"])
def test_silent_is_not_deaf(tmp_path: Path, command: str) -> None:
    """Code 4 comes with a reason, errors are always told."""
    folder = exports(tmp_path / "in", trajecten=UNKNOWN_CLIENT)
    done = run(command, folder, "--stil", "--strict", cwd=tmp_path)
    assert (done.code, done.out) == (4, "")
    assert re.fullmatch(r"LET OP: bevindingen: .+\.\n", done.err)
    assert run(command, "weg", "--stil", cwd=tmp_path).err.startswith("FOUT: weg bestaat niet.")


def test_verbose_tells_each_step_with_its_duration_on_stderr(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    plain, verbose = (run("report", folder, *more, cwd=tmp_path) for more in ([], ["--verbose"]))
    assert verbose.out == plain.out
    assert re.findall(r"^(\w+): \d+,\d\d s$", verbose.err, re.MULTILINE) == STEPS
    assert len(verbose.err.splitlines()) == len(STEPS)


def test_check_counts_no_figures_and_still_refuses_a_condition_that_cannot_be_counted(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    done = run("check", folder, "--verbose", cwd=tmp_path)
    assert re.findall(r"^(\w+): \d+,\d\d s$", done.err, re.MULTILINE) == STEPS[:5]
    own = {"id": "eigen", "titel": "Eigen", "uit": "personen", "voorwaarde": "trede", "definitie": "x", "bron": "x"}
    lines = ["[[indicator]]", *(f'{name} = "{value}"' for name, value in own.items())]
    (tmp_path / "eigen.toml").write_text("\n".join(lines), encoding="utf-8")
    refused = run("check", folder, "-c", tmp_path / "eigen.toml", cwd=tmp_path)
    assert refused.code == 2 and "de voorwaarde is geen ja of nee" in refused.err


def test_log_has_a_line_per_step_and_the_findings_per_rule(tmp_path: Path) -> None:
    folder, log = exports(tmp_path / "in", trajecten=UNKNOWN_CLIENT), tmp_path / "log.jsonl"
    run("report", folder, "-o", tmp_path / "uit", "--log", log)
    first, *steps, last = lines_of(log)
    assert (first["stap"], first["opdracht"]) == ("start", "report")
    assert [line["stap"] for line in steps] == STEPS
    assert all(datetime.fromisoformat(line["tijd"]).tzinfo and line["seconden"] >= 0 for line in [*steps, last])
    facts = {key: value for key, value in last.items() if key not in ("tijd", "seconden")}
    assert facts["bevindingen"].pop("trajecten_client_onbekend") == 1
    assert facts.pop("bevindingen").keys() <= {"levering_geen_trajecten", "einde_niet_geleverd"}
    assert facts == {"stap": "einde", "afsluitcode": 0, "bestanden": 2, "regels_gezien": 3, "regels_gebruikt": 2}


def test_log_grows_with_each_run_and_tells_how_it_ended(tmp_path: Path) -> None:
    folder, log = exports(tmp_path / "in"), tmp_path / "log.jsonl"
    for given in ([folder], [folder, "--als-gewijzigd"], ["weg"]):
        run("report", *given, "-o", tmp_path / "uit", "--log", log)
    run("check", exports(tmp_path / "twee", trajecten=UNKNOWN_CLIENT), "--strict", "--log", log)
    ends = [line for line in lines_of(log) if line["stap"] == "einde"]
    assert [end["afsluitcode"] for end in ends] == [0, 0, 3, 4]
    assert ends[1]["ongewijzigd"] is True
    assert ends[2]["melding"] == "weg bestaat niet."


def test_nothing_of_a_person_in_the_log(tmp_path: Path) -> None:
    folder, log = marked_exports(tmp_path / "in"), tmp_path / "log.jsonl"
    done = run("report", folder, "-o", tmp_path / "uit", "--log", log, "--verbose")
    assert done.code == 0
    assert MARK.lower() not in (log.read_text(encoding="utf-8") + done.out + done.err).lower()


def test_the_log_does_not_change_the_report(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    run("report", folder, "-o", tmp_path / "een")
    run("report", folder, "-o", tmp_path / "twee", "--log", tmp_path / "log.jsonl", "--verbose", "--stil")
    for name in names(tmp_path / "een"):
        assert (tmp_path / "een" / name).read_bytes() == (tmp_path / "twee" / name).read_bytes()


def test_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    done = run("report", exports(tmp_path / "in"), "-o", tmp_path / "uit", "--log", tmp_path)
    assert (done.code, done.out) == (6, "")
    assert done.err.startswith(f"FOUT: Het logbestand {tmp_path} is niet te beschrijven")
    assert names(tmp_path) == {"in"}


def test_a_run_that_is_stopped_before_it_is_stoppable_tells_its_code() -> None:
    """Ctrl-C between the first line of the log and the first step is a KeyboardInterrupt still."""
    assert code_of(KeyboardInterrupt()) == 130


@pytest.mark.parametrize("command", ["check", "report"])
def test_an_export_is_no_log(tmp_path: Path, command: str) -> None:
    source = exports(tmp_path / "in")
    export = source / "2019-Q4 clienten.csv"
    before = export.read_bytes()
    done = run(command, source, "--log", export, cwd=tmp_path)
    assert (done.code, export.read_bytes()) == (2, before)
    assert "kan geen logbestand zijn" in done.err
