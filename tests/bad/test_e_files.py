"""Section E of the bad inputs: several files, several moments, the same people."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.bad.command import check, command
from tests.helpers import Cell, Rows, clienten, headed, trajecten, without, write_csv, write_ods, write_xlsx

Q3, Q4 = "2019-Q3", "2019-Q4"


def ten(**facts: Cell) -> Rows:
    """A valid export of ten people."""
    return clienten(*(facts for _ in range(10)))


def changed(rows: Rows, column: str, value: Cell, row: int = 1) -> Rows:
    """The same export with one other cell."""
    copy = [list(cells) for cells in rows]
    copy[row][rows[0].index(column)] = value
    return copy


def workbook(path: Path, rows: Rows, sheet: str = "Cliënten") -> Path:
    return write_xlsx(path, {sheet: rows})


def dated(rows: Rows, *days: date) -> Rows:
    """The same rows once for every peildatum, in a column of their own."""
    return [[*rows[0], "peildatum"], *([*row, day] for day in days for row in rows[1:])]


# --- E01 ---


def test_the_same_bytes_twice_count_once(tmp_path: Path) -> None:
    first = workbook(tmp_path / "export Q3 2019.xlsx", ten())
    shutil.copyfile(first, tmp_path / "export Q3 2019 (2).xlsx")
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (10, 10, 0))
    assert "bestand_dubbel" in done.rules


def test_the_same_bytes_for_two_quarters_are_told(tmp_path: Path) -> None:
    shutil.copyfile(workbook(tmp_path / f"{Q3}.xlsx", ten()), tmp_path / f"{Q4}.xlsx")
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (20, 20, 0))
    assert "bestand_gelijk_aan_ander_kwartaal" in done.rules


# --- E02 ---


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a"), ("export v10", "export v2")])
def test_two_deliveries_that_contradict_each_other_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    workbook(tmp_path / f"{names[0]} {Q4}.xlsx", ten())
    workbook(tmp_path / f"{names[1]} {Q4}.xlsx", changed(ten(), "trede", 5))
    done = check(tmp_path)
    assert done.refusal == "levering_botst"
    assert all(f"{name} {Q4}.xlsx" in done.err for name in names)
    assert "--laatste" in done.err


@pytest.mark.parametrize(("newest", "part_time"), [("a", 0), ("b", 10)])
def test_with_laatste_the_file_that_was_changed_last_counts(tmp_path: Path, newest: str, part_time: int) -> None:
    old = workbook(tmp_path / f"a {Q4}.xlsx", ten())
    new = workbook(tmp_path / f"b {Q4}.xlsx", ten(inkomsten_arbeid="ja"))
    for path in (old, new):
        os.utime(path, (2e9, 2e9) if path.name.startswith(newest) else (1e9, 1e9))
    done = command("report", tmp_path, "--laatste", "-o", tmp_path / "uit")
    assert (done.code, done.rows) == (0, (20, 10, 10))
    assert ("Parttime" in done.out) is True
    assert f"{part_time}" in next(line for line in done.out.splitlines() if line.startswith("Parttime"))


def test_with_laatste_the_replaced_delivery_is_told(tmp_path: Path) -> None:
    workbook(tmp_path / f"a {Q4}.xlsx", ten())
    workbook(tmp_path / f"b {Q4}.xlsx", changed(ten(), "trede", 5))
    assert "levering_vervangen" in check(tmp_path, "--laatste").rules


def test_a_corrected_traject_is_no_second_traject(tmp_path: Path) -> None:
    people = {"Cliënten": ten()}
    write_xlsx(tmp_path / f"a {Q4}.xlsx", {**people, "Trajecten": trajecten({"begin": date(2019, 2, 1)})})
    write_xlsx(tmp_path / f"b {Q4}.xlsx", {**people, "Trajecten": trajecten({"begin": date(2019, 3, 1)})})
    assert check(tmp_path).refusal == "levering_botst"


def test_numbers_of_settled_people_that_differ_are_refused(tmp_path: Path) -> None:
    for name, amount in (("a", 30), ("b", 12)):
        settled: Rows = [["jaar", "aantal"], [2014, amount]]
        write_xlsx(tmp_path / f"{name} {Q4}.xlsx", {"Cliënten": ten(), "Vestigingen": settled})
    assert check(tmp_path).refusal == "levering_botst"


def test_parts_of_one_quarter_with_other_people_are_one_delivery(tmp_path: Path) -> None:
    everyone = clienten(*({} for _ in range(20)))
    workbook(tmp_path / f"noord {Q4}.xlsx", everyone[:11])
    workbook(tmp_path / f"zuid {Q4}.xlsx", [everyone[0], *everyone[11:]])
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (20, 20, 0))


def test_parts_of_one_quarter_with_other_columns_are_one_delivery(tmp_path: Path) -> None:
    workbook(tmp_path / f"ladder {Q4}.xlsx", without(ten(), "inkomsten_arbeid"))
    workbook(tmp_path / f"inkomsten {Q4}.xlsx", without(ten(inkomsten_arbeid="ja"), "trede", "datum_trede"))
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (20, 20, 0))
    assert "levering_overlapt" in done.rules


# --- E03 ---


def test_a_quarter_that_is_delivered_again_counts_once(tmp_path: Path) -> None:
    workbook(tmp_path / f"{Q3}.xlsx", ten())
    workbook(tmp_path / "Q3 en Q4.xlsx", dated(ten(), date(2019, 9, 30), date(2019, 12, 31)))
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (30, 20, 10))
    assert "levering_overlapt" in done.rules


def test_a_quarter_that_is_delivered_again_with_other_data_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / f"{Q3}.xlsx", changed(ten(), "trede", 5))
    workbook(tmp_path / "Q3 en Q4.xlsx", dated(ten(), date(2019, 9, 30), date(2019, 12, 31)))
    assert check(tmp_path).refusal == "levering_botst"


# --- E04, E05 ---


@pytest.mark.parametrize("day", [date(2019, 6, 30), date(2020, 3, 31), date(2091, 12, 31)])
def test_a_peildatum_that_does_not_fit_the_name_is_refused(tmp_path: Path, day: date) -> None:
    done = check(workbook(tmp_path / f"{Q4}.xlsx", dated(ten(), day)))
    assert done.refusal == "peildatum_botst"
    assert f"{day:%d-%m-%Y}" in done.err and "31-12-2019" in done.err


@pytest.mark.parametrize("days", [(date(2019, 12, 27),), (date(2019, 9, 30), date(2019, 12, 31))])
def test_a_peildatum_in_the_quarter_of_the_name_fits(tmp_path: Path, days: tuple[date, ...]) -> None:
    done = check(workbook(tmp_path / f"{Q4}.xlsx", dated(ten(), *days)))
    assert (done.code, done.rows) == (0, (10 * len(days), 10 * len(days), 0))


def test_one_row_with_another_peildatum_is_told(tmp_path: Path) -> None:
    rows = dated(clienten(*({} for _ in range(40))), date(2019, 12, 31))
    rows[7][-1] = date(2019, 1, 31)
    assert "peildatum_zeldzaam" in check(workbook(tmp_path / "export.xlsx", rows)).rules


def test_without_any_peildatum_the_file_is_refused(tmp_path: Path) -> None:
    done = check(workbook(tmp_path / "export.xlsx", ten()))
    assert done.refusal == "peildatum_onbekend"
    assert check(workbook(tmp_path / "export.xlsx", ten()), "--peildatum", "2019-12-31").code == 0


def test_a_missing_quarter_is_told_and_not_made_up(tmp_path: Path) -> None:
    workbook(tmp_path / "2019-Q2.xlsx", ten())
    workbook(tmp_path / f"{Q4}.xlsx", changed(ten(), "trede", 5))
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (20, 20, 0))
    assert "kwartaal_ontbreekt" in done.rules


# --- E06, E07 ---


def test_a_column_that_was_renamed_to_a_known_name_is_the_same_column(tmp_path: Path) -> None:
    workbook(tmp_path / f"{Q3}.xlsx", headed(ten(), {"eind_uitkering": "Einddatum uitkering"}))
    workbook(tmp_path / f"{Q4}.xlsx", headed(ten(trede=4), {"eind_uitkering": "Datum einde uitkering"}))
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (20, 20, 0))
    assert "kolom_verdwenen" not in done.rules


def test_a_column_that_was_renamed_to_an_unknown_name_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / f"{Q3}.xlsx", ten())
    workbook(tmp_path / f"{Q4}.xlsx", headed(ten(), {"eind_uitkering": "Laatste betaaldag"}))
    done = check(tmp_path)
    assert done.refusal == "kolom_verdwenen"
    assert f"{Q4}.xlsx" in done.err and "eind_uitkering" in done.err
    assert "kolom_verdwenen" in check(tmp_path, "--ga-door").rules


def test_a_column_that_is_not_delivered_any_more_is_told(tmp_path: Path) -> None:
    workbook(tmp_path / f"{Q3}.xlsx", ten())
    workbook(tmp_path / f"{Q4}.xlsx", without(ten(), "taalmaatje"))
    done = check(tmp_path)
    assert (done.code, "kolom_verdwenen" in done.rules) == (0, True)


def test_other_order_extra_columns_and_other_kinds_give_the_same_people(tmp_path: Path) -> None:
    order = list(range(len(ten()[0])))
    random.Random(1).shuffle(order)
    shuffled = [[row[index] for index in order] + ["x"] for row in ten()]
    shuffled[0][-1] = "Klantmanager"
    write_csv(tmp_path / "2019-Q2.csv", shuffled)
    write_ods(tmp_path / f"{Q3}.ods", {"Cliënten": ten()})
    workbook(tmp_path / f"{Q4}.xlsx", ten())
    done = check(tmp_path)
    assert (done.code, done.rows) == (0, (30, 30, 0))


# --- E08, E09, E10 ---


def test_a_partner_on_the_same_row_is_a_person(tmp_path: Path) -> None:
    people = [{"partner_clientnummer": f"9{n}"} for n in range(10)]
    done = command("report", workbook(tmp_path / f"{Q4}.xlsx", clienten(*people)), "-o", tmp_path / "uit")
    assert (done.code, done.rows) == (0, (10, 10, 0))
    assert next(line for line in done.out.splitlines() if line.startswith("Personen")).split()[-1] == "20"


def test_three_trajecten_of_one_person_are_three_rows_of_one_person(tmp_path: Path) -> None:
    courses = trajecten(*({"begin": date(2019, month, 1)} for month in (1, 2, 3)))
    done = check(write_xlsx(tmp_path / f"{Q4}.xlsx", {"Cliënten": ten(), "Trajecten": courses}))
    assert (done.code, done.rows) == (0, (13, 13, 0))


def test_a_row_that_stands_twice_counts_once(tmp_path: Path) -> None:
    rows = ten()
    done = check(workbook(tmp_path / f"{Q4}.xlsx", [*rows, rows[3]]))
    assert (done.code, done.rows) == (0, (11, 10, 1))
    assert "clienten_dubbele_regel" in done.rules


def test_one_number_with_two_days_of_birth_is_told(tmp_path: Path) -> None:
    workbook(tmp_path / f"{Q3}.xlsx", ten())
    workbook(tmp_path / f"{Q4}.xlsx", changed(ten(), "geboortedatum", date(1970, 1, 1)))
    assert "geboortedatum_wisselt" in check(tmp_path).rules


# --- E11 ---


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    files = [workbook(tmp_path / f"{q}.xlsx", ten(trede=t)) for q, t in (("2019-Q2", 2), (Q3, 3), (Q4, 4))]
    outputs = []
    for number, given in enumerate((files, files[::-1])):
        assert command("report", *given, "-o", tmp_path / f"uit{number}").code == 0
        outputs.append({p.name: p.read_bytes() for p in (tmp_path / f"uit{number}").iterdir()})
    assert outputs[0] == outputs[1]


# --- E12 ---


@pytest.fixture
def one_of_twenty_damaged(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(20):
        workbook(folder / f"{2015 + number // 4}-Q{number % 4 + 1}.xlsx", ten(trede=number % 6 + 1))
    bad = folder / "2017-Q2.xlsx"
    bad.write_bytes(bad.read_bytes()[:3000])
    return folder


def test_one_damaged_file_of_twenty_stops_the_run(one_of_twenty_damaged: Path, tmp_path: Path) -> None:
    done = command("report", one_of_twenty_damaged, "-o", tmp_path / "uit")
    assert done.refusal == "bestand_beschadigd"
    assert "2017-Q2.xlsx" in done.err
    assert not (tmp_path / "uit").exists()


def test_with_ga_door_the_report_is_made_without_the_damaged_file(one_of_twenty_damaged: Path, tmp_path: Path) -> None:
    done = command("report", one_of_twenty_damaged, "-o", tmp_path / "uit", "--ga-door")
    assert (done.code, done.rows) == (4, (190, 190, 0))
    assert "2017-Q2.xlsx" in done.out
    assert "bestand_niet_gelezen" in (tmp_path / "uit" / "bevindingen.csv").read_text(encoding="utf-8-sig")


def test_with_ga_door_nothing_usable_is_still_a_refusal(tmp_path: Path) -> None:
    (tmp_path / f"{Q4}.xlsx").write_bytes(b"")
    assert check(tmp_path, "--ga-door").refusal == "bestand_leeg"


def test_many_damaged_files_are_told_in_a_few_lines(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.xlsx").write_bytes(b"PK\x03\x04" + bytes([number]))
    done = check(tmp_path)
    assert done.code == 3
    assert "En nog 9" in done.err and "--ga-door" in done.err


# --- B20: which of two sheets ---


def two_sheets(tmp_path: Path, second: Mapping[str, Rows]) -> Path:
    return write_xlsx(tmp_path / f"{Q4}.xlsx", {"Cliënten": ten(), **second})


@pytest.mark.parametrize("rows", [ten(), ten(trede=5)], ids=["equal", "different"])
def test_two_sheets_with_the_same_people_ask_for_a_choice(tmp_path: Path, rows: Rows) -> None:
    path = two_sheets(tmp_path, {"Cliënten oud": rows})
    done = check(path)
    assert done.refusal == "blad_kiezen"
    assert "'Cliënten'" in done.err and "'Cliënten oud'" in done.err and "--blad" in done.err
    assert check(path, "--blad", "Cliënten").rows == (10, 10, 0)


def test_a_sheet_that_does_not_exist_cannot_be_chosen(tmp_path: Path) -> None:
    assert check(two_sheets(tmp_path, {}), "--blad", "Blad9").refusal == "blad_bestaat_niet"


def test_an_empty_first_sheet_and_an_explanation_do_no_harm(tmp_path: Path) -> None:
    notes: Rows = [["Toelichting"], ["Deze export is gemaakt voor de evaluatie."]]
    done = check(write_xlsx(tmp_path / f"{Q4}.xlsx", {"Blad1": [], "Toelichting": notes, "Blad2": ten()}))
    assert (done.code, done.rows) == (0, (10, 10, 0))
