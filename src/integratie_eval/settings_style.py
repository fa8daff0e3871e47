"""[huisstijl] and [sjablonen] of integratie.toml: colours, logo, font, and templates of the municipality."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from xml.parsers import expat

from integratie_eval.contrast import TEXT, contrast
from integratie_eval.settings_values import Values

ReadBytes = Callable[[str], bytes]
"""Gives the content of a file that integratie.toml names; raises OSError."""


@dataclass(frozen=True)
class Palette:
    """The colours of the page, as #rrggbb; the municipality can set `accent` and `zacht`."""

    tekst: str
    vlak: str
    """Behind the text."""
    zacht: str
    """Behind the list of chapters, frames and code."""
    accent: str
    """Links, lines under headings, frames."""


LIGHT = Palette(tekst="#1b1b1b", vlak="#ffffff", zacht="#f1f4f7", accent="#154f7a")
DARK = Palette(tekst="#ececec", vlak="#15181b", zacht="#22272c", accent="#8ec5f0")
_OWN_COLOURS = ("accent", "zacht")
_PAIRS = (("accent", "vlak"), ("accent", "zacht"), ("tekst", "zacht"))
"""A colour of text or of a link, and what is behind it."""
_NAMES = {"vlak": "de achtergrond"}


@dataclass(frozen=True)
class Logo:
    """The logo of the municipality."""

    kind: str
    """image/svg+xml or image/png."""
    content: bytes
    text: str
    """What who cannot see the logo reads instead."""


@dataclass(frozen=True)
class HouseStyle:
    """How the report looks."""

    light: Palette = LIGHT
    dark: Palette = DARK
    logo: Logo | None = None
    font: tuple[str, ...] = ()
    """Names of families of letters, the first that a computer has is used; none is fetched."""
    word: Path | None = None
    """A Word document of which the styles are used."""


_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FAMILY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{0,49}")
_LARGEST_LOGO = 100_000
_KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
_PNG = b"\x89PNG\r\n\x1a\n"


def read_style(values: Values, given: Mapping[str, Any], municipality: str | None, read: ReadBytes) -> HouseStyle:
    """The house style. Raises SettingsError for colours with too little contrast, and for a logo that could do harm."""
    values.known("huisstijl", given, ("licht", "donker", "logo", "logo_tekst", "lettertype", "word"))
    return HouseStyle(
        light=_palette(values, given, "licht", LIGHT),
        dark=_palette(values, given, "donker", DARK),
        logo=_logo(values, given, municipality, read),
        font=_font(values, given),
        word=_word(values, given, read),
    )


def read_templates(values: Values, given: Mapping[str, Any]) -> Path | None:
    """The folder with templates of the municipality, seen from integratie.toml."""
    values.known("sjablonen", given, ("map",))
    name: str | None = values.typed("sjablonen", given, "map", str, None)
    if name is None:
        return None
    folder = values.path.parent / name
    if not folder.is_dir():
        raise values.wrong("sjablonen.map", f"de map {folder} bestaat niet", "Controleer de naam.")
    return folder


def _palette(values: Values, given: Mapping[str, Any], mode: str, default: Palette) -> Palette:
    where = f"huisstijl.{mode}"
    colours = values.texts(where, values.typed("huisstijl", given, mode, dict, {}))
    values.known(where, colours, _OWN_COLOURS)
    for name, colour in colours.items():
        if not _COLOUR.fullmatch(colour.lower()):
            raise values.wrong(f"{where}.{name}", "hier hoort een kleur", 'Schrijf bijvoorbeeld "#154f7a".')
    palette = replace(default, **{name: colour.lower() for name, colour in colours.items()})
    shown = asdict(palette)
    for front, back in _PAIRS:
        ratio = contrast(shown[front], shown[back])
        if ratio < TEXT:
            own = front if front in colours else back
            behind = f"{_NAMES.get(back, back)} {shown[back]}"
            what = f"het contrast van {front} {shown[front]} op {behind} is {_ratio(ratio)}, nodig is 4,5:1"
            raise values.wrong(f"{where}.{own}", what, _darker_or_lighter(front, own, mode))
    return palette


def _ratio(value: float) -> str:
    """A ratio in Dutch, cut off, so that 4,499 is not told to be 4,5."""
    return f"{math.floor(value * 100) / 100:.2f}:1".replace(".", ",")


