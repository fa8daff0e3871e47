"""verify tells whether a report is as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from integratie_eval.lock import WORK_FOLDER
from tests.cli.process import exports, run


def settled(folder: Path) -> None:
    assert run("report", exports(folder / "in"), "-o", folder / "uit").code == 0


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_verify_a_report_as_it_was_written(tmp_path: Path) -> None:
    settled(tmp_path)
    (tmp_path / "uit" / "eigen.docx").write_text("van iemand", encoding="utf-8")
    done = run("verify", tmp_path / "uit")
    assert (done.code, done.out, done.err) == (0, f"In orde: 6 bestanden in {tmp_path / 'uit'}\n", "")


def test_verify_tells_which_files_differ(tmp_path: Path) -> None:
    settled(tmp_path)
    append(tmp_path / "uit" / "rapport.md", " ")
    (tmp_path / "uit" / "cijfers.json").unlink()
    done = run("verify", tmp_path / "uit")
    assert (done.code, done.out, done.err) == (4, "rapport.md: is veranderd\ncijfers.json: ontbreekt\n", "")


def test_verify_tells_of_a_run_that_was_stopped_halfway(tmp_path: Path) -> None:
    settled(tmp_path)
    (tmp_path / "uit" / WORK_FOLDER).mkdir()
    (tmp_path / "uit" / WORK_FOLDER / "terug").write_text("[]", encoding="utf-8")
    done = run("verify", tmp_path / "uit")
    assert (done.code, "halverwege gestopt" in done.out) == (4, True)


def test_verify_wants_the_folder(tmp_path: Path) -> None:
    settled(tmp_path)
    done = run("verify", tmp_path / "uit" / "rapport.html")
    assert (done.code, done.err) == (
        3,
        f"FOUT: {tmp_path}/uit/rapport.html is geen map.\nNoem de map van een rapport.\n",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "staat geen manifest.json."),
        ("{", "is niet te lezen of is geen manifest."),
        ('{"invoer": [], "uitvoer": []}', "is niet te lezen of is geen manifest."),
        (
            '{"invoer": [], "uitvoer": [{"bestand": "../weg", "sha256": ""}], '
            '"instellingen": {"bestand": null, "bestanden": []}}',
            "is niet te lezen of is geen manifest.",
        ),
    ],
)
def test_verify_without_a_manifest(tmp_path: Path, content: str | None, message: str) -> None:
    if content:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    done = run("verify", tmp_path)
    assert (done.code, done.out) == (3, "")
    assert message in done.err
