"""An error for the user says what is wrong and what to do, and each kind has its exit code."""

from __future__ import annotations

import errno
import os

import pytest

from integratie_eval.errors import ExitCode, InputError, OutputError, SettingsError, UsageError, UserError, reason_of


@pytest.mark.parametrize(
    ("kind", "code"), [(UsageError, 2), (SettingsError, 2), (InputError, 3), (OutputError, 6), (UserError, 2)]
)
def test_every_kind_of_error_has_its_exit_code(kind: type[UserError], code: int) -> None:
    assert kind("Wat.", "Doe dit.").exit_code == code


def test_the_text_of_an_error_is_its_message_and_its_remedy() -> None:
    error = InputError("a.xlsx is leeg.", "Exporteer opnieuw.")
    assert (error.message, error.remedy, str(error)) == (
        "a.xlsx is leeg.",
        "Exporteer opnieuw.",
        "a.xlsx is leeg. Exporteer opnieuw.",
    )


def test_exit_codes_are_those_of_the_manual() -> None:
    assert [(code.name, code.value) for code in ExitCode] == [
        ("DONE", 0),
        ("OUR_FAULT", 1),
        ("WRONG_USE", 2),
        ("UNUSABLE_INPUT", 3),
        ("FINDINGS", 4),
        ("TRY_LATER", 5),
        ("OUTPUT_FAILED", 6),
    ]


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOENT, "de map of schijf bestaat niet"), (errno.EACCES, "geen toegang"),
     (errno.ENOSPC, "de schijf is vol"), (errno.EXDEV, f"fout {errno.EXDEV} van het systeem")],
)  # fmt: skip
def test_what_the_system_says_is_told_in_dutch(number: int, reason: str) -> None:
    assert reason_of(OSError(number, os.strerror(number))) == reason
