"""integratie-eval init: what is recognised, what is asked, and the settings that come out."""

from __future__ import annotations

import shlex
import tomllib
from pathlib import Path

import pytest

from integratie_eval.cli.init import EXAMPLE
from integratie_eval.first_look import probable_headings
from tests.cli.process import exports, names, run
from tests.cli.terminal import on_terminal

ODD = (
    "klantnummmer;uitkeringnummer;datum vestigng;begin_uitkering;taalmatje;Hobby\n"
    "1;A;2015-01-01;2016-01-01;ja;ZQXGEHEIM\n2;B;2010-01-01;2016-01-01;;ZQXGEHEIM\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return exports(tmp_path / "exports", clienten=ODD)


def columns_in(folder: Path) -> dict[str, str]:
    text = (folder / "integratie.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text).get("kolommen", {}).get("clienten", {})
    return found


def test_the_example_of_the_help_makes_odd_exports_readable(folder: Path) -> None:
    assert run("check", folder).code == 3
    done = run(*shlex.split(EXAMPLE)[1:], cwd=folder.parent)
    assert done.code == 0
    assert f"Geschreven: {folder / 'integratie.toml'}" in done.err
    assert columns_in(folder) == {"klantnummmer": "clientnummer", "datum vestigng": "datum_vestiging"}
    assert '# "taalmatje" = "taalmaatje"' in (folder / "integratie.toml").read_text(encoding="utf-8")
    assert run("check", folder).code == 0
    assert EXAMPLE in " ".join(run("init", "--help").out.split())


def test_it_shows_columns_and_counts_and_no_value(folder: Path) -> None:
    done = run("init", folder, "--ja")
    assert done.out.splitlines() == [
        "2019-Q4 clienten.csv: tabel clienten, 2 regels",
        "  clientnummer (2 gevuld), uitkeringnummer (2 gevuld), datum_vestiging (2 gevuld), begin_uitkering (2 gevuld)",
        "  koppen die niet bekend zijn: taalmatje, Hobby",
        "Kop 'klantnummmer' in clienten: misschien clientnummer, verplicht",
        "Kop 'datum vestigng' in clienten: misschien datum_vestiging, verplicht",
        "Kop 'taalmatje' in clienten: misschien taalmaatje",
    ]
    assert "ZQXGEHEIM" not in done.out + done.err + (folder / "integratie.toml").read_text(encoding="utf-8")


def test_on_a_terminal_it_asks(folder: Path) -> None:
    shown = on_terminal("init", folder, typed="\nn\nj\n\n")
    assert "datum vestigng" not in (folder / "integratie.toml").read_text(encoding="utf-8")  # it was a wrong guess
    assert "Is 'taalmatje' in clienten de kolom taalmaatje? [j/N]" in shown
    assert columns_in(folder) == {"klantnummmer": "clientnummer", "taalmatje": "taalmaatje"}


def test_good_exports_need_no_settings(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    assert run("init", folder, "--ja").code == 0
    assert columns_in(folder) == {}
    assert run("check", folder).code == 0


def test_without_a_terminal_it_wants_ja(folder: Path) -> None:
    done = run("init", folder)
    assert (done.code, done.out) == (2, "")
    assert "--ja" in done.err
    assert "integratie.toml" not in names(folder)


def test_settings_that_exist_stay(folder: Path) -> None:
    (folder / "integratie.toml").write_text("# van ons\n", encoding="utf-8")
    assert run("init", folder, "--ja").code == 2
    assert (folder / "integratie.toml").read_text(encoding="utf-8") == "# van ons\n"
    assert run("init", folder, "--ja", "-o", folder.parent / "nieuw.toml").code == 0
    assert run("init", folder, "--ja", "--overschrijf").code == 0


def test_what_is_no_header_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "2019-Q4.csv").write_text("ZQXGEHEIM Jansen;01-01-2015;x\nZQXGEHEIM Pieters;;y\n", encoding="utf-8")
    done = run("init", tmp_path, "--ja")
    assert (done.code, done.out) == (0, "2019-Q4.csv: niet herkend\n")
    assert "ZQXGEHEIM" not in (tmp_path / "integratie.toml").read_text(encoding="utf-8")


UNKNOWN = "Persoon;Zaak;Komst;Aanvang;Hobby\n1;A;2015-01-01;2016-01-01;lezen\n2;B;2010-01-01;2016-01-01;\n"


def test_of_a_sheet_that_is_not_recognised_it_asks_for_all_that_is_needed(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", clienten=UNKNOWN)
    shown = on_terminal("init", folder, typed="Persoon\nZaak\nKomst\nAanvang\n")
    assert "de koppen zijn misschien: Persoon, Zaak, Komst, Aanvang, Hobby" in shown
    assert columns_in(folder) == {
        "Persoon": "clientnummer", "Zaak": "uitkeringnummer", "Komst": "datum_vestiging", "Aanvang": "begin_uitkering",
    }  # fmt: skip
    assert run("check", folder).code == 0


@pytest.mark.parametrize(
    "rows",
    [
        [["ZQXGEHEIM", "Syrisch", "vrouw"], ["Pieters", "Syrisch", "man"]],  # no digits below
        [["ZQXGEHEIM", "Syrisch", "vrouw", ""], ["Pieters", "Iraaks", "man", "01-01-2015"]],  # a column without heading
        [["ZQXGEHEIM", "Syrisch", "v", "nee"], ["1", "Syrisch", "m", "2015"]],  # a text that comes again
        [["ZQXGEHEIM", "Syrisch"], ["1", "2015"]],  # too few
        [["ZQXGEHEIM", "Syrisch", "1990"], ["1", "2", "2015"]],  # a digit
        [["ZQXGEHEIM", "Syrisch", "vrouw"]],  # nothing below
    ],
)
def test_what_may_be_a_row_of_a_person_is_no_row_of_headings(rows: list[list[str | None]]) -> None:
    assert probable_headings(rows) == ()
    headings: list[str | None] = ["Persoon", "Land", "M/V", "Aankomst"]
    assert probable_headings([["Export"], headings, ["1", "Syrië", "vrouw", "2015"]]) == tuple(headings)


def test_settings_are_no_export(tmp_path: Path) -> None:
    source = exports(tmp_path / "in")
    export = source / "2019-Q4 clienten.csv"
    before = export.read_bytes()
    done = run("init", source, "--ja", "-o", export, "--overschrijf")
    assert (done.code, export.read_bytes()) == (2, before)
    assert "kan geen instellingen bevatten" in done.err


STRANGE = (
    "clientnummer;uitkeringnummer;Komst;begin_uitkering;trede\n"
    "1;A;2015-01-01;2016-01-01;3\n2;B;2010-01-01;2016-01-01;4\n"
)


def test_it_asks_for_a_needed_column_that_no_heading_looks_like(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", clienten=STRANGE)
    shown = on_terminal("init", folder, typed="Komt\nKomst\n")
    assert "Die kop staat niet in de exports." in shown
    assert "niet herkend: voor de tabel clienten ontbreekt de kolom datum_vestiging" in shown
    assert "Welke kop in clienten is de kolom datum_vestiging?" in shown
    assert columns_in(folder) == {"Komst": "datum_vestiging"}
    assert run("check", folder).code == 0


TWO_STRANGE = (
    "clientnummer;uitkeringnummer;datum vestigng;Aanvang;trede\n"
    "1;A;2015-01-01;2016-01-01;3\n2;B;2010-01-01;2016-01-01;4\n"
)


def test_a_heading_stands_for_one_column_and_a_refused_guess_is_asked_again(tmp_path: Path) -> None:
    """No to the guess; then a cell, a heading that is known, the right one; then that one again, and the other."""
    folder = exports(tmp_path / "in", clienten=TWO_STRANGE)
    typed = "n\n2015-01-01\nclientnummer\ndatum vestigng\nDatum Vestigng\nAanvang\n"
    shown = on_terminal("init", folder, typed=typed)
    assert shown.count("Die kop staat niet in de exports.") == 2
    assert shown.count("Die kop is al van een andere kolom.") == 1
    assert columns_in(folder) == {"datum vestigng": "datum_vestiging", "Aanvang": "begin_uitkering"}
    assert run("check", folder).code == 0


def test_without_an_answer_the_settings_leave_a_line_to_fill_in(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", clienten=STRANGE)
    done = run("init", folder, "--ja")
    assert "Nodig in clienten, en geen kop lijkt erop: datum_vestiging" in done.out
    text = (folder / "integratie.toml").read_text(encoding="utf-8")
    assert columns_in(folder) == {} and '# "uw kop" = "datum_vestiging"' in text
    assert '# "uw kop" = "eind_uitkering"\n' in text and '# "uw kop" = "trede"' not in text  # that one is there
    text = text.replace('# "uw kop" = "datum_vestiging"', '"Komst" = "datum_vestiging"')
    (folder / "integratie.toml").write_text(text, encoding="utf-8")
    assert run("check", folder).code == 0
