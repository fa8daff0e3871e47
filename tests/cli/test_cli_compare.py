"""`integratie-eval compare`, as a user types it: exports, periods, finished reports and wrong use."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.process import GOOD, exports, names, run
from tests.cli.terminal import after_progress, on_terminal

TWO_MORE = GOOD + "3;C;2015-01-01;2016-01-01\n4;D;2010-01-01;2016-01-01\n"
CAUTION = "Een verschil zegt niet waardoor het komt: het gaat om andere mensen of andere jaren."


@pytest.fixture
def towns(tmp_path: Path) -> tuple[Path, Path]:
    """Two municipalities: one with two people, one with four."""
    small, large = exports(tmp_path / "klein"), exports(tmp_path / "groot", clienten=TWO_MORE)
    (small / "integratie.toml").write_text('[gemeente]\nnaam = "Kleindorp"\n', encoding="utf-8")
    return small, large


def line(out: str, start: str) -> list[str]:
    """The numbers behind a title in the table."""
    (found,) = [text for text in out.splitlines() if text.startswith(f"{start}  ")]
    return found.removeprefix(start).split()


def test_two_folders_side_by_side(towns: tuple[Path, Path]) -> None:
    done = run("compare", *towns)
    assert (done.code, done.err) == (0, "")
    assert f"A: {towns[0]}, Kleindorp, 1 oktober 2019 tot en met 31 december 2019" in done.out
    assert line(done.out, "Personen met bijstand") == ["2", "4", "+2", "–", "–", "–"]
    assert line(done.out, "Personen met bijstand op de peildatum") == ["2", "4", "+2", "100%", "100%", "0"]
    assert done.out.splitlines()[-1] == CAUTION
    assert "Let op" not in done.out


def test_a_narrow_screen_shows_the_facts_of_a_figure_below_its_title(towns: tuple[Path, Path]) -> None:
    wide = after_progress(on_terminal("compare", *towns, columns=110))
    assert re.search("bijstand op de peildatum +2 +4 +", wide)
    narrow = after_progress(on_terminal("compare", *towns, columns=45))
    assert "Personen met bijstand\r\n  A 2; B 4; verschil +2\r\n" in narrow
    assert "  A 2; B 4; verschil +2; A in % 100%;\r\n  B in % 100%; procentpunt 0\r\n" in narrow


def test_two_periods_of_one_folder(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    rows = GOOD.replace("1;A;2015-01-01;2016-01-01", "1;A;2015-01-01;2019-08-01")
    (folder / "2019-Q4 clienten.csv").write_text(rows, encoding="utf-8")
    done = run("compare", folder, folder, "--van-a", "2019-01-01", "--tot-a", "2019-06-30", "--van-b", "2019-07-01")
    assert (done.code, done.err) == (0, "")
    assert line(done.out, "Personen met bijstand") == ["1", "2", "+1", "–", "–", "–"]
    assert "Let op: De periodes zijn niet even lang: 181 en 184 dagen." in done.out


def test_finished_reports_are_read_without_their_exports(towns: tuple[Path, Path], tmp_path: Path) -> None:
    for name, folder in zip("ab", towns, strict=True):
        run("report", folder, "-o", tmp_path / name)
        for file in folder.iterdir():
            file.unlink()
    done = run("compare", tmp_path / "a", tmp_path / "b" / "cijfers.json")
    assert (done.code, done.err) == (0, "")
    assert line(done.out, "Personen met bijstand") == ["2", "4", "+2", "–", "–", "–"]


def test_a_report_equals_the_exports_that_it_was_made_of(towns: tuple[Path, Path], tmp_path: Path) -> None:
    run("report", towns[1], "-o", tmp_path / "uit")
    done = run("compare", tmp_path / "uit", towns[1], "--format", "json")
    content = json.loads(done.out)
    assert {row["verschil"] for row in content["verschillen"]} == {0}
    assert (content["alleen_in_a"], content["alleen_in_b"], content["let_op"]) == ([], [], [CAUTION])


def test_other_choices_and_figures_of_one_side_are_told(towns: tuple[Path, Path]) -> None:
    small, large = towns
    (small / "integratie.toml").write_text("[cohort]\ngrens = 2014-01-01\n", encoding="utf-8")
    (large / "2019-Q4 trajecten.csv").write_text("clientnummer;soort;begin\n1;taal;2019-11-01\n", encoding="utf-8")
    done = run("compare", small, large)
    assert done.code == 0
    assert "Let op: A en B verschillen in de grens tussen de groepen." in done.out
    assert "Alleen in B: Vrijwilligerswerk" in done.out
    assert "Alleen in A" not in done.out


def test_csv_holds_every_figure_and_goes_to_a_file(towns: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("compare", *towns, "--format", "csv", "-o", tmp_path / "uit" / "verschil.csv")
    assert (done.code, done.out) == (0, f"Geschreven: {tmp_path / 'uit' / 'verschil.csv'}\n")
    assert names(tmp_path / "uit") == {"verschil.csv"}
    text = (tmp_path / "uit" / "verschil.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    (row,) = [r for r in rows if r["indicator"] == "personen" and r["cohort"] == "statushouder"]
    assert (row["aantal_a"], row["aantal_b"], row["verschil"], row["procentpunt"]) == ("1", "2", "1", "")


def test_a_negative_difference_in_csv_is_a_number(towns: tuple[Path, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("compare", *reversed(towns), "--format", "csv").out), delimiter=";"))
    assert {row["verschil"] for row in rows} == {"0", "-1", "-2"}


def test_everything_and_markdown(towns: tuple[Path, Path]) -> None:
    done = run("compare", *towns, "--alles", "--format", "md")
    assert done.code == 0
    assert "| Personen met bijstand | statushouder |  |  | 1 | 2 | +1 | – | – | – |" in done.out
    assert "| 2019-Q4 |" in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "klein"), "Er ontbreekt iets: B."),
        (("compare", "klein", "groot", "--format", "pdf"), "Het formaat pdf bestaat niet."),
        (("compare", "klein", "groot", "--van-a", "gisteren"), "gisteren bij --van-a is geen datum."),
        (("compare", "klein", "groot", "nog"), "Er staat te veel achter dit commando."),
    ],
)
def test_wrong_use_is_told_in_a_sentence(
    towns: tuple[Path, Path], tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_finished_report_has_its_period_already(towns: tuple[Path, Path], tmp_path: Path) -> None:
    run("report", towns[0], "-o", tmp_path / "uit")
    done = run("compare", tmp_path / "uit", towns[1], "--van-a", "2019-01-01")
    assert done.code == 2
    assert "is een klaar rapport: de periode ervan ligt vast." in done.err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"periode": {"van": "morgen"}}'])
def test_a_file_that_holds_no_figures_is_refused(towns: tuple[Path, Path], tmp_path: Path, content: str) -> None:
    (tmp_path / "cijfers.json").write_text(content, encoding="utf-8")
    done = run("compare", tmp_path / "cijfers.json", towns[0])
    assert done.code == 3
    assert "is geen bruikbaar cijferbestand van integratie-eval." in done.err


def test_a_file_that_is_there_is_kept(towns: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "cijfers.csv"
    file.write_text("van mij", encoding="utf-8")
    done = run("compare", *towns, "--format", "csv", "-o", file)
    assert (done.code, file.read_text(encoding="utf-8")) == (2, "van mij")
    assert "bestaat al" in done.err and "--overschrijf" in done.err
    assert run("compare", *towns, "--format", "csv", "-o", file, "--overschrijf").code == 0
    assert file.read_text(encoding="utf-8") != "van mij"


def test_the_name_of_the_file_tells_the_format(towns: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("compare", *towns, "-o", tmp_path / "a.csv").code == 0
    assert run("compare", *towns, "--format", "csv", "-o", tmp_path / "b").code == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_report_without_figures_for_programs_is_told(towns: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("report", towns[0], "-o", tmp_path / "uit", "--format", "md").code == 0
    done = run("compare", tmp_path / "uit", towns[1])
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"FOUT: {tmp_path / 'uit'} is een rapport zonder cijfers.json.")


def test_exports_are_read_with_the_options_of_report(towns: tuple[Path, Path]) -> None:
    """Two files that contradict each other, and a damaged one."""
    small, large = towns
    exports(small, nieuwer=GOOD.replace("2015-01-01", "2015-01-02"))
    assert run("compare", small, large).code == 3
    assert run("compare", small, large, "--laatste").code == 0
    (large / "2019-Q3 clienten.xlsx").write_bytes(b"PK\x03\x04 kapot")
    done = run("compare", small, large, "--laatste", "--ga-door")
    assert done.code == 4
    assert done.err.startswith("LET OP: niet gelezen: 2019-Q3 clienten.xlsx.")
