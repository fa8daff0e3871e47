"""[cache] in the settings: the same report, and `cache clear`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.process import contents, exports, names, run

SETTINGS = '[cache]\nmap = "gelezen"\n'


def test_the_same_report_with_and_without_the_cache(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    (folder / "integratie.toml").write_text("", encoding="utf-8")
    assert run("report", folder, "-o", tmp_path / "zonder").code == 0
    (folder / "integratie.toml").write_text(SETTINGS, encoding="utf-8")
    for name in ("eerste", "tweede"):
        assert run("report", folder, "-o", tmp_path / name).code == 0
    assert len(names(folder / "gelezen")) == 1
    first, second = contents(tmp_path / "eerste"), contents(tmp_path / "tweede")
    assert first == second
    assert {name for name, content in contents(tmp_path / "zonder").items() if content != first[name]} == {
        "manifest.json"  # it holds the hash of the settings
    }


def test_clear_empties_it_and_tells_how_much_that_was(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", trajecten="clientnummer;soort;begin\n1;taal;2019-01-01\n")
    (folder / "integratie.toml").write_text(SETTINGS, encoding="utf-8")
    assert run("query", folder, "SELECT 1").code == 0
    done = run("cache", "clear", folder)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"2 bestanden gewist uit {folder / 'gelezen'}\n"
    assert run("cache", "clear", "-c", folder / "integratie.toml").out.startswith("0 bestanden gewist")


def test_clear_when_the_exports_are_gone(tmp_path: Path) -> None:
    (tmp_path / "integratie.toml").write_text(SETTINGS, encoding="utf-8")
    assert run("cache", "clear", cwd=tmp_path).out == f"0 bestanden gewist uit {tmp_path / 'gelezen'}\n"
    assert run("cache", "clear", tmp_path).code == 0


def test_clear_without_a_cache(tmp_path: Path) -> None:
    done = run("cache", "clear", exports(tmp_path / "in"), cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("FOUT: Er is geen cache")
