"""A zip container is checked before any reader opens it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable
from warnings import catch_warnings, simplefilter

import pytest

from integratie_eval.errors import Refused
from integratie_eval.read import archive
from integratie_eval.read.archive import Archive

BEGIN, ENTRY = b"PK\x03\x04", b"PK\x01\x02"
UTF_16 = "<?xml version='1.0' encoding='UTF-16'?>"


def zipped(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A container; a name may occur more than once."""
    buffer = io.BytesIO()
    with catch_warnings(), zipfile.ZipFile(buffer, "w", method) as container:
        simplefilter("ignore")
        for name, content in members:
            container.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def one(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return zipped([(name, content)], method)


def with_size(content: bytes, size: int) -> bytes:
    """The container, of which the last member says that it is so large."""
    at = content.rindex(ENTRY) + 24
    return content[:at] + struct.pack("<I", size) + content[at + 4 :]


def with_flag(content: bytes, flag: int) -> bytes:
    changed = bytearray(content)
    changed[content.index(BEGIN) + 6] |= flag
    changed[content.index(ENTRY) + 8] |= flag
    return bytes(changed)


def refusal_of(content: bytes, read: str = "") -> str | None:
    """Why the container, or this member of it, cannot be used."""
    try:
        opened = Archive(content)
        if read:
            opened.read(read)
    except Refused as error:
        return error.refusal
    return None


# --- names


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "XL/Workbook.XML", "xl\\workbook.xml", "/xl/workbook.xml", "./xl/workbook.xml"]
)
def test_a_member_is_found_however_its_name_is_spelled(name: str) -> None:
    container = Archive(one(name, b"<a/>"))

    assert "xl/workbook.xml" in container and "xl/styles.xml" not in container
    assert container.names == {"xl/workbook.xml"}
    assert container.read("xl/workbook.xml") == b"<a/>"
    assert container.size("xl/workbook.xml") == 4


@pytest.mark.parametrize("twin", ["a/b.xml", "A/B.xml", "a\\b.xml", "/a/b.xml", "./a/b.xml"])
def test_two_members_with_one_name_are_damage(twin: str) -> None:
    assert refusal_of(zipped([("a/b.xml", b"x"), ("a/c.xml", b"y")])) is None
    assert refusal_of(zipped([("a/b.xml", b"x"), (twin, b"y")])) == "bestand_beschadigd"
    assert refusal_of(zipped([(twin, b"y"), ("a/b.xml", b"x")])) == "bestand_beschadigd"


def test_folders_are_no_members() -> None:
    assert Archive(zipped([("xl/", b""), ("xl\\", b""), ("xl/a", b"x")])).names == {"xl/a"}


@pytest.mark.parametrize("name", ["", "\\"])
def test_a_member_without_a_name_is_no_member(name: str) -> None:
    """As in a copy with damage in the list of names: the reader of Python itself would stop at it."""
    content = one("?" * max(len(name), 1), b"x")
    if not name:
        at = content.index(ENTRY)
        content = content[: at + 28] + b"\0\0" + content[at + 30 : at + 46] + content[at + 47 :]
        size, start = struct.unpack("<II", content[-10:-2])
        content = content[:-10] + struct.pack("<II", size - 1, start) + content[-2:]
    else:
        content = content.replace(b"?", name.encode())

    assert Archive(content).names == frozenset()


def test_members_get_the_names_that_readers_look_for() -> None:
    content = zipped([("XL\\WORKBOOK.XML", b"<a/>"), ("xl\\other.xml", b"<b/>")])

    renamed = Archive(content).renamed({"xl/workbook.xml": "xl/workbook.xml"})

    with zipfile.ZipFile(io.BytesIO(renamed)) as container:
        assert {name: container.read(name) for name in container.namelist()} == {
            "xl/workbook.xml": b"<a/>",
            "xl/other.xml": b"<b/>",
        }


def test_a_container_with_the_right_names_stays_as_it_is() -> None:
    content = one("xl/workbook.xml", b"<a/>")

    assert Archive(content).renamed({"xl/workbook.xml": "xl/workbook.xml"}) is content


# --- sizes


def test_a_member_that_explodes_is_not_opened() -> None:
    zeros = bytes(2**20)

    assert refusal_of(one("a", zeros)) is None  # small enough to do no harm
    assert refusal_of(with_size(one("a", zeros), 2**26)) is None
    assert refusal_of(with_size(one("a", zeros), 2**26 + 1)) == "bestand_onveilig"


