"""Text is compared as people write it."""

from __future__ import annotations

import pytest

from integratie_eval.text import closest, fold, hint, listed


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
