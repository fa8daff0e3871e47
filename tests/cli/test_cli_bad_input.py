"""Bad input and wrong use: a Dutch sentence with place and remedy, the exit code of design §6, nothing written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.process import GOOD, Done, exports, names, run, shown
from tests.helpers import clienten, headed, without, write_xlsx

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def report(folder: Path, given: str | Path) -> Done:
    """Report on `given`; a refused input must leave the folder as it was."""
    before = names(folder)
    done = run("report", given, "-o", folder / "uit", cwd=folder)
    assert names(folder) == before
    return done


def docx() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return content.getvalue()


def broken_zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 100)
    return content.getvalue()[:200]


def locked() -> bytes:
    """What Excel writes for a workbook with a password: a container with a stream EncryptedPackage."""
    name = "EncryptedPackage".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + bytes(62)
    return OLE.ljust(1024, b"\0") + entry + bytes(512)


UNUSABLE: list[tuple[str, bytes, str, str]] = [
    ("2019-Q4.xlsx", b"", "2019-Q4.xlsx is leeg.", "Exporteer of kopieer het bestand opnieuw."),
    ("2019-Q4.csv", b"\xef\xbb\xbf\r\n;;\r\n", "2019-Q4.csv is leeg.", "Exporteer of kopieer het bestand opnieuw."),
    (
        "2019-Q4.csv",
        b"een tekst;zonder koppen\nnog;iets\n",
        "2019-Q4.csv: in de eerste 100 rijen staat geen rij met bekende kolomkoppen.",
        "Lever een regel met koppen mee, of zet in integratie.toml onder [kolommen.clienten]",
    ),
    (
        "2019-Q4.xlsx",
        locked(),
        "2019-Q4.xlsx is beveiligd met een wachtwoord of een vertrouwelijkheidslabel.",
        "Bewaar het bestand zonder wachtwoord of label en probeer opnieuw.",
    ),
    (
        "2019-Q4.xlsx",
        broken_zip(),
        "2019-Q4.xlsx is beschadigd of niet helemaal gekopieerd.",
        "Exporteer of kopieer het bestand opnieuw.",
    ),
    (
        "2019-Q4.xls",
        OLE + bytes(3000),
        "2019-Q4.xls is beschadigd of niet helemaal gekopieerd.",
        "Exporteer of kopieer het bestand opnieuw.",
    ),
    (
        "2019-Q4.xlsx",
        docx(),
        "2019-Q4.xlsx is geen spreadsheet.",
        "Lever een xlsx-, xlsb-, xls-, ods- of csv-bestand.",
    ),
    ("2019-Q4.xlsx", b"%PDF-1.7\n", "2019-Q4.xlsx is geen spreadsheet.", "Lever een xlsx-, xlsb-, xls-, ods- of csv-"),
    (
        "2019-Q4.xls",
        b"\r\n<html><body><table><tr><td>clientnummer</td></tr></table></body></html>",
        "2019-Q4.xls is een webpagina of XML-bestand met de naam van een spreadsheet.",
        "Open het in Excel of LibreOffice en kies 'Opslaan als' xlsx.",
    ),
    (
        "2019-Q4.csv",
        (GOOD + '3;"A;2015-01-01;2016-01-01\n').encode(),
        "2019-Q4.csv, regel 4: een aanhalingsteken wordt niet goed gesloten.",
        "Verbeter de regel of exporteer het bestand opnieuw, liefst als xlsx.",
    ),
    (
        "2019-Q4.csv",
        (GOOD + "3;C;2015-01-01;2016-01-01;teveel\n").encode(),
        "2019-Q4.csv, regel 4: deze regel heeft meer velden dan de andere regels.",
        "Zet een tekst met een scheidingsteken erin tussen aanhalingstekens, of lever xlsx.",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "message", "remedy"),
    UNUSABLE,
    ids=["empty", "empty csv", "no header", "password", "broken zip", "broken ole", "docx", "pdf", "html", "quote",
         "too wide"],
)  # fmt: skip
def test_a_file_that_cannot_be_used(tmp_path: Path, name: str, content: bytes, message: str, remedy: str) -> None:
    (tmp_path / name).write_bytes(content)
    done = report(tmp_path, name)
    assert (done.code, done.out) == (3, "")
    assert re.match(rf"FOUT \w+: {re.escape(message)}\n", done.err)
    assert remedy in done.err


def test_one_bad_file_among_good_ones_stops_the_report(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    (folder / "2019-Q3.xlsx").write_bytes(b"")
    (folder / "2019-Q2.xlsx").write_bytes(docx())
    done = report(tmp_path, "in")
    assert (done.code, done.out) == (3, "")
    assert "2019-Q2.xlsx is geen spreadsheet. 2019-Q3.xlsx is leeg." in done.err


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("weg.xlsx", "FOUT: weg.xlsx bestaat niet.\nControleer de naam en de map.\n"),
        ("weg/*.xlsx", "FOUT: Bij weg/*.xlsx hoort geen enkel bestand.\nControleer het patroon en de map.\n"),
    ],
)
def test_a_path_that_is_not_there(tmp_path: Path, given: str, message: str) -> None:
    done = report(tmp_path, given)
    assert (done.code, done.out, done.err) == (3, "", message)


def test_a_folder_without_exports(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notitie.docx").write_bytes(docx())
    done = report(tmp_path, "in")
    assert (done.code, done.err.splitlines()[0]) == (3, "FOUT: In de map in staat geen export.")


def test_all_missing_columns_are_named_at_once_with_the_closest_headings(tmp_path: Path) -> None:
    """Issue 2, point 1: all missing required columns at once, with headers found and the closest candidates."""
    rows = headed(without(clienten({}), "begin_uitkering"), {"datum_vestiging": "Datum vestigen"})
    write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": rows})
    done = report(tmp_path, "2019-Q4.xlsx")
    assert (done.code, done.out) == (3, "")
    first, remedy = done.err.splitlines()
    assert first.startswith(
        "FOUT kolommen_ontbreken: 2019-Q4.xlsx, blad 'Cliënten': voor de tabel clienten ontbreken de kolommen "
        "datum_vestiging (lijkt op: 'Datum vestigen') en begin_uitkering"
    )
    assert "Gevonden: clientnummer, uitkeringnummer, " in first
    assert first.endswith(" en 1 andere kop.")
    assert remedy.startswith(
        "Voeg de kolommen toe, of zet in integratie.toml onder [kolommen.clienten], of de naam van"
    )


def test_another_table_with_a_missing_column_is_not_skipped_in_silence(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", trajecten="clientnummer;soort\n1;taal\n")
    done = report(tmp_path, folder)
    assert done.code == 3
    assert "2019-Q4 trajecten.csv: voor de tabel trajecten ontbreekt de kolom begin" in done.err


def test_exports_without_the_table_clienten(tmp_path: Path) -> None:
    (tmp_path / "2019-Q4 trajecten.csv").write_text("clientnummer;soort;begin\n1;taal;2019-01-01\n", encoding="utf-8")
    done = report(tmp_path, "2019-Q4 trajecten.csv")
    message = "FOUT geen_clienten: In geen van de bestanden staat de tabel clienten."
    assert (done.code, done.err.splitlines()[0]) == (3, message)


FINDINGS: list[tuple[str, dict[str, object], str, str]] = [
    ("unknown value", {"taalmaatje": "misschien"}, "waarde_onbekend", "M3"),
    ("wrong date", {"geboortedatum": "31-02-1990"}, "datum_onleesbaar", "C3"),
    ("wrong number", {"trede": "drie"}, "getal_onleesbaar", "I3"),
    (
        "duplicate person",
        {"clientnummer": "0001", "uitkeringnummer": "U0001", "taalmaatje": "ja"},
        "clienten_dubbele_sleutel",
        "A3",
    ),
]


@pytest.mark.parametrize(("facts", "rule", "cell"), [case[1:] for case in FINDINGS], ids=[case[0] for case in FINDINGS])
def test_a_bad_cell_is_a_finding_with_its_place(tmp_path: Path, facts: dict[str, str], rule: str, cell: str) -> None:
    write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({}, facts)})
    done = run("check", tmp_path)
    assert (done.code, done.err) == (0, "")
    assert shown(done.out, rule, f"2019-Q4.xlsx, blad 'Cliënten', cel {cell}")
    assert run("check", tmp_path, "--strict").code == 4


def test_trajecten_of_unknown_clients_are_set_aside_with_their_place(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in", trajecten="clientnummer;soort;begin\n1;taal;2019-01-01\n9;taal;2019-01-01\n")
    done = run("check", folder)
    assert "  opzij: 1 in 2019-Q4 trajecten.csv (cliënt onbekend)" in done.out
    assert shown(done.out, "trajecten_client_onbekend", "2019-Q4 trajecten.csv, cel A3")


# --- wrong use ---


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("report", "in", "--bestaat-niet"), "De optie --bestaat-niet bestaat niet."),
        (("rapport", "in"), "Het commando rapport bestaat niet."),
        (("report",), "Er ontbreekt iets: PAD."),
        (("report", "in", "--van"), "Achter --van hoort een waarde."),
        (("report", "in", "--van", "31-02-2019"), "31-02-2019 bij --van is geen datum."),
        (("report", "in", "--format", "pdfje"), "Het formaat pdfje bestaat niet."),
        (("report", "in", "--format", ","), "Er is geen formaat gekozen."),
        (("report", "in", "-c", "weg.toml"), "Het instellingenbestand weg.toml bestaat niet."),
        (("report", "in", "--van", "2019-12-31", "--tot", "2019-01-01"), "De periode begint na het einde ervan."),
        (
            ("sample", "uit", "--clienten", "3"),
            "De waarde bij --clienten kan niet: kies een getal vanaf 20 tot en met 500000.",
        ),
        (
            ("sample", "uit", "--kwartalen", "veel"),
            "De waarde bij --kwartalen kan niet: kies een getal vanaf 1 tot en met 24.",
        ),
    ],
)
def test_wrong_use_ends_with_2(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    exports(tmp_path / "in")
    done = run(*arguments, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"FOUT: {message}\n")
    assert len(done.err.splitlines()) == 2
    assert names(tmp_path) == {"in"}


def test_no_command_shows_the_help() -> None:
    done = run()
    assert (done.code, done.out) == (2, "")
    assert "Maak het rapport." in done.err


def test_wrong_settings_are_told_by_their_key(tmp_path: Path) -> None:
    folder = exports(tmp_path / "in")
    (folder / "integratie.toml").write_text("[cohort]\ngrenz = 2013-01-01\n", encoding="utf-8")
    done = report(tmp_path, "in")
    assert done.code == 2
    assert "[cohort.grenz]: deze instelling bestaat niet.\nBedoelt u grens?" in done.err


def block_folder(folder: Path) -> Path:
    (folder / "uit").write_text("in de weg", encoding="utf-8")
    return folder / "uit"


def block_parent(folder: Path) -> Path:
    return block_folder(folder) / "dieper"


def block_file(folder: Path) -> Path:
    (folder / "uit" / "rapport.md" / "map").mkdir(parents=True)
    return folder / "uit"


@pytest.mark.parametrize("block", [block_folder, block_parent, block_file])
def test_output_that_cannot_be_written_ends_with_6(tmp_path: Path, block: Callable[[Path], Path]) -> None:
    folder = exports(tmp_path / "in")
    target = block(tmp_path)
    done = run("report", folder, "-o", target)
    assert (done.code, done.out) == (6, "")
    assert done.err.startswith(f"FOUT: De map {target} is niet te beschrijven")
    assert "Kies een andere map met -o" in done.err
    assert not target.is_dir() or names(target) == {"rapport.md"}


def test_sample_that_cannot_be_written_ends_with_6(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("in de weg", encoding="utf-8")
    assert run("sample", tmp_path / "uit", "--clienten", "20").code == 6


UNEXPECTED = """
import sys
from integratie_eval import classified, cli
def broken(*_):
    raise ValueError("GEHEIM-0007 Naam van iemand")
classified.classify = broken
sys.argv[0] = "integratie-eval"
cli.main()
"""


def test_an_unexpected_error_tells_only_where_it_happened(tmp_path: Path) -> None:
    """Design §6: exceptions quote values, so their text is not shown; exit code 1."""
    folder = exports(tmp_path / "in")
    done = run("report", folder, "-o", tmp_path / "uit", python=("-c", UNEXPECTED))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("FOUT: Er ging iets mis in integratie-eval zelf (ValueError, classified.py regel ")
    assert "GEHEIM" not in done.err and "Naam" not in done.err
    assert names(tmp_path) == {"in"}
