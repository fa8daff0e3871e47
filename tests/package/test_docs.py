"""The documentation is made from, or compared with, the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from integratie_eval.catalogue import catalogue_page, load_catalogue
from integratie_eval.definitions import load_definitions
from integratie_eval.reference import reference
from integratie_eval.settings import load_settings

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")


def test_the_page_of_definitions_is_up_to_date() -> None:
    assert (ROOT / "docs" / "definities.md").read_text(encoding="utf-8") == reference(load_definitions())


def test_the_page_of_indicators_is_up_to_date() -> None:
    assert (ROOT / "docs" / "indicatoren.md").read_text(encoding="utf-8") == catalogue_page(load_catalogue())


COMMANDS = ["report", "check", "compare", "sample", "indicators", "query", "explain", "table", "worklist", "template",
            "init", "verify"]  # fmt: skip


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
