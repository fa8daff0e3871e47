"""Charts can be seen: text and shapes stand out in the light and the dark page (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

import pytest

from integratie_eval.render.charts.palette import PAINTS
from integratie_eval.resources import templates_folder

TEXT, SHAPE = 4.5, 3.0
STYLE = (templates_folder() / "rapport.css").read_text(encoding="utf-8").partition("@media print")[0]
DARK = re.compile(r"@media[^{]*prefers-color-scheme: dark\) \{(.*?)\n\}", re.DOTALL)
DECORATION = {"vlak", "raster"}
Look = Mapping[str, str]


def declared(selector: str, *, dark: bool) -> dict[str, str]:
    """What the style sheet says of a selector in one of the two modes; what it says of dark mode comes last."""
    result: dict[str, str] = {}
    for part in (DARK.sub("", STYLE), *(DARK.findall(STYLE) if dark else ())):
        for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", part):
            if selector in [name.strip() for name in names.split(",")]:
                result |= {key: value.strip() for key, value in re.findall(r"([\w-]+):([^;]+)", body)}
    return result


def resolved(value: str, *, dark: bool) -> str:
    """A colour, or that of a variable of the page."""
    name = re.fullmatch(r"var\((--\w+)\)", value)
    return declared(":root", dark=dark)[name[1]] if name else value


def look(name: str, *, dark: bool) -> Look:
    """The fill and outline of a paint, and the text on it, as the page shows them."""
    paint = PAINTS[name]
    shape = {"fill": paint.fill, "stroke": paint.stroke} | declared(f".g-{name}", dark=dark)
    ink = declared(f".g-op-{name}", dark=dark).get("fill", paint.ink)
    return {key: resolved(value, dark=dark) for key, value in {**shape, "ink": ink}.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_arithmetic_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_is_read(dark: bool) -> None:
    assert look("vlak", dark=dark)["fill"] == ("#15181b" if dark else "#ffffff")
    assert look("vlak", dark=dark)["ink"] == ("#ececec" if dark else "#1b1b1b")


def test_the_file_has_the_same_colours_as_the_light_page() -> None:
    """A chart that is looked at without the page looks the same."""
    for name, paint in PAINTS.items():
        assert look(name, dark=False) == {"fill": paint.fill, "stroke": paint.stroke, "ink": paint.ink}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", [name for name, paint in PAINTS.items() if paint.fill != "none"])
def test_text_stands_out_from_what_it_stands_on(name: str, dark: bool) -> None:
    if name.startswith("band"):
        return  # no text stands on a band
    found = look(name, dark=dark)
    assert contrast(found["ink"], found["fill"]) >= TEXT


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", sorted(set(PAINTS) - DECORATION))
def test_a_shape_or_its_outline_stands_out_from_the_page(name: str, dark: bool) -> None:
    found, page = look(name, dark=dark), look("vlak", dark=dark)["fill"]
    assert max(contrast(found[part], page) for part in ("fill", "stroke") if found[part] != "none") >= SHAPE


@pytest.mark.parametrize("dark", [False, True])
def test_parts_that_touch_have_an_outline_that_stands_out_from_both_or_differ_themselves(dark: bool) -> None:
    order = [*(f"trede{rung}" for rung in range(1, 7)), "onbekend"]
    for name, above in pairwise(order):
        one, other = look(name, dark=dark), look(above, dark=dark)
        outline = max(
            min(contrast(s, one["fill"]), contrast(s, other["fill"])) for s in (one["stroke"], other["stroke"])
        )
        assert max(outline, contrast(one["fill"], other["fill"])) >= SHAPE, (name, above)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("number", [1, 2])
def test_a_line_stands_out_from_its_band(number: int, dark: bool) -> None:
    assert contrast(look(f"lijn{number}", dark=dark)["stroke"], look(f"band{number}", dark=dark)["fill"]) >= SHAPE


@pytest.mark.parametrize("dark", [False, True])
def test_the_groups_differ_without_colour_too(dark: bool) -> None:
    """Of a black-and-white print only the luminance is left."""
    assert contrast(look("een", dark=dark)["fill"], look("twee", dark=dark)["fill"]) >= SHAPE


def test_every_class_of_the_style_sheet_is_a_paint() -> None:
    named = set(re.findall(r"\.g-(?:op-)?([a-z]+\d?)", STYLE))
    assert named <= set(PAINTS)
