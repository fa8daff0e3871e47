"""Errors meant for the user: what went wrong, where, and what to do; each kind has its exit code."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line (docs/handleiding.md, 'Afsluitcodes')."""

    DONE = 0
    OUR_FAULT = 1
    WRONG_USE = 2
    UNUSABLE_INPUT = 3
    FINDINGS = 4
    TRY_LATER = 5
    OUTPUT_FAILED = 6


class UserError(Exception):
    """An error that the user can solve: a Dutch message, a Dutch remedy, an exit code. Never holds a cell's value."""

    exit_code = ExitCode.WRONG_USE

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class UsageError(UserError):
    """The command or an option is wrong."""


class SettingsError(UserError):
    """integratie.toml or a definition is wrong."""


class InputError(UserError):
    """A delivered file cannot be used; nothing is written."""

    exit_code = ExitCode.UNUSABLE_INPUT


class OutputError(UserError):
    """The report cannot be written."""

    exit_code = ExitCode.OUTPUT_FAILED
