"""What is shipped: the exact files of the wheel, and that the wheel works without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MARKER = "stray export that must never be packed"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--wheel",
        "--sdist",
        "--outdir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return folder


def tracked(*folders: str) -> set[str]:
    """The files below these folders that belong to the project, by path from the root."""
    files = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}


def test_the_wheel_holds_the_package_the_templates_and_the_sample_and_nothing_else(built: Path) -> None:
    names = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    packed = {name for name in names if ".dist-info/" not in name}

    package = {name.removeprefix("src/") for name in tracked("src/integratie_eval")}
    shipped = {f"integratie_eval/{name}" for name in tracked("templates", "data/sample")}
    assert packed == package | shipped
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_sdist_holds_only_folders_that_are_named(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        tops = {Path(name).parts[1] for name in archive.getnames() if len(Path(name).parts) > 1}

    assert tops == {
        "src", "templates", "data", "tests", "docs", "benchmarks", "Makefile", "README.md", "CHANGELOG.md", "LICENSE",
        "pyproject.toml", "PKG-INFO", ".gitignore",
    }  # fmt: skip
    assert {Path(n).parts[2] for n in names_below(built, "data")} == {"sample"}


def names_below(built: Path, folder: str) -> list[str]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return [name for name in archive.getnames() if len(Path(name).parts) > 2 and Path(name).parts[1] == folder]


def test_the_installed_wheel_makes_the_report_of_the_packaged_sample_without_the_repository(
    built: Path, tmp_path: Path
) -> None:
    environment = tmp_path / "leeg"
    venv.create(environment, with_pip=False)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = environment / ("Lib/site-packages" if os.name == "nt" else f"lib/{version}/site-packages")
    zipfile.ZipFile(next(built.glob("*.whl"))).extractall(site)
    # the libraries come from this environment, our own package only from the wheel
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    links = site / "libraries.pth"
    links.write_text("\n".join(libraries) + "\n", encoding="utf-8")
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if p != {src!r}];"
        "import integratie_eval; from integratie_eval.resources import sample_folder;"
        "assert {root!r} not in integratie_eval.__file__, integratie_eval.__file__;"
        "print(sample_folder())"
    ).format(src=str(ROOT / "src"), root=str(ROOT))
    run = [str(python), "-c", code]
    sample = subprocess.run(run, check=True, capture_output=True, text=True, cwd=tmp_path, env={"PATH": "/usr/bin"})

    report = [str(python), "-m", "integratie_eval", "report", sample.stdout.strip(), "-o", str(tmp_path / "uit")]
    subprocess.run(report, check=True, capture_output=True, text=True, cwd=tmp_path, env={"PATH": "/usr/bin"})

    assert (tmp_path / "uit" / "rapport.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert str(ROOT) not in sample.stdout