def test_a_large_member_that_is_packed_as_usual_is_opened() -> None:
    size = 2**26 + 2**20

    assert refusal_of(with_size(one("a", bytes(size // 150 + 1), zipfile.ZIP_STORED), size)) is None
    assert refusal_of(with_size(one("a", bytes(size // 150 - 1), zipfile.ZIP_STORED), size)) == "bestand_onveilig"


def test_members_that_explode_together_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped([("a", b"x" * 60), ("b", b"y" * 60)])
    monkeypatch.setattr(archive, "_LARGEST_TOTAL", 120)
    assert refusal_of(content) is None

    monkeypatch.setattr(archive, "_LARGEST_TOTAL", 119)
    assert refusal_of(content) == "bestand_onveilig"


def test_a_container_with_countless_members_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped([(f"{number}", b"x") for number in range(5)])
    monkeypatch.setattr(archive, "_MOST_MEMBERS", 5)
    assert refusal_of(content) is None

    monkeypatch.setattr(archive, "_MOST_MEMBERS", 4)
    assert refusal_of(content) == "bestand_onveilig"


@pytest.mark.parametrize("size", [0, 1_000, 2**20 - 1])
def test_a_member_that_holds_more_than_it_says_is_damage(size: int) -> None:
    content = one("a", bytes(2**20))

    assert refusal_of(content, read="a") is None
    assert refusal_of(with_size(content, size), read="a") == "bestand_beschadigd"


def test_a_container_in_a_container_is_not_unpacked() -> None:
    bomb = with_size(one("a", bytes(2**20)), 2**30)

    assert refusal_of(bomb) == "bestand_onveilig"
    assert Archive(one("bom.zip", bomb)).read("bom.zip") == bomb


# --- content


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE a [<!ENTITY e 'x'>]><a/>",
        b"<?xml version='1.0'?><!doctype a><a/>",
        b"\xef\xbb\xbf<!-- x -->\n<!DOCTYPE a><a/>",
        f"{UTF_16}<!DOCTYPE a><a/>".encode("utf-16"),
        f"{UTF_16}<!DOCTYPE a><a/>".encode("utf-16-le"),
        f"{UTF_16}<!DOCTYPE a><a/>".encode("utf-16-be"),
        b"<!--" + b" " * 2**17 + b"--><!DOCTYPE a><a/>",
        b" " * 2**17 + b"<a/>",
    ],
)
def test_xml_that_may_declare_entities_is_not_read(start: bytes) -> None:
    for name in ("a.xml", "a.rels", "a.vml"):
        assert refusal_of(one(name, start)) is None
        assert refusal_of(one(name, start), read=name) == "bestand_onveilig"
    assert Archive(one("a.bin", start)).read("a.bin") == start


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a/>",
        b"<?xml version='1.0'?>\n<a><![CDATA[<!DOCTYPE a>]]></a>",
        b"<a>" + b" " * 2**17 + b"<!DOCTYPE a></a>",
        f"{UTF_16}<a>é</a>".encode("utf-16"),
    ],
)
def test_xml_without_entities_is_read_whole(content: bytes) -> None:
    container = Archive(one("a.xml", content))

    assert container.read("a.xml") == content
    assert b"".join(container.chunks("a.xml")) == content


def test_words_are_found_in_a_member_whatever_it_declares() -> None:
    """The list of members of OpenOffice 2 names its grammar."""
    container = Archive(one("meta-inf/manifest.xml", b'<!DOCTYPE a PUBLIC "b" "c.dtd"><a><encryption-data/></a>'))

    assert container.holds("meta-inf/manifest.xml", b"encryption-data")
    assert not container.holds("meta-inf/manifest.xml", b"other")
    assert not container.holds("other", b"encryption-data")


def test_a_wrong_checksum_is_damage() -> None:
    content = one("a.xml", b"<a>Delft</a>", zipfile.ZIP_STORED)

    assert refusal_of(content, read="a.xml") is None
    assert refusal_of(content.replace(b"Delft", b"Delfz"), read="a.xml") == "bestand_beschadigd"


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_half_a_container_is_damage(kept: float) -> None:
    content = one("a.xml", b"<a>Delft</a>" * 99, zipfile.ZIP_STORED)

    assert refusal_of(content[: int(len(content) * kept)]) == "bestand_beschadigd"


def test_a_password_on_a_member_is_told() -> None:
    content = one("a.xml", b"<a/>")

    assert refusal_of(with_flag(content, 0x08)) is None
    assert refusal_of(with_flag(content, 0x01)) == "bestand_beveiligd"


def test_an_unknown_way_of_packing_is_damage() -> None:
    content = bytearray(one("a.xml", b"<a/>"))
    content[content.index(BEGIN) + 8] = content[content.index(ENTRY) + 10] = 99

    assert refusal_of(bytes(content), read="a.xml") == "bestand_beschadigd"
