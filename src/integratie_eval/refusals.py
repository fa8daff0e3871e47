"""Why a delivered file is not used: the sentences of refusals.toml as errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import tomli

from integratie_eval.errors import InputError
from integratie_eval.resources import definitions_folder


@dataclass(frozen=True)
class Refusal:
    """A declared reason to refuse a file, with a message and a remedy that may hold {names}."""

    id: str
    title: str
    message: str
    remedy: str


@cache
def load_refusals() -> Mapping[str, Refusal]:
    """All declared refusals, by id."""
    data = tomli.loads((definitions_folder() / "refusals.toml").read_text(encoding="utf-8"))
    return {
        spec["id"]: Refusal(spec["id"], spec["titel"], spec["melding"], spec["oplossing"]) for spec in data["weigering"]
    }


def refuse(refusal: str, **where: object) -> InputError:
    """The error of a declared refusal; `where` fills in the names of its sentences, never the value of a cell."""
    declared = load_refusals()[refusal]
    return InputError(declared.message.format(**where), declared.remedy.format(**where), refusal)
