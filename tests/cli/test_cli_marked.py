"""integratie-eval check --gemarkeerd and --json."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.cli.process import exports, names, run
from tests.helpers import clienten, trajecten, write_xlsx

PEOPLE = clienten(
    {}, {"clientnummer": "ZQXGEHEIM", "geboortedatum": "31-02-1990"}, {"datum_vestiging": date(2030, 1, 1)}
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    courses = trajecten({"clientnummer": "0001"}, {"clientnummer": "9999"})
    return write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": PEOPLE, "Trajecten": courses})


def test_cells_of_findings_are_coloured_and_tell_the_remedy(workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    target = tmp_path / "kopie.xlsx"
    done = run("check", workbook, "--gemarkeerd", target)
    assert (done.code, workbook.read_bytes()) == (0, before)
    assert f"Geschreven: {target}, " in done.err
    assert stat.S_IMODE(target.stat().st_mode) == 0o600

    facts = json.loads(run("check", workbook, "--json").out)
    expected: dict[tuple[str, str], list[str]] = {}
    for finding in facts["bevindingen"]:
        if finding["rij"]:
            cell = f"{finding['kolom'] or 'A'}{finding['rij']}"
            expected.setdefault((finding["blad"], cell), []).append(f"{finding['regel']}: {finding['melding']}")
    assert ("Trajecten", "A3") in expected

    book = openpyxl.load_workbook(target)
    found = {
        (sheet.title, cell.coordinate): cell
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    }  # fmt: skip
    assert set(found) == set(expected)
    for key, messages in expected.items():
        assert all(message in found[key].comment.text for message in messages)
        assert found[key].fill.fill_type == "solid"
        assert "ZQXGEHEIM" not in found[key].comment.text
    assert [[cell.value for cell in row] for row in book["Cliënten"]] == [
        [cell.value for cell in row] for row in openpyxl.load_workbook(workbook)["Cliënten"]
    ]


def test_a_sheet_whose_name_holds_hidden_signs_is_marked(tmp_path: Path) -> None:
    workbook = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cli\u200bënten\u202e": PEOPLE})
    done = run("check", workbook, "--gemarkeerd", tmp_path / "kopie.xlsx")
    assert done.code == 0, done.err
    assert "blad 'Cliënten': tabel clienten" in done.out
    (sheet,) = openpyxl.load_workbook(tmp_path / "kopie.xlsx")
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]


def test_a_comment_that_was_there_stays(workbook: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["Trajecten"]["A3"].comment = openpyxl.comments.Comment("van de klantmanager", "x")
    book.save(workbook)
    assert run("check", workbook, "--gemarkeerd", tmp_path / "kopie.xlsx").code == 0
    text = openpyxl.load_workbook(tmp_path / "kopie.xlsx")["Trajecten"]["A3"].comment.text
    assert text.startswith("van de klantmanager\n\n")


@pytest.mark.parametrize("target", ["2019-Q4.xlsx", "./2019-Q4.xlsx", "kopie.csv", "map/kopie.xlsx", "bestaat.xlsx"])
def test_the_original_and_other_files_stay(workbook: Path, tmp_path: Path, target: str) -> None:
    before = workbook.read_bytes()
    (tmp_path / "bestaat.xlsx").touch()
    more = [] if target == "bestaat.xlsx" else ["--overschrijf"]
    done = run("check", "2019-Q4.xlsx", "--gemarkeerd", target, *more, cwd=tmp_path)
    assert done.code == (6 if "map" in target else 2)
    assert (workbook.read_bytes(), names(tmp_path)) == (before, {"2019-Q4.xlsx", "bestaat.xlsx"})


def test_only_one_workbook_can_be_marked(tmp_path: Path) -> None:
    done = run("check", exports(tmp_path / "in"), "--gemarkeerd", tmp_path / "kopie.xlsx")
    assert (done.code, done.out, names(tmp_path)) == (2, "", {"in"})


def test_json_has_sheets_rows_and_findings(workbook: Path) -> None:
    done = run("check", workbook, "--json")
    assert (done.code, done.err) == (0, "")
    facts = json.loads(done.out)
    assert list(facts) == ["bladen", "regels", "bevindingen"]
    assert facts["bladen"][0] == {
        "bestand": "2019-Q4.xlsx", "blad": "Cliënten", "tabel": "clienten", "peildatum": "2019-12-31",
        "rij_met_koppen": 1,
    }  # fmt: skip
    assert all(row["gezien"] == row["gebruikt"] + sum(row["opzij"].values()) for row in facts["regels"])
    assert "ZQXGEHEIM" not in done.out
