"""What stands in the templates of the report: their sentences, and the words that agree with a number."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from integratie_eval.render.templates import OURS, load_templates

FIGURES = ("n", "heeft", "categorieen", "groepen", "verhouding")
"""What the templates ask for a figure: the texts that they hand over are its names."""
PROSE = load_templates().prose


def parsed() -> Iterator[tuple[str, nodes.Template]]:
    """Every template of the prose."""
    assert PROSE.loader
    for name in PROSE.list_templates(filter_func=lambda name: name.endswith(".md.j2") and not name.startswith(OURS)):
        source, _, _ = PROSE.loader.get_source(PROSE, name)
        yield name, PROSE.parse(source)


def sentences() -> set[tuple[str, str]]:
    """Template and text: every piece of a line that stands in it literally, and every text that it hands over."""
    found = set()
    for name, tree in parsed():
        for data in tree.find_all(nodes.TemplateData):
            found |= {(name, line.strip()) for line in data.data.split("\n")}
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in FIGURES:
                continue
            texts = (arg.value for arg in call.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str))
            found |= {(name, text) for text in texts if " " in text}
    return {(name, text) for name, text in found if any(map(str.isalpha, text)) and "#" not in text}


def pairs(method: str) -> set[tuple[str, str]]:
    """The singulars and plurals that the templates hand to a method of a number: `met` for nouns, `ww` for verbs."""
    found = set()
    for _, tree in parsed():
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Getattr) and call.node.attr == method:
                words = [arg.value for arg in call.args if isinstance(arg, nodes.Const)]
                if len(words) == 2:
                    found.add((words[0], words[1]))
    return found
