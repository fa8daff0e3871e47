"""Csv files: the cells that come out are the ones that went in, or the file is refused with the number of a line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integratie_eval.errors import Refused
from integratie_eval.read.formats.csv_text import read_csv
from integratie_eval.read.grid import MOST_COLUMNS, Grid
from integratie_eval.refusals import load_refusals
from tests.unit.parts import rows_of

HEAD = ["nummer", "naam", "begin", "bedrag", "ja_nee"]
ROWS = [[f"{n:04d}", f"Jansen {n}", f"{n}-11-2019", f"{n},5", "nee"] for n in range(1, 11)]
TABLE = [HEAD, *ROWS]


def written(rows: Sequence[Sequence[str]], delimiter: str = ";", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL,
            quote: str = '"') -> str:  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting, quotechar=quote).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def grid_of(content: str | bytes) -> Grid:
    (grid,) = read_csv(content if isinstance(content, bytes) else content.encode())
    return grid


def cells(content: str | bytes) -> dict[int, list[str | None]]:
    return rows_of(grid_of(content))


def numbered(rows: Sequence[Sequence[str]], first: int = 0) -> dict[int, list[str | None]]:
    """The rows as they come back: without empty cells at the end, and without blank rows."""
    kept: dict[int, list[str | None]] = {}
    for number, row in enumerate(rows, first):
        texts = [text or None for text in row]
        while texts and texts[-1] is None:
            texts.pop()
        if texts:
            kept[number] = texts
    return kept


def refusal(content: str | bytes) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        read_csv(content if isinstance(content, bytes) else content.encode())
    return caught.value.refusal, caught.value.where.get("regel")


def changed(line: int, change: Callable[[str], str], rows: Sequence[Sequence[str]] = TABLE) -> str:
    """The table with one line of the file changed; line 1 is the header."""
    lines = written(rows).splitlines(keepends=True)
    lines[line - 1] = change(lines[line - 1])
    return "".join(lines)


# --- D01, D03, D04, D07, D09, D10: how lines are cut


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_on_which_the_lines_agree(delimiter: str) -> None:
    assert cells(written(TABLE, delimiter)) == numbered(TABLE)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_decimal_commas_in_nearly_every_column_do_not_win(delimiter: str) -> None:
    rows = [["nummer", "bedrag", "uren"], *([str(n), "1,5", "2,25"] for n in range(10))]
    assert cells(written(rows, delimiter, quoting=csv.QUOTE_NONE)) == numbered(rows)


def test_titles_with_commas_above_a_table_do_not_win() -> None:
    titles = "Overzicht cliënten, kwartaal 4\nGemeente Ergens, afdeling Werk\nPeildatum;31-12-2019\n\n"
    rows = cells(titles + written(TABLE))
    assert {number: row for number, row in rows.items() if number >= 4} == numbered(TABLE, 4)
    assert rows[2] == ["Peildatum", "31-12-2019"]


def test_a_long_explanation_above_a_table_does_not_win() -> None:
    lines = [f"Regel {n} van de uitleg, met komma's{', en meer' * (n % 4)}.\n" for n in range(60)]
    rows = cells("".join(lines) + written(TABLE))
    assert {number: row for number, row in rows.items() if number >= 60} == numbered(TABLE, 60)


def test_prose_is_no_table() -> None:
    text = (
        "Beste collega,\n\nHierbij, zoals beloofd, de cijfers.\nGroet, Jan\nVan het team\nWerk en Inkomen\nin Ergens\n"
    )
    assert all(len(row) == 1 for row in cells(text).values())


def test_one_column_is_one_column() -> None:
    assert cells("naam\nJansen; Piet\nDe Vries\nBakker\nSmit\n") == numbered(
        [["naam"], ["Jansen; Piet"], ["De Vries"], ["Bakker"], ["Smit"]]
    )


def test_headings_without_rows_are_cut_too() -> None:
    assert cells(";".join(HEAD)) == numbered([HEAD])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("first", ["sep=|\r\n", "SEP=|\n", '"sep=|"\r\n', "sep=||||\r\n"])
def test_a_line_that_names_the_delimiter_is_a_blank_row(first: str, mark: str) -> None:
    rows = [["a;b", "c"], ["1;2", "3"]]
    assert cells(mark + first + written(rows, "|")) == numbered(rows, 1)


def test_lines_of_another_width_do_not_hide_the_delimiter() -> None:
    rows = [["nummer", "bedrag", "uren"], ["1", "1,5", "2"], ["2", "2,5", "3"]]
    assert refusal(changed(3, lambda line: line.replace("\r\n", ";;\r\n"), rows)) == ("csv_velden_te_veel", 3)


def test_a_named_delimiter_that_cuts_nothing_is_not_believed() -> None:
    assert cells("sep=,\r\n" + "".join(f"{n};x;y\r\n" for n in range(5))) == numbered(
        [[str(n), "x", "y"] for n in range(5)], 1
    )


def test_a_quoted_cell_may_hold_line_ends_quotes_and_delimiters() -> None:
    rows = [HEAD, ["1", 'hij zei "ja"', "a;b", "twee\nregels", "x"], ["2", "\r\n;\r\n", '"', "", "y"], *ROWS]
    assert cells(written(rows)) == numbered(rows)


def test_a_quote_inside_a_cell_is_a_character() -> None:
    assert cells('a;b\n1;buis 5" dik\n2;x"y"\n') == numbered([["a", "b"], ["1", 'buis 5" dik'], ["2", 'x"y"']])


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "end", "\x1a", "end\x1a"])
def test_every_line_end_and_every_end_of_the_file(end: str, last: str) -> None:
    text = written(TABLE, end=end).removesuffix(end) + last.replace("end", end)
    assert cells(text) == numbered(TABLE)


def test_mixed_line_ends() -> None:
    assert cells(written(TABLE[:4], end="\n") + written(TABLE[4:])) == numbered(TABLE)


def test_delimiters_without_cells_cost_and_lose_nothing() -> None:
    text = "".join(f"{';'.join(row)};;;;\r\n" for row in TABLE) + ";;;;;;;;\r\n" * 300 + ";\r\n" * 200
    grid = grid_of(text)
    assert rows_of(grid) == numbered(TABLE)
    assert (grid.height, grid.width) == (len(TABLE), len(HEAD))


@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_every_cell_between_quotes(quoting: int, quote: str) -> None:
    rows = [*TABLE, ["11", "a;b", "x", "1,5", "nee"]]
    assert cells(written(rows, quoting=quoting, quote=quote)) == numbered(rows)


def test_an_apostrophe_before_a_number_is_no_quote() -> None:
    rows = [["nummer", "naam"], ["'0001", "'s-Gravenhage"], ["'0002", "x'"]]
    assert cells(written(rows)) == numbered(rows)


def test_headings_between_quotes_and_cells_not() -> None:
    assert cells(written([HEAD], quoting=csv.QUOTE_ALL) + written(ROWS)) == numbered(TABLE)


@pytest.mark.parametrize("delimiter", [";", ","])
def test_spaces_before_a_quote_are_left_out(delimiter: str) -> None:
    text = "".join(f"{delimiter} ".join(f'"{cell}"' for cell in row) + "\n" for row in TABLE)
    assert cells(text) == numbered(TABLE)


# --- D02: characters

ACCENTS = [HEAD, *([str(n), "Zoë Çelik", "crèche", "€ 5", "ja"] for n in range(5))]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_characters_survive_every_encoding(codec: str) -> None:
    assert cells(written(ACCENTS).encode(codec)) == numbered(ACCENTS)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_tells_the_order_of_the_bytes(mark: bytes, codec: str) -> None:
    assert cells(mark + written(ACCENTS).encode(codec)) == numbered(ACCENTS)


@pytest.mark.parametrize(
    "text", ["foto’s", "2019–2020", "“citaat”", "Mišo Žižek", "ja…", "ÇAĞ".replace("Ğ", "G"), "5‰"]
)
def test_signs_of_windows_are_no_reason_to_refuse(text: str) -> None:
    rows = [HEAD, ["1", text, "", "", "x"]]
    assert cells(written(rows).encode("cp1252")) == numbered(rows)


@pytest.mark.parametrize("codec", ["mac-roman", "cp850", "cp437"])
@pytest.mark.parametrize("name", ["cliënten", "René", "geïnd", "Zoé en Noé"])
def test_letters_of_a_mac_or_of_dos_are_refused(codec: str, name: str) -> None:
    assert refusal(written([HEAD, ["1", name, "", "", ""]]).encode(codec)) == ("csv_tekens_onleesbaar", None)


@pytest.mark.parametrize("byte", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_bytes_that_windows_does_not_know_are_refused(byte: bytes) -> None:
    assert refusal(b"a;b\n1;x" + byte + b"\n")[0] == "csv_tekens_onleesbaar"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_cut_off_inside_a_character_is_refused(codec: str) -> None:
    whole = (written(ACCENTS) + "ë").encode(codec)
    assert refusal(whole[:-1])[0] == "csv_tekens_onleesbaar"


@pytest.mark.parametrize(
    "content",
    [b"", b"\r\n\r\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n", " \n;;\n".encode("utf-16"), b"\x1a", b"\t\n"],
)
def test_nothing_but_space_is_empty(content: bytes) -> None:
    assert refusal(content) == ("bestand_leeg", None)


# --- D05, D08, D12: quotes, zeros and lines without end


def test_a_quote_that_is_never_closed_is_refused_by_its_line() -> None:
    assert refusal(changed(4, lambda line: line.replace("Jan", '"Jan'))) == ("csv_aanhalingsteken", 4)


def test_the_line_is_that_of_the_file_also_after_cells_of_several_lines() -> None:
    rows = [HEAD, ["1", "een\ntwee\ndrie", "", "", "x"], *ROWS]
    assert refusal(changed(7, lambda line: line.replace("Jan", '"Jan'), rows)) == ("csv_aanhalingsteken", 7)


@pytest.mark.parametrize("before", [0, 30_000])
def test_a_quote_that_a_later_quote_closes_is_refused(before: int) -> None:
    rows = [HEAD, *(ROWS[0] for _ in range(before)), *ROWS]
    lines = written(rows).splitlines(keepends=True)
    for closing in (1, 2, 4):
        broken = list(lines)
        broken[before + 3] = lines[before + 3].replace("Jan", '"Jan')
        broken[before + 3 + closing] = lines[before + 3 + closing].replace(f" {3 + closing};", '";', 1)
        assert broken[before + 3 + closing] != lines[before + 3 + closing]
        assert refusal("".join(broken)) == ("csv_aanhalingsteken", before + 4)


def test_a_quote_that_another_column_closes_is_refused() -> None:
    lines = written(TABLE).splitlines(keepends=True)
    lines[3] = lines[3].replace("Jan", '"Jan')
    lines[5] = lines[5].replace("-2019;", '";')
    assert refusal("".join(lines))[1] == 4


def test_text_after_a_quote_is_refused() -> None:
    assert refusal(changed(5, lambda line: line.replace("Jansen", '"De Brug"'))) == ("csv_aanhalingsteken", 5)


def test_remarks_of_several_lines_are_no_swallowed_rows() -> None:
    remark = "gesproken op maandag;\nkomt terug, zie brief; en\nmail; telefoon; bezoek"
    rows = [HEAD, *([str(n), remark, "1-1-2019", "1,5", "ja"] for n in range(9))]
    assert cells(written(rows)) == numbered(rows)
    assert cells(written(rows, ",")) == numbered(rows)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_zeros_in_the_text_are_refused_by_line(codec: str) -> None:
    text = changed(6, lambda line: line.replace("Jansen", "Jan\0sen é"))
    assert refusal(text.encode(codec)) == ("csv_nul", 6)


def test_a_file_that_ends_in_zeros_is_refused() -> None:
    assert refusal(written(TABLE).encode() + bytes(4096)) == ("csv_nul", 12)


@pytest.mark.parametrize("filling", ["x", "x;", "é", ";", '"'])
def test_a_line_of_50_mb_is_refused_by_line(filling: str) -> None:
    line = filling * (50_000_000 // len(filling))
    found = refusal("a;b;c\n1;2;3\n" + line + "\n4;5;6\n")
    assert found == ("csv_regel_te_lang", 3)


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_that_no_reader_takes_is_refused_by_line(quote: str) -> None:
    text = changed(3, lambda line: line.replace("Jansen 2", f"{quote}{'x' * 200_000}{quote}"))
    assert refusal(text) == ("csv_regel_te_lang", 3)


def test_a_quote_that_swallows_too_much_is_no_long_line() -> None:
    rows = [HEAD, *(ROWS[0] for _ in range(10_000))]
    assert refusal(changed(4, lambda line: line.replace("Jan", '"Jan'), rows)) == ("csv_aanhalingsteken", 4)


# --- D06: the number of fields


@pytest.mark.parametrize("line", [2, 5, 11])
@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace("Jansen", "Jansen; de"),
        lambda line: line.replace("\r\n", ";teveel\r\n"),
        lambda line: line.replace("Jansen", "Jansen; de").replace("nee", ""),
    ],
    ids=["inside", "at the end", "last one empty"],
)
def test_a_field_too_many_is_refused_by_line(line: int, change: Callable[[str], str]) -> None:
    assert refusal(changed(line, change)) == ("csv_velden_te_veel", line)


@pytest.mark.parametrize("line", [2, 5, 11])
@pytest.mark.parametrize("rows", [TABLE, [*TABLE[:8], [*ROWS[7][:2], "", *ROWS[7][3:]], *TABLE[9:]]])
def test_a_field_too_few_is_refused_by_line(line: int, rows: list[list[str]]) -> None:
    text = changed(line, lambda text: text.replace(";nee", "").replace(";Jansen", "; de"), rows)
    assert refusal(text) == ("csv_velden_te_weinig", line)


def test_a_line_end_without_quotes_is_refused() -> None:
    text = changed(5, lambda line: line.replace("Jansen", "Jan\r\nsen"))
    assert refusal(text) == ("csv_velden_te_weinig", 5)


def test_line_ends_without_quotes_in_many_rows_are_refused() -> None:
    text = written([HEAD, *([n, m, "", "1,5", "nee"] for n, m, *_ in ROWS)]).replace("sen 7", "s\r\nen 7")
    text = text.replace("sen 3", "s\r\nen 3")
    assert refusal(text) == ("csv_velden_te_weinig", 4)


@pytest.mark.parametrize("above", [[], [["Overzicht"], []]])
def test_headings_longer_than_the_lines_that_are_looked_at_count_too(above: list[list[str]]) -> None:
    head = [f"Vraag {n}: {'lang ' * 60}" for n in range(1_000)]
    rows = [*above, head, *([str(n), *"x" * 999] for n in range(3))]
    assert cells(written(rows)) == numbered(rows)
    assert refusal(written([*rows, ["4", "x", "x"], rows[-1]])) == ("csv_velden_te_weinig", len(rows) + 1)


def test_headings_without_one_for_the_row_names_are_refused() -> None:
    assert refusal(written([HEAD[1:], *ROWS])) == ("csv_velden_te_veel", 2)


def test_a_delimiter_behind_every_row_but_the_headings() -> None:
    assert cells(written([HEAD, *([*row, ""] for row in ROWS)])) == numbered(TABLE)
    assert cells(written([[*HEAD, ""], *ROWS])) == numbered(TABLE)
    assert refusal(written([HEAD, *([*row, ""] for row in ROWS), ["11", "a", "b", "c", "d", "e"]])) == (
        "csv_velden_te_veel",
        12,
    )


def test_empty_fields_that_the_writer_leaves_out_are_empty_cells() -> None:
    rows = [HEAD, *(row[: 4 if n % 3 else 5] for n, row in enumerate(ROWS)), ["11", "", "x", "", "y"]]
    assert cells(written(rows)) == numbered(rows)


def test_a_writer_that_leaves_out_every_empty_field_is_refused() -> None:
    rows = [HEAD, *(row if n % 3 else [row[0], *row[2:]] for n, row in enumerate(ROWS))]
    assert refusal(written(rows))[0] == "csv_velden_te_weinig"


def test_rows_of_which_some_end_empty_are_not_left_out() -> None:
    rows = [HEAD, *(row[: 3 if n % 3 else 5] for n, row in enumerate(ROWS)), ["11", "", "x", "y", ""]]
    assert refusal(written(rows)) == ("csv_velden_te_weinig", 3)


def test_excel_leaves_out_the_last_columns_of_sixteen_empty_rows() -> None:
    row, short = ["1", "", "x", "", "ja"], ["2", "x", "y"]
    rows = [HEAD, *[row] * 14, [*row[:4], ""], *[short] * 16, *[row] * 16, *[short] * 4]
    assert cells(written(rows)) == numbered(rows)
    shifted = [*rows[:20], ["2", "x"], *rows[21:]]
    assert refusal(written(shifted)) == ("csv_velden_te_weinig", 17)


@pytest.mark.parametrize(
    "below",
    [
        "Totaal;10\r\n",
        "\r\nBron: de gemeente\r\n",
        "* voorlopig;\r\n",
        ";;;;;;;;Totaal\r\n",
        "Totaal;10\r\nBron: X;Y\r\n",
    ],
)
def test_totals_and_footnotes_are_fine(below: str) -> None:
    found = cells(written(TABLE) + below)
    assert {number: found[number] for number in range(len(TABLE))} == numbered(TABLE)
    assert len(found) > len(TABLE)


@pytest.mark.parametrize("kept", ["0009;Jans", "0009;Jansen 9;9-11"])
def test_a_last_row_that_is_cut_off_is_refused(kept: str) -> None:
    text = written(TABLE)
    assert refusal(text[: text.index(kept) + len(kept)]) == ("csv_velden_te_weinig", 10)


def test_titles_above_the_headings_are_fine_whatever_their_fields() -> None:
    titles = [["Overzicht"], ["Gemeente", "Ergens"], [], ["Cliënt", "", "", "Inkomen"]]
    assert cells(written([*titles, *TABLE])) == numbered([*titles, *TABLE])


def test_three_columns_under_a_title_of_two_fields() -> None:
    rows = [
        ["Peildatum", "31-12-2019"],
        ["aanbieder", "datum", "aantal"],
        *(["Werkt", "5-11-2019", "12"] for _ in "abc"),
    ]
    assert cells(written(rows)) == numbered(rows)


# --- D11 and the width of a sheet


def test_a_million_lines_keep_their_number_and_order() -> None:
    lines = "".join(f"{number};U{number};x\r\n" for number in range(70_000))
    grid = grid_of("nummer;sleutel;naam\r\n" + lines)
    assert grid.height == 70_001
    assert len(grid.parts) > 1
    found = rows_of(grid)
    assert all(found[number + 1] == [str(number), f"U{number}", "x"] for number in range(70_000))


def test_blank_lines_between_blocks_keep_the_row_numbers() -> None:
    text = written(TABLE) + "\r\n" * 50_000 + "11;x;y;z;w\r\n"
    found = cells(text)
    assert found.pop(len(TABLE) + 50_000) == ["11", "x", "y", "z", "w"]
    assert found == numbered(TABLE)


def test_cells_far_to_the_right_are_stray() -> None:
    grid = grid_of(written([[*row, *[""] * 16_379] for row in TABLE[:-1]]) + ";" * 16_383 + "x\r\n")
    assert (grid.width, grid.facts.stray, grid.facts.stray_at) == (len(HEAD), 1, "XFD11")
    assert grid.width <= MOST_COLUMNS


# --- any table

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\x1a\ufeff", codec="utf-8")
"""Without a bare \\r: the csv module of Python 3.11 writes it without quotes."""
LATIN = st.sampled_from("abcz019 éëïç€;,|\t\"'\n-./’")
KEYS = st.integers(0, 99_999).map("{:05d}".format)


def tables(characters: st.SearchStrategy[str], fewest: int = 1) -> st.SearchStrategy[list[list[str]]]:
    """Tables with headings, a key in the first column and any text in the others."""
    cell = st.text(characters, max_size=12)

    def of(width: int) -> st.SearchStrategy[list[list[str]]]:
        head = [f"kolom_{number}" for number in range(width)]
        row = st.tuples(KEYS, *[cell] * (width - 1)).map(list)
        return st.lists(row, min_size=fewest, max_size=20).map(lambda rows: [head, *rows])

    return st.integers(3, 6).flatmap(of)


FORMS = st.tuples(
    st.sampled_from(";,\t|"), st.sampled_from(["\r\n", "\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
)


@given(tables(LETTERS), FORMS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_table_comes_back(rows: list[list[str]], form: tuple[str, str, int], codec: str) -> None:
    delimiter, end, quoting = form
    assert cells(written(rows, delimiter, end, quoting).encode(codec)) == numbered(rows)


@given(tables(LATIN), FORMS)
def test_any_table_of_windows_comes_back(rows: list[list[str]], form: tuple[str, str, int]) -> None:
    delimiter, end, quoting = form
    assert cells(written(rows, delimiter, end, quoting).encode("cp1252")) == numbered(rows)


@given(tables(st.sampled_from("ab 1éë€;,-")), st.sampled_from(";,\t|"))
def test_any_table_with_the_line_ends_of_an_old_mac_comes_back(rows: list[list[str]], delimiter: str) -> None:
    assert cells(written(rows, delimiter, "\r").encode("utf-8")) == numbered(rows)


@given(st.binary(max_size=400))
def test_any_bytes_are_cells_or_a_declared_refusal(content: bytes) -> None:
    reason = None
    try:
        read_csv(content)
    except Refused as refused:
        reason = refused.refusal
    assert reason is None or reason in load_refusals()


@given(tables(st.sampled_from("ab1 -")), st.data())
def test_a_table_cut_anywhere_has_no_other_rows(rows: list[list[str]], data: st.DataObject) -> None:
    """At most the last row that is left is another one: a line cut off in its last field cannot be told."""
    text = written(rows)
    cut = data.draw(st.integers(len(written(rows[:1])), len(text)))
    try:
        found = cells(text[:cut])
    except Refused:
        return
    whole = numbered(rows)
    last = max(found)
    assert all(found[number] == whole[number] for number in found if number != last)


@given(tables(LATIN, fewest=5), FORMS, st.data())
def test_a_damaged_line_changes_no_other_row(
    rows: list[list[str]], form: tuple[str, str, int], data: st.DataObject
) -> None:
    """Damaged headings make no table. A stray quote can fit before a quoted cell that begins with a delimiter."""
    delimiter, end, _ = form
    rows = [[cell.lstrip(";,|\t\n") for cell in row] for row in rows]
    lines = [written([row], *form) for row in rows]
    number = data.draw(st.integers(1, len(rows) - 1))
    line = lines[number].removesuffix(end)
    begin, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(line))] * 2)))
    sign = data.draw(st.sampled_from(['"', delimiter, end, "", "x"]))
    lines[number] = line[:begin] + sign + line[data.draw(st.sampled_from([begin, begin + 1, stop])) :] + end
    try:
        found = iter(cells("".join(lines)).values())
    except Refused:
        return
    assert all(row in found for row in numbered([*rows[:number], *rows[number + 1 :]]).values())
