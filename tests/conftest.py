"""What every test has in common: nothing of the machine it runs on, and bounded, repeatable properties."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from integratie_eval.read.identity import KEY_VARIABLE

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],  # not made smaller: a failure is told at once
    suppress_health_check=SLOW,
)
settings.register_profile("thorough", deadline=None, database=None, max_examples=100, suppress_health_check=SLOW)
settings.load_profile("repeatable")  # pytest --hypothesis-profile thorough looks further, elsewhere every time


@pytest.fixture(autouse=True)
def _no_secret_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret key of the machine, if any, is not used by tests."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte of its own."""
    folder = tmp_path / "schijf"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can only be made as root, on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
