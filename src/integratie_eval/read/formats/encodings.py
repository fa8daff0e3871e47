"""Which characters the bytes of a text file stand for, by evidence; a guess that could be wrong unseen is refused."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from integratie_eval.errors import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK = 4096
_PIECE = 2**20
# each begins with one set of bytes, which re looks for fast
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xf4](?:(?<=[\xc2-\xdf])[\x80-\xbf]|(?<=[\xe0-\xef])[\x80-\xbf]{2}|(?<=[\xf0-\xf4])[\x80-\xbf]{3})"
)
_NOT_IN_A_WORD = re.compile(
    rb"[\x82-\x9f](?:(?<=[a-z][\x82\x8a\x8c\x8e])|(?<=[a-z][\x83\x84\x86-\x8b\x91\x94\x95\x98\x99\x9b\x9f])(?=[a-z]))"
)
"""Windows has capitals and signs where MacRoman and DOS have the letters with an accent."""
_ACCENTED = re.compile(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff]")


def encoding_of(content: bytes) -> str:
    """The codec of a text. Raises Refused when none fits, or when the text was made on a Mac or under DOS."""
    codec = next((codec for mark, codec in _MARKS if content.startswith(mark)), None) or _wide(content[:_LOOK])
    if codec is None:
        codec = "utf-8" if _fits(content, "utf-8") else "cp1252"
    if (codec != "utf-8" and not _fits(content, codec)) or (codec == "cp1252" and _foreign(content)):
        raise Refused("csv_tekens_onleesbaar")
    return codec


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark at the beginning: of Western text every other byte is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if even + odd <= len(start) // 4 or (even and odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _fits(content: bytes, codec: str) -> bool:
    """The whole content is text of this codec; decoded in pieces, because it may be large."""
    try:
        for _ in codecs.iterdecode(_pieces(content), codec):
            pass
    except UnicodeError:
        return False
    return True


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))


def _foreign(content: bytes) -> bool:
    """More letters of a damaged UTF-8 text, or of MacRoman or DOS, than accented letters of Windows."""
    windows = len(_ACCENTED.findall(content))
    utf8 = _UTF8_CHARACTER.findall(content)
    return 2 * len(utf8) > windows or len(_NOT_IN_A_WORD.findall(content)) > windows
