"""What the cells of a header row mean: which canonical column, of the person or of the partner on the same row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from integratie_eval.definitions import Column, Definitions, Partner, Table
from integratie_eval.read.values import clean
from integratie_eval.text import fold

_LONGEST = 120
_HINT = re.compile(r"\((?:d{1,2}[-/ ]m{1,2}[-/ ](?:j{2,4}|y{2,4})|j/n|ja/nee|verplicht|optioneel)\)", re.IGNORECASE)
"""What a heading says about how to fill in the cells: it does not change what the column is."""

Row = Sequence[str | None]
Names = tuple[str, ...]
"""What one heading may be called, folded, the surest first. A cell without text has no names."""


@dataclass(frozen=True)
class Headings:
    """What the headings of a row mean for a table. All numbers are indexes of columns."""

    columns: Mapping[str, int]
    """Canonical column → index."""
    partner: Mapping[str, int]
    """Canonical column of a partner on the same row → index."""
    other_number: int | None
    """A number of the partner of another kind than that of the persons (BSN, clientnummer): they cannot be compared."""
    bsn: tuple[int, ...]
    """Columns that hold a BSN and are the only key: replaced by a pseudonym before anything reads them."""
    passed_over: tuple[int, ...]
    """Columns whose heading also means a column that another heading already gives."""
    twice: tuple[int, int] | None
    """Two columns with the very same heading: nothing says which one is meant."""
    unread: tuple[int, ...]
    """Columns with a heading that no definition knows."""
    unnamed: tuple[int, ...]
    """Columns without a heading."""
    typical: bool
    """Some heading belongs to this table only; headings such as 'begindatum' stand in any list."""


def names_of(row: Row) -> list[Names]:
    """The names of the headings in a row."""
    return [_names(cell) for cell in row]


def under_groups(names: Sequence[Names], above: Sequence[Names], foreign: Collection[str] = ()) -> list[Names]:
    """The names of headings that stand under groups: 'nummer' under 'Client' is 'Client nummer'.

    Under a group that is `foreign` (another table, the partner) a heading means nothing by itself.
    """
    found: list[Names] = []
    group: Names = ()
    for own, top in zip_longest(names, above[: len(names)], fillvalue=()):
        group = top or group
        if not own or not group:
            found.append(own or top)
        else:
            both = (group[0] + own[0], own[0] + group[0])
            found.append(both if group[0] in foreign else (*both, *own))
    return found


def foreign_to(table: Table, definitions: Definitions) -> frozenset[str]:
    """Names of groups whose columns are not about this table itself."""
    others = (name for other in definitions.tables.values() if other is not table for name in other.sheet_names)
    return frozenset((*definitions.partner.prefixes, *definitions.partner.suffixes, *others))


def understand(names: Sequence[Names], table: Table, declared: Mapping[str, str], marks: Partner) -> Headings:
    """What the headings mean. `declared`: folded heading → column, as the municipality says it in the settings."""
    columns, passed_over, twice = _own_columns(names, table, declared)
    partner = _partner_columns(names, {*columns.values(), *passed_over}, table, marks)
    keys = [found["clientnummer"] for found in (columns, partner) if "clientnummer" in found]
    bsn = [key for key in keys if _is_bsn(names[key], table, marks)]
    comparable = len(bsn) in (0, len(keys))
    other_number = None if comparable else partner["clientnummer"]
    partner = partner if comparable else {}
    taken = {*columns.values(), *passed_over, *partner.values()}
    return Headings(
        columns=columns,
        partner=partner,
        other_number=other_number,
        bsn=tuple(key for key in bsn if key != other_number),
        passed_over=passed_over,
        twice=twice,
        unread=tuple(index for index, of_heading in enumerate(names) if of_heading and index not in taken),
        unnamed=tuple(index for index, of_heading in enumerate(names) if not of_heading),
        typical=any(_is_typical(names[index], table.columns[name], declared) for name, index in columns.items()),
    )


def _names(cell: str | None) -> Names:
    if not cell or len(cell) > _LONGEST:
        return ()
    text = clean(cell)
    names = (fold(text), fold(_HINT.sub("", text))) if "(" in text else (fold(text),)
    return tuple(dict.fromkeys(filter(None, names)))


def _own_columns(
    names: Sequence[Names], table: Table, declared: Mapping[str, str]
) -> tuple[dict[str, int], tuple[int, ...], tuple[int, int] | None]:
    """Canonical column → index; the columns passed over; two equal headings.

    Of several headings for one column the municipality's own, then the most usual one, wins.
    """
    found: dict[str, list[tuple[tuple[int, int], int]]] = {}
    for index, of_heading in enumerate(names):
        if meaning := _meaning(of_heading, table, declared):
            column, rank = meaning
            found.setdefault(column, []).append((rank, index))
    twice = None
    for options in found.values():
        options.sort()
        if len(options) > 1 and options[0][0] == options[1][0]:
            twice = twice or (options[0][1], options[1][1])
    passed_over = tuple(sorted(index for options in found.values() for _, index in options[1:]))
    return {column: options[0][1] for column, options in found.items()}, passed_over, twice


def _meaning(names: Names, table: Table, declared: Mapping[str, str]) -> tuple[str, tuple[int, int]] | None:
    """The column that a heading means, and how sure that is: the lower the surer."""
    for place, name in enumerate(names):
        if name in declared:
            return declared[name], (-1, 0)
        if name in table.meanings:
            column, rank = table.meanings[name]
            return column, (place, rank)
    return None


def _is_typical(names: Names, column: Column, declared: Mapping[str, str]) -> bool:
    name = next(name for name in names if name in declared or name in (*column.aliases, *column.bsn_aliases))
    return name in declared or name not in column.everywhere


def _is_bsn(names: Names, table: Table, marks: Partner) -> bool:
    """A heading that says BSN, also one that the settings call a clientnummer."""
    known = table.columns["clientnummer"].bsn_aliases
    return any(
        any(word in name for word in ("bsn", "burgerservice", "sofin"))
        or any(bare in known for bare in (name, *_without_mark(name, marks)))
        for name in names
    )


def _without_mark(heading: str, marks: Partner) -> list[str]:
    """A heading without the word that says that it is about the partner."""
    bare = [heading.removeprefix(mark) for mark in marks.prefixes if heading.startswith(mark)]
    return bare + [heading.removesuffix(mark) for mark in marks.suffixes if heading.endswith(mark)]


def _partner_columns(names: Sequence[Names], taken: set[int], table: Table, marks: Partner) -> dict[str, int]:
    """Columns such as 'Clientnummer partner'. Without a number of the partner there is no partner."""
    if table.name != "clienten":
        return {}
    found: dict[str, list[tuple[int, int]]] = {}
    for index, of_heading in enumerate(names):
        bare = [name for heading in of_heading for name in _without_mark(heading, marks)]
        if index not in taken and bare and (meaning := _meaning(tuple(bare), table, {})):
            column, (_, rank) = meaning
            found.setdefault(column, []).append((rank, index))
    return {column: min(options)[1] for column, options in found.items()} if "clientnummer" in found else {}
