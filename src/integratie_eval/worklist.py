"""Lists of people who need something, from declared rules (definitions/worklists.toml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import tomli

from integratie_eval.answer import Answer
from integratie_eval.database import sql_list
from integratie_eval.errors import InputError, UsageError
from integratie_eval.query import Questions
from integratie_eval.resources import definitions_folder
from integratie_eval.text import fold, hint
from integratie_eval.undelivered import in_words, lacking_needs, undelivered


@dataclass(frozen=True)
class Worklist:
    """A declared list: who is on it, and why."""

    id: str
    title: str
    view: str
    condition: str
    needs: tuple[str, ...]
    reason: str


@cache
def load_worklists() -> Mapping[str, Worklist]:
    """The lists that ship with the tool, by id."""
    text = (definitions_folder() / "worklists.toml").read_text(encoding="utf-8")
    lists = (
        Worklist(w["id"], w["titel"], w.get("uit", "personen"), w["voorwaarde"], tuple(w["nodig"]), w["reden"])
        for w in tomli.loads(text)["werklijst"]
    )
    return {declared.id: declared for declared in lists}


def chosen_worklists(kinds: Sequence[str], delivered: frozenset[str]) -> tuple[Worklist, ...]:
    """The lists of these kinds; without kinds all lists that can be made of what was delivered."""
    declared = load_worklists()
    for kind in kinds:
        if kind not in declared:
            raise UsageError(f"De werklijst {kind} bestaat niet.", hint(kind, declared))
        lacking = lacking_needs(declared[kind].needs, delivered)
        if lacking:
            raise InputError(
                f"De werklijst {kind} kan niet worden gemaakt: {in_words(lacking)}.",
                "Lever de kolom of de tabel mee, of kies een andere lijst.",
            )
    if kinds:
        return tuple(declared[kind] for kind in dict.fromkeys(kinds))
    possible = tuple(item for item in declared.values() if not lacking_needs(item.needs, delivered))
    if not possible:
        raise InputError(
            "Er kan geen enkele werklijst worden gemaakt: de kolommen en tabellen ervoor zijn niet geleverd.",
            "In docs/definities.md staat bij elke werklijst wat nodig is.",
        )
    return possible


def left_out(delivered: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """The declared lists that cannot be made because something was not delivered: their id → what."""
    lacking = {item.id: lacking_needs(item.needs, delivered) for item in load_worklists().values()}
    return {name: needs for name, needs in lacking.items() if needs}


def people_on(questions: Questions, lists: Sequence[Worklist], klantmanager: str | None = None) -> Answer:
    """Everyone on these lists: the list, the numbers, how he or she stands now, and the reason.

    With the klantmanager of each, where that was delivered; only the people of one, when asked.
    """
    exports = questions.exports
    delivered = "clienten.klantmanager" in exports.delivered.columns
    if klantmanager is not None and not delivered:
        raise InputError(
            "De werklijst kan niet per klantmanager: clienten.klantmanager is niet geleverd.",
            "Lever de kolom mee, of laat --klantmanager weg.",
        )
    column = "klantmanager, " if delivered else ""
    condition = "" if klantmanager is None else f"WHERE klantmanager IN ({_spellings(questions, klantmanager)})"
    unknown = undelivered(exports.definitions, exports.delivered.columns, "personen", ["eindstatus"])
    status = "NULL" if unknown else "p.eindstatus"  # what was not delivered is empty, not 'nog geen traject'
    selects = (
        f"SELECT {place} AS plaats, '{item.id}' AS lijst, p.clientnummer, p.uitkeringnummer, p.cohort, p.trede, "
        f"p.datum_trede, {status} AS eindstatus, '{item.reason}' AS reden FROM personen p WHERE p.clientnummer IN "
        f"(SELECT clientnummer FROM {item.view} WHERE {item.condition})"
        for place, item in enumerate(lists)
    )
    return questions.ask(
        f"SELECT lijst, {column}clientnummer, uitkeringnummer, cohort, trede, datum_trede, eindstatus, reden "
        f"FROM ({' UNION ALL '.join(selects)}) AS lijsten LEFT JOIN (SELECT clientnummer AS van, "
        "min(klantmanager) AS klantmanager FROM clienten GROUP BY clientnummer) AS k ON k.van = clientnummer "
        f"{condition} ORDER BY plaats, clientnummer"
    )


def _spellings(questions: Questions, klantmanager: str) -> str:
    """The ways in which the deliveries write this klantmanager, as a list for SQL. Raises UsageError when in none."""
    known = [name for (name,) in questions.ask("SELECT DISTINCT klantmanager FROM clienten").rows if name]
    wanted = klantmanager.strip().casefold()  # 1-1 and 11 are two codes; other signs count only when nothing is equal
    same = [name for name in known if name.casefold() == wanted]
    same = same or [name for name in known if fold(name) == fold(klantmanager)]
    if not same:
        raise UsageError(
            f"Niemand heeft {klantmanager} als klantmanager.",
            "Schrijf de naam of de code zoals die in de kolom klantmanager van de export staat.",
        )
    return sql_list(same)
