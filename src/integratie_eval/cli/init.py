"""integratie-eval init: a first look at exports, and the settings that they need."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from integratie_eval.cli.answers import Overwrite
from integratie_eval.cli.app import Command, app
from integratie_eval.cli.options import Paths
from integratie_eval.cli.screen import Json, rows_told, say, say_json
from integratie_eval.errors import OutputError, UsageError, reason_of

if TYPE_CHECKING:
    from integratie_eval.first_look import Doubt, FirstLook, Lack

EXAMPLE = "integratie-eval init exports/ --ja"


@app.command(
    cls=Command, help=f"Bekijk exports voor het eerst en schrijf integratie.toml ernaast. Voorbeeld: {EXAMPLE}"
)
def init(
    paths: Paths,
    yes: Annotated[
        bool, typer.Option("--ja", help="Vraag niets: neem de beste gok voor verplichte kolommen over.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--uit-bestand", metavar="BESTAND", help="Andere plaats voor integratie.toml.")
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Show what is recognised, ask about the rest, write the settings."""
    from integratie_eval.first_look import look_at, settings_text
    from integratie_eval.private import require_free
    from integratie_eval.read.sources import find_files
    from integratie_eval.settings import FILE_NAME

    if as_json and not yes:
        raise UsageError("Met --json kan er niets gevraagd worden.", f"Geef ook --ja. Voorbeeld: {EXAMPLE}")
    if not yes and not sys.stdin.isatty():
        raise UsageError("Er is geen scherm om vragen te stellen.", f"Geef --ja. Voorbeeld: {EXAMPLE}")
    file = output or find_files(paths)[0].parent / FILE_NAME
    if file.suffix.lower() != ".toml":
        raise UsageError(f"{file} kan geen instellingen bevatten.", f"Laat de naam eindigen op .toml: {FILE_NAME}")
    require_free(file, overwrite=overwrite)
    look = look_at(paths)
    if not as_json:
        _show(look)
    if yes:
        accepted = [doubt for doubt in look.doubts if doubt.required]
    else:
        accepted, refused = _asked(look)
        look = replace(look, doubts=tuple(doubt for doubt in look.doubts if doubt not in refused))
    try:
        file.write_text(settings_text(look, accepted), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{file} is niet te schrijven ({reason_of(error)}).", "Geef een andere plaats met -o."
        ) from None
    if as_json:
        say_json({"bestand": str(file.resolve()), **_facts(look, accepted)})
    else:
        given = [*paths, *(["-c", str(output)] if output else [])]
        say(f"Geschreven: {file.resolve()}. Controleer daarna met: integratie-eval check {shlex.join(given)}", err=True)


def _facts(look: FirstLook, accepted: Sequence[Doubt]) -> dict[str, Any]:
    sheets = [
        {
            "bestand": s.file,
            "blad": s.sheet,
            "tabel": s.table,
            "regels": s.rows,
            "gevuld": dict(s.filled),
            "andere_koppen": list(s.headings),
        }
        for s in look.sheets
    ]
    doubts = [
        {"kop": d.heading, "tabel": d.table, "kolom": d.column, "verplicht": d.required, "overgenomen": d in accepted}
        for d in look.doubts
    ]
    lacks = [{"tabel": lack.table, "kolom": lack.column} for lack in look.lacks]
    return {"bladen": sheets, "twijfels": doubts, "ontbreekt": lacks}


def _show(look: FirstLook) -> None:
    for sheet in look.sheets:
        name = f"{sheet.file}, blad '{sheet.sheet}'" if sheet.sheet else sheet.file
        if sheet.table is None:
            say(f"{name}: niet herkend{': ' if sheet.problem else ''}{sheet.problem}")
            if sheet.headings:
                say(f"  de koppen zijn misschien: {', '.join(sheet.headings)}")
            continue
        say(f"{name}: tabel {sheet.table}, {rows_told(sheet.rows)}")
        say(f"  {', '.join(f'{column} ({count} gevuld)' for column, count in sheet.filled.items())}")
        if sheet.headings:
            say(f"  koppen die niet bekend zijn: {', '.join(sheet.headings)}")
    for doubt in look.doubts:
        required = ", verplicht" if doubt.required else ""
        say(f"Kop '{doubt.heading}' in {doubt.table}: misschien {doubt.column}{required}")
    for lack in look.lacks:
        say(f"Nodig in {lack.table}, en geen kop lijkt erop: {lack.column}")


def _ask(doubts: Sequence[Doubt]) -> tuple[list[Doubt], list[Doubt]]:
    """The guesses that the user agrees with, and those that are wrong. Enter is yes for what is required only."""
    accepted: list[Doubt] = []
    refused: list[Doubt] = []
    for doubt in doubts:
        choice = "[J/n]" if doubt.required else "[j/N]"
        say(f"Is '{doubt.heading}' in {doubt.table} de kolom {doubt.column}? {choice} ", nl=False)
        answer = sys.stdin.readline().strip().lower()
        if answer.startswith("j") or (not answer and doubt.required):
            accepted.append(doubt)
        elif answer.startswith("n"):
            refused.append(doubt)
    return accepted, refused


def _asked(look: FirstLook) -> tuple[list[Doubt], list[Doubt]]:
    """The guesses that the user agrees with, with the headings that he or she names for the columns still needed.

    And the guesses that are wrong.
    """
    from integratie_eval.first_look import Lack

    accepted, refused = _ask(look.doubts)
    needed = [Lack(doubt.table, doubt.column) for doubt in look.doubts if doubt.required and doubt not in accepted]
    for lack in [*needed, *look.lacks]:
        if heading := _heading_for(lack, look, accepted):
            accepted.append(lack.doubt(heading))
    return accepted, refused


def _heading_for(lack: Lack, look: FirstLook, accepted: Sequence[Doubt]) -> str:
    """Which heading stands for a column that no heading looks like; empty when the user does not know."""
    from integratie_eval.text import fold

    taken = {fold(doubt.heading) for doubt in accepted if doubt.table == lack.table}
    while True:
        say(f"Welke kop in {lack.table} is de kolom {lack.column}? (Enter: weet ik niet) ", nl=False)
        heading = sys.stdin.readline().strip()
        if not heading or (look.has_heading(heading) and fold(heading) not in taken):
            return heading
        say("Die kop is al van een andere kolom." if fold(heading) in taken else "Die kop staat niet in de exports.")
