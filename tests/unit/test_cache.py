"""[cache]: what was read of a file is not read again, as long as nothing changes; only its owner can get at it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

import integratie_eval.read.cache as module
from integratie_eval.errors import OutputError, Refused, SettingsError
from integratie_eval.read.cache import Cache, clear_cache, open_cache
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.opened import OpenedFile
from tests.helpers import clienten, write_csv, write_ods, write_xlsx


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    opened = open_cache(tmp_path / "cache")
    assert opened
    return opened


def read(path: Path, cache: Cache | None) -> tuple[OpenedFile | Refused, bool]:
    """What is read of a file, and whether a worker opened it."""
    asked: list[int] = []
    with Opening([path], Limits(), asked.append, cache) as opening:
        return opening.results()[0], bool(asked)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_what_is_kept_is_what_was_read(tmp_path: Path, cache: Cache, suffix: str) -> None:
    rows = clienten({"trede": 4}, {"reden_einde": "=11"})
    write = {".xlsx": write_xlsx, ".ods": write_ods}.get(suffix)
    path = tmp_path / f"2019-Q4{suffix}"
    _ = write(path, {"Cliënten": rows, "Leeg": [[]]}) if write else write_csv(path, rows)
    first, again, without = read(path, cache), read(path, cache), read(path, None)
    assert isinstance(first[0], OpenedFile)
    assert (first[1], again[1], without[1]) == (True, False, True)
    assert again[0] == first[0] == without[0]


def test_another_content_is_read_anew(tmp_path: Path, cache: Cache) -> None:
    path = write_csv(tmp_path / "2019-Q4.csv", clienten({}))
    one, _ = read(path, cache)
    write_csv(path, clienten({}, {}))
    two, opened = read(path, cache)
    assert opened
    assert two != one


def test_another_version_of_the_definitions_or_the_readers_reads_anew(tmp_path: Path, cache: Cache) -> None:
    path = write_csv(tmp_path / "2019-Q4.csv", clienten({}))
    read(path, cache)
    assert read(path, Cache(cache.folder, "anders"))[1]
    assert not read(path, open_cache(cache.folder))[1]


def test_the_same_content_under_another_name_is_the_file_of_that_name(tmp_path: Path, cache: Cache) -> None:
    path = write_csv(tmp_path / "2019-Q3.csv", clienten({}))
    read(path, cache)
    copy = tmp_path / "2019-Q4.csv"
    copy.write_bytes(path.read_bytes())
    found, opened = read(copy, cache)
    assert isinstance(found, OpenedFile)
    assert (found.path, opened) == (copy, False)


@pytest.mark.parametrize("damage", ["short", "long", "nonsense", "empty", "other", "cells"])
def test_what_is_damaged_is_read_anew(tmp_path: Path, cache: Cache, damage: str) -> None:
    path = write_csv(tmp_path / "2019-Q4.csv", clienten({}))
    good, _ = read(path, cache)
    (kept,) = cache.folder.iterdir()
    content = kept.read_bytes()
    kept.write_bytes(
        {"short": content[:-9], "long": content + b"x", "nonsense": b"{\n", "empty": b"",
         "cells": content[:-9] + b"x" * 9,
         "other": content.replace(b'"sha256": "', b'"sha256": "0')}[damage]
    )  # fmt: skip
    assert read(path, cache) == (good, True)
    assert kept.read_bytes() == content


def test_a_refused_file_is_not_kept(tmp_path: Path, cache: Cache) -> None:
    path = tmp_path / "2019-Q4.xlsx"
    path.write_bytes(b"PK\x03\x04")
    assert isinstance(read(path, cache)[0], Refused)
    assert list(cache.folder.iterdir()) == []


def test_only_the_owner_can_get_at_it(tmp_path: Path, cache: Cache) -> None:
    read(write_csv(tmp_path / "2019-Q4.csv", clienten({})), cache)
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in cache.folder.iterdir()] == [0o600]
    cache.folder.chmod(0o755)
    with pytest.raises(SettingsError, match="kunnen ook anderen") as refused:
        open_cache(cache.folder)
    assert refused.value.remedy.endswith(f"chmod 700 {cache.folder}")


def test_a_place_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    with pytest.raises(SettingsError, match="is niet te maken"):
        open_cache(tmp_path / "bestand" / "cache")


def test_without_a_folder_nothing_is_kept() -> None:
    assert open_cache(None) is None


def test_a_cache_that_cannot_be_written_costs_no_report(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutputError("vol", "ruim op")

    monkeypatch.setattr(Cache, "keep", full)
    assert isinstance(read(write_csv(tmp_path / "2019-Q4.csv", clienten({})), cache)[0], OpenedFile)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path, cache: Cache) -> None:
    os.mkfifo(tmp_path / "2019-Q4.csv")
    found, _ = read(tmp_path / "2019-Q4.csv", cache)
    assert isinstance(found, Refused)
    assert found.refusal == "bestand_onleesbaar"


def test_clearing_removes_what_was_kept_and_nothing_else(tmp_path: Path, cache: Cache) -> None:
    read(write_csv(tmp_path / "2019-Q4.csv", clienten({})), cache)
    (kept,) = cache.folder.iterdir()
    (cache.folder / f".{kept.name}.12.ab.tmp").write_bytes(b"half")
    (cache.folder / "map.gelezen").mkdir()
    read(tmp_path / "2019-Q4.csv", Cache(cache.folder, "oude versie"))
    (cache.folder / "aantekening.txt").write_text("x", encoding="utf-8")
    assert clear_cache(cache.folder) == 3
    assert sorted(path.name for path in cache.folder.iterdir()) == ["aantekening.txt", "map.gelezen"]
    assert clear_cache(cache.folder) == 0


def test_the_code_of_the_readers_is_part_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_cache(tmp_path / "cache")
    readers = tmp_path / "read"
    readers.mkdir()
    (readers / "csv.py").write_text("x = 1", encoding="utf-8")
    monkeypatch.setattr(module, "readers_folder", lambda: readers)
    after = open_cache(tmp_path / "cache")
    assert before and after and before.readers != after.readers
