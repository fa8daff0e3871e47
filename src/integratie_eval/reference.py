"""docs/definities.md: the reference of all definitions, made from the definitions themselves (`make docs`)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from integratie_eval.catalogue import catalogue_page, load_catalogue
from integratie_eval.definitions import Column, Definitions, Indicator, Ratio, Rule, Table, load_definitions
from integratie_eval.refusals import Refusal, load_refusals
from integratie_eval.render.markdown_text import escape
from integratie_eval.text import listed
from integratie_eval.worklist import load_worklists

_KINDS = {
    "sleutel": "nummer of code, met voorloopnullen",
    "tekst": "tekst",
    "datum": "datum",
    "geheel": "geheel getal",
    "getal": "getal",
    "ja_nee": "ja of nee",
    "code": "vaste waarden",
}


def reference(definitions: Definitions) -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines(definitions)).rstrip() + "\n"


def _lines(definitions: Definitions) -> Iterator[str]:
    yield "# Definities"
    yield ""
    yield "Deze pagina is gemaakt uit de definities in `src/integratie_eval/definitions` met `make docs`."
    yield "Wijzig de definities, niet deze pagina."
    yield ""
    yield "## Tabellen en kolommen"
    yield ""
    yield "Bij het zoeken naar koppen tellen hoofdletters, accenten, leestekens en spaties niet mee."
    for table in definitions.tables.values():
        yield from _table(table)
    yield from _codes(definitions)
    yield from _statuses(definitions)
    yield "## Cijfers"
    yield ""
    for indicator in definitions.indicators:
        yield from _indicator(indicator, definitions)
    for ratio in definitions.ratios:
        yield from _ratio(ratio)
    yield "## Bronnen voor eigen cijfers"
    yield ""
    yield "Een eigen cijfer (`[[indicator]]` in integratie.toml) telt regels uit een van deze bronnen."
    yield ""
    for view in definitions.views.values():
        yield f"* `{view.name}`: {view.description}. Kolommen: {', '.join(f'`{name}`' for name in view.columns)}."
    yield ""
    yield "## Werklijsten"
    yield ""
    yield "Wie op een lijst van `integratie-eval worklist` staat, en wat de lijst erbij zegt."
    yield ""
    yield from _rows(
        ("lijst", "uit", "voorwaarde", "nodig", "reden"),
        (
            (f"`{item.id}`", f"`{item.view}`", f"`{item.condition}`", escape(", ".join(item.needs)), item.reason)
            for item in load_worklists().values()
        ),
    )
    yield ""
    yield "## Controles"
    yield ""
    yield "Elke bevinding heeft een vaste naam. Zij staat in `bevindingen.csv` en in de uitvoer van `check`."
    yield ""
    for rule in definitions.rules.values():
        yield from _rule(rule)
    yield "## Weigeringen"
    yield ""
    yield "Een bestand dat niet te gebruiken is, wordt geweigerd met een van deze redenen (afsluitcode 3)."
    yield ""
    for refusal in load_refusals().values():
        yield from _refusal(refusal)


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"### {table.name}"
    yield ""
    yield table.description
    for group in table.one_of[:1]:
        yield f"Nodig: {listed([f'`{name}`' for name in group])}, of één regel per persoon met een datum."
    yield ""
    yield from _rows(
        ("kolom", "verplicht", "soort", "uitleg", "koppen die worden herkend"),
        (_column(column) for column in table.columns.values()),
    )


def _column(column: Column) -> tuple[str, ...]:
    kind = _KINDS[column.kind] + (f" (lijst {column.codes})" if column.codes else "")
    return f"`{column.name}`", "ja" if column.required else "", kind, column.description, ", ".join(column.aliases)


def _codes(definitions: Definitions) -> Iterator[str]:
    yield ""
    yield "## Vaste waarden"
    for name, titles in definitions.code_titles.items():
        yield ""
        yield f"### Lijst {name}"
        yield ""
        texts: dict[str, list[str]] = {code: [] for code in titles}
        for text, code in definitions.codes[name].items():
            texts[code].append(text)
        yield from _rows(
            ("waarde", "naam", "wordt herkend als"),
            ((f"`{code}`", escape(titles[code]), escape(", ".join(texts[code]))) for code in titles),
        )
    yield ""


def _statuses(definitions: Definitions) -> Iterator[str]:
    yield "## Eindstatus"
    yield ""
    yield "Iedere persoon krijgt de eerste eindstatus die past, in deze volgorde."
    yield ""
    for number, status in enumerate(definitions.statuses, 1):
        yield f"{number}. {status.name}: {status.description} (`{status.fact}`)"
    yield ""


def _indicator(indicator: Indicator, definitions: Definitions) -> Iterator[str]:
    titles = {declared.id: declared.title for declared in definitions.indicators}
    yield f"### {indicator.id}"
    yield ""
    yield f"{indicator.title}. {indicator.definition}"
    yield ""
    yield f"* Telt: {indicator.counted} uit `{indicator.view}`, voorwaarde `{indicator.condition}`"
    if indicator.dimension:
        yield f"* Verdeeld naar: `{indicator.dimension}`"
    yield f"* Noemer: {titles[indicator.base].lower() if indicator.base else 'geen'}"
    if indicator.needs:
        yield f"* Nodig: {', '.join(f'`{need}`' for need in indicator.needs)}"
    yield f"* Bron: {indicator.source}"
    yield ""


def _ratio(ratio: Ratio) -> Iterator[str]:
    yield f"### {ratio.id}"
    yield ""
    yield f"{ratio.title}. {ratio.definition}"
    yield ""
    yield f"* Berekend uit: `{ratio.figure}` en het aantal fte in de instellingen (`[project]`)"
    yield f"* Bron: {ratio.source}"
    yield ""


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}"
    yield ""
    yield f"{rule.title} ({rule.severity.value}). {rule.explanation}"
    yield ""
    yield f"Wat te doen: {rule.remedy}"
    if rule.set_aside:
        yield ""
        yield f"De regel wordt opzij gezet met de reden '{rule.set_aside}'."
    yield ""


def _refusal(refusal: Refusal) -> Iterator[str]:
    yield f"### {refusal.id}"
    yield ""
    yield f"{refusal.title}. {_named(refusal.message)}"
    yield ""
    yield f"Wat te doen: {_named(refusal.remedy)}"
    yield ""


def _named(sentence: str) -> str:
    """A sentence whose open places are readable in a page: {bestand} is *bestand*."""
    return re.sub(r"\{(\w+)\}", r"*\1*", sentence)


def _rows(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(headings)
    yield f"| {' | '.join(names)} |"
    yield f"|{' --- |' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "definities.md").write_text(reference(load_definitions()), encoding="utf-8")
    (folder / "indicatoren.md").write_text(catalogue_page(load_catalogue()), encoding="utf-8")
