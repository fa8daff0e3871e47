"""What holds for every number and every text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from integratie_eval.protect import percentage
from integratie_eval.read.values import Unreadable, read_date, read_number, read_text
from integratie_eval.render import dutch
from integratie_eval.render.markdown_text import escape
from integratie_eval.text import fold

MANY = settings(max_examples=200)
DAYS = st.dates(date(1940, 1, 1), date(2039, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), max_size=40)
MARKDOWN = st.text(st.sampled_from("ab1 -+*_`~#|\\<>[](){}!&;:/.=\"'^$@"), max_size=25)


def half_up(count: int, base: int, decimals: int) -> Fraction:
    """The share in hundredths, rounded half up with whole numbers only."""
    scale = 10**decimals
    return Fraction((2 * 100 * scale * count + base) // (2 * base), scale)


@MANY
@given(st.integers(0, 10**7), st.integers(1, 10**7), st.sampled_from([0, 1, 2]))
@example(1, 200, 0)
@example(5, 200, 0)
@example(13, 200, 0)
@example(999_499, 1_000_000, 2)
def test_a_percentage_is_the_share_rounded_half_up(count: int, base: int, decimals: int) -> None:
    share = percentage(count, base, decimals)
    assert share is not None
    assert Fraction(share) == half_up(count, base, decimals)
    assert share.as_tuple().exponent == -decimals


@MANY
@given(st.integers(0, 500), st.integers(1, 500))
def test_a_part_is_never_more_than_hundred_percent(part: int, rest: int) -> None:
    share = percentage(part, part + rest, 0)
    assert share is not None and 0 <= share <= 100


@MANY
@given(st.integers(-(10**9), 10**9))
def test_a_number_loses_no_digit_in_its_dutch_form(number: int) -> None:
    assert int(dutch.number(number).replace(".", "").replace("\u2212", "-")) == number


@MANY
@given(st.decimals(0, 10**6, places=2))
def test_a_dutch_decimal_is_read_back_as_the_same_number(number: Decimal) -> None:
    assert read_number(dutch.number(number)) == float(number)


@MANY
@given(MARKDOWN | TEXTS)
@example("1. a")
@example("- a")
@example("a | b\n# c")
def test_a_text_of_data_comes_out_of_markdown_as_it_went_in(text: str) -> None:
    (opening, inline, closing) = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(f"Bij {escape(text)} waren er 3.")
    )
    assert (opening.type, closing.type) == ("paragraph_open", "paragraph_close")
    shown = "".join(child.content for child in inline.children or ())
    assert {child.type for child in inline.children or ()} <= {"text"}
    assert shown == f"Bij {text} waren er 3.".replace("\n", " ")


@MANY
@given(MARKDOWN | TEXTS)
def test_a_text_of_data_stays_in_its_cell_of_a_table(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(f"| a | b |\n|---|---|\n| x{escape(text)}x | 3 |")
    cells = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert cells == ["a", "b", f"x{text}x", "3"]


@MANY
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@MANY
@given(st.text(max_size=40))
def test_text_of_a_cell_is_printable_and_has_single_spaces(text: str) -> None:
    read = read_text(text)
    assert read is None or (read.isprintable() and read == " ".join(read.split()))


@MANY
@given(DAYS)
def test_a_day_is_read_back_from_every_form(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    month = dutch.MONTHS[day.month - 1]
    forms = [
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day}-{day.month}-{day:%y}",
        f"{day:%Y%m%d}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}" if day.month != 3 else f"{day.day} mrt {day.year}",
        str(serial),
    ]
    assert {form: read_date(form) for form in forms} == dict.fromkeys(forms, day)


@MANY
@given(st.text(st.sampled_from("0123456789-/. maart"), max_size=12))
def test_a_text_is_a_day_nothing_or_refused_and_never_another_error(text: str) -> None:
    try:
        day = read_date(text)
    except Unreadable:
        day = None
    assert day is None or date(1900, 1, 1) < day < date(2999, 1, 1)
