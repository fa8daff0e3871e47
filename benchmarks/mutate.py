"""Damaged files from valid ones: `mutant("xlsx", 2019, 7)` gives the same bytes every time.

Half of the damage is to the bytes of the file, as by a bad copy. The other half is to what is inside, packed again
with the right checksums, so that it reaches the parsers: members of a container, XML, records of xls and xlsb.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from benchmarks.seeds import seeds_of

Mutation = Callable[[bytes, Random], bytes]
Members = list[tuple[str, bytes]]
Span = tuple[int, int]

_ODD_NUMBERS = (
    "0", "-1", "1", "2", "255", "999", "1000", "1001", "1023", "16383", "16384", "16385", "65535", "65536", "99999",
    "1048575", "1048576", "1048577", "2147483647", "2147483648", "4294967295", "4294967296", "9999999999",
    "99999999999999999999", "-2147483648", "1e9", "1e308", "1e309", "-1e400", "nan", "NaN", "inf", "-0", "0.0000001",
    "", " ", "x", "0x10", "1,5", "١٢", "²", "#N/A", "#REF!", "true", "false", "P", "PT", "PT99999999999H",
    "2958466", "-693594", "0000-00-00", "9999-12-31", "10000-01-01", "2019-13-45T99:99:99",
)  # fmt: skip
_ODD_REFERENCES = (
    "A0", "A1", "a1", "B1048576", "A1048577", "A9999999", "A99999999999", "XFD1", "XFD1048576", "XFE1", "ZZZ1",
    "ZZZ9999999", "ALL1", "ALM5", "AAAA1", "$A$1", "A", "1", "A-1", "R1C1", "A1:XFD1048576", "B2:A1", "A1:A0",
)  # fmt: skip
_ODD_TEXTS = (
    "&#0;", "&#x1F;", "&#xD800;", "&#xFFFFFFFF;", "&lol;", "&", "<", ">", "]]>", "<![CDATA[x]]>", "<!--", "<?x",
    "_x0000_", "_x000D_", "_xD800_", "\x00", "\x0b", "\ufeff", "\u202e", "\U0001f600", "'", '"', "=1+1", "#N/A", "-",
)  # fmt: skip
_SPACES = ("http://example.org/x", "", "http://purl.oclc.org/ooxml/spreadsheetml/main", f"{'x' * 5000}")
_BYTES = (b"\x00", b"\x01", b"\x7f", b"\x80", b"\xff")
_WORDS = (0, 1, 2, 7, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF)
_LONGS = (
    0,
    1,
    0xFF,
    0x3FFF,
    0x4000,
    0xFFFF,
    0x10000,
    0xFFFFF,
    0x100000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFE,
    0xFFFFFFFF,
)
_REALS = (0.0, -0.0, 1e308, -1e308, float("inf"), float("nan"), 5e-324, 2958466.0, -1.0, 1e15, 0.1)
_RECORDS = (
    0x00, 0x06, 0x09, 0x0A, 0x13, 0x14, 0x22, 0x2F, 0x31, 0x34, 0x3C, 0x42, 0x55, 0x5B, 0x7D, 0x85, 0x8C, 0x9B, 0xBD,
    0xD6, 0xE0, 0xE5, 0xFC, 0xFD, 0xFF, 0x200, 0x201, 0x203, 0x204, 0x205, 0x207, 0x208, 0x221, 0x225, 0x27E, 0x41E,
    0x4BC, 0x809, 0xFFFF,
)  # fmt: skip

_ATTRIBUTE = re.compile(rb'\b([\w:.-]{1,50})="([^"]{0,9999})"')  # bounded: damage upon damage must stay quick
_TAG = re.compile(rb"</?\w[^<>]{0,9999}>")
_START = re.compile(rb"<([\w:.-]{1,50})(?:\s[^<>]{0,9999})?>")
_TEXT = re.compile(rb">([^<>]{1,9999})<")
_SPACE = re.compile(rb'xmlns(?::\w{1,50})?="([^"]{0,9999})"')


@dataclass(frozen=True)
class Mutant:
    """A damaged file."""

    content: bytes
    seed: bytes
    """The valid file that it was."""
    how: tuple[str, ...]
    """What was done to it."""
    only_bytes: bool
    """A bad copy: whoever can still read it should find the same cells."""


LARGEST = 20_000_000
"""Bytes: mutations that follow each other would make half a gigabyte, and time is allowed in proportion to size."""


def mutant(kind: str, seed: int, number: int) -> Mutant:
    """The file with this number."""
    die = Random(f"{seed} {kind} {number}")
    valid = die.choice(seeds_of(kind))
    inside = die.random() < 0.6
    chosen = [_chosen(die, _INSIDE[kind] if inside else _OUTSIDE) for _ in range(die.choice((1, 1, 1, 2, 4)))]
    content = valid
    for mutation in chosen:
        changed = mutation(content, die)
        if len(changed) <= LARGEST:
            content = changed
    return Mutant(content, valid, tuple(mutation.__name__.strip("_") for mutation in chosen), not inside)


def _chosen(die: Random, mutations: Sequence[Mutation]) -> Mutation:
    return die.choice(mutations)


# --- bytes


def overwrite(content: bytes, die: Random) -> bytes:
    """Up to 200 bytes here and there."""
    changed = bytearray(content)
    for _ in range(die.randint(1, 200) if content else 0):
        changed[die.randrange(len(content))] = die.randrange(256)
    return bytes(changed)


def overwrite_run(content: bytes, die: Random) -> bytes:
    """Some bytes next to each other, often all the same."""
    at, size = _place(content, die), die.randint(1, 64)
    run = die.choice(_BYTES) * size if die.random() < 0.5 else die.randbytes(size)
    return content[:at] + run + content[at + size :]


def flip_bits(content: bytes, die: Random) -> bytes:
    """A few bits."""
    changed = bytearray(content)
    for _ in range(die.randint(1, 4) if content else 0):
        changed[die.randrange(len(content))] ^= 1 << die.randrange(8)
    return bytes(changed)


def truncate(content: bytes, die: Random) -> bytes:
    """The beginning only, or nearly all."""
    end = len(content) - die.randint(1, 64) if die.random() < 0.3 else _place(content, die)
    return content[: max(end, 0)]


def insert(content: bytes, die: Random) -> bytes:
    """Bytes that do not belong there."""
    at, size = _place(content, die), die.choice((1, 2, 3, 16, 512, 5000))
    return content[:at] + (die.randbytes(size) if die.random() < 0.7 else bytes(size)) + content[at:]


def delete(content: bytes, die: Random) -> bytes:
    """A hole."""
    at = _place(content, die)
    return content[:at] + content[at + die.choice((1, 2, 3, 16, 512)) :]


def repeat(content: bytes, die: Random) -> bytes:
    """A piece twice."""
    at, size = _place(content, die), die.choice((1, 16, 512, 5000))
    return content[: at + size] + content[at:]


def _place(content: bytes, die: Random) -> int:
    return die.randint(0, len(content))


_OUTSIDE: tuple[Mutation, ...] = (overwrite, overwrite_run, flip_bits, truncate, insert, delete, repeat)


# --- members of a container


@lru_cache(maxsize=16)
def _members(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple((info.filename, archive.read(info)) for info in archive.infolist())


def _packed(members: Members, die: Random) -> bytes:
    buffer = io.BytesIO()
    method = die.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # two members of the same name
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def _in_container(change: Callable[[Members, Random], Members]) -> Mutation:
    """The change on the members of a container; a container that is broken already stays as it is."""

    def mutation(content: bytes, die: Random) -> bytes:
        try:
            return _packed(change(list(_members(content)), die), die)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, IndexError, OSError, EOFError):
            return content

    mutation.__name__ = change.__name__
    return mutation


def _in_member(pattern: str, change: Mutation) -> Mutation:
    """The change within one member, of those whose name fits."""
    fits = re.compile(pattern)

    def within(members: Members, die: Random) -> Members:
        index = die.choice([n for n, (name, data) in enumerate(members) if fits.search(name) and data])
        name, data = members[index]
        members[index] = (name, change(data, die))
        return members

    within.__name__ = change.__name__
    return _in_container(within)


def drop_member(members: Members, die: Random) -> Members:
    """One member less."""
    members.pop(die.randrange(len(members)))
    return members


def rename_member(members: Members, die: Random) -> Members:
    """Another name for one member."""
    index = die.randrange(len(members))
    name, data = members[index]
    names = (
        name.upper(), name.replace("/", "\\"), f"/{name}", f"../{name}", f"{name} ", f"é{name}", f"{name}/", name[1:],
        "x", "xl/workbook.bin", "xl/workbook.xml", "content.xml", "xl/worksheets/sheet1.xml",
    )  # fmt: skip
    members[index] = (die.choice(names) or "x", data)
    return members


def duplicate_member(members: Members, die: Random) -> Members:
    """One member twice, the second time perhaps with a capital or other content."""
    name, data = die.choice(members)
    twin = die.choice((name, name.swapcase(), name.replace("1", "2")))
    return [*members, (twin, die.choice((data, data[: len(data) // 2], b"")))]


def empty_member(members: Members, die: Random) -> Members:
    """One member without content."""
    index = die.randrange(len(members))
    members[index] = (members[index][0], b"")
    return members


def swap_members(members: Members, die: Random) -> Members:
    """The content of two members exchanged."""
    one, other = die.randrange(len(members)), die.randrange(len(members))
    (name, data), (other_name, other_data) = members[one], members[other]
    members[one], members[other] = (name, other_data), (other_name, data)
    return members


_CONTAINER = tuple(map(_in_container, (drop_member, rename_member, duplicate_member, empty_member, swap_members)))


# --- XML


def _odd(die: Random) -> bytes:
    return die.choice(die.choice((_ODD_NUMBERS, _ODD_NUMBERS, _ODD_REFERENCES, _ODD_TEXTS))).encode("utf-8", "replace")


def _replaced(content: bytes, span: Span, new: bytes) -> bytes:
    return content[: span[0]] + new + content[span[1] :]


def _found(pattern: re.Pattern[bytes], content: bytes, die: Random) -> re.Match[bytes] | None:
    """One of the places where the pattern stands, most from a random point on."""
    matches = list(pattern.finditer(content))
    return die.choice(matches) if matches else None


def change_attribute(content: bytes, die: Random) -> bytes:
    """An odd value for an attribute."""
    found = _found(_ATTRIBUTE, content, die)
    return _replaced(content, found.span(2), _odd(die)) if found else content


def change_attributes(content: bytes, die: Random) -> bytes:
    """An odd value for every attribute of one name."""
    if not (found := _found(_ATTRIBUTE, content, die)):
        return content
    return re.sub(rb"\b" + re.escape(found[1]) + rb'="[^"]*"', lambda _: found[1] + b'="' + _odd(die) + b'"', content)


def change_reference(content: bytes, die: Random) -> bytes:
    """A cell or row at an odd place."""
    found = _found(
        re.compile(rb'\b(?:r|ref|sqref|min|max|[\w:-]{1,50}-(?:repeated|spanned))="([^"]{0,99})"'), content, die
    )
    if not found:
        return content
    value = found[1]
    odd = _ODD_NUMBERS if value.isdigit() else _ODD_REFERENCES
    return _replaced(content, found.span(1), die.choice(odd).encode())


def drop_attribute(content: bytes, die: Random) -> bytes:
    """One attribute less."""
    found = _found(_ATTRIBUTE, content, die)
    return _replaced(content, found.span(), b"") if found else content


def change_text(content: bytes, die: Random) -> bytes:
    """An odd text between two tags."""
    found = _found(_TEXT, content, die)
    return _replaced(content, found.span(1), _odd(die)) if found else content


def _element(content: bytes, die: Random) -> Span | None:
    """From a start tag up to and with the first end tag of that name."""
    if not (found := _found(_START, content, die)):
        return None
    if found[0].endswith(b"/>"):
        return found.span()
    end = content.find(b"</" + found[1] + b">", found.end())
    return (found.start(), end + len(found[1]) + 3) if end >= 0 else found.span()


def drop_element(content: bytes, die: Random) -> bytes:
    """One element less."""
    span = _element(content, die)
    return _replaced(content, span, b"") if span else content


def duplicate_element(content: bytes, die: Random) -> bytes:
    """One element twice, or many times."""
    if not (span := _element(content, die)):
        return content
    times = die.choice((2, 2, 2, 50, max(2, min(20_000, 400_000 // (span[1] - span[0])))))
    return _replaced(content, span, content[slice(*span)] * times)


def swap_elements(content: bytes, die: Random) -> bytes:
    """Two elements exchanged, or one copied over the other when they overlap."""
    one, other = _element(content, die), _element(content, die)
    if not one or not other:
        return content
    first, last = sorted((one, other))
    swapped = _replaced(content, last, content[slice(*first)])
    return swapped if first[1] > last[0] else _replaced(swapped, first, content[slice(*last)])


def nest_element(content: bytes, die: Random) -> bytes:
    """One element within itself, often many times."""
    if not (found := _found(_START, content, die)) or found[0].endswith(b"/>"):
        return content
    depth = die.choice((1, 10, 1000, 20_000))
    return _replaced(content, found.span(), found[0] * depth)


def drop_tag(content: bytes, die: Random) -> bytes:
    """A tag less: something stays open, or ends twice."""
    found = _found(_TAG, content, die)
    return _replaced(content, found.span(), b"") if found else content


def rename_tag(content: bytes, die: Random) -> bytes:
    """Another name for an element."""
    if not (found := _found(_START, content, die)):
        return content
    new = die.choice(
        (b"x", b"c", b"row", b"f", b"v", b"is", b"table:table", b"table:table-row", b"text:p", b"x:c", b":")
    )
    return content.replace(b"<" + found[1], b"<" + new).replace(b"</" + found[1], b"</" + new)


def change_space(content: bytes, die: Random) -> bytes:
    """Another namespace."""
    found = _found(_SPACE, content, die)
    return _replaced(content, found.span(1), die.choice(_SPACES).encode()) if found else content


def put_prefix(content: bytes, die: Random) -> bytes:
    """All elements with a prefix, declared or not."""
    prefixed = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", content)
    return prefixed.replace(b"xmlns=", b"xmlns:x=", 1) if die.random() < 0.7 else prefixed


def put_entity(content: bytes, die: Random) -> bytes:
    """A declaration of entities, or something else before the first element."""
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    junk = (entity, entity.lower(), b"<!--" + b"x" * 70_000 + b"-->" + entity, b"\n" * 70_000, b"\xef\xbb\xbf", b"x")
    return re.sub(rb"(?=<[A-Za-z])", lambda _: die.choice(junk), content, count=1)


def reencode(content: bytes, die: Random) -> bytes:
    """Another encoding, or only another declaration of it."""
    named = re.sub(
        rb'encoding="[^"]*"', b'encoding="' + die.choice((b"UTF-16", b"utf-7", b"x", b"latin1")) + b'"', content
    )
    text = content.decode("utf-8", "replace")
    return die.choice(
        (named, text.encode("utf-16"), text.encode("utf-16-le"), text.encode("utf-32"), text.encode("cp500"))
    )


def grow(content: bytes, die: Random) -> bytes:
    """A very long text or attribute."""
    found = _found(_TEXT if die.random() < 0.5 else _ATTRIBUTE, content, die)
    if not found:
        return content
    return _replaced(content, found.span(found.lastindex or 0), die.choice((b"1", b"A", b"\xc3\xa9")) * 1_000_000)


_XML: tuple[Mutation, ...] = (
    *(change_attribute,) * 3, change_attributes, *(change_reference,) * 3, drop_attribute, *(change_text,) * 2,
    drop_element, duplicate_element, swap_elements, nest_element, drop_tag, rename_tag, change_space, put_prefix,
    put_entity, reencode, grow, overwrite, truncate,
)  # fmt: skip


# --- records


def _rewritten(payload: bytes, die: Random) -> bytes:
    """Odd numbers in a record."""
    changed = bytearray(payload)
    for _ in range(die.choice((1, 1, 2, 8))):
        pack, odd = die.choice((("<B", (0, 1, 2, 0x7F, 0x80, 0xFF)), ("<H", _WORDS), ("<I", _LONGS), ("<d", _REALS)))
        size = struct.calcsize(pack)
        if size <= len(changed):
            struct.pack_into(pack, changed, die.randint(0, len(changed) - size), die.choice(odd))
    return bytes(changed)


def _shuffled(records: list[bytes], die: Random) -> list[bytes]:
    """A record dropped, repeated, moved or exchanged."""
    one, other = die.randrange(len(records)), die.randrange(len(records))
    match die.randrange(4):
        case 0:
            del records[one]
        case 1:
            records[one:one] = [records[one]] * die.choice((1, 1, 100, 5000))
        case 2:
            records.insert(other, records.pop(one))
        case _:
            records[one], records[other] = records[other], records[one]
    return records


# BIFF12: records of xlsb, in members of their own


def _records_of_xlsb(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Begin, begin of the payload and end of every record."""
    at = 0
    while at < len(data):
        begin = at
        at += 2 if data[at] > 127 else 1
        size, shift = 0, 0
        while at < len(data):
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 128 or shift > 21:
                break
        yield begin, at, min(at + size, len(data))
        at += size


