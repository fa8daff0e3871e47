"""The page in a real browser: nothing sticks out on a small screen, nothing is fetched, style is applied."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from integratie_eval.render import write_report
from integratie_eval.resources import sample_folder
from tests.helpers import reported

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--allow-file-access-from-files",
    "--virtual-time-budget=3000",
]  # fmt: skip
# a page around the report that measures it from outside: the report itself allows no script
MEASURE = """<!doctype html><body>
<iframe id="r" src="rapport.html" style="width:{width}px;height:900px;border:0"></iframe>
<script>window.onload = () => {{
  const page = document.getElementById("r").contentDocument, root = page.documentElement;
  const wide = [...page.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > {width} + 1
    && !e.closest(".tabel, .grafiek") && !e.closest(".sla-over")).length;
  const style = page.defaultView.getComputedStyle(page.body);
  const captions = page.querySelectorAll("caption").length;
  document.body.dataset.result = [root.scrollWidth, wide, style.maxWidth, captions].join(" ");
}}</script></body>"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample."""
    target = tmp_path_factory.mktemp("rapport")
    write_report(reported(sample_folder()), target, ["html"])
    return target


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_of_the_screen(folder: Path, width: int, tmp_path: Path) -> None:
    (folder / f"meet{width}.html").write_text(MEASURE.format(width=width), encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path}", "--dump-dom", f"file://{folder}/meet{width}.html"]

    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout

    result = re.search(r'data-result="([^"]*)"', shown)
    assert result, "the page was not measured"
    scroll, wide, maximum, captions = result[1].split(" ")
    assert int(scroll) <= width
    assert wide == "0"
    assert maximum.endswith("px")  # the style inside the page is applied, although its policy allows almost nothing
    assert int(captions) > 5
