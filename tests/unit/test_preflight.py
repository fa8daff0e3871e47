"""What a file is, is told by its content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from integratie_eval.errors import Refused
from integratie_eval.read.opened import Kind
from integratie_eval.read.preflight import kind_of
from integratie_eval.refusals import refuse
from tests.bad.containers import compound
from tests.helpers import clienten, write_csv, write_ods, write_xlsx
from tests.unit.xlsb import sheet_of, xlsb_of

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def kind(path: Path) -> Kind:
    return kind_of(path.read_bytes(), path.suffix)


def zipped(members: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a"])
def test_a_workbook_is_a_workbook_whatever_its_name_is(tmp_path: Path, name: str) -> None:
    assert kind(write_xlsx(tmp_path / name, {"a": clienten({})})) is Kind.XLSX


def test_an_opendocument_spreadsheet_is_known(tmp_path: Path) -> None:
    assert kind(write_ods(tmp_path / "a.xlsx", {"a": clienten({})})) is Kind.ODS


def test_a_binary_workbook_is_known() -> None:
    assert kind_of(xlsb_of({"a": sheet_of([["x"]])}), ".xlsx") is Kind.XLSB


def test_an_old_workbook_is_known() -> None:
    assert kind_of(compound({"Workbook": b"x"}), ".xlsx") is Kind.XLS


def test_an_old_workbook_with_a_document_in_it_and_words_of_a_container_is_a_workbook() -> None:
    words = "EncryptedPackage\0".encode("utf-16-le")
    assert kind_of(compound({"WordDocument": b"x", "Workbook": words}), ".xls") is Kind.XLS


@pytest.mark.parametrize(
    "start", ["BM;clientnummer", "PK;clientnummer", "PAR1;x", "GIF8;x", "MM;x", "Rar!;x", "7z;x", "%PDF;x", "\tnaam\tx"]
)
def test_a_heading_that_resembles_the_begin_of_another_kind_is_text(start: str) -> None:
    assert kind_of(f"{start}\r\n1;2\r\n".encode(), ".csv") is Kind.CSV


def test_a_workbook_that_is_not_at_the_usual_place_is_known_by_its_type() -> None:
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert kind_of(zipped({"[Content_Types].xml": content, "boek/boek.xml": "x"}), ".xlsx") is Kind.XLSX


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_text_is_csv_whatever_its_name_is(tmp_path: Path, name: str, encoding: str) -> None:
    assert kind(write_csv(tmp_path / name, clienten({}), encoding=encoding)) is Kind.CSV


@pytest.mark.parametrize(
    ("content", "suffix", "refusal"),
    [
        *((content, ".xlsx", "bestand_leeg") for content in (b"", b" \r\n", b"\xef\xbb\xbf", b";;;\r\n", bytes(64))),
        *(
            (content, ".xlsx", "geen_spreadsheet")
            for content in (b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"{\\rtf1", b"a\0\1\2" * 9)
        ),
        (b"\x1f\x8b\x08", ".xlsx", "bestand_ingepakt"),
        (b"Rar!\x1a\x07", ".xlsx", "bestand_ingepakt"),
        (b"7z\xbc\xaf\x27\x1c", ".xlsx", "bestand_ingepakt"),
        (b"<html><table>", ".xls", "opslaan_als_xlsx"),
        (b"\xef\xbb\xbf\r\n <?xml version='1.0'?>", ".xml", "opslaan_als_xlsx"),
        (b"<?xml version='1.0'?>", ".csv", "opslaan_als_xlsx"),
        ("<html>".encode("utf-16"), ".xls", "opslaan_als_xlsx"),
        (b"MIME-Version: 1.0\r\n", ".xls", "opslaan_als_xlsx"),
        (b"Content-Type: multipart/related;", ".xls", "opslaan_als_xlsx"),
        (compound({"EncryptedPackage": b"x"}), ".xlsx", "bestand_beveiligd"),
        (compound({"\x09DRMContent": b"x", "Workbook": b"x"}), ".xls", "bestand_beveiligd"),
        (compound({"WordDocument": b"x"}), ".xls", "geen_spreadsheet"),
        (b"PK\x03\x04", ".xlsx", "bestand_beschadigd"),
        (OLE, ".xls", "bestand_beschadigd"),
        (zipped({"word/document.xml": "x"}), ".xlsx", "geen_spreadsheet"),
        (zipped({"[Content_Types].xml": "x", "word/embeddings/a.xlsx": "x"}), ".xlsx", "geen_spreadsheet"),
        (zipped({"export.xlsx": "x"}), ".xlsx", "bestand_ingepakt"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
            ".ods",
            "geen_spreadsheet",
        ),
        (
            zipped({"mimetype": MIMETYPE, "META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "?"}),
            ".ods",
            "bestand_beveiligd",
        ),
    ],
)  # fmt: skip
def test_what_no_reader_should_open_is_refused_with_its_reason(content: bytes, suffix: str, refusal: str) -> None:
    with pytest.raises(Refused) as caught:
        kind_of(content, suffix)
    assert caught.value.refusal == refusal
    error = refuse(refusal, bestand="levering.xlsx", **caught.value.where)
    assert "levering.xlsx" in error.message and error.remedy.endswith(".")
