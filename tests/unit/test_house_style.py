"""[huisstijl]: colours that can be read, a logo that only draws, letters that are not fetched."""

from __future__ import annotations

import base64
import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from integratie_eval.contrast import TEXT, contrast
from integratie_eval.errors import SettingsError
from integratie_eval.report import Report
from integratie_eval.resources import templates_folder
from integratie_eval.settings import FILE_NAME, load_settings
from integratie_eval.settings_style import DARK, LIGHT, HouseStyle, Palette
from tests.helpers import clienten, page, reported, write_xlsx

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
PNG = b"\x89PNG\r\n\x1a\n and more"


def load(folder: Path, text: str, **files: bytes | str) -> HouseStyle:
    """The house style of these lines of integratie.toml; keywords are files beside it (`logo_svg` is logo.svg)."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("_", ".")).write_bytes(data)
    (folder / FILE_NAME).write_text(f'[gemeente]\nnaam = "Duin"\n[huisstijl]\n{text}\n', encoding="utf-8")
    return load_settings(folder / FILE_NAME).house_style


def refusal(folder: Path, text: str, **files: bytes | str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, text, **files)
    assert FILE_NAME in caught.value.message
    return str(caught.value)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("levering") / "2019-Q4.xlsx"
    return reported(write_xlsx(path, {"a": clienten({})}))


def page_with(report: Report, style: HouseStyle) -> str:
    return page(replace(report, settings=replace(report.settings, house_style=style)))


# --- colours


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    assert contrast("#767676", "#ffffff") == contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_our_own_colours_can_be_read(palette: Palette) -> None:
    for front in (palette.tekst, palette.accent):
        assert min(contrast(front, palette.vlak), contrast(front, palette.zacht)) >= TEXT


def test_our_own_colours_are_those_of_the_style_sheet() -> None:
    css = (templates_folder() / "rapport.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    for palette, block in zip((LIGHT, DARK), blocks, strict=False):
        assert asdict(palette).items() <= dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)).items()


def test_colours_are_read_and_stand_on_the_page(tmp_path: Path, report: Report) -> None:
    style = load(tmp_path, 'licht = { accent = "#7A1F5C" }\ndonker = { accent = "#f0a8d8", zacht = "#331133" }')
    assert style.light == replace(LIGHT, accent="#7a1f5c")
    assert style.dark == replace(DARK, accent="#f0a8d8", zacht="#331133")
    html = page_with(report, style)
    assert "@media screen { :root { --zacht: #f1f4f7; --accent: #7a1f5c; } }" in html
    assert "(prefers-color-scheme: dark) { :root { --zacht: #331133; --accent: #f0a8d8; } }" in html


def test_without_house_style_the_page_has_our_style_only(report: Report) -> None:
    assert f"<style>{(templates_folder() / 'rapport.css').read_text(encoding='utf-8')}</style>" in page(report)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'licht = { accent = "#ffcc00" }',
            "licht.accent]: het contrast van accent #ffcc00 op de achtergrond #ffffff is 1,51:1",
        ),
        ('licht = { accent = "#777777" }', "is 4,47:1, nodig is 4,5:1. Kies een donkerder kleur voor accent."),
        ('licht = { zacht = "#888888" }', "licht.zacht]: het contrast van accent #154f7a op zacht #888888 is 2,43:1"),
        ('donker = { accent = "#154f7a" }', "Kies een lichtere kleur voor accent."),
        ('donker = { zacht = "#888888" }', "Kies een donkerder kleur voor zacht."),
    ],
)
def test_too_little_contrast_is_refused_with_the_ratio(tmp_path: Path, text: str, told: str) -> None:
    assert told in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('licht = { accent = "blauw" }', "licht.accent]: hier hoort een kleur"),
        ('licht = { accent = "#fff; } body { display: none" }', "hier hoort een kleur"),
        ('licht = { tekst = "#000000" }', "licht.tekst]: deze instelling bestaat niet"),
        ('kleur = "#000000"', "huisstijl.kleur]: deze instelling bestaat niet"),
        ('lettertype = "Arial"', "hier hoort een lijst"),
        ("lettertype = ['Arial\"; } * { x: url(http://a)']", "alleen letters, cijfers"),
        ('lettertype = ["https://a.nl/letter"]', "alleen letters, cijfers"),
    ],
)
def test_a_wrong_value_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    assert told in refusal(tmp_path, text)


# --- letters, logo, Word


def test_letters_are_named_and_not_fetched(tmp_path: Path, report: Report) -> None:
    html = page_with(report, load(tmp_path, 'lettertype = ["Fira Sans", "Arial"]'))
    assert 'body { font-family: "Fira Sans", "Arial", sans-serif; }' in html
    assert "url(" not in html


@pytest.mark.parametrize(
    ("name", "kind", "content"), [("logo.svg", "svg+xml", SVG.format("<g/>").encode()), ("logo.png", "png", PNG)]
)
def test_the_logo_stands_in_the_page_itself(
    tmp_path: Path, report: Report, name: str, kind: str, content: bytes
) -> None:
    style = load(tmp_path, f'logo = "{name}"', **{name.replace(".", "_"): content})
    address = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    assert f'<img class="logo" src="{address}" alt="Duin">' in page_with(report, style)


def test_the_text_of_the_logo_can_be_chosen_and_stays_text(tmp_path: Path, report: Report) -> None:
    style = load(tmp_path, "logo = 'logo.png'\nlogo_tekst = 'Wapen van \"Duin\"'", logo_png=PNG)
    assert 'alt="Wapen van &#34;Duin&#34;">' in page_with(report, style)


@pytest.mark.parametrize(
    "inside",
    [
        "<defs><style>.a { fill: url(#verloop); }</style></defs><path class='a' d='M0 0'/>",
        "<use xlink:href='#vorm'/>",
        "<image href='data:image/png;base64,AAAA'/>",
        "<title>javascript: een titel</title>",
    ],
)
def test_a_logo_that_only_draws_is_accepted(tmp_path: Path, inside: str) -> None:
    assert load(tmp_path, 'logo = "logo.svg"', logo_svg=SVG.format(inside)).logo


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (SVG.format("<script>alert(1)</script>"), "element script"),
        (SVG.format("<g><svg:script xmlns:svg='http://www.w3.org/2000/svg'/></g>"), "element script"),
        (SVG.format("<foreignObject/>"), "element foreignobject"),
        (SVG.format("<g onclick='x()'/>"), "opdracht (onclick)"),
        (SVG.format("<image href='https://a.nl/b.png'/>"), "verwijst naar iets van buiten"),
        (SVG.format("<image xlink:href='//a.nl/b.png'/>"), "verwijst naar iets van buiten"),
        (SVG.format("<use href='ander.svg#x'/>"), "verwijst naar iets van buiten"),
        (SVG.format("<image href='data:image/svg+xml;base64,AAAA'/>"), "verwijst naar iets van buiten"),
        (SVG.format("<g style='fill: url(https://a.nl)'/>"), "haalt iets van buiten"),
        (SVG.format("<style>@import 'https://a.nl/a.css';</style>"), "haalt iets van buiten"),
        (SVG.format("<set attributeName='href' to='javascript:x()'/>"), "haalt iets van buiten"),
        ("<?xml-stylesheet href='https://a.nl/a.css'?>" + SVG.format(""), "heeft een opdracht"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;"), "entiteiten"),
        (SVG.format("<g>"), "is geen goede svg"),
        ("<html/>", "is geen svg"),
        ("", "is geen goede svg"),
        (SVG.format("<!--" + "x" * 100_000 + "-->"), "groter dan 100 kB"),
    ],
)
def test_a_logo_that_could_do_more_is_refused(tmp_path: Path, content: str, told: str) -> None:
    assert told in refusal(tmp_path, 'logo = "logo.svg"', logo_svg=content)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('logo = "weg.svg"', "is niet te lezen"),
        ('logo = "logo.gif"', "svg- of png-bestand"),
        ('logo = "logo.png"', "logo.png is geen png"),
        ('word = "weg.docx"', "is niet te lezen"),
        ('word = "brief.docx"', "geen Word-bestand"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(tmp_path: Path, text: str, told: str) -> None:
    assert told in refusal(tmp_path, text, logo_gif=b"GIF", logo_png=b"GIF", brief_docx=b"tekst")


def test_the_word_document_and_the_logo_count_among_the_files_of_the_settings(tmp_path: Path) -> None:
    style = load(tmp_path, 'word = "brief.docx"\nlogo = "logo.png"', brief_docx=b"PK\x03\x04", logo_png=PNG)
    assert style.word == tmp_path / "brief.docx"
    assert set(load_settings(tmp_path / FILE_NAME).source_hashes) == {FILE_NAME, "brief.docx", "logo.png"}
