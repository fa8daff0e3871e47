"""integratie-eval templates export, and report --sjablonen."""

from __future__ import annotations

from pathlib import Path

import pytest

from integratie_eval.resources import templates_folder
from tests.cli.process import exports, names, run
from tests.cli.test_cli_commands import HEAVY, loaded

CHAPTER = "hoofdstukken/colofon.md.j2"


def test_the_templates_are_copied_with_an_explanation(tmp_path: Path) -> None:
    done = run("templates", "export", tmp_path / "eigen")

    ours = {path.name for path in (templates_folder() / "hoofdstukken").glob("*.md.j2")}
    assert (done.code, done.err) == (0, "")
    assert names(tmp_path / "eigen") == {
        "LEESMIJ.txt", "rapport.md.j2", "bijlage.md.j2", "hoofdstukken", "grafieken", "invullen",
    }  # fmt: skip
    assert names(tmp_path / "eigen" / "hoofdstukken") == ours
    assert (tmp_path / "eigen" / CHAPTER).read_bytes() == (templates_folder() / CHAPTER).read_bytes()


def test_a_file_that_is_there_stays_unless_it_may_be_overwritten(tmp_path: Path) -> None:
    own = tmp_path / CHAPTER
    own.parent.mkdir()
    own.write_text("van mij", encoding="utf-8")

    refused = run("templates", "export", tmp_path)
    assert (refused.code, own.read_text(encoding="utf-8")) == (2, "van mij")
    assert CHAPTER in refused.err and "--overschrijf" in refused.err
    assert names(tmp_path) == {"hoofdstukken"}

    assert run("templates", "export", tmp_path, "--overschrijf").code == 0
    assert own.read_bytes() == (templates_folder() / CHAPTER).read_bytes()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    assert run("templates", "export", tmp_path / "bestand").code == 6


def test_exporting_imports_nothing_heavy(tmp_path: Path) -> None:
    assert loaded("templates", "export", tmp_path / "eigen") & HEAVY == set()


def test_a_wrong_template_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    own = tmp_path / "eigen" / CHAPTER
    own.parent.mkdir(parents=True)
    own.write_text("## Colofon {#colofon}\n\n{{ gemeente }}\n", encoding="utf-8")

    done = run("report", exports(tmp_path / "in"), "-o", tmp_path / "uit", "--sjablonen", tmp_path / "eigen")

    assert (done.code, done.err.splitlines()[0]) == (
        2,
        f"FOUT: Het sjabloon {CHAPTER}, regel 3: gemeente bestaat niet.",
    )
    assert not (tmp_path / "uit").exists() or names(tmp_path / "uit") == set()


@pytest.mark.parametrize("how", ["option", "setting"])
def test_a_folder_that_does_not_exist_is_told(tmp_path: Path, how: str) -> None:
    source = exports(tmp_path / "in")
    option: tuple[str, ...] = ("--sjablonen", str(tmp_path / "weg"))
    if how == "setting":
        (source / "integratie.toml").write_text('[sjablonen]\nmap = "weg"\n', encoding="utf-8")
        option = ()
    done = run("report", source, "-o", tmp_path / "uit", *option)
    assert done.code == 2 and "weg" in done.err and "bestaat niet" in done.err
