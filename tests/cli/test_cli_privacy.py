"""Nothing of a person leaves the tool: names, numbers, unread columns and bad cells carry a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.process import Done, names, run, shown
from tests.helpers import clienten, trajecten, write_csv, write_xlsx

MARK = "ZQXGEHEIM"


def marked_exports(folder: Path) -> Path:
    """Two good people, and bad cells of every kind; all that must stay inside holds the mark."""
    people = clienten(
        {"clientnummer": f"{MARK}1", "uitkeringnummer": f"{MARK}A", "Naam": f"{MARK} Jansen", "Opmerking": MARK},
        {"clientnummer": f"{MARK}2", "uitkeringnummer": f"{MARK}B", "nationaliteit": f"{MARK}land", "BSN": MARK},
        {"clientnummer": f"{MARK}3", "geboortedatum": f"{MARK}-02-1990", "trede": f"{MARK}", "reden_einde": MARK},
        {"clientnummer": f"{MARK}4", "taalmaatje": f"{MARK}?", "begin_uitkering": MARK, "Telefoon": MARK},
        {"clientnummer": f"{MARK}1", "uitkeringnummer": f"{MARK}A", "taalmaatje": "ja"},
        {"clientnummer": None, "uitkeringnummer": MARK},
    )
    courses = trajecten(
        {"clientnummer": f"{MARK}1"},
        {"clientnummer": f"{MARK}9"},
        {"clientnummer": f"{MARK}2", "soort": MARK, "begin": f"{MARK}-1-2019", "reden_einde": MARK},
        {"clientnummer": f"{MARK}2", "soort": MARK, "begin": "2019-01-01"},
    )
    folder.mkdir()
    notes = [["Lijst van", MARK], [f"{MARK} Jansen", f"{MARK} Pietersen"]]
    write_xlsx(folder / "2019-Q4.xlsx", {"Cliënten": people, "Trajecten": courses, "Notities": notes})
    return folder


def everything(done: Done, folder: Path) -> dict[str, str]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    return texts | {"stdout": done.out, "stderr": done.err}


def test_no_mark_in_any_output(tmp_path: Path) -> None:
    done = run("report", marked_exports(tmp_path / "in"), "-o", tmp_path / "uit")
    assert done.code == 0
    assert len(names(tmp_path / "uit")) > 7
    assert [name for name, text in everything(done, tmp_path / "uit").items() if MARK.lower() in text.lower()] == []


def test_no_mark_in_check(tmp_path: Path) -> None:
    done = run("check", marked_exports(tmp_path / "in"))
    assert done.code == 0
    assert shown(done.out, "clienten_zonder_begin_uitkering", "2019-Q4.xlsx, blad 'Cliënten', cel E5")
    assert MARK.lower() not in (done.out + done.err).lower()


@pytest.mark.parametrize(
    "rows",
    [
        [["clientnummer", "dossier"], [f"{MARK}1", MARK]],
        [[MARK, f"{MARK} Jansen"], [f"{MARK}1", MARK]],
        [[f"{MARK} Jansen", "01-01-2015", "Partner", "Overig"], [f"{MARK} Pietersen", "", "", ""]],
    ],
    ids=["missing columns", "no header", "data without header"],
)
def test_no_mark_in_a_refusal(tmp_path: Path, rows: list[list[str]]) -> None:
    path = write_csv(tmp_path / "2019-Q4.csv", rows)
    done = run("report", path, "-o", tmp_path / "uit")
    assert (done.code, done.out) == (3, "")
    assert MARK.lower() not in done.err.lower()


def test_known_headings_are_told_but_no_other_cell(tmp_path: Path) -> None:
    """A refusal lists the known headings of the row that looks most like a header; another cell may be a name."""
    path = write_csv(tmp_path / "2019-Q4 clienten.csv", [["clientnummer", "dossier", "Naam"], [f"{MARK}1", MARK, MARK]])
    done = run("report", path, "-o", tmp_path / "uit")
    assert "Gevonden: clientnummer, dossier en 1 andere kop." in done.err
    assert MARK not in done.err and "Naam" not in done.err


def test_a_bsn_as_the_only_key_is_read_but_never_shown(tmp_path: Path) -> None:
    """Design §4: replaced by a keyed pseudonym on reading."""
    rows = [["BSN", "uitkeringnummer", "datum_vestiging", "begin_uitkering"]]
    rows += [["999990019", "A", "2015-01-01", "2016-01-01"], ["999990020", "B", "2015-01-01", "onbekende datum"]]
    path = write_csv(tmp_path / "2019-Q4.csv", rows)
    done = run("report", path, "-o", tmp_path / "uit")
    if done.code == 0:
        assert [n for n, text in everything(done, tmp_path / "uit").items() if "99999" in text] == []
    assert "99999" not in done.out + done.err


def test_no_mark_in_a_comparison(tmp_path: Path) -> None:
    folder = marked_exports(tmp_path / "in")
    done = run("compare", folder, folder, "--alles", "--format", "csv", "-o", tmp_path / "uit" / "verschil.csv")
    assert done.code == 0
    assert [name for name, text in everything(done, tmp_path / "uit").items() if MARK.lower() in text.lower()] == []
