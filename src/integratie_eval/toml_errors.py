"""Mistakes in the TOML of a settings file → Dutch: what is wrong, in which line, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from integratie_eval.errors import SettingsError

_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")
_BY_TEXT = (
    (r"Expected '='|after a key", "hier hoort een naam, en dan een =",
     'Schrijf: naam = "Gemeente". Zet een naam met een spatie of accent tussen aanhalingstekens: "Datum einde" = …'),
    (r"Invalid value", "dit is geen waarde",
     'Zet tekst tussen rechte aanhalingstekens ("), schrijf ja of nee als true of false, en een datum als 2019-12-31.'),
    (r"Unterminated string|Expected [\"']{2,}|Found invalid character|Illegal character",
     "een tekst is niet gesloten, of er staat een teken in dat daar niet mag",
     'Begin en eindig de tekst met ", op één regel.'),
    (r"Unescaped|hex value|Escaped character", "een \\ in een tekst betekent hier iets anders",
     "Zet de tekst tussen enkele aanhalingstekens: 'map\\bestand'."),
    (r"Unclosed array", "een lijst is niet gesloten", "Zet een komma tussen de waarden en ] aan het eind."),
    (r"inline table", "een rij tussen { } klopt niet", "Zet een komma tussen de delen en } aan het eind."),
    (r"end of a(?:n array|\stable) declaration", "de kop van een deel klopt niet",
     "Schrijf [deel] of [[deel]], en zet een naam met een spatie of accent tussen aanhalingstekens."),
    (r"Expected newline", "hierna staat iets dat er niet bij hoort",
     "Schrijf een datum als 2019-12-31 en een getal als 1.5 of 1000, zonder %. Zet uitleg achter een #."),
    (r"declare .* twice|overwrite|redefine|mutate|Duplicate", "deze naam komt al eerder voor",
     "Zet wat bij elkaar hoort onder één kop, en geef elke naam één keer."),
    (r"Invalid date", "deze datum bestaat niet", "Schrijf een datum als 2019-12-31."),
    (r"Invalid (?:statement|initial)", "hier hoort een naam of een kop te staan",
     "Een # aan het begin maakt van een regel uitleg."),
)  # fmt: skip
_UNKNOWN = ("hier klopt de TOML niet", "Verbeter die regel en probeer opnieuw.")


def in_dutch(path: Path, error: ValueError) -> SettingsError:
    """The error as a user can solve it. Its text is not repeated: only the place is."""
    text = str(error)
    place = _PLACE.search(text)
    line = f"regel {place[1]}, teken {place[2]}" if place and place[1] else "aan het eind"
    said = _PLACE.sub("", text)
    what, remedy = next((told for pattern, *told in _BY_TEXT if re.search(pattern, said)), _UNKNOWN)
    return SettingsError(f"{path} is geen geldige TOML, {line}: {what}.", remedy)
