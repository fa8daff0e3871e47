"""--als-gewijzigd does nothing when nothing changed, and finds every change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.process import contents, exports, run
from tests.cli.test_cli_commands import HEAVY, loaded

TOML = '[gemeente]\nnaam = "Vlakbij"\n[teksten]\naanleiding = "aanleiding.md"\n'


def settled(folder: Path) -> Path:
    """Exports with settings and a text, and their report in `uit`."""
    source = exports(folder / "in")
    (source / "integratie.toml").write_text(TOML, encoding="utf-8")
    (source / "aanleiding.md").write_text("Een tekst.", encoding="utf-8")
    assert run("report", source, "-o", folder / "uit").code == 0
    return source


def is_left_alone(folder: Path, *options: str) -> bool:
    """A run with --als-gewijzigd says that nothing changed, and changes nothing."""
    before = contents(folder / "uit")
    done = run("report", folder / "in", "-o", folder / "uit", "--als-gewijzigd", *options)
    assert (done.code, done.err) == (0, "")
    if not done.out.startswith("Niets veranderd: "):
        return False
    assert contents(folder / "uit") == before
    return True


def test_nothing_changed(tmp_path: Path) -> None:
    settled(tmp_path)
    assert is_left_alone(tmp_path)
    assert is_left_alone(tmp_path, "--format", "md,html,json,csv")


def test_nothing_heavy_is_imported_to_find_out(tmp_path: Path) -> None:
    source = settled(tmp_path)
    modules = loaded("report", source, "-o", tmp_path / "uit", "--als-gewijzigd")
    assert modules & (HEAVY | {"markdown_it"}) == set()


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


CHANGES: list[Callable[[Path, Path], object]] = [
    lambda source, _: append(source / "2019-Q4 clienten.csv", "3;C;2015-01-01;2016-01-01\n"),
    lambda source, _: (source / "2019-Q4 clienten.csv").rename(source / "2019-Q3 clienten.csv"),
    lambda source, _: (source / "2019-Q4 trajecten.csv").write_text("clientnummer;soort;begin\n1;taal;2019-01-01\n"),
    lambda source, _: (source / "integratie.toml").write_text(TOML + "# een opmerking\n"),
    lambda source, _: (source / "integratie.toml").unlink(),
    lambda source, _: (source / "aanleiding.md").write_text("Een andere tekst."),
    lambda _, target: (target / "rapport.md").write_text("door iemand veranderd"),
    lambda _, target: (target / "cijfers.csv").unlink(),
    lambda _, target: (target / "manifest.json").unlink(),
    lambda _, target: (target / "manifest.json").write_text("[]"),
    lambda _, target: edit_manifest(target, versie="0.0.1"),
    lambda _, target: edit_manifest(target, sjablonen="0"),
]


def edit_manifest(target: Path, **values: str) -> None:
    path = target / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_makes_the_report_again(tmp_path: Path, change: Callable[[Path, Path], object]) -> None:
    source = settled(tmp_path)
    change(source, tmp_path / "uit")
    assert not is_left_alone(tmp_path)
    assert is_left_alone(tmp_path)
    assert run("verify", tmp_path / "uit").code == 0


@pytest.mark.parametrize("options", [("--van", "2018-01-01"), ("--format", "md"), ("--ga-door",)])
def test_other_options_make_the_report_again(tmp_path: Path, options: tuple[str, ...]) -> None:
    settled(tmp_path)
    assert not is_left_alone(tmp_path, *options)
    assert is_left_alone(tmp_path, *options)


@pytest.mark.parametrize("given", ["option", "setting"])
def test_a_change_in_an_own_template_makes_the_report_again(tmp_path: Path, given: str) -> None:
    source = settled(tmp_path)
    own = source / "sjablonen" / "hoofdstukken" / "communicatie.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("## Eén {#communicatie}\n", encoding="utf-8")
    option = ("--sjablonen", str(source / "sjablonen")) if given == "option" else ()
    if given == "setting":
        append(source / "integratie.toml", '[sjablonen]\nmap = "sjablonen"\n')

    assert not is_left_alone(tmp_path, *option)
    assert "## Eén\n" in (tmp_path / "uit" / "rapport.md").read_text(encoding="utf-8")
    assert is_left_alone(tmp_path, *option)

    append(own, "\nNog een zin.\n")
    assert not is_left_alone(tmp_path, *option)
    assert is_left_alone(tmp_path, *option)

    (own.parent / "colofon.md.j2").write_text("## Slot {#colofon}\n", encoding="utf-8")
    assert not is_left_alone(tmp_path, *option)
    assert is_left_alone(tmp_path, *option)


def test_the_newest_file_is_asked_for_so_ages_count(tmp_path: Path) -> None:
    settled(tmp_path)
    assert not is_left_alone(tmp_path, "--laatste")
    assert not is_left_alone(tmp_path, "--laatste")


def test_unusable_input_is_still_an_error(tmp_path: Path) -> None:
    settled(tmp_path)
    assert run("report", tmp_path / "weg", "-o", tmp_path / "uit", "--als-gewijzigd").code == 3


def test_the_manifest_is_the_same_for_equal_runs(tmp_path: Path) -> None:
    source = settled(tmp_path)
    run("report", source, "-o", tmp_path / "ander")
    assert contents(tmp_path / "ander") == contents(tmp_path / "uit")


def test_an_export_that_is_not_used_is_seen_too(tmp_path: Path) -> None:
    """A copy counts once, and with --ga-door a damaged file is left out: both are as they were."""
    source = settled(tmp_path)
    (source / "2019-Q4 clienten kopie.csv").write_bytes((source / "2019-Q4 clienten.csv").read_bytes())
    (source / "2019-Q3 kapot.xlsx").write_bytes(b"PK kapot")
    assert not is_left_alone_or_partly(tmp_path)
    assert is_left_alone_or_partly(tmp_path)
    (source / "2019-Q3 kapot.xlsx").write_bytes(b"PK anders kapot")
    assert not is_left_alone_or_partly(tmp_path)


def is_left_alone_or_partly(folder: Path) -> bool:
    done = run("report", folder / "in", "-o", folder / "uit", "--als-gewijzigd", "--ga-door")
    assert done.code in (0, 4)
    return done.out.startswith("Niets veranderd: ")


def test_an_export_that_was_open_and_is_closed_now(tmp_path: Path) -> None:
    source = settled(tmp_path)
    (source / "~$2019-Q4 clienten.csv").touch()
    assert not is_left_alone(tmp_path)
    assert is_left_alone(tmp_path)
    (source / "~$2019-Q4 clienten.csv").unlink()
    assert not is_left_alone(tmp_path)
