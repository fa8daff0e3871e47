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
    """A delivered file cannot be used; nothing is written. `refusal` is the id of the reason (refusals.toml)."""

    exit_code = ExitCode.UNUSABLE_INPUT

    def __init__(self, message: str, remedy: str, refusal: str = "") -> None:
        super().__init__(message, remedy)
        self.refusal = refusal


class OutputError(UserError):
    """The report cannot be written."""

    exit_code = ExitCode.OUTPUT_FAILED


class Refused(Exception):  # noqa: N818  reads as the fact that it is
    """A file cannot be read, told inside the worker process: the id of a refusal and what its sentences name."""

    def __init__(self, refusal: str, **where: object) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.where = where