def change_record(data: bytes, die: Random) -> bytes:
    """Odd numbers in one record, or in all of one kind."""
    records = list(_records_of_xlsb(data))
    chosen = die.choice(records)
    kind = data[chosen[0]]
    alike = [record for record in records if data[record[0]] == kind] if die.random() < 0.2 else [chosen]
    for _, start, end in alike:
        data = data[:start] + _rewritten(data[start:end], die) + data[end:]
    return data


def change_head(data: bytes, die: Random) -> bytes:
    """Another kind or size of one record."""
    begin, start, _ = die.choice(list(_records_of_xlsb(data)))
    at = die.randrange(begin, start)
    return data[:at] + bytes([die.choice((0, 1, 7, 0x7F, 0x80, 0xFF, die.randrange(256)))]) + data[at + 1 :]


def cut_record(data: bytes, die: Random) -> bytes:
    """A payload that is shorter than its record should be, with the right size."""
    begin, start, end = die.choice(list(_records_of_xlsb(data)))
    kept = die.randint(0, end - start)
    head = data[begin : begin + (2 if data[begin] > 127 else 1)]
    return data[:begin] + head + bytes([kept & 0x7F]) + data[start : start + (kept & 0x7F)] + data[end:]


def shuffle_records(data: bytes, die: Random) -> bytes:
    """Records in another order or number."""
    return b"".join(_shuffled([data[begin:end] for begin, _, end in _records_of_xlsb(data)], die))


