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


# the boxes of all texts of a chart, as the browser draws them: which stick out of their chart, or stand on each other
TEXTS = """<!doctype html><body>
<iframe id="r" src="rapport.html" style="width:1280px;height:900px;border:0"></iframe>
<script>window.onload = () => {
  const page = document.getElementById("r").contentDocument, wrong = [];
  let seen = 0;
  for (const chart of page.querySelectorAll("figure svg")) {
    const edge = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll("text")].map(e => [e.textContent, e.getBoundingClientRect()]);
    texts.forEach(([text, a], index) => {
      seen += 1;
      if (a.left < edge.left - 1 || a.right > edge.right + 1 || a.top < edge.top - 2 || a.bottom > edge.bottom + 2)
        wrong.push(text + " is cut");
      for (const [other, b] of texts.slice(index + 1))
        if (a.left < b.right && b.left < a.right && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3)
          wrong.push(text + " on " + other);
    });
  }
  document.body.dataset.result = seen + " " + wrong.join("; ");
}</script></body>"""


def test_no_text_of_a_chart_is_cut_or_stands_on_another(folder: Path, tmp_path: Path) -> None:
    (folder / "teksten.html").write_text(TEXTS, encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path}", "--dump-dom", f"file://{folder}/teksten.html"]

    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout

    result = re.search(r'data-result="([^"]*)"', shown)
    assert result, "the charts were not measured"
    seen, _, wrong = result[1].partition(" ")
    assert int(seen) > 100
    assert wrong == ""
