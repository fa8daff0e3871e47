"""Who may import whom: no step imports another step, no cycle, nothing heavy at import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from integratie_eval.cli import COMMANDS

SOURCE = Path(__file__).parents[2] / "src" / "integratie_eval"
STEPS = {"read", "check", "merge", "classify", "measure", "protect", "render"}
HEAVY = {
    "duckdb", "fastexcel", "nanoarrow", "xlrd", "jinja2", "openpyxl", "pandas", "sqlglot", "xlsxwriter", "markdown_it",
    "numpy", "scipy", "typst", "pikepdf",
    "docx", "lxml",
}  # fmt: skip
ALWAYS = {"completion"}  # its names are those of the program itself


def modules() -> dict[str, Path]:
    """Module name (without the package) → file."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imports(path: Path, *, everywhere: bool) -> set[str]:
    """The modules of ours that a file imports; only at the top, or inside functions too. Type imports do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else iter(tree.body)
    names = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("integratie_eval"):
            names.add((node.module or "").removeprefix("integratie_eval").removeprefix("."))
    return names


def test_no_step_imports_another_step() -> None:
    wrong = []
    for name, path in modules().items():
        own = name.split(".")[0]
        if own not in STEPS:
            continue
        others = {module.split(".")[0] for module in imports(path, everywhere=True)} & (STEPS - {own})
        wrong += [f"{name} imports {other}" for other in sorted(others)]
    assert wrong == []


def test_there_is_no_cycle_between_modules() -> None:
    known = modules()
    graph = {name: {m for m in imports(path, everywhere=False) if m in known and m} for name, path in known.items()}

    def reaches(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            module = todo.pop()
            if module not in seen:
                seen.add(module)
                todo += graph[module]
        return seen

    assert [name for name in graph if name in reaches(name)] == []


def test_only_the_command_line_prints_or_exits() -> None:
    wrong = []
    for name, path in modules().items():
        if name.split(".")[0] in ("cli", "reference"):
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        spoken = ("print", "sys.exit", "exit", "typer.echo")
        wrong += [f"{name}:{call.lineno}" for call in calls if ast.unparse(call.func) in spoken]
    assert wrong == []


@pytest.mark.parametrize(
    "module",
    [
        "integratie_eval",
        "integratie_eval.cli",
        "integratie_eval.classified",
        "integratie_eval.evaluation",
        "integratie_eval.intervals",
        "integratie_eval.survival",
    ],
)
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [(["verify", "--help"], {"verify"}), (["verfiy"], set(COMMANDS)), (["--help"], set(COMMANDS))],
)
def test_a_command_loads_no_other_command(arguments: list[str], loaded: set[str]) -> None:
    code = (
        f"import sys; from integratie_eval import cli; cli.run({arguments!r}); "
        f"print(*(name for name in cli.COMMANDS if f'integratie_eval.cli.{{name}}' in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert set(done.stderr.splitlines()[-1].split()) - ALWAYS == loaded - ALWAYS


def test_every_module_with_a_command_is_listed() -> None:
    adding = {path.stem for path in (SOURCE / "cli").glob("*.py") if "@app.command" in path.read_text("utf-8")}
    groups = {path.stem for path in (SOURCE / "cli").glob("*.py") if "app.add_typer" in path.read_text("utf-8")}
    assert adding | groups == set(COMMANDS)