_BIFF12: tuple[Mutation, ...] = (
    *(change_record,) * 4, change_head, cut_record, *(shuffle_records,) * 2, overwrite, overwrite_run, truncate,
)  # fmt: skip


# BIFF8: records of xls, in the stream Workbook


def _in_stream(change: Callable[[bytes, Random], bytes]) -> Mutation:
    """The change within the stream Workbook, which xlwt writes in one piece behind the header of 512 bytes."""

    def mutation(content: bytes, die: Random) -> bytes:
        spans = list(_records_of_xls(content))
        if not spans:
            return content
        end = spans[-1][2]
        stream = change(content[512:end], die)[: end - 512]
        return content[:512] + stream.ljust(end - 512, b"\0") + content[end:]

    mutation.__name__ = change.__name__
    return mutation


def _records_of_xls(content: bytes, at: int = 512) -> Iterator[tuple[int, int, int]]:
    """Begin, begin of the payload and end of every record, up to the zeros at the end."""
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        end = at + 4 + size
        if kind == 0 or end > len(content):
            return
        yield at, at + 4, end
        at = end


def change_xls_record(stream: bytes, die: Random) -> bytes:
    """Odd numbers in one record, or in all of one kind."""
    records = list(_records_of_xls(stream, 0))
    chosen = die.choice(records)
    alike = [r for r in records if stream[r[0] : r[0] + 2] == stream[chosen[0] : chosen[0] + 2]]
    changed = bytearray(stream)
    for _, start, end in alike if die.random() < 0.2 else [chosen]:
        changed[start:end] = _rewritten(stream[start:end], die)
    return bytes(changed)


