"""The documentation is made from, or compared with, the code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from integratie_eval.catalogue import catalogue_page, load_catalogue
from integratie_eval.definitions import load_definitions
from integratie_eval.evaluation import evaluate
from integratie_eval.reference import reference
from integratie_eval.render.annotated import annotated_markdown
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.templates import load_templates
from integratie_eval.report import report_of
from integratie_eval.settings import load_settings
from tests.helpers import Record, clienten, write_xlsx

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")


def test_the_page_of_definitions_is_up_to_date() -> None:
    assert (ROOT / "docs" / "definities.md").read_text(encoding="utf-8") == reference(load_definitions())


def test_the_page_of_indicators_is_up_to_date() -> None:
    assert (ROOT / "docs" / "indicatoren.md").read_text(encoding="utf-8") == catalogue_page(load_catalogue())


COMMANDS = ["report", "check", "compare", "sample", "indicators", "query", "explain", "table", "worklist", "template",
            "init", "verify", "templates export"]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_manual(command: str) -> None:
    assert f"integratie-eval {command}" in MANUAL


@pytest.mark.parametrize("code", ["0", "1", "2", "3", "4", "5", "6"])
def test_every_exit_code_stands_in_the_manual(code: str) -> None:
    assert re.search(rf"^\| {code} \|", MANUAL, re.MULTILINE)


def test_the_settings_of_the_manual_can_be_read(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(# integratie\.toml.*?)```", MANUAL, re.DOTALL)
    assert example
    (tmp_path / "integratie.toml").write_text(example[1], encoding="utf-8")
    (tmp_path / "aanleiding.md").write_text("Eigen tekst.", encoding="utf-8")

    settings = load_settings(tmp_path / "integratie.toml")

    assert settings.municipality == "Voorbeeldgemeente"
    assert settings.indicators[0].id == "werk_en_taal"
    assert settings.passages == {"aanleiding": "Eigen tekst."}


def example(start: str) -> str:
    """The example in the manual that begins with this line."""
    found = re.search(rf"```\w+\n({re.escape(start)}.*?)```", MANUAL, re.DOTALL)
    assert found
    return found[1]


def test_the_house_style_of_the_manual_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "integratie.toml").write_text(example("# huisstijl"), encoding="utf-8")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (tmp_path / "brief.docx").write_bytes(b"PK")

    style = load_settings(tmp_path / "integratie.toml").house_style

    assert (style.light.accent, style.dark.accent) == ("#7a1f5c", "#f0a8d8")
    assert style.logo and style.logo.text == "Gemeente Voorbeeld"
    assert (style.font, style.word) == (("Fira Sans", "Arial"), tmp_path / "brief.docx")


def test_the_own_template_of_the_manual_works(tmp_path: Path) -> None:
    own = tmp_path / "sjablonen" / "hoofdstukken" / "resultaten.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(example("{% extends"), encoding="utf-8")
    (tmp_path / "integratie.toml").write_text(example("# sjablonen"), encoding="utf-8")
    gone: Record = {"eind_uitkering": date(2019, 11, 1), "reden_einde": "01"}
    write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({}, gone)})

    report = report_of(evaluate(tmp_path, load_settings(tmp_path / "integratie.toml")))
    text = render_markdown(annotated_markdown(report, load_templates(report.settings.templates), {}))

    chapter = text.partition("### Studie")[2].partition("### ")[0]
    assert "Er is 1 persoon uit de bijstand gegaan voor een studie" in chapter
    assert "De gemeente houdt contact met deze persoon. Het gaat om een statushouder." in chapter


@pytest.mark.parametrize(
    "page", ["README.md", "docs/handleiding.md", "docs/indicatoren.md", "docs/automatiseren.md", "CHANGELOG.md"]
)
def test_links_to_files_of_the_project_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert [target for target in targets if not ((ROOT / page).parent / target).exists()] == []


def test_the_lock_files_name_no_host() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