def _darker_or_lighter(front: str, own: str, mode: str) -> str:
    darker = (own == front) == (mode == "licht")
    return f"Kies een {'donkerder' if darker else 'lichtere'} kleur voor {own}."


def _font(values: Values, given: Mapping[str, Any]) -> tuple[str, ...]:
    names = values.strings("huisstijl", given, "lettertype")
    if not all(_FAMILY.fullmatch(name) for name in names):
        what = "een naam van een lettertype heeft alleen letters, cijfers, spaties en streepjes"
        raise values.wrong("huisstijl.lettertype", what, 'Schrijf bijvoorbeeld ["Fira Sans", "Arial"].')
    return names


def _logo(values: Values, given: Mapping[str, Any], municipality: str | None, read: ReadBytes) -> Logo | None:
    text = values.typed("huisstijl", given, "logo_tekst", str, None) or municipality or "Logo"
    name = values.typed("huisstijl", given, "logo", str, None)
    if name is None:
        return None
    kind = _KINDS.get(Path(name).suffix.lower())
    if kind is None:
        raise values.wrong("huisstijl.logo", "een logo is een svg- of png-bestand", "Kies een ander bestand.")
    content = _content(values, "logo", name, read)
    if len(content) > _LARGEST_LOGO:
        what = f"het logo is groter dan {_LARGEST_LOGO // 1000} kB"
        raise values.wrong("huisstijl.logo", what, "Maak het logo kleiner; het staat in elk rapport.")
    fault = _fault_of_svg(content) if kind == _KINDS[".svg"] else None if content.startswith(_PNG) else "is geen png"
    if fault:
        remedy = "Vraag om een eenvoudige svg, of kies een png."
        raise values.wrong("huisstijl.logo", f"het bestand {name} {fault}", remedy)
    return Logo(kind, content, text)


def _word(values: Values, given: Mapping[str, Any], read: ReadBytes) -> Path | None:
    name: str | None = values.typed("huisstijl", given, "word", str, None)
    if name is None:
        return None
    if not _content(values, "word", name, read).startswith(b"PK") or not name.lower().endswith((".docx", ".dotx")):
        raise values.wrong(
            "huisstijl.word", f"{name} is geen Word-bestand (docx of dotx)", "Bewaar het sjabloon als docx."
        )
    return values.path.parent / name


def _content(values: Values, key: str, name: str, read: ReadBytes) -> bytes:
    try:
        return read(name)
    except OSError:
        file = values.path.parent / name
        raise values.wrong(f"huisstijl.{key}", f"het bestand {file} is niet te lezen", "Controleer de naam.") from None


# --- a logo that only draws

_DOES_MORE = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"}
_FETCHES = re.compile(r"@import|url\(\s*['\"]?(?!['\"]?#|data:image/)|javascript:|expression\(", re.IGNORECASE)


def _fault_of_svg(content: bytes) -> str | None:
    """Why this is no drawing that only draws; None when it is one."""
    faults: list[str] = []
    tags: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        tags.append(tag.rpartition(":")[2].lower())
        if tags[-1] in _DOES_MORE:
            faults.append(f"heeft een element {tags[-1]}, dat meer doet dan tekenen")
        faults.extend(filter(None, (_fault_of_attribute(*pair) for pair in attributes.items())))

    def text(piece: str) -> None:
        if tags[-1:] == ["style"] and _FETCHES.search(piece):
            faults.append("haalt iets van buiten")

    def entity(*_: object) -> None:
        faults.append("heeft eigen entiteiten (ENTITY)")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EntityDeclHandler = start, text, entity
    parser.ProcessingInstructionHandler = lambda *_: faults.append("heeft een opdracht (<?...?>)")
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return "is geen goede svg"
    return faults[0] if faults else None if tags[:1] == ["svg"] else "is geen svg"


def _fault_of_attribute(name: str, value: str) -> str | None:
    local = name.rpartition(":")[2].lower()
    if local.startswith("on"):
        return f"heeft een opdracht ({local})"
    if local in ("href", "src") and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
        return "verwijst naar iets van buiten"
    return "haalt iets van buiten" if _FETCHES.search(value) else None
