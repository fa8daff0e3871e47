"""axe-core in Chromium finds no barrier on the page; what it leaves undecided is listed here and computed instead."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from integratie_eval.contrast import TEXT, contrast
from integratie_eval.render import write_report
from integratie_eval.resources import sample_folder
from tests.browser.chromium import CHROMIUM, ask
from tests.helpers import reported

_PACKAGE = find_spec("axe_playwright_python")  # only for the script in it; no browser is driven with it
AXE = Path(str(_PACKAGE.origin)).with_name("axe.min.js") if _PACKAGE else None
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# cells at the edge of a table that scrolls, cells and labels of one figure, and labels of charts among shapes
UNDECIDED = {"color-contrast": {"elmPartiallyObscured", "shortTextContent", "bgOverlap"}}
ON_A_SHAPE = "g-op-"
"""The class of a label that stands on a shape: tests/unit/test_chart_colours.py computes its contrast."""
RUN = f"""
const results = await frame.axe.run(page, {{runOnly: {STANDARDS}, resultTypes: ["violations", "incomplete"]}});
const behind = e => {{
  const colour = frame.getComputedStyle(e).backgroundColor;
  return colour === "rgba(0, 0, 0, 0)" && e.parentElement ? behind(e.parentElement) : colour;
}};
const fact = node => {{
  const e = page.querySelector(node.target[0]), style = frame.getComputedStyle(e);
  return {{html: node.html.slice(0, 200), why: node.any.map(c => c.data?.messageKey ?? c.message).join(),
    colour: e.ownerSVGElement ? style.fill : style.color, behind: behind(e),
    onShape: e.closest('[class*="{ON_A_SHAPE}"]') !== null}};
}};
const told = rules => Object.fromEntries(rules.map(rule => [rule.id, rule.nodes.map(fact)]));
return {{violations: told(results.violations), undecided: told(results.incomplete), passes: results.passes.length,
  background: frame.getComputedStyle(page.body).backgroundColor}};
"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed"),
]


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the sample."""
    target = tmp_path_factory.mktemp("rapport")
    write_report(reported(sample_folder()), target, ["html"])
    return (target / "rapport.html").read_text(encoding="utf-8")


def as_hex(colour: str) -> str:
    """rgb(27, 27, 27) as #1b1b1b."""
    found = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert found, colour
    return "#" + "".join(f"{int(part):02x}" for part in found.groups())


def examined(html: str, folder: Path, mode: str, width: int) -> Any:
    """What axe says of a copy of the page that allows its script, in light or dark."""
    assert AXE is not None
    copy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert copy != html
    if mode == "dark":
        assert "(prefers-color-scheme: dark)" in copy
        copy = copy.replace("(prefers-color-scheme: dark)", "(min-width: 1px)")
    page = folder / f"{mode}.html"
    page.write_text(copy.replace("</body>", f"<script>{AXE.read_text(encoding='utf-8')}</script></body>"), "utf-8")
    return ask(page, width, RUN)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(("mode", "background"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(21, 24, 27)")])
def test_axe_finds_no_barrier(html: str, tmp_path: Path, mode: str, background: str, width: int) -> None:
    found = examined(html, tmp_path, mode, width)
    assert found["background"] == background
    assert found["passes"] > 20
    assert found["violations"] == {}
    assert found["undecided"].keys() == UNDECIDED.keys()
    facts = found["undecided"]["color-contrast"]
    assert {fact["why"] for fact in facts} <= UNDECIDED["color-contrast"]
    beside = [fact for fact in facts if not fact["onShape"]]
    for fact in beside:
        assert contrast(as_hex(fact["colour"]), as_hex(fact["behind"])) >= TEXT, fact


def test_axe_sees_a_page_with_barriers(html: str, tmp_path: Path) -> None:
    bad = html.replace('<html lang="nl">', "<html>").replace("--tekst: #1b1b1b", "--tekst: #cccccc")
    found = examined(bad, tmp_path, "light", 1280)
    assert {"html-has-lang", "color-contrast"} <= set(found["violations"])
