"""The values of a parsed settings file, each of its own type; a wrong key or value is refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from integratie_eval.errors import SettingsError
from integratie_eval.text import hint, listed

EARLIEST, LATEST = 1900, 2100
WRONG_YEAR = f"het jaar moet van {EARLIEST} tot en met {LATEST} zijn"


class Values:
    """Takes values from tables of TOML; knows the file, so that every message can name it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, key: str, what: str, remedy: str) -> SettingsError:
        """The refusal of a key: what is wrong with it, and what to do."""
        return SettingsError(f"{self.path}, [{key}]: {what}.", remedy)

    def known(self, section: str, given: Mapping[str, Any], names: tuple[str, ...]) -> None:
        """Refuse a key that is no setting, with a suggestion."""
        for key in given:
            if key not in names:
                where = f"{section}.{key}" if section else key
                raise self.wrong(where, "deze instelling bestaat niet", hint(key, names))

    def typed(self, section: str, given: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
        """A value of one type, or the default when it is not given."""
        value = given.get(key, default)
        if value is not default and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            wanted = {
                str: "een tekst",
                bool: "true of false",
                int: "een heel getal",
                dict: "een tabel",
                list: "een lijst",
            }
            where = f"{section}.{key}" if section else key
            raise self.wrong(where, f"hier hoort {wanted[kind]}", "Pas de waarde aan.")
        return value

    def strings(self, section: str, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A list of texts."""
        items = self.typed(section, given, key, list, [])
        if not all(isinstance(item, str) for item in items):
            raise self.wrong(f"{section}.{key}", "hier hoort een lijst van teksten", 'Schrijf bijvoorbeeld ["a", "b"].')
        return tuple(items)

    def day(self, part: Mapping[str, Mapping[str, Any]], section: str, key: str) -> date | None:
        """A day, or None when it is not given."""
        value = part[section].get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            if not EARLIEST <= value.year <= LATEST:
                raise self.wrong(f"{section}.{key}", WRONG_YEAR, "Verbeter het jaar.")
            return value
        raise self.wrong(
            f"{section}.{key}", "hier hoort een datum", "Schrijf de datum als 2019-12-31, zonder aanhalingstekens."
        )

    def at_least(self, section: str, given: Mapping[str, Any], key: str, least: int) -> int | None:
        """A whole number that is not too small; None when it is not given."""
        value: int | None = self.typed(section, given, key, int, None)
        if value is not None and value < least:
            raise self.wrong(f"{section}.{key}", f"dit getal moet minstens {least} zijn", "Pas de waarde aan.")
        return value

    def tables(self, key: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The entries of a [[list]] of tables."""
        entries: list[dict[str, Any]] = self.typed("", data, key, list, [])
        if not all(isinstance(entry, dict) for entry in entries):
            raise self.wrong(key, "hier hoort een lijst van tabellen", f"Schrijf elke regel onder [[{key}]].")
        return entries

    def texts(self, section: str, given: Mapping[str, Any]) -> dict[str, str]:
        """A table of text = text."""
        for key, value in given.items():
            if not isinstance(value, str):
                raise self.wrong(
                    f'{section}."{key}"', "hier hoort een tekst", 'Schrijf de waarde tussen "aanhalingstekens".'
                )
        return dict(given)

    def choice(self, section: str, given: Mapping[str, Any], key: str, choices: Iterable[str]) -> str | None:
        """A text of which the choices are known; without choices, any text. None when it is not given."""
        value: str | None = self.typed(section, given, key, str, None)
        names = list(choices)
        if value is not None and names and value not in names:
            raise self.wrong(f"{section}.{key}", f"{value} is hier geen keus", f"Mogelijk zijn: {listed(names)}.")
        return value
