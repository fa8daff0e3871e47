"""Text is compared as people write it."""

from __future__ import annotations

import pytest

from integratie_eval.text import all_visible, closest, fold, hint, listed, visible


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Cliënt-nr. ", "clientnr"),
        ("CLIENTNR", "clientnr"),
        ("client\u00a0nr", "clientnr"),
        ("clie\u0308nt", "client"),
        ("Zorg & rust", "zorgrust"),
        ("Trede\n(1-6)", "trede16"),
        ("Straße", "strasse"),
    ],
)
def test_fold_keeps_letters_and_digits_only(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("written", "folded"), [(" ✓ ", "✓"), ("-", "-"), ("", ""), ("  ", "")])
def test_fold_keeps_a_text_without_letters_and_digits(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("text", ["Cliënt-nr.", "Straße", "✓", "Œuvre 1²", "İstanbul"])
def test_fold_of_a_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_closest_gives_the_candidate_as_it_is_written() -> None:
    assert closest("uitkeringsnummer", ["Cliënt", "Uitkering-nummer", "Trede"]) == ["Uitkering-nummer"]


def test_closest_gives_nothing_when_nothing_looks_like_it() -> None:
    assert closest("trede", ["xyz", "qqq"]) == []
    assert closest("trede", []) == []


def test_closest_gives_no_more_than_asked_best_first() -> None:
    assert closest("datum", ["datums", "datum", "dat", "datumx"], most=2) == ["datum", "datumx"]


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_an_enumeration_has_en_before_its_last_word(words: list[str], text: str) -> None:
    assert listed(words) == text


def test_an_enumeration_may_end_with_another_word_and_take_any_iterable() -> None:
    assert listed(iter("abc"), last="of") == "a, b of c"


def test_a_hint_is_a_guess_or_tells_what_there_is() -> None:
    assert hint("tredde", ["trede", "cohort"]) == "Bedoelt u trede?"
    assert hint("datum", ["datums", "datum", "dat"], most=2) == "Bedoelt u datum of datums?"
    assert hint("xyz", ["trede", "cohort"]) == "Mogelijk zijn: trede en cohort."
    assert hint("xyz", ["trede", "cohort"], otherwise="Zie de lijst.") == "Zie de lijst."


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("\x1b[1;31mrood\x1b[0m", "rood"),
        ("\x1b]0;titel\x07naam", "naam"),
        ("\x9b2J\x07\x08\x7f", "2J"),
        ("\u202eomgekeerd\u2066", "omgekeerd"),
        ("Taal\u200bhuis\ufeff\u00ad", "Taalhuis"),
        ("a\ufffe\uffff\U0010ffff\ufdd0b", "ab"),
        ("half\ud800", "half"),
        ("over\rheen", "overheen"),
        ("één €\u00a05\tdag\r\nnog\n", "één €\u00a05\tdag\r\nnog\n"),
        ("Жанна 😀 \ufffd", "Жанна 😀 \ufffd"),
    ],
)
def test_only_what_a_reader_sees_is_left(written: str, seen: str) -> None:
    assert visible(written) == seen


def test_every_text_in_data_is_visible() -> None:
    data = {"a\x07": ["b\u202e", {"c": "\x1b[0md"}], "n": 1, "leeg": None}
    assert all_visible(data) == {"a": ["b", {"c": "d"}], "n": 1, "leeg": None}
