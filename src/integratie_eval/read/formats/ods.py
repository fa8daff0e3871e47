"""OpenDocument sheets (.ods): the fast reader, unless a look at the XML shows something that it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from integratie_eval.errors import Refused
from integratie_eval.read.archive import Archive
from integratie_eval.read.formats.fast import faults_refused, read_fast
from integratie_eval.read.grid import MOST_COLUMNS, Grid

_CONTENT = "content.xml"
_ROW = b"<table:table-row"
_END = b"</office:document-content"
_LONGEST_PIECE = 2**23

_FEATURES = (
    b"visibility=", b"-spanned=", b'value-type="error"', b'value-type="time"', b'display="false"', b"<text:tab",
    b"<text:line-break", b"<draw:", b"<![CDATA[",
)  # fmt: skip
"""What the fast reader ignores or drops."""
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rb"<text:p>(?:#[A-Z]|Err:\d)",  # an error value, shown
        rb'value-type="(?:float|percentage|currency)"[^>]*><text:p>0\d',  # a number shown with leading zeros
        rb"<table:table-cell(?![^>]*value-type=)(?:[^>]*formula=|[^>]*(?<!/)>)",  # content without a type
        rb'number-rows-repeated="\d{4,}"(?![^>]*>(?:<table:table-cell[^>]*/>)*</table:table-row>'
        rb"(?:<table:table-row[^>]*>(?:<table:table-cell[^>]*/>)*</table:table-row>)*</table:table)",  # not at the end
        rb'<table:(?:covered-)?table-cell[^>]*number-columns-repeated="\d{3,}"(?![^>]*/>\s*</table:table-row)',
    )
)


def read_ods(content: bytes) -> tuple[Grid, ...]:
    """The sheets of an .ods file. Raises Refused when it is damaged or has none."""
    with faults_refused():
        archive = Archive(content)
        if _CONTENT not in archive:
            raise Refused("bestand_beschadigd")
        grids = _read_quickly(content) if _is_plain(archive) else ()
        return grids or _read_exactly(archive)


def _read_quickly(content: bytes) -> tuple[Grid, ...]:
    """The sheets by the fast reader; nothing when it fails, finds no cell or finds more columns than we keep."""
    try:
        read = read_fast(content)
    except Refused:
        return ()
    parts = [part for part in read.values() if part]
    if not parts or any(part.first_column + part.columns >= MOST_COLUMNS for part in parts):
        return ()
    return tuple(Grid(name, (part,) if part else ()) for name, part in read.items())


def _read_exactly(archive: Archive) -> tuple[Grid, ...]:
    from integratie_eval.read.formats.ods_exact import read_exactly

    grids = read_exactly(archive.chunks(_CONTENT))
    if not grids:
        raise Refused("geen_werkblad")
    return grids


def _is_plain(archive: Archive) -> bool:
    """Nothing in the XML needs the exact reader, as far as a search for words can tell.

    The fast reader never ends when the XML breaks off, so then the exact reader has to tell that it does.
    """
    piece = b""
    for piece in _pieces(archive.chunks(_CONTENT)):
        if any(word in piece for word in _FEATURES) or any(pattern.search(piece) for pattern in _PATTERNS):
            return False
    return _END in piece


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The XML cut before a row."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        cut = rest.rfind(_ROW)
        if cut <= 0 and len(rest) > _LONGEST_PIECE:
            cut = len(rest)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest
