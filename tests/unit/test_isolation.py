"""Workers that die, hang, eat memory or answer nonsense cost one file, never the run."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from integratie_eval import cli
from integratie_eval.errors import Refused
from integratie_eval.read import process
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.opened import OpenedFile
from tests.bad.command import check
from tests.helpers import clienten, write_csv, write_xlsx
from tests.unit.parts import rows_of

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the limits of an address space differ elsewhere")

AMPLE, SHORT = Limits(seconds=30.0), Limits(seconds=2.0)

# A worker that does what the name of the file says, and reads any other file as usual.
_CODE = """
import os, signal, sys, time
sys.path[:] = {path!r}
from integratie_eval.read import worker
usual = worker.open_file
def open_file(path):
    match path.stem:
        case "dies": os._exit(3)
        case "aborts": os.abort()
        case "killed": os.kill(os.getpid(), signal.SIGKILL)
        case "hangs": time.sleep(60)
        case "works forever":
            while True: pass
        case "eats": return bytes(2**40)
        case "panics": raise BaseException("Jansen")
        case "nonsense": os.write(3, b"geen json"); os._exit(0)
        case "says nonsense": os.write(3, b"geen json\\n")
        case "says too little": os.write(3, b"{{}}\\n")
        case "says another kind": os.write(3, b'{{"refusal": 1, "where": [2]}}\\n')
        case "wraps": raise RuntimeError("ArrowIpc failed (5): MemoryError")
        case "prints": print("Jansen", flush=True); print("Jansen", file=sys.stderr)
    return usual(path)
