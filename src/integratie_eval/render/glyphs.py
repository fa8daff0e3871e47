"""Which characters our font can show: a PDF/A with a character that has no glyph does not exist."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

UNKNOWN = "□"
"""Stands where a character is that the font cannot show."""
_WINDOWS, _BASIC_PLANE, _SEGMENTS = 3, 1, 4


def unshowable(font: Path) -> re.Pattern[str]:
    """What finds the characters that this font cannot show."""
    return re.compile(f"[^\n\t{re.escape(''.join(_characters(font.read_bytes())))}]")


def _characters(font: bytes) -> Iterator[str]:
    """The characters of a TrueType font, from the first plane of Unicode (table cmap, format 4)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (encodings,) = struct.unpack_from(">H", font, cmap + 2)
    entries = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * number) for number in range(encodings))
    start = next(cmap + offset for *kind, offset in entries if kind == [_WINDOWS, _BASIC_PLANE])
    kind, _, _, doubled = struct.unpack_from(">HHHH", font, start)
    if kind != _SEGMENTS:
        raise AssertionError(f"cmap format {kind}")
    ends = struct.unpack_from(f">{doubled // 2}H", font, start + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", font, start + 16 + doubled)
    for first, last in list(zip(starts, ends, strict=True))[:-1]:  # the last segment only marks the end
        yield from map(chr, range(first, last + 1))