def change_xls_kind(stream: bytes, die: Random) -> bytes:
    """Another kind of record."""
    begin, _, _ = die.choice(list(_records_of_xls(stream, 0)))
    return stream[:begin] + struct.pack("<H", die.choice(_RECORDS)) + stream[begin + 2 :]


def change_xls_size(stream: bytes, die: Random) -> bytes:
    """Another size of record, with or without the payload to go with it."""
    begin, start, end = die.choice(list(_records_of_xls(stream, 0)))
    size = max(0, die.choice((0, 1, 2, 4, end - start - 1, end - start + 1, 8224, 0x7FFF, 0xFFFF)))
    payload = stream[start:end] if die.random() < 0.5 else stream[start:end].ljust(size, b"\0")[:size]
    return stream[:begin] + stream[begin : begin + 2] + struct.pack("<H", size) + payload + stream[end:]


def shuffle_xls_records(stream: bytes, die: Random) -> bytes:
    """Records in another order or number."""
    return b"".join(_shuffled([stream[begin:end] for begin, _, end in _records_of_xls(stream, 0)], die))


def change_ole(content: bytes, die: Random) -> bytes:
    """Odd numbers in the header, or in the directory and the tables behind the stream."""
    spans = list(_records_of_xls(content))
    behind = spans[-1][2] if spans else 512
    start, end = (0, 512) if die.random() < 0.5 else (min(behind, len(content)), len(content))
    return content[:start] + _rewritten(content[start:end], die) + content[end:]


