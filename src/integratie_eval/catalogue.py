"""docs/indicatoren.md: which of the indicators that evaluations of integration use this tool has (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tomli

from integratie_eval.resources import definitions_folder


@dataclass(frozen=True)
class Topic:
    """An indicator that evaluations of integration use, and what this tool has of it."""

    number: int
    title: str
    figures: tuple[str, ...]
    """The indicators (or ratios) that tell about it; none: `remark` tells why."""
    remark: str
    """Why there is no figure, or what the figures leave out."""


def load_catalogue() -> tuple[Topic, ...]:
    """The catalogue, in the order of its numbers."""
    content = tomli.loads((definitions_folder() / "catalogue.toml").read_text(encoding="utf-8"))
    return tuple(
        Topic(spec["nummer"], spec["titel"], tuple(spec.get("cijfers", ())), spec.get("reden", ""))
        for spec in content["begrip"]
    )


def catalogue_page(topics: tuple[Topic, ...]) -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines(topics)) + "\n"


def _lines(topics: tuple[Topic, ...]) -> Iterator[str]:
    there = sum(bool(topic.figures) for topic in topics)
    yield "# Indicatoren"
    yield ""
    yield "Andere evaluaties (Divosa, CBS, KIS, de Benchmark Werk & Inkomen, gemeenten) gebruiken deze indicatoren."
    yield f"Van de {len(topics)} zijn er {there} in dit programma. Een cijfer staat alleen in het rapport"
    yield "als de kolommen ervoor zijn geleverd. Wat elk cijfer precies telt, staat bij [definities](definities.md)."
    yield ""
    yield "Deze pagina is gemaakt uit `src/integratie_eval/definitions/catalogue.toml` met `make docs`."
    yield ""
    yield "| nr. | indicator | cijfers | opmerking |"
    yield "| --- | --- | --- | --- |"
    for topic in topics:
        figures = ", ".join(f"[`{name}`](definities.md#{name})" for name in topic.figures) or "ontbreekt"
        yield f"| {topic.number} | {topic.title} | {figures} | {topic.remark} |"
