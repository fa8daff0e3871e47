"""The ends of the streams of a PDF. PDF/A wants to tell them from the data, also where the data end in a line end."""

from __future__ import annotations

import re

_STREAM = re.compile(rb"<<(?P<space> )[^\n]*?/Length (?P<length>\d+)[^\n]*>>\nstream\n")


def with_clear_ends(pdf: bytes) -> bytes:
    r"""A file of qpdf in which no stream loses its last byte to the line end before `endstream`.

    Compressed data may end in \r, and \r\n together read as one line end. Then the line end becomes \r\n as well, and
    a space goes out of the dictionary of the stream: no place in the file moves.
    """
    parts = []
    at = 0
    while found := _STREAM.search(pdf, at):
        end = found.end() + int(found["length"])
        if pdf.startswith(b"\r\n", end - 1):
            parts += [pdf[at : found.start("space")], pdf[found.end("space") : end], b"\r"]
        else:
            parts.append(pdf[at:end])
        at = end
    return b"".join([*parts, pdf[at:]])
