"""What a file is, by its content and not by its extension; refuses what no reader should open."""

from __future__ import annotations

import re

from integratie_eval.errors import Refused
from integratie_eval.read.archive import Archive
from integratie_eval.read.opened import Kind

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")
_LABELLED = ("\x09DRMContent",)
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_WORKBOOK = ("Workbook", "WORKBOOK", "Book", "BOOK")
_FOREIGN = ("WordDocument", "PowerPoint Document", "__properties_version1.0", "VisioDocument")
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_PACKED = re.compile(rb"\x1f\x8b\x08|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh\d1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd")
_OTHER = re.compile(
    rb"%PDF-|\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|\{\\rtf|SQLite format 3\0|PAR1[\x00-\x1f]|II\*\0|MM\0\*|BM....\0\0\0\0"
    rb"|\x7fELF|MZ\x90\0",
    re.DOTALL,
)
_WORKBOOK_TYPE = re.compile(rb"(?:spreadsheetml|ms-excel)\.\w+(?:\.macroenabled)?\.main\+xml", re.IGNORECASE)
_MARKUP = re.compile(r"<\?xml|<!doctype|<html|<table|mime-version:|content-type:\s*multipart/related", re.IGNORECASE)
_NOTHING = b"\x00\xef\xbb\xbf\xff\xfe\r\n\t ;,\x1a"
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_LOOK = 4096
_ENTRY = 128


def kind_of(content: bytes, suffix: str) -> Kind:
    """The kind of a delivered file. Raises Refused for an empty, damaged, locked or foreign file."""
    if not content.strip(_NOTHING):
        raise Refused("bestand_leeg")
    if content.startswith(_ZIP):
        return _zip_kind(Archive(content))
    if content.startswith(_OLE):
        return _ole_kind(content)
    if _BARE_BIFF.match(content):
        return Kind.XLS
    if _PACKED.match(content):
        raise Refused("bestand_ingepakt")
    if _OTHER.match(content):
        raise Refused("geen_spreadsheet")
    return _text_kind(content[:_LOOK], is_text=suffix.lower() in Kind.CSV.value)


def _zip_kind(archive: Archive) -> Kind:
    if "xl/workbook.bin" in archive:
        return Kind.XLSB
    if "xl/workbook.xml" in archive:
        return Kind.XLSX
    if "[content_types].xml" in archive:
        if _WORKBOOK_TYPE.search(archive.read("[content_types].xml")):
            return Kind.XLSX
        raise Refused("geen_spreadsheet")
    if "content.xml" in archive:
        if archive.holds("meta-inf/manifest.xml", b"encryption-data"):
            raise Refused("bestand_beveiligd")
        if "mimetype" not in archive or b"spreadsheet" in archive.read("mimetype"):
            return Kind.ODS
    if any(name.endswith((*Kind.XLSX.value, ".xls", ".xlsb", ".ods", ".csv", ".txt")) for name in archive.names):
        raise Refused("bestand_ingepakt")
    raise Refused("geen_spreadsheet")


def _ole_kind(content: bytes) -> Kind:
    if _has_stream(content, _LABELLED):  # beside it a workbook may stand that only says that there is a label
        raise Refused("bestand_beveiligd")
    if _has_stream(content, _WORKBOOK):
        return Kind.XLS
    if _has_stream(content, _ENCRYPTED):
        raise Refused("bestand_beveiligd")
    raise Refused("geen_spreadsheet" if _has_stream(content, _FOREIGN) else "bestand_beschadigd")


def _has_stream(content: bytes, names: tuple[str, ...]) -> bool:
    """The directory of an OLE container has an entry of 128 bytes per stream: its name, and the size of the name."""
    for name in names:
        wanted = name.encode("utf-16-le") + b"\0\0"
        at = content.find(wanted)
        while at >= 0:
            if at % _ENTRY == 0 and content[at + 64 : at + 66] == len(wanted).to_bytes(2, "little"):
                return True
            at = content.find(wanted, at + 1)
    return False


def _text_kind(start: bytes, *, is_text: bool) -> Kind:
    """`is_text`: the file has the name of a text file."""
    wide = start.startswith(_BOMS)
    text = start.decode("utf-16" if wide else "latin-1", errors="replace").removeprefix("\xef\xbb\xbf").lstrip()
    if _MARKUP.match(text) or (text.startswith("<") and not is_text):
        raise Refused("opslaan_als_xlsx")
    if b"\0" in start and not wide and not is_text:
        raise Refused("geen_spreadsheet")
    return Kind.CSV
