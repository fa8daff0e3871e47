"""The Dutch that a user reads, as words: of the report, the help, the messages, the definitions and the manual."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integratie_eval import errors

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "integratie_eval"
_CODE = re.compile(r"```.*?```|`[^`]*`|<!--.*?-->", re.DOTALL)
_NAMES = re.compile(r"\[(.*?)\]\([^)]*\)|https?://\S+")
_NO_WORD = re.compile(
    r"SELECT .*|\S*[\w*-]\.(?:csv|json|xlsx?|xlsm|xlsb|ods|toml|html|md|py|sql|parquet)\b\S*|--?[a-z][\w-]*"
    r"|\b\w*_\w*\b|\S*[/\\]\S*|\b[A-Z][A-Z0-9. ]*[A-Z0-9]\b|\w*\d[\w.-]*|\{.*?\}|\[\[?[a-z.]+\]\]?"
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_SPOKEN = {"say", "echo", "Option", "Argument", "command", "wrong", "Typer"} | {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.UserError)
}
_TOLD = {"titel", "definitie", "melding", "oplossing", "uitleg", "omschrijving", "betekenis", "eenheid", "bron"}
"""The keys of the definitions that hold sentences."""


def words(text: str) -> set[str]:
    """The words of a text in Markdown, without code, links, names of files, options and columns."""
    plain = _NO_WORD.sub(" ", _NAMES.sub(r"\1", _CODE.sub(" ", text)))
    return set(_WORD.findall(plain))


def of_definitions() -> Iterator[str]:
    """The sentences of the definitions: titles, messages, remedies."""
    for path in sorted((SOURCE / "definitions").glob("*.toml")):
        yield from _sentences(tomllib.loads(path.read_text(encoding="utf-8")))


def _sentences(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _TOLD and isinstance(value, str):
                yield value
            else:
                yield from _sentences(value)
    elif isinstance(data, list):
        for item in data:
            yield from _sentences(item)


def of_messages() -> Iterator[str]:
    """The literal texts of errors, help and everything that a command says."""
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _speaks(call.func):
                given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg in (None, "help"))]
                yield from (text for argument in given for text in _literals(argument))


def _speaks(function: ast.expr) -> bool:
    return ast.unparse(function).rpartition(".")[2] in _SPOKEN


def _literals(argument: ast.expr) -> Iterator[str]:
    """A text, or the pieces of an f-string with a sign in the place of what is filled in."""
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "5" for part in argument.values)
        case ast.BinOp() | ast.IfExp():
            for part in ast.iter_child_nodes(argument):
                if isinstance(part, ast.expr):
                    yield from _literals(part)
