"""Locks and swaps by the rules of Windows (windows.py)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from integratie_eval.errors import OutputError, TryLaterError
from integratie_eval.lock import WORK_FOLDER, locked
from integratie_eval.swap import put, restore
from tests.unit.test_lock import check_lock_of_killed_process
from tests.unit.windows import become_windows

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="which files are open is read in /proc")

OLD = {"rapport.md": b"oud", "weg.csv": b"oud"}
NEW = {"rapport.md": b"nieuw", "erbij.html": b"nieuw"}
HOLD = """
import sys, time, pytest
from pathlib import Path
from tests.unit.windows import become_windows
become_windows(pytest.MonkeyPatch())
from integratie_eval.lock import locked
with locked(Path(sys.argv[1])): print("bezig", flush=True); time.sleep(60)
"""


@pytest.fixture(autouse=True)
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    become_windows(monkeypatch)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_rules_are_kept(tmp_path: Path) -> None:
    """Without this, the tests below would say nothing."""
    with (tmp_path / "open").open("wb"), pytest.raises(PermissionError):
        (tmp_path / "open").unlink()
    (tmp_path / "open").unlink()


def test_the_second_is_told_to_try_later_and_nothing_stays(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(TryLaterError), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_of_a_killed_process_does_not_count(tmp_path: Path) -> None:
    check_lock_of_killed_process(HOLD, tmp_path)


def test_many_at_once_never_hold_it_together(tmp_path: Path) -> None:
    inside: list[int] = []
    most = 0

    def work(number: int) -> None:
        nonlocal most
        for _ in range(3):
            with locked(tmp_path / "uit", wait=60):
                inside.append(number)
                most = max(most, len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, inside) == (1, [])


def test_a_swap_replaces_and_removes(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    put(tmp_path, NEW, ["weg.csv"])
    assert contents(tmp_path) == NEW
    assert not (tmp_path / WORK_FOLDER).exists()


@pytest.mark.parametrize("name", ["rapport.md", "weg.csv"])
def test_a_file_that_another_program_has_open_keeps_the_old_report(tmp_path: Path, name: str) -> None:
    put(tmp_path, OLD)
    with (tmp_path / name).open("rb"), pytest.raises(OutputError, match=f"geen toegang bij {name}"):
        put(tmp_path, NEW, ["weg.csv"])
    restore(tmp_path)
    assert contents(tmp_path) == OLD
    put(tmp_path, NEW, ["weg.csv"])
    assert contents(tmp_path) == NEW
