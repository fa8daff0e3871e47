"""A path is a file, a folder or a pattern; only exports are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from integratie_eval.errors import InputError, UsageError
from integratie_eval.read.sources import find_files, find_settings, open_elsewhere
from integratie_eval.settings import FILE_NAME


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.xlsx",
        "a.csv",
        "C.ODS",
        "leesmij.pdf",
        ".verborgen.xlsx",
        "~$b.xlsx",
        "cijfers.csv",
        "cijfers.xlsx",
        "bevindingen.csv",
        "vergelijking.csv",
    ):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "map.xlsx").mkdir()
    return tmp_path


def names(*paths: str | Path) -> list[str]:
    return [path.name for path in find_files([str(path) for path in paths])]


def test_a_folder_gives_its_exports_and_nothing_else(folder: Path) -> None:
    assert names(folder) == ["C.ODS", "a.csv", "b.xlsx"]


def test_a_file_is_taken_whatever_its_name_is(folder: Path) -> None:
    assert names(folder / "leesmij.pdf") == ["leesmij.pdf"]


def test_a_pattern_gives_the_exports_that_fit(folder: Path) -> None:
    assert names(folder / "*.xlsx") == ["b.xlsx"]


def test_a_file_counts_once_however_often_it_is_named(folder: Path) -> None:
    assert names(folder, folder / "b.xlsx", folder / ".." / folder.name / "b.xlsx") == ["C.ODS", "a.csv", "b.xlsx"]


def test_the_order_in_which_paths_are_given_does_not_matter(folder: Path) -> None:
    assert names(folder / "b.xlsx", folder / "a.csv") == names(folder / "a.csv", folder / "b.xlsx")


def test_a_name_with_signs_of_a_pattern_may_be_an_ordinary_file(tmp_path: Path) -> None:
    (tmp_path / "export [1].xlsx").write_bytes(b"x")
    assert names(tmp_path / "export [1].xlsx") == ["export [1].xlsx"]


def test_without_a_path_the_use_is_wrong() -> None:
    with pytest.raises(UsageError, match="geen bestand of map"):
        find_files([])


@pytest.mark.parametrize(("name", "message"), [("weg.xlsx", "bestaat niet"), ("*.xls", "hoort geen enkel bestand")])
def test_what_does_not_exist_is_refused_by_name(folder: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        find_files([str(folder / name)])
    assert name in caught.value.message


def test_a_link_to_nothing_is_refused_as_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "weg.xlsx")
    with pytest.raises(InputError, match="koppeling"):
        find_files([str(tmp_path / "link.xlsx")])


def test_a_folder_without_exports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="staat geen export"):
        find_files([str(tmp_path)])


def test_the_settings_next_to_the_exports_are_found(folder: Path) -> None:
    assert find_settings([str(folder)]) is None
    (folder / FILE_NAME).write_text("")
    assert find_settings([str(folder)]) == folder.resolve() / FILE_NAME
    assert find_settings([str(folder / "b.xlsx"), str(folder / "a.csv")]) == folder.resolve() / FILE_NAME


def test_two_settings_are_one_too_many(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        (tmp_path / name / FILE_NAME).write_text("")
        (tmp_path / name / "a.csv").write_text("x")
    with pytest.raises(UsageError, match="meer instellingenbestanden"):
        find_settings([str(tmp_path / "een"), str(tmp_path / "twee")])


def test_files_that_excel_or_libreoffice_has_open_are_told(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.ods", "~$a.xlsx", ".~lock.b.ods#"):
        (tmp_path / name).write_bytes(b"x")
    assert open_elsewhere(find_files([str(tmp_path)])) == ["a.xlsx", "b.ods"]


def test_a_file_that_is_not_read_may_be_open(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx", "~$b.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    assert open_elsewhere([tmp_path / "a.xlsx"]) == []
