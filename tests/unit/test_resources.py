"""What ships with the tool is found."""

from __future__ import annotations

from integratie_eval.resources import definitions_folder, sample_folder, templates_folder
from integratie_eval.settings import FILE_NAME, PASSAGES


def test_the_definitions_are_found() -> None:
    assert sorted(path.name for path in definitions_folder().glob("*.toml")) == [
        "catalogue.toml",
        "checks.toml",
        "codes.toml",
        "columns.toml",
        "indicators.toml",
        "refusals.toml",
        "worklists.toml",
    ]


def test_every_passage_of_the_settings_has_a_chapter() -> None:
    chapters = {path.name.removesuffix(".md.j2") for path in (templates_folder() / "hoofdstukken").iterdir()}
    assert set(PASSAGES) <= chapters


def test_the_page_and_its_style_are_found() -> None:
    assert {"rapport.md.j2", "rapport.html.j2", "rapport.css"} <= {path.name for path in templates_folder().iterdir()}


def test_the_sample_has_settings() -> None:
    assert (sample_folder() / FILE_NAME).is_file()
