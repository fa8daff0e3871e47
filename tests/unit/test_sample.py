"""The sample: the same for the same seed, any size, and files as municipalities export them."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import fastexcel
import openpyxl
import pytest

from integratie_eval.resources import definitions_folder
from integratie_eval.sample import plan, write_sample
from integratie_eval.sample.deliveries import deliver
from integratie_eval.sample.model import Municipality, Quarter, last_quarters
from integratie_eval.sample.population import generate
from integratie_eval.sample.styles import NOT_READ, REASON_TEXTS, STYLES, TABLES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sample")
    write_sample(target)
    return target


# --- the same seed, the same sample


def test_the_same_seed_gives_the_same_municipality() -> None:
    assert generate(seed=7) == generate(seed=7)


def test_another_seed_gives_another_municipality() -> None:
    assert generate(seed=7).personen != generate(seed=8).personen


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_sample(tmp_path)
    assert {path.name: path.read_bytes() for path in again} == {
        path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_known_value_of_the_default_seed() -> None:
    """Fails when chance works differently on a platform or in a version of Python."""
    first = generate().personen[0]
    assert (first.clientnummer, first.geboortedatum) == FIRST_PERSON


FIRST_PERSON = ("0000389", date(1975, 11, 28))


def test_numbers_are_text_with_a_leading_zero() -> None:
    for person in generate().personen:
        assert len(person.clientnummer) == 7 and person.clientnummer.startswith("0")
        assert len(person.uitkeringnummer) == 8 and person.uitkeringnummer.startswith("0")


# --- any size


@pytest.mark.parametrize("quarters", [1, 2, 8, 9, 10, 11, 12, 24])
@pytest.mark.parametrize("clients", [20, 21, 293, 1000])
def test_every_size_names_everyone_in_its_period(clients: int, quarters: int) -> None:
    town = generate(clients, quarters, seed=3)
    in_period = [p for p in town.personen if any(u.eind is None or u.eind >= town.van for u in p.uitkeringen)]
    assert len(in_period) == clients
    assert len({p.clientnummer for p in town.personen}) == len(town.personen)
    for person in in_period:
        last = person.uitkeringen[-1]
        end = last.eind or town.tot
        assert all(u.begin < (u.eind or town.tot) for u in person.uitkeringen)
        assert end <= town.tot
        assert person.gesprekken and town.van <= person.gesprekken[0] <= person.gesprekken[-1] <= end
        assert all(t.begin <= (t.eind or end) <= end and (t.eind or end) >= town.van for t in person.trajecten)
        assert all(town.quarters[0].begin <= m.datum <= end for m in person.metingen)
        assert all(town.van <= j.begin < (j.eind or date.max) and (j.eind or end) <= end for j in person.plaatsingen)
        assert person.datum_vergunning < person.datum_vestiging <= person.uitkeringen[0].begin


@pytest.mark.parametrize("quarters", [1, 5, 12])
@pytest.mark.parametrize("clients", [20, 500])
def test_the_exports_name_everyone_and_tell_every_end(clients: int, quarters: int) -> None:
    town = generate(clients, quarters)
    told = {
        (row.clientnummer, row.begin_uitkering): (row.eind_uitkering, row.reden_einde)
        for quarter in town.quarters
        for row in deliver(town, quarter).clienten
    }
    assert told == {(p.clientnummer, u.begin): (u.eind, u.reden) for p in town.personen for u in p.uitkeringen}


@pytest.mark.parametrize(("clients", "quarters"), [(19, 11), (293, 0), (293, 25), (1_000_000, 1)])
def test_impossible_sizes_are_refused(clients: int, quarters: int) -> None:
    with pytest.raises(ValueError, match="clients"):
        generate(clients, quarters)


def test_apportion_shares_the_exact_total_by_largest_remainder() -> None:
    assert plan.apportion([50, 30, 20], 7) == [4, 2, 1]
    assert plan.apportion([1, 1, 1], 2) == [1, 1, 0]


@pytest.mark.parametrize("clients", [20, 21, 293, 1000, 99_999])
def test_households_hold_exactly_the_clients(clients: int) -> None:
    assert sum(len(kind.members) for kind in plan.households(clients)) == clients


def test_1000_people_have_the_proportions_of_293() -> None:
    counts = Counter(m.status for kind in plan.households(1000) for m in kind.members)
    default = Counter(m.status for kind in plan.households(293) for m in kind.members)
    assert all(abs(counts[status] - default[status] * 1000 / 293) < 6 for status in default)


def test_quarters_end_with_the_last_of_2019() -> None:
    assert last_quarters(2) == (Quarter(2019, 3), Quarter(2019, 4))
    assert (Quarter(2019, 4).begin, Quarter(2019, 4).eind) == (date(2019, 10, 1), date(2019, 12, 31))
    assert last_quarters(5)[0].eind == date(2018, 12, 31)


# --- what a quarter's export knows


@pytest.fixture(scope="module")
def town() -> Municipality:
    return generate()


def test_an_export_knows_nothing_of_later_days(town: Municipality) -> None:
    for quarter in town.quarters:
        export = deliver(town, quarter)
        tables = (export.clienten, export.trajecten, export.plaatsingen, export.metingen, export.bijeenkomsten)
        days = [cell for table in tables for row in table for cell in row if isinstance(cell, date)]
        assert max(days) <= quarter.eind


def test_an_export_holds_nothing_that_ended_before_it(town: Municipality) -> None:
    for quarter in town.quarters:
        export = deliver(town, quarter)
        assert all((row.eind_uitkering or quarter.eind) >= quarter.begin for row in export.clienten)
        assert all((row.eind or quarter.eind) >= quarter.begin for row in export.trajecten)
        assert all((row.eind or quarter.eind) >= quarter.begin for row in export.plaatsingen)
        assert all(row.datum >= quarter.begin for row in export.metingen)
        assert all(row.datum >= quarter.begin for row in export.bijeenkomsten)


def test_a_reason_comes_with_an_end(town: Municipality) -> None:
    for quarter in town.quarters:
        export = deliver(town, quarter)
        assert all((row.reden_einde is None) == (row.eind_uitkering is None) for row in export.clienten)
        assert all((row.reden_einde is None) == (row.eind is None) for row in export.trajecten)
        assert all((row.reden_einde is None) == (row.eind is None) for row in export.plaatsingen)


def test_an_export_speaks_only_of_people_it_names(town: Municipality) -> None:
    for quarter in town.quarters:
        export = deliver(town, quarter)
        named = {row.clientnummer for row in export.clienten}
        assert {row.clientnummer for row in export.trajecten} <= named
        assert {row.clientnummer for row in export.plaatsingen} <= named
        assert {row.clientnummer for row in export.metingen} <= named


def test_answers_are_those_of_that_moment(town: Municipality) -> None:
    person = next(p for p in town.personen if len(p.zorg_en_rust) == 2)
    began, stopped = person.zorg_en_rust
    told = {
        quarter: row.zorg_en_rust
        for quarter in town.quarters
        for row in deliver(town, quarter).clienten
        if row.clientnummer == person.clientnummer
    }
    assert told == {quarter: began.datum <= quarter.eind < stopped.datum for quarter in told}
    assert set(told.values()) == {True, False}


def test_the_level_of_dutch_of_statushouders_rises(town: Municipality) -> None:
    told: dict[str, list[str]] = {}
    for quarter in town.quarters:
        for row in deliver(town, quarter).clienten:
            told.setdefault(row.clientnummer, []).append(row.taalniveau or "")
    assert all(levels == sorted(levels) for levels in told.values())
    assert {p.taalniveaus[-1].niveau for p in town.personen if p.taalniveaus} == {"A1", "A2", "B1", "B2"}
    followed = {p.leerroute: p for p in town.personen}
    assert followed.keys() == {"B1", "O", "Z", None}
    assert all(p.leerroute is None for p in town.personen if p.datum_vestiging < date(2013, 1, 1))


# --- files


def test_the_files_of_the_sample(folder: Path) -> None:
    exports = sorted(path.name for path in folder.iterdir() if path.suffix in (".xlsx", ".ods", ".csv"))
    books = [f"bijstand {label}.xlsx" for label in STYLES if label not in ("2018-Q3", "2019-Q1")]
    tables = ("clienten", "trajecten", "plaatsingen", "ladder", "vestigingen", "bijeenkomsten")
    assert exports == sorted([*books, "bijstand 2019-Q1.ods", *(f"2018-Q3 {table}.csv" for table in tables)])


def test_a_workbook_holds_the_rows_of_its_quarter(folder: Path, town: Municipality) -> None:
    book = fastexcel.read_excel(folder / "bijstand 2019-Q4.xlsx")
    export = deliver(town, Quarter(2019, 4))
    assert book.sheet_names == ["Cliënten", "Trajecten", "Plaatsingen", "Ladder", "Vestigingen"]
    assert book.load_sheet("Cliënten").height == len(export.clienten)
    assert book.load_sheet("Ladder").height == len(export.metingen)


@pytest.mark.parametrize("name", ["bijstand 2019-Q4.xlsx", "bijstand 2019-Q1.ods"])
def test_dates_are_date_cells_and_numbers_of_people_are_text(folder: Path, name: str) -> None:
    sheet = fastexcel.read_excel(folder / name).load_sheet("Cliënten")
    kinds = {column.name: column.dtype for column in sheet.selected_columns}
    assert {kinds["Cliëntnummer"], kinds["Uitkeringsnummer"], kinds["Taalmaatje"]} == {"string"}
    assert {kinds["Begindatum uitkering"], kinds["Datum laatste gesprek"]} <= {"date", "datetime"}
    assert kinds["Trede participatieladder"] in {"int", "float"}


def test_the_opendocument_sheet_holds_the_rows_of_its_quarter(folder: Path, town: Municipality) -> None:
    book = fastexcel.read_excel(folder / "bijstand 2019-Q1.ods")
    export = deliver(town, Quarter(2019, 1))
    heights = [book.load_sheet(name).height for name in book.sheet_names]
    tables = (export.clienten, export.trajecten, export.plaatsingen, export.metingen, export.vestigingen)
    assert heights == [*map(len, tables), len(export.bijeenkomsten)]


def test_one_quarter_has_dates_as_text(folder: Path) -> None:
    rows = _cells(folder / "bijstand 2017-Q4.xlsx", "Cliënten")
    first = rows[1][rows[0].index("Ingangsdatum")]
    assert isinstance(first, str) and len(first) == 10 and first[2] == first[5] == "-"


def test_a_title_line_stands_above_the_clients_and_not_above_the_trajecten(folder: Path) -> None:
    rows = _cells(folder / "bijstand 2018-Q4.xlsx", "Cliënten")
    assert rows[0][0] == "Export bijstand, stand per 31-12-2018"
    assert not any(rows[1])
    assert rows[2][0] == "Cliëntnummer"
    assert _cells(folder / "bijstand 2018-Q4.xlsx", "Trajecten")[0][0] == "Cliëntnummer"


def test_a_totals_row_ends_the_clients(folder: Path, town: Municipality) -> None:
    count = len(deliver(town, Quarter(2019, 3)).clienten)
    assert _cells(folder / "bijstand 2019-Q3.xlsx", "Cliënten")[-1][:2] == ("Totaal", str(count))


def test_reasons_are_codes_or_texts(folder: Path) -> None:
    codes = _column(_cells(folder / "bijstand 2019-Q4.xlsx", "Cliënten"), "Reden einde uitkering")
    texts = _column(_cells(folder / "bijstand 2018-Q2.xlsx", "Cliënten"), "Reden einde uitkering")
    assert codes - {None} <= REASON_TEXTS["clienten"].keys()
    assert texts - {None} <= set(REASON_TEXTS["clienten"].values())
    assert len(codes) > 2 and len(texts) > 2


def test_the_csv_files_are_those_of_excel(folder: Path) -> None:
    raw = (folder / "2018-Q3 clienten.csv").read_bytes()
    assert raw.startswith("Cliëntnummer;Naam;".encode("cp1252"))
    assert raw.count(b"\r\n") == raw.count(b"\n") > 100
    with (folder / "2018-Q3 clienten.csv").open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["Taalmaatje"] for row in rows} == {"J", "N"}
    assert all(len(row["Begindatum uitkering"]) == 10 for row in rows)


def test_a_large_municipality_gets_plain_workbooks(tmp_path: Path) -> None:
    written = write_sample(tmp_path, clients=5001, quarters=2)
    assert {path.suffix for path in written if path.parent == tmp_path} - {".toml", ".md"} == {".xlsx"}


def test_settings_get_the_dates_of_the_evaluation_period(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    static = tmp_path / "static"
    (static / "teksten").mkdir(parents=True)
    (static / "integratie.toml").write_text('van = "@VAN@"\ntot = "@TOT@"\n', encoding="utf-8")
    (static / "teksten" / "inleiding.md").write_text("Tekst @VAN@", encoding="utf-8")
    monkeypatch.setattr("integratie_eval.sample.STATIC", static)
    written = write_sample(tmp_path / "out", clients=20, quarters=2)
    assert tmp_path / "out" / "teksten" / "inleiding.md" in written
    assert (tmp_path / "out" / "integratie.toml").read_text("utf-8") == 'van = "2019-07-01"\ntot = "2019-12-31"\n'
    assert (tmp_path / "out" / "teksten" / "inleiding.md").read_text("utf-8") == "Tekst @VAN@"


def test_without_static_files_only_exports_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integratie_eval.sample.STATIC", tmp_path / "nothing")
    assert [path.name for path in write_sample(tmp_path, clients=20, quarters=1)] == ["bijstand 2019-Q4.xlsx"]


# --- headers and words are known to the product


def test_every_header_is_an_alias_of_its_column_and_the_others_are_not() -> None:
    definitions = tomllib.loads((definitions_folder() / "columns.toml").read_text("utf-8"))
    for table in TABLES:
        known = _aliases(definitions, table.field)
        for column in table.columns:
            for header in (column.before, column.after):
                expected = None if column.field in NOT_READ else column.field
                assert known.get(_key(header)) == expected, (table.sheet, header)


def test_every_sheet_name_is_known() -> None:
    definitions = tomllib.loads((definitions_folder() / "columns.toml").read_text("utf-8"))
    for table in TABLES:
        assert _key(table.sheet) in {_key(name) for name in definitions[table.field]["bladen"]}


def test_every_word_is_a_known_code(town: Municipality) -> None:
    codes = tomllib.loads((definitions_folder() / "codes.toml").read_text("utf-8"))
    for table, name in (("clienten", "reden_einde_uitkering"), ("trajecten", "reden_einde_traject")):
        for code, text in REASON_TEXTS[table].items():
            assert _key(text) in {_key(word) for word in codes[name][code]}
    used = {t.soort for p in town.personen for t in p.trajecten}
    assert used <= codes["soort_traject"].keys()
    assert {w.contract for p in town.personen for w in p.plaatsingen} <= codes["contract"].keys()
    assert {u.reden for p in town.personen for u in p.uitkeringen} - {None} <= REASON_TEXTS["clienten"].keys()


def test_importing_the_sample_loads_nothing_heavy() -> None:
    program = "import sys, integratie_eval.sample.files; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _cells(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """All cells of a sheet of a workbook, the header too."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    book.close()
    return rows


def _column(rows: list[tuple[object, ...]], header: str) -> set[object]:
    place = rows[0].index(header)
    return {row[place] for row in rows[1:] if len(row) > place}


def _aliases(definitions: dict[str, dict[str, dict[str, dict[str, object]]]], table: str) -> dict[str, str]:
    known = {}
    for field, column in definitions[table]["kolommen"].items():
        if "als" in column:
            owner, name = str(column["als"]).split(".")
            column = definitions[owner]["kolommen"][name]
        known[_key(field)] = field
        names = column["namen"]
        assert isinstance(names, list)
        known.update({_key(name): field for name in names})
    return known


def _key(text: str) -> str:
    """Ignore case, diacritics, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain.casefold() if letter.isalnum())
