"""Whatever happens to a run, the previous report stays byte for byte (bad inputs F01, F02, F03)."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from integratie_eval.lock import WORK_FOLDER, locked
from tests.cli.process import contents, exports, names, run

STEPS = ("openen", "samenvoegen", "tellen")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voorbeeld")
    assert run("sample", folder / "in", "--clienten", "60", "--kwartalen", "2").code == 0
    return folder / "in"


def previous_report(folder: Path) -> dict[str, bytes]:
    """A report of other exports, that must survive."""
    assert run("report", exports(folder / "ander"), "-o", folder / "uit").code == 0
    return contents(folder / "uit")


def without_charts(found: Iterable[str]) -> set[str]:
    """The files that every report has."""
    return {name for name in found if not name.endswith(".svg")}


def stopped(sample: Path, target: Path, after: str, how: signal.Signals) -> int:
    """The exit code of a run that gets a signal when it has finished this step."""
    command: list[str | Path] = [sys.executable, "-m", "integratie_eval", "report", sample, "-o", target, "--verbose"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr
        while not process.stderr.readline().startswith(f"{after}: "):
            assert process.poll() is None
        process.send_signal(how)
        assert "Traceback" not in process.stderr.read()
    return process.returncode


@pytest.mark.parametrize("after", STEPS)
@pytest.mark.parametrize(("how", "code"), [("SIGTERM", 143), ("SIGINT", 130), ("SIGKILL", -9)])
def test_a_signal_leaves_the_previous_report(sample: Path, tmp_path: Path, after: str, how: str, code: int) -> None:
    if not hasattr(signal, how):
        pytest.skip(f"this system has no {how}")
    before = previous_report(tmp_path)
    assert stopped(sample, tmp_path / "uit", after, signal.Signals[how]) == code
    if how == "SIGKILL":
        left = contents(tmp_path / "uit")
        assert {name: left[name] for name in before} == before
        assert left.keys() - before.keys() <= {WORK_FOLDER}
    else:
        assert contents(tmp_path / "uit") == before
    again = run("report", sample, "-o", tmp_path / "uit")
    assert (again.code, again.err) == (0, "")
    assert without_charts(names(tmp_path / "uit")) == without_charts(before.keys())
    assert run("verify", tmp_path / "uit").code == 0


def test_a_signal_on_a_first_run_leaves_nothing(sample: Path, tmp_path: Path) -> None:
    assert stopped(sample, tmp_path / "uit", "openen", signal.SIGTERM) == 143
    assert not (tmp_path / "uit").exists()


def test_a_full_disk_ends_with_6(small_disk: Path, tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    assert run("report", folder, "-o", small_disk / "uit", "--format", "md").code == 0
    before = contents(small_disk / "uit")
    free = 4096
    (small_disk / "vulling").write_bytes(bytes(512 * 1024 - sum(map(len, before.values())) - 16 * free))
    done = run("report", folder, "-o", small_disk / "uit", "--van", "2018-01-01")
    assert (done.code, done.out) == (6, "")
    assert "(de schijf is vol). Wat er stond, is niet veranderd." in done.err
    assert contents(small_disk / "uit") == before


OPEN_IN_EXCEL = """
import sys
from pathlib import Path
from integratie_eval import cli
real = Path.replace
def replace(self, target):
    if Path(target).name == "cijfers.csv":
        raise PermissionError(13, "The process cannot access the file", str(target))
    return real(self, target)
Path.replace = replace
cli.main()
"""


def test_a_file_open_in_excel_ends_with_6(sample: Path, tmp_path: Path) -> None:
    before = previous_report(tmp_path)
    done = run("report", sample, "-o", tmp_path / "uit", python=("-c", OPEN_IN_EXCEL))
    assert (done.code, done.out) == (6, "")
    assert "geen toegang bij cijfers.csv, misschien is het open in een ander programma" in done.err
    assert contents(tmp_path / "uit") == before


def test_formats_that_are_not_asked_for_any_more_go(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    run("report", folder, "-o", tmp_path / "uit")
    (tmp_path / "uit" / "cijfers.csv").write_text("door iemand veranderd", encoding="utf-8")
    (tmp_path / "uit" / "eigen.html").write_text("van iemand", encoding="utf-8")
    assert run("report", folder, "-o", tmp_path / "uit", "--format", "md").code == 0
    expected = {"rapport.md", "bevindingen.csv", "manifest.json", "cijfers.csv", "eigen.html"}
    assert contents(tmp_path / "uit").keys() == expected


def test_a_second_run_ends_with_5_at_once(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    with locked(tmp_path / "uit"):
        done = run("report", folder, "-o", tmp_path / "uit")
    assert (done.code, done.out) == (5, "")
    assert done.err == (
        f"FOUT: Een andere run is bezig met de map {tmp_path / 'uit'}.\n"
        "Probeer het later opnieuw, of wacht met --wacht 600.\n"
    )


def test_two_runs_at_once_make_one_report(sample: Path, tmp_path: Path) -> None:
    """F02: with --wacht the second comes after the first."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "integratie_eval",
        "report",
        sample,
        "-o",
        tmp_path / "uit",
        "--wacht",
        "120",
    ]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert run("verify", tmp_path / "uit").code == 0
