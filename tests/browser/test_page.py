"""The page in a real browser: nothing sticks out on a small screen, nothing is fetched, style is applied."""

from __future__ import annotations

from pathlib import Path

import pytest

from integratie_eval.render import write_report
from integratie_eval.resources import sample_folder
from tests.browser.chromium import CHROMIUM, ask
from tests.helpers import reported

MEASURE = """
const outside = [...page.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1
  && !e.closest(".tabel, .grafiek") && !e.closest(".sla-over") && !e.closest(".verborgen"));
const tables = [...page.querySelectorAll(".tabel")], unreadable = [];
for (const table of tables) {
  for (const place of [0, table.scrollWidth]) {  // before and after scrolling sideways
    table.scrollLeft = place;
    const box = table.querySelector("caption").getBoundingClientRect();
    if (box.left < -1 || box.right > width + 1) unreadable.push(table.ariaLabel);
  }
}
return {scroll: page.documentElement.scrollWidth, outside: outside.map(e => e.outerHTML.slice(0, 80)), unreadable,
  tables: tables.length, wide: tables.filter(t => t.scrollWidth > t.clientWidth).length,
  style: frame.getComputedStyle(page.body).maxWidth};
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample."""
    target = tmp_path_factory.mktemp("rapport")
    write_report(reported(sample_folder()), target, ["html"])
    return target / "rapport.html"


@pytest.mark.parametrize("width", [320, 1280])  # 320 is also 1280 at 400% zoom
def test_nothing_sticks_out_of_the_screen(page: Path, width: int) -> None:
    found = ask(page, width, MEASURE)
    assert found["scroll"] <= width
    assert found["outside"] == []
    assert found["style"].endswith("px")  # the style inside the page is applied, although its policy allows little
    assert found["tables"] > 5


def test_captions_of_wide_tables_stay_readable_while_the_table_scrolls(page: Path) -> None:
    found = ask(page, 320, MEASURE)
    assert found["wide"] > 5
    assert found["unreadable"] == []


# the boxes of all texts of a chart, as the browser draws them: which stick out of their chart, or stand on each other
TEXTS = """
const wrong = [];
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
return {seen, wrong};
"""


def test_no_text_of_a_chart_is_cut_or_stands_on_another(page: Path) -> None:
    found = ask(page, 1280, TEXTS)
    assert found["seen"] > 100
    assert found["wrong"] == []
