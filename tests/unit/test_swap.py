"""A swap is complete or did not happen, whatever stops it and wherever."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from integratie_eval.errors import OutputError
from integratie_eval.lock import WORK_FOLDER
from integratie_eval.swap import is_halfway, put, restore

OLD = {"rapport.md": b"oud", "weg.csv": b"oud", "manifest.json": b"oud"}
NEW = {"rapport.md": b"nieuw", "erbij.html": b"nieuw", "manifest.json": b"nieuw"}
KILLED = f"""
import json, os, signal, sys
from pathlib import Path
from integratie_eval.swap import put
left = int(sys.argv[2])
def kill(event, _):
    global left
    if event == "open" or event.startswith(("os.", "shutil.")):
        left -= 1
        if left == -1:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(kill)
put(Path(sys.argv[1]), {NEW!r}, ["weg.csv"])
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() if path.is_file() else b"map" for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, OLD)
    return tmp_path


def test_all_files_come_and_the_obsolete_ones_go(folder: Path) -> None:
    (folder / "eigen.docx").write_bytes(b"van de gebruiker")
    put(folder, NEW, ["weg.csv", "rapport.md"])
    assert contents(folder) == {**NEW, "eigen.docx": b"van de gebruiker"}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_at_any_moment_leaves_the_old_or_the_new_report(tmp_path: Path) -> None:
    """A real process is killed just before every single step that it takes on the disk."""
    ends, halfway = [], 0
    for step in count():
        folder = tmp_path / str(step)
        folder.mkdir()
        put(folder, OLD)
        done = subprocess.run([sys.executable, "-c", KILLED, folder, str(step)], check=False)
        halfway += is_halfway(folder)
        if not is_halfway(folder):
            seen = {name: content for name, content in contents(folder).items() if name != WORK_FOLDER}
            assert seen in (OLD, NEW)
        restore(folder)
        assert contents(folder) in (OLD, NEW), step
        ends.append(contents(folder) == NEW)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert ends == sorted(ends) and ends[-1]  # first always the old report, then always the new one
    assert halfway > 3


def test_killed_while_the_old_report_is_put_back(folder: Path) -> None:
    """Restoring is repeatable: what is back already, stays."""
    work = folder / WORK_FOLDER
    (work / "oud").mkdir(parents=True)
    (work / "oud" / "rapport.md").write_bytes(b"oud")
    (work / "terug").write_text('["erbij.html"]', encoding="utf-8")
    (folder / "rapport.md").write_bytes(b"nieuw")
    restore(folder)
    restore(folder)
    assert contents(folder) == OLD


@pytest.mark.parametrize("name", ["rapport.md", "manifest.json", "erbij.html"])
def test_a_file_that_is_open_in_excel(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to rename over a file that another program has open: nothing changes."""
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise PermissionError(13, "in gebruik", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=f"geen toegang bij {name}.*Wat er stond, is niet veranderd"):
        put(folder, NEW, ["weg.csv"])
    assert contents(folder) == OLD


def test_without_hard_links_copies_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)  # the obsolete file cannot go
    with pytest.raises(OutputError):
        put(folder, NEW, ["weg.csv"])
    monkeypatch.undo()
    restore(folder)
    assert contents(folder) == OLD


def test_a_folder_in_the_place_of_a_file(folder: Path) -> None:
    (folder / "erbij.html").mkdir()
    with pytest.raises(OutputError, match="er staat een map op de plaats van een bestand"):
        put(folder, NEW)
    assert contents(folder) == {**OLD, "erbij.html": b"map"}


def test_a_full_disk(small_disk: Path) -> None:
    put(small_disk, OLD)
    with pytest.raises(OutputError, match="de schijf is vol"):
        put(small_disk, {**NEW, "groot.html": bytes(10**6)}, ["weg.csv"])
    assert contents(small_disk) == OLD


def test_an_interrupt_in_the_middle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def interrupt(self: Path, target: Path) -> Path:
        if self.parent.name == "nieuw" and target.name == "manifest.json":
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        put(folder, NEW, ["weg.csv"])
    assert contents(folder) == OLD


def test_an_old_report_that_cannot_come_back_yet_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = folder / WORK_FOLDER
    (work / "oud").mkdir(parents=True)
    shutil.copy2(folder / "rapport.md", work / "oud" / "rapport.md")
    (folder / "rapport.md").write_bytes(b"nieuw")
    (work / "terug").write_text("[]", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="halverwege gestopt"):
        restore(folder)
    monkeypatch.undo()
    restore(folder)
    assert contents(folder) == OLD


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
@pytest.mark.parametrize("target", ["../elders", "nergens"])
def test_a_link_in_the_place_of_a_file_comes_back(folder: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "elders").write_bytes(b"nieuw")  # as the new file: it is no copy of the link
    (folder / "rapport.md").unlink()
    (folder / "rapport.md").symlink_to(target)
    real = Path.replace

    def stop(self: Path, place: Path) -> Path:
        if self.parent.name == "nieuw" and place.name == "manifest.json":
            raise PermissionError
        return real(self, place)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(OutputError):
        put(folder, NEW, ["weg.csv"])
    assert (folder / "rapport.md").readlink() == Path(target)
    assert not (folder / WORK_FOLDER).exists()


@pytest.mark.parametrize("text", ['["../buiten.txt"]', "geen json", "{}", "[1]"])
def test_a_note_that_we_did_not_write_removes_nothing(folder: Path, text: str) -> None:
    (folder.parent / "buiten.txt").write_text("van een ander", encoding="utf-8")
    (folder / WORK_FOLDER / "oud").mkdir(parents=True)
    (folder / WORK_FOLDER / "terug").write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match="halverwege gestopt"):
        restore(folder)
    assert (folder.parent / "buiten.txt").exists()


def test_a_file_that_its_owner_closed_stays_closed(folder: Path) -> None:
    (folder / "rapport.md").chmod(0o600)
    put(folder, NEW)
    assert (folder / "rapport.md").stat().st_mode & 0o777 == 0o600
    assert (folder / "rapport.md").read_bytes() == b"nieuw"
