"""Errors of the database → Dutch: what is wrong, where in the SQL, and which names look like it.

The text of an error is never repeated: it may quote the value of a cell. Only the SQL of the user is shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from integratie_eval.errors import UsageError
from integratie_eval.text import closest, hint, listed

_BY_TEXT = (
    (r"must appear in the GROUP BY|not contained in GROUP BY", "Deze kolom staat niet bij GROUP BY",
     "Zet de kolom bij GROUP BY, of tel haar op met count, sum, min of max."),
    (r"cannot contain aggregates", "Hier mag niet worden geteld", "Gebruik HAVING in plaats van WHERE."),
    (r"Ambiguous reference", "Deze kolom staat in meer dan één tabel", "Zet de naam van de tabel ervoor: tabel.kolom."),
    (r"unterminated", "Een tekst of naam wordt niet gesloten", "Zet het tweede aanhalingsteken erbij."),
    (r"same number of result columns", "De delen van UNION hebben niet evenveel kolommen",
     "Geef elk deel dezelfde kolommen."),
    (r"More than one row returned", "Een vraag tussen haakjes geeft meer dan één regel", "Gebruik IN, of tel met max."),
    (r"transaction is launched in read-only mode", "Deze SQL wil iets veranderen, en hier wordt alleen gelezen",
     "Gebruik alleen SELECT."),
    (r"file system operations are disabled|external extensions|configuration has been locked|in the \w+ extension",
     "Bestanden, uitbreidingen en instellingen zijn vanuit SQL niet te bereiken",
     "Vraag alleen naar de tabellen van de exports."),
)  # fmt: skip
_BY_KIND = {
    "Parser": ("De SQL klopt hier niet", "Kijk naar een komma, een haakje of de spelling van het woord ervoor."),
    "Binder": ("Dit past hier niet", "Kijk of het aantal en de soort van de waarden kloppen."),
    "Catalog": ("Deze naam bestaat niet", "DESCRIBE personen toont de kolommen van een tabel."),
    "Conversion": (
        "Een waarde kan niet worden omgezet",
        "Schrijf ja en nee als true en false, een dag als DATE '2019-12-31', en een getal zonder aanhalingstekens.",
    ),
    "Invalid Input": ("Een waarde past niet bij deze functie", "Gebruik bijvoorbeeld try_strptime of try_cast."),
    "Out of Range": ("Een uitkomst is te groot", "Reken met DOUBLE: CAST(kolom AS DOUBLE)."),
    "Out of Memory": ("Het geheugen is vol", "Vraag minder regels, of tel met GROUP BY."),
    "Permission": (
        "Bestanden en instellingen zijn vanuit SQL niet te bereiken", "Vraag alleen naar de tabellen van de exports."
    ),
}  # fmt: skip
_UNKNOWN = ("Deze SQL kan niet worden uitgevoerd", "Maak de vraag kleiner en bouw haar stap voor stap op.")
_NAMED_COLUMN = re.compile(r'does not have a column named "([^"]+)"|Column "([^"]+)" does not exist on')


def in_dutch(error: Exception, sql: str, tables: Mapping[str, Sequence[str]]) -> UsageError:
    """The error as a user can solve it. `tables`: the tables that may be asked about, with their columns."""
    details = _details(error)
    message, remedy = _sentence(details, sql, tables)
    place, picture = _place(details.get("position"), details.get("location"), sql)
    return UsageError(f"{message}{place}.{picture}", remedy)


def _details(error: Exception) -> Mapping[str, Any]:
    """The facts of the error, which the database gives as JSON."""
    start = str(error).find("{")
    try:
        facts: Mapping[str, Any] = json.loads(str(error)[start:])
    except ValueError:
        return {}
    return facts


def _sentence(details: Mapping[str, Any], sql: str, tables: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    text = details.get("exception_message", "")
    column = _NAMED_COLUMN.search(text)
    if details.get("error_subtype") == "COLUMN_NOT_FOUND" or column:
        name = (column[1] or column[2]) if column else details.get("name", "")
        if f'"{name}"' in sql and not closest(name, _columns_in(sql, tables)):
            return f"De kolom {name} bestaat niet", f"Is het een tekst? Zet die tussen enkele tekens: '{name}'."
        return f"De kolom {name} bestaat niet", _similar(name, _columns_in(sql, tables), "kolommen")
    if details.get("type") == "Table":
        name = details.get("name", "")
        return f"De tabel {name} bestaat niet", _similar(name, list(tables), "tabellen")
    if str(details.get("type", "")).endswith("Function"):
        return f"De functie {details.get('name', '')} bestaat niet", "Kijk naar de spelling van de functie."
    for pattern, message, remedy in _BY_TEXT:
        if re.search(pattern, text):
            return message, remedy
    return _BY_KIND.get(details.get("exception_type", ""), _UNKNOWN)


def _similar(name: str, names: Sequence[str], what: str) -> str:
    return hint(name, names, most=3, otherwise=f"De {what} zijn: {listed(names)}.")


def _columns_in(sql: str, tables: Mapping[str, Sequence[str]]) -> list[str]:
    """The columns of the tables that the SQL names; of all tables when it names none."""
    words = set(re.findall(r"\w+", sql.lower()))
    named = [columns for table, columns in tables.items() if table in words] or list(tables.values())
    return list(dict.fromkeys(column for columns in named for column in columns if not column.startswith("_")))


def _place(position: str | None, location: str | None, sql: str) -> tuple[str, str]:
    """' (regel 1, kolom 8)', and the line of the SQL with a mark under the place. Positions count bytes."""
    if position is None:
        return "", ""
    before = sql.encode()[: int(position)].decode(errors="ignore")
    length = json.loads(location)[1] if location else 1
    line_number, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1)
    line = sql.split("\n")[line_number - 1]
    mark = "^" * max(1, min(length, len(line) - column))
    start = max(0, column - 60)  # of a long line, the part around the place
    shown = "".join(char if char.isprintable() else " " for char in line[start : start + 100])
    return f" (regel {line_number}, kolom {column + 1})", f"\n  {shown}\n  {' ' * (column - start)}{mark}"
