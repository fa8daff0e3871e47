"""No word that a Dutch reader sees is misspelled (hunspell nl); woorden.txt holds what the dictionary does not know."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable

import pytest
import typer

from integratie_eval.cli import load_commands
from integratie_eval.cli.app import app
from integratie_eval.evaluation import evaluate
from integratie_eval.render.markdown import render_markdown
from integratie_eval.report import report_of
from integratie_eval.settings import FILE_NAME, load_settings
from tests.helpers import prose
from tests.language.templates import sentences
from tests.language.words import ROOT, of_definitions, of_messages, words

ALLOWED = ROOT / "tests" / "language" / "woorden.txt"
MANUALS = ("handleiding", "automatiseren", "betrouwbaarheid", "indicatoren")


def of_help() -> Iterable[str]:
    """The help of every command."""
    load_commands()
    group = typer.main.get_command(app)
    context = typer.Context(group, info_name="integratie-eval")
    yield group.get_help(context)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        yield command.get_help(typer.Context(command, info_name=name, parent=context))


def of_sample() -> Iterable[str]:
    """The report of the sample."""
    sample = ROOT / "data" / "sample"
    yield render_markdown(prose(report_of(evaluate(sample, load_settings(sample / FILE_NAME)))))


def of_manual() -> Iterable[str]:
    return [(ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in MANUALS]


def of_templates() -> Iterable[str]:
    return [text for _, text in sentences()]


SOURCES: dict[str, Callable[[], Iterable[str]]] = {
    "report": of_sample,
    "templates": of_templates,
    "definitions": of_definitions,
    "messages": of_messages,
    "help": of_help,
    "manual": of_manual,
}


def misspelled(found: Iterable[str]) -> set[str]:
    """The words that neither the dictionary nor the list knows; a capital may be that of a sentence."""
    if not shutil.which("hunspell"):
        pytest.skip("hunspell is not there")
    command = ["hunspell", "-d", "nl_NL", "-i", "utf-8", "-l"]
    text = "\n".join(sorted(found))
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode or "Can't open" in done.stderr:
        pytest.skip("the Dutch dictionary of hunspell is not there")
    return {word for word in done.stdout.split() if word.lower() not in allowed()}


def allowed() -> set[str]:
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return {line.lower() for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("source", list(SOURCES))
def test_every_word_is_spelled_right(source: str) -> None:
    found = set().union(*map(words, SOURCES[source]()))
    assert len(found) > 100  # there is something to look at
    assert misspelled(found) == set()


def test_a_mistake_is_seen() -> None:
    assert misspelled(words("Er is een fuot gemaakt door een klantmanager met een `fuot`.")) == {"fuot"}


def test_every_allowed_word_is_needed() -> None:
    used = {word.lower() for source in SOURCES.values() for text in source() for word in words(text)}
    assert allowed() - used == set()
