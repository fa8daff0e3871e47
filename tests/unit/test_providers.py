"""One spelling per provider."""

from __future__ import annotations

from integratie_eval.read.providers import Spellings
from integratie_eval.settings import Provider


def same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def test_spellings_that_differ_in_case_and_punctuation_are_one_provider() -> None:
    names, remarks = Spellings(()).unify(same("4WD CARE", "4wd care", "4WD-Care"))
    assert set(names.values()) == {"4WD CARE"}
    assert remarks == {"aanbieder_schrijfwijze": ("4wd care", "4WD-Care")}


def test_a_declared_name_wins_from_the_spelling_of_the_export() -> None:
    names, remarks = Spellings((Provider("Taalhuis", ("Het Taal Huis",)),)).unify(same("TAALHUIS", "het taalhuis"))
    assert set(names.values()) == {"Taalhuis"}
    assert remarks == {"aanbieder_schrijfwijze": ("TAALHUIS", "het taalhuis")}


def test_names_that_look_alike_stay_two_providers_and_are_told() -> None:
    names, remarks = Spellings(()).unify(same("Stichting Lemat", "Stichting Lemet"))
    assert names == same("Stichting Lemat", "Stichting Lemet")
    assert remarks == {"aanbieder_lijkt_op": ("Stichting Lemet",)}


def test_an_undeclared_provider_is_told_only_when_providers_are_declared() -> None:
    assert Spellings(()).unify(same("Nieuw")) == (same("Nieuw"), {})
    assert Spellings((Provider("Taalhuis"),)).unify(same("Nieuw")) == (
        same("Nieuw"),
        {"aanbieder_onbekend": ("Nieuw",)},
    )


def test_the_spelling_of_the_first_table_holds_in_the_next() -> None:
    spellings = Spellings(())
    spellings.unify(same("Werkt"))
    assert spellings.unify(same("WERKT")) == ({"WERKT": "Werkt"}, {"aanbieder_schrijfwijze": ("WERKT",)})


def test_the_same_spelling_is_no_remark() -> None:
    spellings = Spellings((Provider("Werkt"),))
    assert spellings.unify(same("Werkt")) == (same("Werkt"), {})


def test_the_values_that_are_given_are_not_changed() -> None:
    given = same("Werkt", "WERKT")
    Spellings(()).unify(given)
    assert given == same("Werkt", "WERKT")


def test_an_undeclared_provider_is_told_in_every_table() -> None:
    spellings = Spellings((Provider("Taalhuis"),))
    spellings.unify(same("Nieuw"))
    assert spellings.unify(same("Nieuw"))[1] == {"aanbieder_onbekend": ("Nieuw",)}
