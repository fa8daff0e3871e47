"""The validator of the W3C finds no error on the page: VNU_JAR=.../vnu.jar (npm pack vnu-jar), with Java."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from integratie_eval.render import write_report
from integratie_eval.resources import sample_folder
from tests.helpers import reported

JAR = os.environ.get("VNU_JAR")

pytestmark = pytest.mark.skipif(not JAR or not shutil.which("java"), reason="VNU_JAR is not set, or there is no Java")


def errors(page: Path) -> str:
    command = ["java", "-jar", str(JAR), "--errors-only", str(page)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300).stderr


def test_the_page_is_valid(tmp_path: Path) -> None:
    write_report(reported(sample_folder()), tmp_path, ["html"])
    assert errors(tmp_path / "rapport.html") == ""


def test_the_validator_sees_an_error(tmp_path: Path) -> None:
    (tmp_path / "fout.html").write_text("<!DOCTYPE html><title>x</title><p><section></p>", encoding="utf-8")
    assert "error" in errors(tmp_path / "fout.html")
