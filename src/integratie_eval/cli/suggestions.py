"""What the Tab key offers as the value of an option: names that are declared, without reading an export."""

from __future__ import annotations


def figures_like(start: str) -> list[tuple[str, str]]:
    """The figures whose name begins like this, with their titles."""
    from integratie_eval.definitions import load_definitions

    return [(i.id, i.title) for i in load_definitions().indicators if i.id.startswith(start)]


def worklists_like(start: str) -> list[tuple[str, str]]:
    """The work lists whose name begins like this, with their titles."""
    from integratie_eval.worklist import load_worklists

    return [(item.id, item.title) for item in load_worklists().values() if item.id.startswith(start)]


def views_like(start: str) -> list[str]:
    """The sources of a crosstab whose name begins like this."""
    from integratie_eval.definitions import load_definitions

    return [name for name in load_definitions().views if name.startswith(start)]


def shares_like(start: str) -> list[str]:
    """Of what a crosstab gives percentages, as far as it begins like this."""
    from integratie_eval.crosstab import SHARES

    return [name for name in SHARES if name.startswith(start)]


def counts_like(start: str) -> list[str]:
    """What a crosstab counts, as far as it begins like this."""
    from integratie_eval.crosstab import COUNTS

    return [name for name in COUNTS if name.startswith(start)]


def answer_formats_like(start: str) -> list[str]:
    """The forms of an answer whose name begins like this."""
    from integratie_eval.cli.answers import FORMATS

    return [name for name in FORMATS if name.startswith(start)]


def report_formats_like(start: str) -> list[str]:
    """The formats of a report whose name begins like what stands behind the last comma."""
    from integratie_eval.render import EVERYTHING, FORMATS

    chosen, comma, last = start.rpartition(",")
    return [f"{chosen}{comma}{name}" for name in (*FORMATS, EVERYTHING) if name.startswith(last)]
