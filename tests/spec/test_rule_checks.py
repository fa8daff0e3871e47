"""Every check on the delivered rows: what breaks it, at which place, and the valid counterpart that does not.

Each case is one delivery. The rows whose numbers are given break the rule; all other rows are valid.
Row 1 holds the headings. The same delivery must give no other finding than those in `also`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from integratie_eval.classified import Classified
from integratie_eval.definitions import load_definitions
from tests.spec.town import COLUMNS, Row, Town, client, found, job, left, measurement, places, traject

RULES = {rule.id: rule for rule in load_definitions().rules.values() if rule.stage != "lezen"}


@dataclass(frozen=True)
class Case:
    """A delivery, and the numbers of the rows that break the rule."""

    rule: str
    rows: tuple[int, ...]
    clienten: Sequence[Row] = (client(),)
    trajecten: Sequence[Row] = ()
    plaatsingen: Sequence[Row] = ()
    metingen: Sequence[Row] = ()
    vestigingen: Sequence[Row] = ()
    bijeenkomsten: Sequence[Row] = ()
    also: tuple[str, ...] = ()


def meeting(**facts: object) -> Row:
    return {"aanbieder": "Lemat", "datum": "2019-05-01", "aantal_deelnemers": 9} | facts


def year(jaar: object, aantal: object) -> Row:
    return {"jaar": jaar, "aantal": aantal}


OK = client("1")
RUNG = {"trede": 3, "datum_trede": "2019-05-01"}

CASES = [
    Case("clienten_zonder_clientnummer", (3,), [OK, client("")]),
    Case("clienten_zonder_uitkeringnummer", (3,), [OK, client("2", uitkeringnummer="")]),
    Case("clienten_zonder_begin_uitkering", (3,), [OK, client("2", begin_uitkering="")]),
    Case("trajecten_zonder_clientnummer", (3,), trajecten=[traject("taal"), traject("taal", "")]),
    Case("trajecten_zonder_begin", (3,), trajecten=[traject("taal"), traject("taal", begin="")]),
    Case("trajecten_zonder_soort", (3,), trajecten=[traject("taal"), traject("")]),
    Case("plaatsingen_zonder_clientnummer", (3,), plaatsingen=[job(), job("")]),
    Case("plaatsingen_zonder_begin", (3,), plaatsingen=[job(), job(begin="")]),
    Case(
        "metingen_zonder_clientnummer", (3,), metingen=[measurement(3, "2019-01-01"), measurement(3, "2019-02-01", "")]
    ),
    Case("metingen_zonder_datum", (3,), metingen=[measurement(3, "2019-01-01"), measurement(3, "")]),
    Case("metingen_zonder_trede", (3,), metingen=[measurement(3, "2019-01-01"), measurement("", "2019-02-01")]),
    Case("bijeenkomsten_zonder_aanbieder", (3,), bijeenkomsten=[meeting(), meeting(aanbieder="")]),
    Case("bijeenkomsten_zonder_datum", (3,), bijeenkomsten=[meeting(), meeting(datum="")]),
    Case("vestigingen_onvolledig", (3, 4), vestigingen=[year(2017, 9), year(2018, ""), year("", 9)]),
    Case("clienten_dubbele_regel", (3,), [OK, OK, client("2")]),
    Case("trajecten_dubbele_regel", (3,), trajecten=[traject("taal"), traject("taal"), traject("activering")]),
    Case("plaatsingen_dubbele_regel", (3,), plaatsingen=[job(), job(), job(begin="2019-04-01")]),
    Case("metingen_dubbele_regel", (3,), metingen=[measurement(3, "2019-01-01")] * 2 + [measurement(3, "2019-02-01")]),
    Case("clienten_dubbele_sleutel", (2, 3), [OK, client("1", zorg_en_rust="ja"), client("2")]),
    Case(
        "trajecten_dubbele_sleutel",
        (2, 3),
        trajecten=[traject("taal"), traject("taal", eind="2019-05-01"), traject("taal", aanbieder="Taalhuis")],
    ),
    Case("plaatsingen_dubbele_sleutel", (2, 3), plaatsingen=[job(), job(contract="zzp"), job(begin="2019-04-01")]),
    Case(
        "metingen_dubbele_sleutel",
        (2, 3),
        metingen=[measurement(3, "2019-01-01"), measurement(2, "2019-01-01"), measurement(3, "2019-02-01")],
    ),
    Case("trajecten_client_onbekend", (3,), trajecten=[traject("taal"), traject("taal", "9")]),
    Case("plaatsingen_client_onbekend", (3,), plaatsingen=[job(), job("9")]),
    Case("metingen_client_onbekend", (3,), metingen=[measurement(3, "2019-01-01"), measurement(3, "2019-01-01", "9")]),
    Case(
        "clienten_eind_voor_begin",
        (3,),
        [client("1", **left("32", "2019-05-01")), client("2", **left("32", "2015-12-31"))],
    ),
    Case(
        "trajecten_eind_voor_begin",
        (3,),
        trajecten=[traject("taal", eind="2019-03-01"), traject("activering", eind="2019-02-28")],
    ),
    Case(
        "plaatsingen_eind_voor_begin",
        (3,),
        plaatsingen=[job(eind="2019-03-01"), job(begin="2019-04-01", eind="2019-03-31")],
    ),
    Case(
        "begin_na_peildatum",
        (3,),
        [client("1", begin_uitkering="2019-12-31"), client("2", begin_uitkering="2020-01-01")],
    ),
    Case(
        "gesprek_na_peildatum", (3,), [client("1", datum_gesprek="2019-12-31"), client("2", datum_gesprek="2020-01-01")]
    ),
    Case(
        "trede_na_peildatum",
        (3,),
        [client("1", trede=3, datum_trede="2019-12-31"), client("2", trede=3, datum_trede="2020-01-01")],
    ),
    Case("meting_na_peildatum", (3,), metingen=[measurement(3, "2019-12-31"), measurement(3, "2020-01-01")]),
    Case(
        "geboortedatum_onmogelijk",
        (3, 4),
        [
            client("1", geboortedatum="1909-12-31"),
            client("2", geboortedatum="1909-12-30"),
            client("3", geboortedatum="2020-01-01"),
        ],
        also=("vestiging_voor_geboorte", "minderjarig"),
    ),
    Case(
        "vestiging_voor_geboorte",
        (3,),
        [client("1", datum_vestiging="1990-01-01"), client("2", datum_vestiging="1989-12-31")],
    ),
    Case(
        "vestiging_na_peildatum",
        (3,),
        [client("1", datum_vestiging="2019-12-31"), client("2", datum_vestiging="2020-01-01")],
    ),
    Case(
        "clienten_trede_buiten_ladder",
        (4, 5),
        [
            client("1", **RUNG | {"trede": 1}),
            client("2", **RUNG | {"trede": 6}),
            client("3", **RUNG | {"trede": 0}),
            client("4", **RUNG | {"trede": 7}),
        ],
    ),
    Case(
        "clienten_groeipotentieel_buiten_ladder",
        (4, 5),
        [
            client("1", groeipotentieel=1),
            client("2", groeipotentieel=6),
            client("3", groeipotentieel=0),
            client("4", groeipotentieel=7),
        ],
    ),
    Case(
        "metingen_trede_buiten_ladder",
        (4, 5),
        metingen=[
            measurement(1, "2019-01-01"),
            measurement(6, "2019-02-01"),
            measurement(0, "2019-03-01"),
            measurement(7, "2019-04-01"),
        ],
    ),
    Case(
        "metingen_groeipotentieel_buiten_ladder",
        (3,),
        metingen=[measurement(3, "2019-01-01", groeipotentieel=6), measurement(3, "2019-02-01", groeipotentieel=7)],
    ),
    Case(
        "groeipotentieel_onder_trede",
        (3,),
        [client("1", **RUNG, groeipotentieel=3), client("2", **RUNG, groeipotentieel=2)],
    ),
    Case("trede_zonder_datum", (3,), [client("1", **RUNG), client("2", trede=3)]),
    Case("reden_zonder_eind", (3,), [client("1", **left("32")), client("2", reden_einde="32")]),
    Case(
        "eind_zonder_reden",
        (3,),
        [client("1", **left("32")), client("2", **left("")), client("3", **left("", "2020-01-01"))],
    ),
    Case(
        "parttime_zonder_uitkering",
        (3,),
        [client("1", inkomsten_arbeid="ja"), client("2", inkomsten_arbeid="ja", **left("32"))],
    ),
    Case(
        "partner_zonder_aanvrager",
        (4,),
        [client("1", uitkeringnummer="A"), client("2", uitkeringnummer="A", rol="partner"), client("3", rol="partner")],
    ),
    Case(
        "meer_dan_twee_personen",
        (4, 5, 6),
        [
            client("1", uitkeringnummer="A"),
            client("2", uitkeringnummer="A"),
            *(client(number, uitkeringnummer="B") for number in "345"),
        ],
    ),
    Case(
        "geboortedatum_wisselt", (3, 4), [OK, client("2"), client("2", uitkeringnummer="B", geboortedatum="1991-01-01")]
    ),
    Case(
        "vestiging_wisselt", (3, 4), [OK, client("2"), client("2", uitkeringnummer="B", datum_vestiging="2015-02-01")]
    ),
    Case(
        "uren_onwaarschijnlijk",
        (4, 5),
        plaatsingen=[
            job(uren_per_week=0),
            job(begin="2019-04-01", uren_per_week=60),
            job(begin="2019-05-01", uren_per_week=-1),
            job(begin="2019-06-01", uren_per_week=61),
        ],
    ),
    Case("jaar_onwaarschijnlijk", (4, 5), vestigingen=[year(1990, 9), year(2019, 9), year(1989, 9), year(2020, 9)]),
    Case("aantal_negatief", (3,), vestigingen=[year(2017, 0), year(2018, -1)]),
    Case(
        "deelnemers_negatief",
        (3,),
        bijeenkomsten=[meeting(aantal_deelnemers=0), meeting(datum="2019-06-01", aantal_deelnemers=-1)],
    ),
    Case(
        "cohort_onbekend",
        (3,),
        [client("1", datum_vestiging="", datum_vergunning="2015-01-01"), client("2", datum_vestiging="")],
    ),
    Case(
        "trede_verschil",
        (3,),
        [client("1", **RUNG), client("2", **RUNG | {"trede": 1})],
        trajecten=[traject("taal", "1"), traject("taal", "2")],
    ),
    Case("minderjarig", (3,), [client("1", geboortedatum="2001-12-31"), client("2", geboortedatum="2002-01-01")]),
    Case(
        "zorg_en_rust_met_werk",
        (4,),
        [
            client("1", zorg_en_rust="ja"),
            client("2", inkomsten_arbeid="ja"),
            client("3", zorg_en_rust="ja", inkomsten_arbeid="ja"),
        ],
    ),
    Case(
        "jobcoaching_zonder_baan",
        (3,),
        [client("1"), client("2")],
        trajecten=[traject("jobcoaching", "1"), traject("jobcoaching", "2")],
        plaatsingen=[job("1", jobcoach="ja"), job("2")],
    ),
]


def evaluation_of(case: Case, folder: Path) -> Classified:
    tables = {
        table: getattr(case, table)
        for table in COLUMNS
        if table not in ("clienten",) and (getattr(case, table) or table in ("trajecten", "plaatsingen"))
    }
    return Town(folder).deliver("2019-Q4", case.clienten, **tables).classified()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_rule_finds_exactly_the_rows_that_break_it(tmp_path: Path, case: Case) -> None:
    """Issue 2, point 2: rule, file, row and column of every finding; no other findings; every row accounted for."""
    result = evaluation_of(case, tmp_path)
    rule = RULES[case.rule]
    file = f"2019-Q4 {rule.table}.csv"
    letter = chr(ord("A") + COLUMNS[rule.table or ""].split().index(rule.column or ""))
    assert places(result, case.rule) == [(file, row, letter) for row in case.rows]
    assert set(found(result)) == {case.rule, *case.also}
    aside = {rule.set_aside: len(case.rows)} if rule.set_aside else {}
    assert {row.file: dict(row.set_aside) for row in result.rows if row.set_aside} == ({file: aside} if aside else {})
    assert all(row.seen == row.used + sum(row.set_aside.values()) for row in result.rows)


def test_every_rule_has_a_case() -> None:
    """Every rule, of the reader too, has a case here or is asserted by name in another test."""
    named = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    cases = {case.rule for case in CASES}
    assert cases <= RULES.keys()
    assert [rule for rule in load_definitions().rules if rule not in cases and f'"{rule}"' not in named] == []
    assert len(RULES) >= 25


def test_rows_seen_are_rows_used_plus_rows_set_aside_per_reason(tmp_path: Path) -> None:
    """Design §2 (check): every row of data has exactly one fate."""
    lines = [
        "Export bijstand",
        "",
        "clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering",
        "1;U1;2015-01-01;2016-01-01",
        "1;U1;2015-01-01;2016-01-01",
        "2;U2;2015-01-01;",
        ";U3;2015-01-01;2016-01-01",
        "clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering",
        ";;;",
        "4;U4;2015-01-01;2016-01-01",
        "Totaal;4;;",
        ";Bron: invoer van de gemeente;;",
    ]
    (tmp_path / "2019-Q4 clienten.csv").write_text("\n".join(lines), encoding="utf-8")
    (row,) = Town(tmp_path).evaluate().rows
    assert (row.seen, row.used) == (8, 2)
    assert row.set_aside == {
        "begin_uitkering ontbreekt": 1,
        "clientnummer ontbreekt": 1,
        "dubbele regel": 1,
        "herhaalde kop": 1,
        "totaalregel": 1,
        "voetnoot": 1,
    }


def test_only_rows_that_are_used_get_remarks(tmp_path: Path) -> None:
    """A row that is set aside has a finding of its own, whichever rule stands first."""
    backwards = traject("taal", begin="2019-05-01", eind="2019-04-01")
    unknown = traject("taal", "9", begin="2019-05-01", eind="2019-04-01")
    result = Town(tmp_path).deliver("2019-Q4", [client()], trajecten=[backwards, backwards, unknown]).evaluate()
    rules = ("trajecten_eind_voor_begin", "trajecten_dubbele_regel", "trajecten_client_onbekend")
    assert [[row for _, row, _ in places(result, rule)] for rule in rules] == [[2], [3], [4]]


def test_a_footnote_under_the_table_is_no_row_of_data(tmp_path: Path) -> None:
    """Exports end with a remark in the first column, which is often the clientnummer."""
    lines = ["clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering", "1;U1;2015-01-01;2016-01-01"]
    lines += ["Bron: invoer van de gemeente;;;"]
    (tmp_path / "2019-Q4 clienten.csv").write_text("\n".join(lines), encoding="utf-8")
    result = Town(tmp_path).evaluate()
    assert [dict(row.set_aside) for row in result.rows] == [{"voetnoot": 1}]
    assert found(result) == ["einde_niet_geleverd"]


def test_no_finding_holds_a_value_of_a_cell(tmp_path: Path) -> None:
    """Design §6: place, rule, fixed sentence and remedy."""
    bad = client("2", geboortedatum="geheim", reden_einde="geheim", inkomsten_arbeid="geheim", trede="geheim")
    result = Town(tmp_path).deliver("2019-Q4", [client(), bad]).evaluate()
    assert sorted(found(result)) == ["datum_onleesbaar", "getal_onleesbaar", "waarde_onbekend", "waarde_onbekend"]
    assert "geheim" not in repr(result.findings)


def test_a_traject_without_soort_is_a_finding(tmp_path: Path) -> None:
    """Design §4: soort is a required column of trajecten."""
    result = Town(tmp_path).deliver("2019-Q4", [client()], trajecten=[traject("")]).evaluate()
    assert found(result)
