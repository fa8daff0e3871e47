"""Templates of a municipality: what they change, and what is refused with its file and line."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from integratie_eval.errors import SettingsError
from integratie_eval.export.templates import export_templates
from integratie_eval.render import FORMATS, Material
from integratie_eval.render.templates import load_templates
from integratie_eval.report import Report
from integratie_eval.resources import templates_folder
from tests.helpers import clienten, plaatsingen, prose, reported, trajecten, write_xlsx

STUDIE = '{% extends "basis/hoofdstukken/resultaten.md.j2" %}\n'
CHAPTER = "hoofdstukken/resultaten.md.j2"
Write = Callable[..., str]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("levering") / "2019-Q4.xlsx"
    sheets = {"a": clienten({}, {}), "b": trajecten({}), "c": plaatsingen({})}
    return reported(write_xlsx(path, sheets), municipality="Duin", templates=path.parent)


def text_of(report: Report, folder: Path) -> str:
    """The report as annotated Markdown, with the templates in a folder."""
    return Material(replace(report, settings=report.settings.but(templates=folder))).text


@pytest.fixture
def own(report: Report, tmp_path: Path) -> Write:
    """The report as text with one own template (or more), given as text by name."""

    def write(text: str, name: str = CHAPTER, **others: str) -> str:
        for file, content in {name: text, **others}.items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(content, encoding="utf-8")
        return text_of(report, tmp_path)

    return write


def refusal(own: Write, text: str, name: str = CHAPTER) -> str:
    with pytest.raises(SettingsError) as caught:
        own(text, name)
    return caught.value.message


def chapter(text: str, name: str) -> str:
    return text.partition(f"## {name}")[2].partition("\n## ")[0]


# --- what they change


def test_one_block_changes_and_the_rest_stays(report: Report, own: Write) -> None:
    before = prose(report)
    after = own(STUDIE + "{% block studie %}\n{{ super() }}\nMeer over studie.\n{% endblock %}")

    assert "Meer over studie." in chapter(after, "Resultaten")
    assert after.replace("\nMeer over studie.\n", "") == before


def test_a_whole_chapter_changes(report: Report, own: Write) -> None:
    after = own("## Opbrengst {#resultaten}\n\nEr {{ n('personen').ww('is', 'zijn') }} {{ n('personen') }}.\n")

    assert 'Er zijn [2](#cijfer-personen "personen · totaal").' in chapter(after, "Opbrengst")
    assert chapter(after, "Zorg en rust") == chapter(prose(report), "Zorg en rust")


def test_a_chapter_can_be_left_out(own: Write) -> None:
    assert "## Communicatie" not in own("", "hoofdstukken/communicatie.md.j2")


def test_an_own_part_can_be_used_in_a_chapter(own: Write) -> None:
    text = STUDIE + '{% block studie %}\n{% include "delen/slot.md.j2" %}\n{% endblock %}'
    assert "Uit Duin." in own(text, **{"delen/slot.md.j2": "Uit {{ instellingen.municipality }}."})


def test_the_front_can_be_changed(own: Write) -> None:
    text = '{% extends "basis/rapport.md.j2" %}{% block titel %}\n# Jaarbericht\n\n{% endblock %}'
    assert own(text, "rapport.md.j2").startswith("# Jaarbericht\n\nPeriode: ")


def test_our_templates_are_used_again_after_those_of_a_municipality(report: Report, own: Write) -> None:
    before = prose(report)
    assert own("## Anders {#resultaten}\n") != before
    assert prose(report) == before


def test_the_exported_templates_give_the_same_report(report: Report, tmp_path: Path) -> None:
    export_templates(tmp_path, overwrite=False)
    assert text_of(report, tmp_path) == prose(report)


def test_nothing_is_written_in_the_folder_of_the_user(
    own: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    own("## Anders {#resultaten}\n")
    assert {path.name for path in tmp_path.rglob("*")} == {"hoofdstukken", "resultaten.md.j2"}
    kept = templates_folder() / "__pycache__"
    assert not [path for path in kept.glob("*") if b"Anders" in path.read_bytes()]


def test_every_chapter_has_a_block_for_its_heading() -> None:
    for path in (templates_folder() / "hoofdstukken").iterdir():
        assert path.read_text(encoding="utf-8").startswith("{% block kop %}\n## ")


def test_no_template_of_ours_changes_a_list_of_the_report() -> None:
    """The sandbox refuses it, but only when that line runs: use lijst() and erbij()."""
    assert [path.name for path in templates_folder().rglob("*.j2") if ".append(" in path.read_text("utf-8")] == []


def test_a_template_from_windows_is_read(own: Write, tmp_path: Path) -> None:
    assert "Onze tekst." in own("\ufeff## Resultaten {#resultaten}\r\n\r\nOnze tekst.\r\n")


# --- what is refused, with the file and the line


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("een\n{{ persoon }}", 2, "persoon bestaat niet"),
        ("een\n\n{{ r.gemeente }}", 3, "gemeente bestaat hier niet"),
        ("{% if x %}\nnog een", 2, "er ontbreekt een afsluiting"),
        ("een\n{{ 3|rond }}", 2, "het filter rond bestaat niet"),
        ("{% voor x %}", 1, "de opdracht voor bestaat niet"),
        ("\n{{ n('bestaat_niet') }}", 2, "bestaat_niet bestaat niet"),
        ("{{ 1 / 0 }}", 1, "de berekening lukt niet (ZeroDivisionError)"),
        ('{% include "weg.md.j2" %}', 1, "het sjabloon weg.md.j2 bestaat niet"),
        ('{% include "../geheim.md.j2" %}', 1, "ligt buiten de map"),
        ('{% include "hoofdstukken/../../geheim.md.j2" %}', 1, "ligt buiten de map"),
        ('{% include "/etc/passwd" %}', 1, "ligt buiten de map"),
        ('{% include "C:\\\\geheim" %}', 1, "ligt buiten de map"),
        (f'{{% include "{CHAPTER}" %}}', 1, "gebruikt zichzelf"),
        ("{{ instellingen.templates.parent }}", 1, "parent mag niet"),
        ("{{ instellingen.__class__ }}", 1, "__class__ mag niet"),
        ("{{ tijd._report }}", 1, "_report mag niet"),
        ("{{ r.rows_by_file.append(1) }}", 1, "append mag niet"),
        ("{{ 'a' * 10**8 }}", 1, "te groot"),
        ("{{ 10**8 * 'a' }}", 1, "te groot"),
        ("{{ 9**(9**9) }}", 1, "te groot"),
        ("{% for x in range(10**6) %}{% endfor %}", 1, "de reeks is te lang"),
        ("{{ lipsum() }}", 1, "lipsum bestaat niet"),
        ("{{ [1, 2]|random }}", 1, "het filter random bestaat niet"),
    ],
)
def test_a_wrong_template_is_told_with_its_place(own: Write, text: str, line: int, what: str) -> None:
    message = refusal(own, text)
    assert message.startswith(f"Het sjabloon {CHAPTER}, regel {line}: "), message
    assert what in message


def test_an_error_in_an_own_part_is_told_with_the_part(own: Write) -> None:
    with pytest.raises(SettingsError, match=r"deel\.md\.j2, regel 2: persoon bestaat niet"):
        own(STUDIE + '{% block studie %}{% include "deel.md.j2" %}{% endblock %}', **{"deel.md.j2": "\n{{ persoon }}"})


def test_a_block_that_does_not_exist_is_told(own: Write) -> None:
    with pytest.raises(SettingsError, match=r"regel 2: het blok studies bestaat niet") as caught:
        own(STUDIE + "{% block studies %}x{% endblock %}")
    assert caught.value.remedy == "Bedoelt u studie?"


def test_text_outside_a_block_is_told(own: Write) -> None:
    assert "regel 2: wat buiten een blok staat" in refusal(own, STUDIE + "Deze zin komt nergens.")


@pytest.mark.parametrize("name", ["hoofdstukken/resultaat.md.j2", "resultaten.md.j2", f"{CHAPTER}.txt"])
def test_a_template_that_nothing_uses_is_told(own: Write, name: str) -> None:
    with pytest.raises(SettingsError, match="wordt nergens gebruikt") as caught:
        own("Tekst.", name)
    assert caught.value.remedy == f"Bedoelt u {CHAPTER}?"


def test_a_template_that_is_no_utf_8_is_told(own: Write, tmp_path: Path) -> None:
    (tmp_path / "hoofdstukken").mkdir()
    (tmp_path / CHAPTER).write_bytes("## Coördinatie {#resultaten}".encode("latin-1"))
    with pytest.raises(SettingsError, match="niet te lezen"):
        load_templates(tmp_path)


def test_a_text_without_end_is_stopped(own: Write) -> None:
    text = "{% for x in range(99999) %}{{ 'a' * 1000 }}{% endfor %}"
    assert "langer dan 5.000.000 tekens" in refusal(own, text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# Nog een titel\n", "één titel"),
        ("## Resultaten {#resultaten}\n\n#### Te diep\n", "de kop 'Te diep' slaat een niveau over"),
        ("## Een {#een}\n\n## Twee {#een}\n", "twee koppen hebben het anker een"),
        ("## Een {#een}\n\nZie [daar](#nergens).\n", "een link naar nergens"),
    ],
)
def test_a_report_that_falls_apart_is_refused(own: Write, text: str, what: str) -> None:
    assert what in refusal(own, text)


def test_definitions_that_are_left_out_are_missed(own: Write) -> None:
    assert "er is een link naar cijfer-personen" in refusal(own, "", "hoofdstukken/verantwoording.md.j2")


def test_no_message_holds_a_value_of_the_data(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"a": clienten({}), "b": trajecten({"aanbieder": "Geheim"})})
    (tmp_path / "hoofdstukken").mkdir()
    text = '{% for naam in categorieen("deelnemers_aanbieder") %}{{ n("personen", "totaal", naam) }}{% endfor %}'
    (tmp_path / CHAPTER).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        text_of(reported(path), tmp_path)
    assert "personen bestaat niet" in caught.value.message
    assert "Geheim" not in str(caught.value)


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_every_form_takes_own_templates(report: Report, tmp_path: Path, form: str) -> None:
    (tmp_path / "hoofdstukken").mkdir()
    (tmp_path / CHAPTER).write_text("## Opbrengst {#resultaten}\n\nEigen tekst.\n", encoding="utf-8")
    material = Material(replace(report, settings=report.settings.but(templates=tmp_path)))
    assert FORMATS[form](material)


def test_an_own_annex_without_a_heading_is_refused(report: Report, tmp_path: Path) -> None:
    text = (templates_folder() / "bijlage.md.j2").read_text(encoding="utf-8")
    assert "{#hoofdstuk}" in text
    (tmp_path / "bijlage.md.j2").write_text(text.replace(" {#hoofdstuk}", ""), encoding="utf-8")
    material = Material(replace(report, settings=report.settings.but(templates=tmp_path)))
    with pytest.raises(SettingsError, match=r"bijlage\.md\.j2 ontbreekt de kop met \{#hoofdstuk\}"):
        FORMATS["xlsx"](material)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_folder_that_is_a_link_is_refused(report: Report, tmp_path: Path) -> None:
    (tmp_path / "elders").mkdir()
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "hoofdstukken").symlink_to(tmp_path / "elders")
    with pytest.raises(SettingsError, match="is een koppeling naar een map"):
        text_of(report, tmp_path / "eigen")
