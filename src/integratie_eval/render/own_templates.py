"""The templates of a municipality: they go before ours, and none of them goes unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, nodes
from jinja2.meta import find_referenced_templates

from integratie_eval.errors import SettingsError
from integratie_eval.render.template_errors import explained, wrong_template
from integratie_eval.text import hint

_SUFFIXES = {".j2", ".md"}
"""A file that has one of these in its name was meant as a template: resultaten.md.j2.txt too."""


class OwnLoader(FileSystemLoader):
    """Templates in a folder of the user. Nothing compiled is kept: not there, and not beside ours."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8-sig")

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """A template, compiled anew."""
        source, filename, unchanged = self.get_source(environment, name)
        code = environment.compile(source, name, filename)
        return environment.template_class.from_code(environment, code, globals or {}, unchanged)


def template_names(folder: Path) -> Sequence[str]:
    """The files in a folder of the user that are, or were meant as, a template."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if _SUFFIXES & set(path.suffixes) and not path.name.startswith((".", "~")) and path.is_file()
    )


def check_own(prose: Environment, folder: Path, ours: Sequence[str]) -> None:
    """Refuse a template that is wrong, one that nothing uses, and text or a block that would not be shown."""
    for path in folder.rglob("*"):
        if path.is_symlink() and path.is_dir():  # a change in it would go unnoticed
            raise SettingsError(f"{path} is een koppeling naar een map.", "Zet de sjablonen in de map zelf.")
    names = template_names(folder)
    with explained(folder):
        parsed = {name: _parsed(prose, folder, name) for name in names}
        for name, tree in parsed.items():
            prose.get_template(name)
            _check_shown(prose, name, tree)
    for name in names:
        if name not in _used(ours, parsed):
            remedy = hint(name, ours, otherwise="Zie integratie-eval templates export voor de namen.")
            raise SettingsError(f"Het sjabloon {folder / name} wordt nergens gebruikt.", remedy)


def _parsed(prose: Environment, folder: Path, name: str) -> nodes.Template:
    try:
        source = (folder / name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"Het sjabloon {folder / name} is niet te lezen.", "Bewaar het als tekst in UTF-8."
        ) from None
    return prose.parse(source, name, str(folder / name))


def _used(ours: Sequence[str], parsed: MutableMapping[str, nodes.Template]) -> set[str]:
    """The names of ours, and what the templates with those names use in turn."""
    used, todo = set(ours), [name for name in ours if name in parsed]
    while todo:
        for name in find_referenced_templates(parsed[todo.pop()]):
            if name is None:  # a name that is put together while it runs: it can be any
                return set(parsed)
            if name in parsed and name not in used:
                used.add(name)
                todo.append(name)
    return used


def _check_shown(prose: Environment, name: str, tree: nodes.Template) -> None:
    """In a template that extends another, only blocks that the other has are shown."""
    parent = tree.find(nodes.Extends)
    if parent is None or not isinstance(parent.template, nodes.Const):
        return
    known = set(_blocks_of(prose, parent.template.value))
    for node in tree.body:
        if isinstance(node, nodes.Block) and node.name not in known:
            what = f"het blok {node.name} bestaat niet in {parent.template.value}"
            raise wrong_template((name, node.lineno), what, hint(node.name, sorted(known)))
        if isinstance(node, nodes.Output) and not _blank(node):
            what = "wat buiten een blok staat, komt niet in het rapport"
            raise wrong_template((name, node.lineno), what, "Zet de tekst tussen block en endblock.")


def _blocks_of(prose: Environment, name: str) -> Iterator[str]:
    """The blocks of a template and of those that it extends."""
    source, filename, _ = prose.loader.get_source(prose, name)  # type: ignore[union-attr]
    tree = prose.parse(source, name, filename)
    yield from (block.name for block in tree.find_all(nodes.Block))
    parent = tree.find(nodes.Extends)
    if parent is not None and isinstance(parent.template, nodes.Const):
        yield from _blocks_of(prose, parent.template.value)


def _blank(output: nodes.Output) -> bool:
    return all(isinstance(part, nodes.TemplateData) and not part.data.strip() for part in output.nodes)