# --- text


def _in_text(change: Callable[[str, Random], str]) -> Mutation:
    """The change on the text, in the encoding that the file has."""

    def mutation(content: bytes, die: Random) -> bytes:
        encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            encoding, text = "latin1", content.decode("latin1")
        return change(text, die).encode(encoding, "replace")

    mutation.__name__ = change.__name__
    return mutation


def put_text(text: str, die: Random) -> str:
    """Something odd at some places."""
    odd = ('"', ";", ",", "\t", "|", "\n", "\r", "\r\n", "\0", "\x1a", "\ufeff", "'", "=", "\\", "\u2028", "\x85",
           "\x0c", '"""', ";;;;", "\n\n\n", "sep=,\n", "<table>", "  ", *_ODD_NUMBERS)  # fmt: skip
    for _ in range(die.choice((1, 1, 2, 20))):
        at = die.randint(0, len(text))
        text = text[:at] + die.choice(odd) + text[at:]
    return text


def swap_signs(text: str, die: Random) -> str:
    """One sign for another, everywhere or only from some place on."""
    signs = ";,\t|\n\r\" '.-"
    at, old, new = die.choice((0, die.randint(0, len(text)))), die.choice(signs), die.choice(signs)
    return text[:at] + text[at:].replace(old, new)


def shuffle_lines(text: str, die: Random) -> str:
    """Lines dropped, repeated or moved."""
    lines = [line.encode("utf-8", "replace") for line in text.splitlines(keepends=True)]
    return b"".join(_shuffled(lines, die)).decode("utf-8", "replace") if lines else text


