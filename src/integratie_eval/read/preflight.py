"""What a file is, by its content and not by its extension; refuses what no reader should open."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import Path

from integratie_eval.errors import InputError


class Kind(Enum):
    """The kinds of file that can be read."""

    WORKBOOK = "werkmap"
    TEXT = "csv"


_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_AGAIN = "Exporteer of kopieer het bestand opnieuw."
_SAVE_AS = "Open het in Excel of LibreOffice en kies 'Opslaan als' xlsx."


def kind_of(path: Path, content: bytes) -> Kind:
    """The kind of a delivered file. Raises InputError for an empty, damaged, locked or foreign file."""
    if not content.strip(b"\x00\xef\xbb\xbf\r\n\t ;,"):
        raise InputError(f"{path.name} is leeg.", _AGAIN)
    if content.startswith(b"PK"):
        return _zip_kind(path)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise locked(path)
        return Kind.WORKBOOK
    if content.startswith(_OTHER):
        raise InputError(f"{path.name} is geen spreadsheet.", "Lever een xlsx-, xlsb-, xls-, ods- of csv-bestand.")
    if content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"MIME-Version")):
        raise InputError(f"{path.name} is een webpagina of XML-bestand met de naam van een spreadsheet.", _SAVE_AS)
    return Kind.TEXT


def locked(path: Path) -> InputError:
    """The file has a password or a confidentiality label."""
    return InputError(
        f"{path.name} is beveiligd met een wachtwoord of een vertrouwelijkheidslabel.",
        "Bewaar het bestand zonder wachtwoord of label en probeer opnieuw.",
    )


def damaged(path: Path) -> InputError:
    """The file cannot be opened by a reader."""
    return InputError(f"{path.name} is beschadigd of niet helemaal gekopieerd.", _AGAIN)


def _zip_kind(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            if any(name.startswith("xl/workbook") for name in names):
                return Kind.WORKBOOK
            if "content.xml" in names:
                if "meta-inf/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise locked(path)
                if b"spreadsheet" in archive.read("mimetype"):
                    return Kind.WORKBOOK
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError):
        raise damaged(path) from None
    raise InputError(f"{path.name} is geen spreadsheet.", "Lever een xlsx-, xlsb-, xls-, ods- of csv-bestand.")
