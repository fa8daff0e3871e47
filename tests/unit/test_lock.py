"""One run per output folder; nothing of the lock stays behind."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from integratie_eval.errors import ExitCode, OutputError, TryLaterError
from integratie_eval.lock import WORK_FOLDER, locked

HOLD = "import sys, time; from pathlib import Path; from integratie_eval.lock import locked\n"
HOLD += "with locked(Path(sys.argv[1])): print('bezig', flush=True); time.sleep(60)"


def test_the_second_is_told_to_try_later(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(TryLaterError, match="Een andere run is bezig") as caught, locked(tmp_path):
        pass
    assert caught.value.exit_code is ExitCode.TRY_LATER
    assert list(tmp_path.iterdir()) == []


def test_waiting_until_the_other_is_done(tmp_path: Path) -> None:
    lock = locked(tmp_path)
    lock.__enter__()
    threading.Timer(0.3, lock.__exit__, (None, None, None)).start()
    start = time.monotonic()
    with locked(tmp_path, wait=30):
        assert 0.2 < time.monotonic() - start < 10


def check_lock_of_killed_process(hold: str, folder: Path) -> None:
    """A process that runs the script `hold` keeps others out until it is killed."""
    with subprocess.Popen([sys.executable, "-c", hold, folder], stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline()
        with pytest.raises(TryLaterError), locked(folder):
            pass
        process.kill()
    assert (folder / WORK_FOLDER / "slot").exists()
    with locked(folder):
        pass
    assert list(folder.iterdir()) == []


def test_a_lock_of_a_killed_process_does_not_count(tmp_path: Path) -> None:
    check_lock_of_killed_process(HOLD, tmp_path)


def test_a_lock_for_nothing_leaves_no_folder(tmp_path: Path) -> None:
    with locked(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()
    assert list(tmp_path.iterdir()) == []


def test_many_at_once_never_hold_it_together(tmp_path: Path) -> None:
    """Taking away the lock file must not let in a second one that waits for the old file."""
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(5):
            with locked(tmp_path / "uit", wait=60):
                inside += 1
                most = max(most, inside)
                time.sleep(0.001)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, inside) == (1, 0)
    assert list(tmp_path.glob("uit/*")) == []


def test_a_folder_that_goes_while_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other run takes its folder away between our two looks at it: that is no file in the place of a folder."""
    real, seen = Path.mkdir, []

    def gone_at_first(self: Path, *options: Any, **named: Any) -> None:
        seen.append(self)
        if len(seen) == 1:
            raise FileExistsError(17, "File exists", str(self))
        real(self, *options, **named)

    monkeypatch.setattr(Path, "mkdir", gone_at_first)
    with locked(tmp_path / "uit", wait=10):
        assert len(seen) > 1


def test_where_no_folder_can_be_made_nobody_else_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in /proc."""

    def never(self: Path, *_: Any, **__: Any) -> None:
        raise FileNotFoundError(2, "No such file or directory", str(self))

    monkeypatch.setattr(Path, "mkdir", never)
    with pytest.raises(OutputError, match="bestaat niet"), locked(tmp_path / "uit"):
        pass


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("in de weg", encoding="utf-8")
    with pytest.raises(OutputError, match="er staat een bestand op de plaats van een map"), locked(tmp_path / "uit"):
        pass
