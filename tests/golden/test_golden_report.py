"""The report of data/sample against the files in verwacht/, byte for byte.

`HERSCHRIJF=1 pytest tests/golden` writes them anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
EXPECTED = Path(__file__).parent / "verwacht"
KEPT = ("rapport.md", "cijfers.csv", "vergelijking.csv", "bevindingen.csv")
CHARTS = (
    "vestigingen", "eindstatus", "aanbieders", "stroom", "ladder-bewegingen", "ladder-per-kwartaal", "tijd-tot-werk",
)  # fmt: skip
EVERYTHING = {
    *KEPT, "rapport.html", "cijfers.json", "manifest.json", *(f"grafiek-{name}.svg" for name in CHARTS)
}  # fmt: skip


def command(*arguments: str | Path, hash_seed: str = "0") -> None:
    """Run the command line; `hash_seed` changes the order of every set of texts."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "-m", "integratie_eval", *map(str, arguments)],
        env=environment, capture_output=True, check=True,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("uitvoer")
    command("report", SAMPLE, "-o", folder)
    found = contents(folder)
    if os.environ.get("HERSCHRIJF") == "1":
        EXPECTED.mkdir(exist_ok=True)
        for name in KEPT:
            (EXPECTED / name).write_bytes(found[name])
    return found


@pytest.mark.parametrize("name", KEPT)
def test_the_report_of_the_sample_is_as_expected(written: dict[str, bytes], name: str) -> None:
    expected = (EXPECTED / name).read_bytes().decode("utf-8").splitlines()
    assert written[name].decode("utf-8").splitlines() == expected
    assert written[name] == (EXPECTED / name).read_bytes()


def test_there_is_nothing_else(written: dict[str, bytes]) -> None:
    assert written.keys() == EVERYTHING
    assert {path.name for path in EXPECTED.iterdir()} == set(KEPT)


def test_two_runs_give_the_same_bytes(written: dict[str, bytes], tmp_path: Path) -> None:
    """Design §6: no clock, no random, stable order; also in another folder and with another order of sets."""
    command("report", *sorted(SAMPLE.glob("*.*"), reverse=True)[1:], SAMPLE, "-o", tmp_path, hash_seed="4")
    assert contents(tmp_path) == written


def readable(folder: Path) -> dict[str, object]:
    """The files of a folder; of a workbook its members, because compression may differ per platform."""
    found: dict[str, object] = {}
    for name, content in contents(folder).items():
        if name.endswith((".xlsx", ".ods")):
            with zipfile.ZipFile(folder / name) as archive:
                found[name] = [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]
        else:
            found[name] = content
    return found


def test_the_sample_in_the_repository_is_what_the_command_writes(tmp_path: Path) -> None:
    """Issue 2: data/sample is the output of `integratie-eval sample`."""
    command("sample", tmp_path / "sample", hash_seed="4")
    expected, fresh = readable(SAMPLE), readable(tmp_path / "sample")
    assert fresh.keys() == expected.keys()
    assert [name for name in expected if fresh[name] != expected[name]] == []