worker.open_file = open_file
worker.main()
"""


@pytest.fixture
def odd_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_CODE", _CODE)


def files(folder: Path, names: Sequence[str]) -> list[Path]:
    return [write_csv(folder / f"{name}.csv", clienten({})) for name in names]


@pytest.fixture(autouse=True, scope="module")
def opened_here() -> None:
    """Here workers open the files."""


def opened(paths: Sequence[Path], limits: Limits = AMPLE) -> list[OpenedFile | Refused]:
    with Opening(paths, limits) as opening:
        return opening.results()


def reasons(results: Sequence[OpenedFile | Refused]) -> list[str]:
    return [result.refusal if isinstance(result, Refused) else "read" for result in results]


def test_files_come_back_in_the_order_given(tmp_path: Path) -> None:
    paths = [write_csv(tmp_path / f"{n}.csv", clienten(*[{}] * n)) for n in (7, 1, 4, 2, 6, 3, 5)]
    results = opened(paths)
    assert [len(rows_of(result.grids[0])) - 1 for result in results if isinstance(result, OpenedFile)] == [
        7, 1, 4, 2, 6, 3, 5,
    ]  # fmt: skip


def test_a_worker_that_was_started_ahead_opens_files_and_ends(tmp_path: Path) -> None:
    paths = files(tmp_path, ["a", "b"])
    worker = process.start_worker()
    with Opening(paths, AMPLE, worker=worker) as opening:
        assert reasons(opening.results()) == ["read", "read"]
        assert worker.poll() is None
    assert worker.poll() is not None
    process.stop_worker(worker)  # once more is no error


def test_a_worker_that_ended_before_its_first_job_is_replaced(tmp_path: Path) -> None:
    """It would have been no fault of the file."""
    worker = process.start_worker()
    worker.kill()
    worker.wait()
    with Opening(files(tmp_path, ["a"]), AMPLE, worker=worker) as opening:
        assert reasons(opening.results()) == ["read"]


def test_a_worker_that_reads_no_job_is_stopped_without_an_error(tmp_path: Path) -> None:
    worker = process.start_worker()
    assert worker.stdin
    worker.stdin.write(b"een opdracht")
    worker.kill()
    process.stop_worker(worker)
    assert worker.poll() is not None


def test_a_worker_that_was_started_ahead_ends_when_nothing_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[process.Worker] = []

    def start() -> process.Worker:
        started.append(process.start_worker())
        return started[-1]

    monkeypatch.setattr("integratie_eval.cli.reading.start_worker", start)
    assert cli.run(["check", str(tmp_path / "nergens.xlsx")]) == 3
    assert [worker.poll() is None for worker in started] == [False]


def test_what_a_worker_sends_is_what_the_file_holds(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"trede": 4})})
    (result,) = opened([path])
    assert isinstance(result, OpenedFile)
    assert (result.path, result.size, result.kind.name) == (path, path.stat().st_size, "XLSX")
    assert [grid.sheet for grid in result.grids] == ["Cliënten"]
    assert rows_of(result.grids[0])[1][0] == "0001"


@pytest.mark.usefixtures("odd_worker")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dies", "bestand_breekt_lezer"),
        ("aborts", "bestand_te_zwaar"),
        ("wraps", "bestand_te_zwaar"),
        ("killed", "bestand_breekt_lezer"),
        ("panics", "bestand_breekt_lezer"),
        ("nonsense", "bestand_breekt_lezer"),
        ("says nonsense", "bestand_breekt_lezer"),
        ("says too little", "bestand_breekt_lezer"),
        ("says another kind", "bestand_breekt_lezer"),
        ("hangs", "bestand_te_traag"),
        pytest.param("works forever", "bestand_te_traag", marks=ONLY_LINUX),
        pytest.param("eats", "bestand_te_zwaar", marks=ONLY_LINUX),
    ],
)
def test_a_file_that_breaks_its_worker_is_refused_and_the_others_are_read(
    tmp_path: Path, name: str, reason: str
) -> None:
    paths = files(tmp_path, ["one", name, "two", "three", "four"])
    limits = SHORT if reason == "bestand_te_traag" else AMPLE
    assert reasons(opened(paths, limits)) == ["read", reason, "read", "read", "read"]


@pytest.mark.usefixtures("odd_worker")
def test_every_file_may_break_its_worker(tmp_path: Path) -> None:
    assert reasons(opened(files(tmp_path, ["dies", "nonsense", "killed", "panics"]))) == ["bestand_breekt_lezer"] * 4


@pytest.mark.usefixtures("odd_worker")
def test_what_a_library_prints_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert reasons(opened(files(tmp_path, ["prints", "dies"]))) == ["read", "bestand_breekt_lezer"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("odd_worker")
@pytest.mark.parametrize("name", ["hangs", "aborts", "panics"])
def test_the_refusal_tells_the_limits_and_nothing_of_the_file(tmp_path: Path, name: str) -> None:
    (refused,) = opened(files(tmp_path, [name]), Limits(memory=2**29, seconds=2.0))

    assert isinstance(refused, Refused)
    assert refused.where == {"geheugen": "512 MB", "seconden": 2}


def large_csv(path: Path, size: int) -> Path:
    line = "0001;U0001;2016-03-01;2016-04-01\n"
    path.write_text("clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering\n" + line * (size // len(line)))
    return path


def large_xlsx(path: Path, rows: int) -> Path:
    return write_xlsx(path, {"Cliënten": ([f"{row:06} {column}" for column in range(12)] for row in range(rows))})


@ONLY_LINUX
@pytest.mark.parametrize("name", ["2019-Q4.csv", "2019-Q4.xlsx"])
def test_a_file_that_needs_more_memory_than_allowed_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    small = tmp_path / f"klein{path.suffix}"
    if path.suffix == ".csv":
        large_csv(path, 30_000_000), large_csv(small, 1_000)
    else:
        large_xlsx(path, 30_000), large_xlsx(small, 10)

    assert reasons(opened([small, path], Limits(memory=100 * 2**20, seconds=30.0))) == ["read", "bestand_te_zwaar"]
    assert reasons(opened([small, path])) == ["read", "read"]


@ONLY_LINUX
def test_the_sentence_names_the_memory_of_the_settings(tmp_path: Path) -> None:
    path = large_csv(tmp_path / "2019-Q4.csv", 120_000_000)
    (tmp_path / "integratie.toml").write_text("[lezen]\ngeheugen_mb = 256\n")

    done = check(path)

    assert done.refusal == "bestand_te_zwaar"
    assert "past niet in het geheugen dat lezen mag gebruiken (256 MB)" in done.err
    assert "verhoog geheugen_mb" in done.err


def test_a_large_file_gets_more_time(tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    limits = Limits(seconds=4.0)
    assert limits.seconds_for(path) == 24.0
    assert limits.seconds_for(tmp_path / "weg.csv") == 4.0


@pytest.mark.usefixtures("odd_worker")
def test_a_large_file_is_given_up_later(tmp_path: Path) -> None:
    begin = time.monotonic()
    (refused,) = opened([large_csv(tmp_path / "hangs.csv", 1_000_000)], Limits(seconds=1.0))

    assert isinstance(refused, Refused)
    assert (refused.refusal, refused.where["seconden"]) == ("bestand_te_traag", 2)
    assert time.monotonic() - begin > 1.9


@pytest.mark.usefixtures("odd_worker")
def test_no_worker_outlives_the_run(tmp_path: Path) -> None:
    begin = time.monotonic()
    with Opening(files(tmp_path, ["hangs", "one"]), Limits(seconds=50.0)) as opening:
        processes = list(opening._processes)
    assert time.monotonic() - begin < 10
    assert all(process.poll() is not None for process in processes)
