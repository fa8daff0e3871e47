"""The drawings of charts: every text is readable, whatever its length, and every value is drawn to scale."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integratie_eval.model import Below, Exact, Hidden, Range
from integratie_eval.render.charts.bars import Row, bars
from integratie_eval.render.charts.columns import Column, columns
from integratie_eval.render.charts.flow import Move, flow
from integratie_eval.render.charts.lettering import shortened, width_of, wrapped
from integratie_eval.render.charts.scale import spread, ticks
from integratie_eval.render.charts.shapes import Area, Box, Drawing, Label, Line, Series, point
from integratie_eval.render.charts.steps import Curve, steps
from integratie_eval.render.charts.waterfall import Change, waterfall
from integratie_eval.survival import curve

LONG = "meervoudige-persoonlijkheidsproblematiek-begeleidingstraject"
ONE_WORD = "arbeidsongeschiktheidsverzekeringsmaatschappijbegeleidingstraject"
GROUPS = [Series("statushouders", "een"), Series("oudkomers", "twee")]
RUNGS = [*(Series(f"trede {rung}", f"trede{rung}") for rung in range(1, 7)), Series("onbekend", "onbekend")]
Rectangle = tuple[float, float, float, float]


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def boxes(drawing: Drawing, paint: str) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.paint == paint]


def texts(drawing: Drawing) -> list[str]:
    return [label.text for label in labels(drawing)]


def rectangle(label: Label) -> Rectangle:
    """Where a text stands: left, top, right, bottom."""
    width = width_of(label.text, label.size)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - label.size / 2, left + width, label.y + label.size / 2


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def unreadable(drawing: Drawing) -> list[str]:
    """The texts that are cut by the sheet, stand on another text, or stand on a box that is not theirs."""
    found = []
    for label in labels(drawing):
        left, top, right, bottom = rectangle(label)
        if left < -0.5 or top < 0 or right > drawing.width + 0.5 or bottom > drawing.height:
            found.append(f"{label.text} is cut")
        if label.on == "vlak":
            shapes = [s for s in drawing.shapes if isinstance(s, Box)]
            beside = [(s.x, s.y, s.x + s.width, s.y + s.height) for s in shapes]
            found += [f"{label.text} stands on a box" for box in beside if overlap(rectangle(label), box)]
    pairs = combinations(labels(drawing), 2)
    return found + [f"{a.text} on {b.text}" for a, b in pairs if overlap(rectangle(a), rectangle(b))]


def quarters(number: int) -> list[str]:
    return [f"{2010 + index // 4}-Q{index % 4 + 1}" for index in range(number)]


# --- every text is readable


@pytest.mark.parametrize("size", [0, 1, 12, 999, 1234, 654321])
@pytest.mark.parametrize("name", ["a", LONG, ONE_WORD, "taal en " * 20])
def test_bars_with_long_names_and_any_number_are_readable(name: str, size: int) -> None:
    rows = [Row(name, (Exact(size), Exact(1))), Row("b", (Exact(0), Exact(size))), Row(name, (Below(5), Hidden()))]
    drawing = bars(rows, GROUPS)
    assert unreadable(drawing) == []


def test_many_bars_and_a_legend_of_many_groups_are_readable() -> None:
    series = [Series(f"{LONG} {number}", "een") for number in range(3)]
    rows = [Row(f"{ONE_WORD} {number}", (Exact(number + 1), Range(64, 69), Exact(0))) for number in range(20)]
    assert unreadable(bars(rows, series)) == []


@pytest.mark.parametrize("number", [1, 2, 3, 11, 12, 23, 40])
@pytest.mark.parametrize("size", [1, 7, 110, 9999, 123456])
def test_quarters_are_readable(number: int, size: int) -> None:
    parts = [tuple(size * (index + rung) % (size + 1) for rung in range(7)) for index in range(number)]
    drawing = columns([Column(name, counts) for name, counts in zip(quarters(number), parts, strict=True)], RUNGS)
    assert unreadable(drawing) == []
    assert quarters(number)[-1] in texts(drawing)


@pytest.mark.parametrize("number", [1, 2, 9, 40])
def test_years_are_readable(number: int) -> None:
    years = [Column(str(1990 + index), (index * 37 % 50 + 1,)) for index in range(number)]
    drawing = columns(years, [Series("statushouders", "een")])
    assert unreadable(drawing) == []
    assert str(1990 + number - 1) in texts(drawing)


def test_no_line_of_the_grid_runs_through_a_total() -> None:
    for number in (8, 40):
        drawing = columns([Column(name, (1234, 1)) for name in quarters(number)], GROUPS)
        grid = any(shape.paint == "raster" for shape in drawing.shapes if isinstance(shape, Line))
        assert grid is not ("1235" in texts(drawing))


@pytest.mark.parametrize("size", [1, 20, 4321, 123456])
def test_a_waterfall_is_readable(size: int) -> None:
    changes = [Change("erbij", size), Change(f"eruit: {LONG}", -size), Change(f"eruit: {ONE_WORD}", -1)]
    drawing = waterfall(("bijstand aan het begin", size + 1), changes, "bijstand aan het eind")
    assert unreadable(drawing) == []


@given(st.dictionaries(st.tuples(st.integers(1, 6), st.integers(1, 6)), st.integers(1, 999_999), min_size=1))
def test_moves_are_readable(counts: dict[tuple[int, int], int]) -> None:
    moves = [Move(before, after, count) for (before, after), count in counts.items()]
    assert unreadable(flow(moves, ("vlak voor de periode", "aan het eind"))) == []


def test_thin_bands_beside_a_thick_one_have_no_number() -> None:
    thin = [Move(before, after, 2) for before in range(1, 5) for after in range(1, 6)]
    drawing = flow([Move(6, 6, 98), *thin], ("vlak voor de periode", "aan het eind"))
    assert unreadable(drawing) == []
    assert texts(drawing).count("98") == 1 and "2" not in texts(drawing)


@pytest.mark.parametrize("months", [1, 11, 24, 60, 250])
def test_the_curves_of_two_groups_that_end_at_the_same_height_are_readable(months: int) -> None:
    followed = curve([(month, 300 - month, month % 2) for month in range(months + 1)])
    drawing = steps([Curve("statushouders", followed), Curve("oudkomers", followed)], "maanden na de vestiging")
    assert unreadable(drawing) == []


# --- the drawing tells what the figures tell


def test_bars_are_to_scale_and_zero_has_no_bar() -> None:
    drawing = bars([Row("a", (Exact(30),)), Row("b", (Exact(10),)), Row("c", (Exact(0),))], GROUPS[:1])
    long, short = boxes(drawing, "een")
    assert long.width == pytest.approx(3 * short.width)
    assert sorted(texts(drawing)) == ["0", "10", "30", "a", "b", "c"]


def test_a_value_that_is_not_exact_has_words_and_no_bar() -> None:
    drawing = bars([Row("a", (Exact(30), Below(5))), Row("b", (Hidden(), Exact(2)))], GROUPS)
    assert len(boxes(drawing, "een")) == len(boxes(drawing, "twee")) == 2  # a bar and the sign of the legend
    assert {"minder dan 5", "niet openbaar"} <= set(texts(drawing))


def test_a_column_is_as_high_as_its_parts_and_an_unknown_one_is_left_open() -> None:
    drawing = columns([Column("2019-Q1", (1, 2)), Column("2019-Q2", None), Column("2019-Q3", (3, 0))], GROUPS)
    first, third = sorted((box for box in boxes(drawing, "een") if box.width > 20), key=lambda box: box.x)
    (second_part,) = (box for box in boxes(drawing, "twee") if box.width > 20)
    assert third.height == pytest.approx(3 * first.height)
    assert second_part.height == pytest.approx(2 * first.height)
    assert second_part.y + second_part.height == pytest.approx(first.y)
    assert texts(drawing).count("–") == 1
    assert texts(drawing).count("3") == 4  # a mark, two totals and a part


def test_numbers_are_dutch() -> None:
    assert "654.321" in texts(bars([Row("a", (Exact(654321),))], GROUPS[:1]))
    assert "−12.000" in texts(waterfall(("begin", 20000), [Change("eruit", -12000)], "eind"))


def test_a_waterfall_ends_where_the_changes_lead() -> None:
    drawing = waterfall(("begin", 216), [Change("erbij", 91), Change("eruit", -131)], "eind")
    assert {"216", "+91", "−131", "176"} <= set(texts(drawing))
    begin, end = boxes(drawing, "stand")
    (came,), (gone,) = boxes(drawing, "een"), boxes(drawing, "twee")
    assert came.x == pytest.approx(begin.x + begin.width)
    assert gone.x + gone.width == pytest.approx(came.x + came.width)
    assert gone.x == pytest.approx(end.x + end.width)


def test_bands_are_as_thick_as_the_moves_and_coloured_by_direction() -> None:
    drawing = flow([Move(1, 2, 12), Move(2, 2, 8), Move(3, 1, 4)], ("begin", "eind"))
    areas = [shape for shape in drawing.shapes if isinstance(shape, Area)]
    assert [area.paint for area in areas] == ["gestegen", "gelijk", "gedaald"]  # thick ones at the back
    assert {"gestegen: 12", "gelijk: 8", "gedaald: 4"} <= set(texts(drawing))
    assert {"trede 3: 4", "trede 2: 8", "trede 1: 12", "trede 2: 20", "trede 1: 4"} <= set(texts(drawing))
    heights = sorted(box.height for box in boxes(drawing, "stand"))
    assert heights == [pytest.approx(n * heights[0] / 4) for n in (4, 4, 8, 12, 20)]


def test_a_curve_ends_with_its_name_and_its_last_share() -> None:
    drawing = steps([Curve("statushouders", curve([(0, 10, 0), (1, 10, 5)]))], "maanden")
    assert "statushouders: 50%" in texts(drawing)


# --- letters and numbers


def test_a_long_name_breaks_at_its_hyphens_first() -> None:
    assert wrapped(LONG, 260) == ("meervoudige-", "persoonlijkheidsproblematiek-", "begeleidingstraject")
    assert wrapped("taal en werk", 500) == ("taal en werk",)
    assert wrapped("", 500) == ("",)


def test_what_does_not_fit_gets_an_ellipsis() -> None:
    lines = wrapped(ONE_WORD * 3, 100)
    assert len(lines) == 3
    assert lines[0].endswith("-") and lines[2].endswith("…")
    assert shortened("kort", 100) == "kort"


@given(st.text(max_size=80), st.integers(60, 300))
def test_every_line_fits(text: str, room: int) -> None:
    assert all(width_of(line) <= room for line in wrapped(text, room))


@given(st.integers(0, 10_000_000))
def test_an_axis_has_few_round_marks_and_holds_the_highest(highest: int) -> None:
    marks = ticks(highest)
    assert marks[0] == 0 and marks[-1] >= highest
    assert 2 <= len(marks) <= 6


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_keep_their_distance_between_the_limits(wanted: list[float]) -> None:
    places = spread(sorted(wanted), 15, 0, 100)
    assert all(later - earlier >= 15 - 1e-9 for earlier, later in pairwise(places))
    assert places[0] >= -1e-9 and places[-1] <= 100


@pytest.mark.parametrize(("value", "written"), [(3.0, "3"), (3.04, "3"), (3.06, "3.1"), (-0.01, "0"), (719.96, "720")])
def test_a_coordinate_has_one_decimal_at_most(value: float, written: str) -> None:
    assert point(value) == written


def test_shapes_of_one_look_stand_together_in_the_file() -> None:
    drawing = columns([Column(name, (1, 2)) for name in quarters(8)], GROUPS)
    assert [shape for layer in drawing.layers for shape in layer] == list(drawing.shapes)
    assert len(drawing.layers) < 12 < len(drawing.shapes)
