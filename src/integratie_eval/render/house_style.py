"""The house style of the municipality on the page: colours, letters and logo."""

from __future__ import annotations

import base64

from integratie_eval.settings_style import HouseStyle, Logo, Palette


def house_css(style: HouseStyle) -> str:
    """What the municipality sets itself; print keeps black on white. Empty when nothing is set."""
    default = HouseStyle()
    css = ""
    if (style.light, style.dark) != (default.light, default.dark):
        css += f"@media screen {{ {_variables(style.light)} }}\n"
        css += f"@media screen and (prefers-color-scheme: dark) {{ {_variables(style.dark)} }}\n"
    if style.font:
        names = ", ".join(f'"{name}"' for name in style.font)
        css += f"body {{ font-family: {names}, sans-serif; }}\n"
    return css


def data_uri(logo: Logo) -> str:
    """The logo itself as an address, so that nothing is fetched."""
    return f"data:{logo.kind};base64,{base64.b64encode(logo.content).decode()}"


def _variables(palette: Palette) -> str:
    return f":root {{ --zacht: {palette.zacht}; --accent: {palette.accent}; }}"
