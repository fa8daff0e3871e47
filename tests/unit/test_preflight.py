"""What a file is, is told by its content."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from integratie_eval.errors import InputError
from integratie_eval.read.preflight import Kind, kind_of
from tests.helpers import clienten, write_csv, write_ods, write_xlsx

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def kind(path: Path) -> Kind:
    return kind_of(path, path.read_bytes())


def zipped(path: Path, members: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a"])
def test_a_workbook_is_a_workbook_whatever_its_name_is(tmp_path: Path, name: str) -> None:
    assert kind(write_xlsx(tmp_path / name, {"a": clienten({})})) is Kind.WORKBOOK


def test_an_opendocument_spreadsheet_is_a_workbook(tmp_path: Path) -> None:
    assert kind(write_ods(tmp_path / "a.ods", {"a": clienten({})})) is Kind.WORKBOOK


def test_an_old_workbook_is_a_workbook(tmp_path: Path) -> None:
    assert kind_of(tmp_path / "a.xls", OLE + b"x" * 100) is Kind.WORKBOOK


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_text_is_csv_whatever_its_name_is(tmp_path: Path, name: str, encoding: str) -> None:
    assert kind(write_csv(tmp_path / name, clienten({}), encoding=encoding)) is Kind.TEXT


@pytest.mark.parametrize("content", [b"", b" \r\n", b"\xef\xbb\xbf", b";;;\r\n;;;\r\n", b"\x00" * 64])
def test_a_file_without_anything_in_it_is_empty(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="is leeg"):
        kind_of(tmp_path / "a.xlsx", content)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"{\\rtf1", b"\x1f\x8b\x08", b"Rar!\x1a"]
)
def test_another_kind_of_file_is_no_spreadsheet(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="geen spreadsheet"):
        kind_of(tmp_path / "a.xlsx", content)


@pytest.mark.parametrize(
    "content", [b"<html><table>", b"\xef\xbb\xbf\r\n <?xml version='1.0'?>", b"MIME-Version: 1.0\r\n"]
)
def test_a_web_page_with_the_name_of_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="webpagina"):
        kind_of(tmp_path / "a.xls", content)


def test_a_workbook_with_a_password_is_locked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="wachtwoord"):
        kind_of(tmp_path / "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"))


def test_an_opendocument_spreadsheet_with_a_password_is_locked(tmp_path: Path) -> None:
    members = {"mimetype": MIMETYPE, "META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "?"}
    with pytest.raises(InputError, match="wachtwoord"):
        kind(zipped(tmp_path / "a.ods", members))


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": "x"},
        {"a.xlsx": "x"},
        {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "x", "content.xml": "x"},
    ],
)
def test_a_zip_that_is_no_spreadsheet_is_refused(tmp_path: Path, members: Mapping[str, str]) -> None:
    with pytest.raises(InputError, match="geen spreadsheet"):
        kind(zipped(tmp_path / "a.xlsx", members))


def test_a_workbook_that_was_copied_half_is_damaged(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"a": clienten({})})
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(InputError, match="beschadigd"):
        kind(path)


def test_every_refusal_names_the_file_and_says_what_to_do(tmp_path: Path) -> None:
    for content in (b"", b"%PDF", b"<html>", b"PK\x03\x04", OLE + "EncryptedPackage".encode("utf-16-le")):
        path = tmp_path / "levering.xlsx"
        path.write_bytes(content)
        with pytest.raises(InputError) as caught:
            kind(path)
        assert "levering.xlsx" in caught.value.message and caught.value.remedy.endswith(".")
