"""Section B of the bad inputs: where the headings stand, what they mean, and rows that are no data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad.command import Done, check
from tests.bad.containers import ALL_USED, PEOPLE, SHEET, STEM, ten
from tests.helpers import Cell, Rows, plaatsingen, write_csv, write_ods, write_xlsx

LAST = PEOPLE + 1


def delivered(folder: Path, rows: Rows, name: str = f"{STEM}.xlsx", sheet: str = SHEET) -> Done:
    return check(write_xlsx(folder / name, {sheet: rows}))


def read_whole(done: Done, *rules: str, rows: tuple[int, int, int] = ALL_USED) -> None:
    assert (done.code, done.err) == (0, "")
    assert done.rows == rows
    assert done.rules == set(rules)


def renamed(old: str, new: Cell, rows: Rows | None = None) -> Rows:
    head, *body = rows or ten()
    return [[new if cell == old else cell for cell in head], *body]


# --- B05, B06, B08: where the headings stand


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_titles_and_a_blank_line_stand_above_the_headings(tmp_path: Path, suffix: str) -> None:
    rows: Rows = [["Overzicht bijstand"], ["Gemeente Ergens"], ["Gemaakt door team Werk"], [], *ten()]
    path = tmp_path / f"{STEM}{suffix}"
    if suffix == ".csv":
        write_csv(path, rows)
    else:
        (write_xlsx if suffix == ".xlsx" else write_ods)(path, {SHEET: rows})
    done = check(path)
    read_whole(done)
    assert "koppen in rij 5" in done.out


def test_the_headings_stand_far_below_a_long_explanation(tmp_path: Path) -> None:
    explanation: Rows = [[f"Regel {number} van de uitleg."] for number in range(59)]
    done = delivered(tmp_path, [*explanation, *ten()])
    read_whole(done)
    assert "koppen in rij 60" in done.out


def test_headings_that_stand_too_far_down_are_refused_with_the_number_of_rows_searched(tmp_path: Path) -> None:
    explanation: Rows = [["Uitleg."] for _ in range(120)]
    done = delivered(tmp_path, [*explanation, *ten()])
    assert done.refusal == "koppen_onbekend"
    assert "de eerste 100 rijen" in done.err


def test_rows_without_headings_are_refused_without_showing_them(tmp_path: Path) -> None:
    done = delivered(tmp_path, ten()[1:])
    assert done.refusal == "koppen_onbekend"
    assert "0001" not in done.err and "U0001" not in done.err


def test_missing_headings_are_named_and_no_cell_of_a_person_is(tmp_path: Path) -> None:
    done = delivered(tmp_path, renamed("uitkeringnummer", "Jansen", renamed("trede", "De Vries")))
    assert done.refusal == "kolommen_ontbreken"
    assert "ontbreekt de kolom uitkeringnummer" in done.err
    assert "en 2 andere koppen" in done.err
    assert "Jansen" not in done.err and "Vries" not in done.err


def test_a_heading_that_looks_like_a_missing_one_is_shown(tmp_path: Path) -> None:
    done = delivered(tmp_path, renamed("uitkeringnummer", "uitkeringscode"))
    assert "uitkeringnummer (lijkt op: 'uitkeringscode')" in done.err


# --- B07: two lines of headings


def two_lines(*, merged: bool) -> Rows:
    """Clientnummer and uitkeringnummer are 'nummer' under their group; the other headings stand in the lower line."""
    head, *body = ten()
    empty: list[Cell] = [None] * (len(head) - 3)
    groups: list[Cell] = ["Client", "Uitkering", "Persoon" if merged else None, *empty]
    return [groups, ["nummer", "nummer", *head[2:]], *body]


@pytest.mark.parametrize("merged", [False, True])
def test_headings_stand_under_groups(tmp_path: Path, merged: bool) -> None:
    done = delivered(tmp_path, two_lines(merged=merged))
    read_whole(done)
    assert "koppen in rij 2" in done.out


def test_headings_that_fill_both_lines_stand_in_the_upper_one(tmp_path: Path) -> None:
    head, *body = ten()
    upper: list[Cell] = [*head[:4], "Uitkering", *[None] * (len(head) - 5)]
    lower: list[Cell] = [None, None, None, None, "begin", *head[5:]]
    read_whole(delivered(tmp_path, [upper, lower, *body]))


# --- B09: the same heading twice


@pytest.mark.parametrize("other", ["01-01-2015", None])
def test_the_same_heading_twice_is_refused_with_both_addresses(tmp_path: Path, other: Cell) -> None:
    head, *body = ten()
    done = delivered(tmp_path, [[*head, "Begin uitkering"], *([*row, other] for row in body)])
    assert done.refusal == "kolom_twee_keer"
    assert "de cellen E1 en N1" in done.err
    assert "haal een van de twee kolommen weg" in done.err


def test_two_headings_with_one_meaning_are_told(tmp_path: Path) -> None:
    head, *body = ten()
    read_whole(delivered(tmp_path, [[*head, "Startdatum"], *([*row, "01-01-2015"] for row in body)]), "kolom_dubbel")


def test_the_same_unknown_heading_twice_does_no_harm(tmp_path: Path) -> None:
    rows = [[*row, "Naam", "Naam"] for row in ten()]
    read_whole(delivered(tmp_path, rows), "kolommen_niet_gelezen")


# --- B10: how headings are written


@pytest.mark.parametrize(
    "heading",
    [
        "uitkeringnummer ",
        "Uitkering\u00a0nummer",
        "Uitkering-\nnummer",
        "Uitkering  nummer",
        "UITKERINGNUMMER",
        "\ufeffuitkeringnummer",
        "uitkering\u00adnummer",
        "Üitkeringnummer",
        "Uitkeringnummer *",
        "Uitkeringnummer:",
        "Uitkeringnummer (verplicht)",
    ],
)
def test_a_heading_may_be_written_in_many_ways(tmp_path: Path, heading: str) -> None:
    read_whole(delivered(tmp_path, renamed("uitkeringnummer", heading)))


# --- B11: columns without a heading


@pytest.mark.parametrize("heading", [None, "   "])
def test_cells_without_a_heading_are_told(tmp_path: Path, heading: Cell) -> None:
    done = delivered(tmp_path, renamed("trede", heading))
    read_whole(done, "kolom_zonder_kop")
    assert f"blad '{SHEET}', cel I1" in done.out


def test_an_empty_column_without_a_heading_is_nothing_to_tell(tmp_path: Path) -> None:
    read_whole(delivered(tmp_path, [[*row[:3], None, *row[3:]] for row in ten()]))


# --- B14, B15, B16: rows that are no data


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["Totaal", None, 10], "totaalregel"),
        (["Totaal: 10"], "totaalregel"),
        (["Eindtotaal 10"], "totaalregel"),
        (["Subtotaal Q3", 4], "totaalregel"),
        ([None, "Totaal", 10], "totaalregel"),
        (["Bron: het uitkeringensysteem"], "voetnoot"),
        (["* voorlopig cijfer"], "voetnoot"),
        (ten()[0], "herhaalde kop"),
    ],
)
def test_a_row_below_the_people_that_is_no_person_is_set_aside(tmp_path: Path, row: list[Cell], reason: str) -> None:
    done = delivered(tmp_path, [*ten(), row])
    assert (done.code, done.rows) == (0, (LAST, PEOPLE, 1))
    assert reason in done.out


def test_headings_are_repeated_on_every_printed_page(tmp_path: Path) -> None:
    head, *body = ten()
    done = delivered(tmp_path, [head, *body[:5], head, *body[5:]])
    assert (done.code, done.rows) == (0, (LAST, PEOPLE, 1))
    assert "herhaalde kop" in done.out


# --- B21: a quarter per sheet


def test_every_sheet_is_a_quarter_of_the_year_of_the_file(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bijstand 2019.xlsx", {f"Q{number}": ten() for number in (1, 2, 3, 4)})
    done = check(path)
    assert (done.code, done.rows) == (0, (4 * PEOPLE, 4 * PEOPLE, 0))
    for day in ("31-03-2019", "30-06-2019", "30-09-2019", "31-12-2019"):
        assert day in done.out


@pytest.mark.parametrize("name", ["bijstand 2017-Q2 tm 2019-Q4.xlsx", "20190930 bijstand 20191004.xlsx"])
def test_a_name_that_says_two_days_is_no_peildatum(tmp_path: Path, name: str) -> None:
    done = delivered(tmp_path, ten(), name)
    assert done.refusal == "peildatum_onbekend"
    assert "--peildatum" in done.err


# --- sheets that only look like a table


@pytest.mark.parametrize(
    "rows",
    [
        [["jaar", "aantal"], [2018, 12], [2019, 15]],
        [["Clientnummer", "Begindatum"], ["0001", "01-02-2019"]],
        [["Aanbieder", "Datum", "Bedrag"], ["Werkt", "01-02-2019", 100]],
        [["Naam", "Datum vestiging"], ["Jansen", "01-02-2019"]],
    ],
)
def test_a_list_with_headings_of_any_list_is_told_and_not_counted(tmp_path: Path, rows: Rows) -> None:
    read_whole(check(write_xlsx(tmp_path / f"{STEM}.xlsx", {SHEET: ten(), "Blad2": rows})), "blad_overgeslagen")


def test_a_list_with_headings_of_any_list_counts_when_its_sheet_is_named(tmp_path: Path) -> None:
    rows: Rows = [["Clientnummer", "Begindatum"], ["0001", "01-02-2019"]]
    done = check(write_xlsx(tmp_path / f"{STEM}.xlsx", {SHEET: ten(), "Werk": rows}))
    read_whole(done, rows=(PEOPLE + 1, PEOPLE + 1, 0))


def test_a_sheet_with_jobs_is_told_by_its_own_headings(tmp_path: Path) -> None:
    done = check(write_xlsx(tmp_path / f"{STEM}.xlsx", {SHEET: ten(), "Blad2": plaatsingen({})}))
    read_whole(done, rows=(PEOPLE + 1, PEOPLE + 1, 0))


# --- columns of numbers and of partners


def test_names_in_the_place_of_numbers_are_told(tmp_path: Path) -> None:
    head, *body = ten()
    done = delivered(tmp_path, [head, ["Jansen", *body[0][1:]], *body[1:]])
    read_whole(done, "clientnummer_zonder_cijfer")
    assert "Jansen" not in done.out


def test_a_partner_with_only_a_bsn_is_told_and_asks_for_no_secret_key(tmp_path: Path) -> None:
    head, *body = ten()
    done = delivered(tmp_path, [[*head, "BSN partner"], *([*row, "123456782"] for row in body)])
    read_whole(done, "kolommen_niet_gelezen", "partner_ander_nummer")
    assert "123456782" not in done.out


# --- other headings further down (a second table, or the columns in another order)


def under(first: list[str], others: list[list[str]], path: Path) -> Path:
    head = ["Clientnummer", "Uitkeringnummer", "Geboortedatum", "Datum vestiging", "Begin uitkering"]
    return write_csv(path, [head, first, [], *others])


@pytest.mark.parametrize(
    "second",
    [
        ["Clientnummer", "Uitkeringnummer", "Geboortedatum", "Begin uitkering", "Datum vestiging"],
        ["Clientnummer", "Werkgever", "Begin", "Eind", "Gemeld op"],
    ],
)
def test_other_headings_further_down_are_refused(tmp_path: Path, second: list[str]) -> None:
    first = ["0001", "U1", "1980-01-01", "2012-01-01", "2017-01-01"]
    rows = [second, ["0002", "U2", "1980-01-01", "2017-06-01", "2012-06-01"]]
    path = under(first, rows, tmp_path / "2019-Q4.csv")
    done = check(path)
    assert (done.code, done.refusal) == (3, "koppen_wisselen")
    assert f"{path.name}, rij 4" in done.err


def test_the_same_headings_further_down_are_set_aside(tmp_path: Path) -> None:
    head = ["CLIENTNUMMER", "Uitkeringnummer ", "Geboortedatum", "Datum vestiging", "Begin uitkering"]
    first = ["0001", "U1", "1980-01-01", "2012-01-01", "2017-01-01"]
    done = check(
        under(first, [head, ["0002", "U2", "1980-01-01", "2012-06-01", "2017-06-01"]], tmp_path / "2019-Q4.csv")
    )
    assert done.code == 0
    assert "3 gezien = 2 gebruikt + 1 opzij gezet" in done.out
