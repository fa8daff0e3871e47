"""Small valid deliveries of every kind, from which the fuzzer makes damaged ones: `seeds_of("xlsx")`."""

from __future__ import annotations

import csv
import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.helpers import Cell, Rows, clienten, trajecten, write_ods
from tests.unit.xlsb import cell_of, cell_record, record, row_of, sheet_of_records, text_of, xlsb_of

_ZERO = date(1899, 12, 30)
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_STAMP = (2020, 1, 1, 0, 0, 0)
_NOT_AVAILABLE = 0x2A
_DAY, _ZEROS = 1, 2
_FORMATS = ("dd-mm-yyyy", "000000000", "0.0%")


@cache
def seeds_of(kind: str) -> tuple[bytes, ...]:
    """The valid files of this kind: xlsx, xlsb, xls, ods or csv."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # xlwt is old
        return tuple(make() for make in _SEEDS[kind])


def _persons() -> Rows:
    texts = ["", "belt terug", "é € ü", 'zei "ja"; later', "twee\nregels", "=1+1", "NA"]
    return clienten(*(
        {
            "geboortedatum": date(1970 + n, 1 + n % 12, 1 + n), "trede": 1 + n % 6,
            "datum_vestiging": date(2008 + n, 5, 9) if n % 5 else None,
            "inkomsten_arbeid": "ja" if n % 3 else "nee", "bedrag": 1000.5 + n / 4, "opmerking": texts[n % len(texts)],
        } for n in range(14)
    ))  # fmt: skip


def _courses() -> Rows:
    kinds = ("taal", "vrijwilligerswerk", "sollicitatietraining")
    return trajecten(*({"clientnummer": f"{n:04}", "soort": kinds[n % 3]} for n in range(1, 11)))


def _sheets() -> dict[str, Rows]:
    return {
        "Toelichting": [["Export uit het systeem"], [None], ["peildatum", date(2019, 12, 31)]],
        "Cliënten": _persons(),
        "Trajecten": _courses(),
    }


def _xlsx(options: Mapping[str, Any], oddities: bool) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, **options}) as book:
        book.set_properties({"created": datetime(2020, 1, 1)})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in _sheets().items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell, day if isinstance(cell, date) else None)
                if oddities and row % 9 == 5:
                    sheet.set_row(row, None, None, {"hidden": True})
            if oddities:
                sheet.write_formula(1, 20, "=NA()", None, "#N/A")
                sheet.write_formula(2, 20, "=1+1", None, 2)
                sheet.write_number(3, 20, 12345678, book.add_format({"num_format": "000000000"}))
                sheet.write_boolean(4, 20, True)
                sheet.merge_range(5, 20, 7, 21, "samengevoegd")
                sheet.set_column(22, 24, None, None, {"hidden": True})
                sheet.autofilter(0, 0, len(rows) - 1, 3)
        if oddities:
            sheet.write_string(20_000, 16_383, "ver weg")  # further down costs a second per file
    return _restamped(buffer.getvalue())


def _xls(oddities: bool) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    day, zeros = (xlwt.easyxf(num_format_str=code) for code in _FORMATS[:2])
    for name, rows in _sheets().items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
        if oddities:
            sheet.row(1).set_cell_error(20, _NOT_AVAILABLE)
            sheet.write(2, 20, xlwt.Formula("1+1"))
            sheet.write(3, 20, 12345678, zeros)
            sheet.row(4).set_cell_boolean(20, True)
            sheet.write_merge(5, 7, 20, 21, "samengevoegd")
            sheet.row(6).hidden = True
            sheet.col(22).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xlsb(oddities: bool) -> bytes:
    strings: list[str] = []
    end = b"\0" * 6
    after = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 5, 7, 20, 21)) + record(178)
    before = record(390) + record(60, struct.pack("<IIIIH", 22, 24, 0, 0, 1)) + record(391)
    sheets = {}
    for name, rows in _sheets().items():
        records = []
        for row, cells in enumerate(rows):
            records.append(row_of(row, hidden=oddities and row % 9 == 5))
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and oddities:
                    strings.append(cell)
                    records.append(cell_record(7, column, struct.pack("<I", len(strings) - 1)))
                elif isinstance(cell, date):
                    records.append(cell_of(column, float((cell - _ZERO).days), _DAY))
                elif isinstance(cell, int) and oddities:
                    records.append(cell_record(2, column, struct.pack("<i", cell << 2 | 2)))
                elif cell is not None:
                    records.append(cell_of(column, cell))
            if oddities:
                odd = (cell_record(3, 20, b"\x2a"), cell_record(8, 20, text_of("formule") + end),
                       cell_record(9, 20, struct.pack("<d", 2.5) + end), cell_record(11, 20, b"\x17" + end),
                       cell_of(20, 12345678.0, _ZEROS), cell_record(62, 20, b"\0" + text_of("rijk")))  # fmt: skip
                records.append(odd[row % len(odd)])
        around = {"before": before, "after": after} if oddities else {}
        sheets[name] = sheet_of_records(records, len(rows), max(map(len, rows)), **around)
    hidden = ["Toelichting"] if oddities else []
    return _restamped(xlsb_of(sheets, hidden=hidden, formats=_FORMATS, strings=strings))


def _ods_plain() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "zaad.ods"
        sheets = {name: [[_short(cell) for cell in row] for row in rows] for name, rows in _sheets().items()}
        return write_ods(path, sheets).read_bytes()


def _short(cell: Cell) -> Cell:
    return cell.replace("\n", " ") if isinstance(cell, str) else cell


def _ods_odd() -> bytes:
    """Every element and attribute that the exact reader knows."""
    spaces = {name: f"{_NAMES}:{name}:1.0" for name in ("office", "table", "text", "style")}
    spaces["calcext"] = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    tables = "".join(_ods_table(name, rows) for name, rows in _sheets().items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {declared} office:version="1.2">'
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0"/>')
        archive.writestr("content.xml", content)
    return _restamped(buffer.getvalue())


def _ods_table(name: str, rows: Rows) -> str:
    odd = (
        '<table:table-cell table:formula="of:=NA()" calcext:value-type="error" office:value-type="string">'
        "<text:p>#N/A</text:p></table:table-cell>",
        '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string">'
        "<text:p>a<text:s text:c='3'/>b<text:tab/></text:p><text:p>c</text:p></table:table-cell>"
        "<table:covered-table-cell/>",
        '<table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="7">'
        "<text:p>007</text:p></table:table-cell>",
        '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"><text:p>08:30</text:p>'
        "<office:annotation><text:p>nota</text:p></office:annotation></table:table-cell>",
        '<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12,5%</text:p>'
        '</table:table-cell><table:table-cell table:formula="of:=1"/>',
    )
    shown = []
    for number, row in enumerate(rows):
        hidden = ' table:visibility="collapse"' if number % 9 == 5 else ""
        cells = "".join(map(_ods_cell, row)) + '<table:table-cell table:number-columns-repeated="5"/>'
        shown.append(f"<table:table-row{hidden}>{cells}{odd[number % len(odd)]}</table:table-row>")
    return (
        f'<table:table table:name="{name}"><table:table-column table:number-columns-repeated="4"/>'
        f'<table:table-column table:visibility="collapse"/>{"".join(shown)}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell}"'
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def _csv(encoding: str, delimiter: str, quoting: Any = csv.QUOTE_MINIMAL, above: str = "", end: str = "\r\n") -> bytes:
    text = io.StringIO(newline="")
    text.write(above)
    rows = [[f"{cell:%d-%m-%Y}" if isinstance(cell, date) else cell for cell in row] for row in _persons()]
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def _restamped(content: bytes) -> bytes:
    """The same container with a fixed date, so that every run fuzzes the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(zipfile.ZipInfo(name, _STAMP), source.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


_SEEDS: Mapping[str, Sequence[Callable[[], bytes]]] = {
    "xlsx": (
        lambda: _xlsx({}, oddities=False),
        lambda: _xlsx({"constant_memory": True}, oddities=False),  # texts within the sheet
        lambda: _xlsx({}, oddities=True),
    ),
    "xlsb": (lambda: _xlsb(oddities=False), lambda: _xlsb(oddities=True)),
    "xls": (lambda: _xls(oddities=False), lambda: _xls(oddities=True)),
    "ods": (_ods_plain, _ods_odd),
    "csv": (
        lambda: _csv("utf-8-sig", ";"),
        lambda: _csv("utf-8", ",", csv.QUOTE_ALL, end="\n"),
        lambda: _csv("utf-16", "\t"),
        lambda: _csv("cp1252", ";", above="sep=;\r\n"),
        lambda: _csv("utf-8", "|", csv.QUOTE_NONNUMERIC),
    ),
}
KINDS = tuple(_SEEDS)
