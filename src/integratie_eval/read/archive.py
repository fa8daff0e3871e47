"""A zip container, checked before any reader opens it: names, sizes, passwords, entities."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from integratie_eval.errors import Refused

_MOST_MEMBERS = 20_000
_LARGEST_TOTAL = 2**32
_SUSPECT_SIZE = 2**26
_SUSPECT_RATIO = 150  # a sheet of equal rows reaches 100
_CHUNK = 2**20
_PROLOG = 2**16
_ENCRYPTED = 0x1
_ROOT = re.compile(rb"<[A-Za-z_]")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)


class Archive:
    """The members of a container by name: small letters, forward slashes. Raises Refused when it is not safe."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise Refused("bestand_beschadigd") from None
        self._content = content
        members = [info for info in self._zip.infolist() if _is_file(info)]
        self._refuse_bombs(members)
        names = Counter(_normal(info.filename) for info in members)
        if any(count > 1 for count in names.values()):
            raise Refused("bestand_beschadigd")
        if any(info.flag_bits & _ENCRYPTED for info in members):
            raise Refused("bestand_beveiligd")
        self._members: Mapping[str, zipfile.ZipInfo] = {_normal(info.filename): info for info in members}

    def __contains__(self, name: object) -> bool:
        return name in self._members

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(self._members)

    def size(self, name: str) -> int:
        """The size of a member when unpacked, as the container tells it."""
        return self._members[name].file_size

    def read(self, name: str) -> bytes:
        """A whole member. Raises Refused when it is damaged or declares entities."""
        return b"".join(self.chunks(name))

    def holds(self, name: str, words: bytes) -> bool:
        """There is a member with these words in it, whatever it declares: it is not read as XML."""
        return name in self and words in b"".join(self._unpacked(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member in pieces; its checksum is verified at the end."""
        pieces = self._unpacked(name)
        first = next(pieces)
        if name.endswith((".xml", ".rels", ".vml")):
            _refuse_entities(first)
        yield first
        yield from pieces

    def _unpacked(self, name: str) -> Iterator[bytes]:
        """The first piece may be empty."""
        try:
            with self._zip.open(self._members[name]) as member:
                yield member.read(_PROLOG)
                while chunk := member.read(_CHUNK):
                    yield chunk
        except _BROKEN:
            raise Refused("bestand_beschadigd") from None
        except RuntimeError:  # zipfile's way to say that a password is needed
            raise Refused("bestand_beveiligd") from None

    def renamed(self, wanted: Mapping[str, str]) -> bytes:
        """The container as bytes, with members under the names that readers look for (normal name → name)."""
        names = {info.filename: wanted.get(name, info.filename) for name, info in self._members.items()}
        if all(old == new for old, new in names.items()):
            return self._content
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as copy:
            for name, info in self._members.items():
                copy.writestr(names[info.filename].replace("\\", "/").lstrip("/"), self.read(name))
        return buffer.getvalue()

    @staticmethod
    def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
        total = sum(info.file_size for info in members)
        if len(members) > _MOST_MEMBERS or total > _LARGEST_TOTAL:
            raise Refused("bestand_onveilig")
        for info in members:
            if info.file_size > _SUSPECT_SIZE and info.file_size > _SUSPECT_RATIO * max(info.compress_size, 1):
                raise Refused("bestand_onveilig")


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").removeprefix("./").lower()


def _is_file(member: zipfile.ZipInfo) -> bool:
    """No folder, and not without a name, as a damaged container can have it."""
    name = _normal(member.filename)
    return bool(name) and not name.endswith("/")


def _refuse_entities(start: bytes) -> None:
    """Entities are declared before the first element; a document that hides its first element is no spreadsheet."""
    if b"\0" in start[:4]:
        start = start.decode("utf-16-be" if start[0] in (0, 0xFE) else "utf-16-le", errors="replace").encode()
    root = _ROOT.search(start)
    prolog = start[: root.start()] if root else start
    if b"<!DOCTYPE" in prolog.upper() or (not root and len(start) >= _PROLOG):
        raise Refused("bestand_onveilig")
