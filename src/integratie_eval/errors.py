"""Errors meant for the user: what went wrong, where, and what to do; each kind has its exit code."""

from __future__ import annotations

import errno
from enum import IntEnum
from pathlib import Path


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


class TryLaterError(UserError):
    """Someone else is busy with what this run needs."""

    exit_code = ExitCode.TRY_LATER


class Refused(Exception):  # noqa: N818  reads as the fact that it is
    """A file cannot be read, told inside the worker process: the id of a refusal and what its sentences name."""

    def __init__(self, refusal: str, **where: object) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.where = where


_REASONS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijfruimte is op",
    errno.ENOENT: "de map of schijf bestaat niet",
    errno.EROFS: "de schijf is alleen te lezen",
    errno.EISDIR: "er staat een map op de plaats van een bestand",
    errno.ENOTDIR: "er staat een bestand op de plaats van een map",
    errno.EEXIST: "er staat een bestand op de plaats van een map",
    errno.EACCES: "geen toegang",
    errno.EPERM: "geen toegang",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EIO: "de schijf of het netwerk geeft een fout",
}


def reason_of(error: OSError) -> str:
    """Why a file or folder cannot be used, in words of the user."""
    return _REASONS.get(error.errno or 0, f"fout {error.errno} van het systeem")


def is_full(error: BaseException) -> bool:
    """Nothing more can be written: the disk, or the space of this user on it, is used up."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def not_installed(what: str, extra: str) -> UsageError:
    """The error of a format whose libraries are an extra that is not installed."""
    return UsageError(
        f"Voor {what} zijn onderdelen nodig die niet zijn geïnstalleerd.",
        f'Installeer ze met: pip install "integratie-eval[{extra}]"',
    )


def folder_unwritable(folder: Path, error: OSError) -> OutputError:
    """The error of a folder in which files for the user to begin with cannot be written."""
    return OutputError(f"De map {folder} is niet te beschrijven ({reason_of(error)}).", "Kies een andere map.")


def unwritable(folder: Path, error: OSError) -> OutputError:
    """The error of a folder in which the report cannot be written."""
    file = f" bij {Path(error.filename).name}" if error.filename else ""
    reason = reason_of(error) if error.errno in _REASONS else f"{reason_of(error)}{file}"
    if isinstance(error, PermissionError):
        reason = f"geen toegang{file}, misschien is het open in een ander programma"
    return OutputError(
        f"De map {folder} is niet te beschrijven ({reason}). Wat er stond, is niet veranderd.",
        "Kies een andere map met -o, of sluit het rapport en probeer het opnieuw.",
    )
