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