def grow_text(text: str, die: Random) -> str:
    """A very long field, line or file."""
    at = die.randint(0, len(text))
    long = (
        "x" * 1_000_000,
        ";" * 100_000,
        "\n" * 200_000,
        '"' * 100_001,
        '"' + "x\n" * 100_000,
        "1;2\n" * 100_000,
        "\0" * 100_000,
    )
    return text[:at] + die.choice(long) + text[at:]


def reencode_text(text: str, die: Random) -> str:
    """Text that was read in the wrong encoding."""
    return text.encode("utf-8", "replace").decode(die.choice(("latin1", "cp850", "utf-16-le")), "replace")


_TEXTS = tuple(map(_in_text, (put_text, put_text, swap_signs, shuffle_lines, grow_text, reencode_text)))
_SHEET, _MARKUP = r"sheet\d*\.xml$|content\.xml$", r"\.(xml|rels)$"
_INSIDE: Mapping[str, tuple[Mutation, ...]] = {
    "xlsx": (*_CONTAINER, *(_in_member(_SHEET, m) for m in _XML), *(_in_member(_MARKUP, m) for m in _XML)),
    "ods": (*_CONTAINER, *(_in_member(_SHEET, m) for m in _XML)),
    "xlsb": (
        *_CONTAINER, *(_in_member(r"sheet\d*\.bin$", m) for m in _BIFF12), *(_in_member(r"\.bin$", m) for m in _BIFF12),
        *(_in_member(r"\.rels$", m) for m in (change_attribute, drop_element, swap_elements, overwrite)),
    ),
    "xls": (
        *map(_in_stream, (change_xls_record,) * 4), *map(_in_stream, (change_xls_kind, change_xls_size)),
        *map(_in_stream, (shuffle_xls_records, overwrite, overwrite_run)), change_ole,
    ),
    "csv": _TEXTS,
}  # fmt: skip
