"""The page: accessible, self-contained, and nothing of the data runs in it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from integratie_eval.errors import SettingsError
from integratie_eval.report import Report
from tests.helpers import clienten, report_with_provider, reported, write_xlsx
from tests.helpers import page as page_of

HOSTILE = '<script>alert(1)</script> | "onload=x" <img src=x onerror=y> [k](javascript:x) & # kop'
Tag = tuple[str, dict[str, str | None]]


class Page(HTMLParser):
    """All tags of a page in order, and the text within the tags that a test asks for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img", "link"):
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_with_provider(tmp_path_factory.mktemp("levering"), HOSTILE)


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return page_of(report)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_tag_is_closed_in_order(page: Page) -> None:
    assert page._open == []


def test_the_page_has_a_language_a_title_and_one_main_heading(page: Page) -> None:
    assert page.named("html") == [{"lang": "nl"}]
    assert page.texts["title"][0] == page.texts["h1"][0]  # the other titles are those of charts
    assert page.texts["h1"][0].endswith("Duin & <Zee>")
    assert len(page.named("h1")) == 1


def test_nothing_of_the_data_becomes_a_tag(page: Page) -> None:
    assert not {"script", "img", "iframe", "object", "b"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert HOSTILE in page.texts["th"]


def test_every_link_stays_on_the_page_and_arrives(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {str(attributes["href"]) for attributes in page.named("a")}
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)


def test_every_table_has_a_caption_and_headings_with_a_scope(page: Page) -> None:
    tables = page.named("table")
    assert tables
    assert len(page.texts["caption"]) == len(tables)
    assert all(re.match(r"Tabel \d+: ", caption) for caption in page.texts["caption"])
    assert {heading.get("scope") for heading in page.named("th")} == {"col", "row"}
    wrappers = [attributes for attributes in page.named("section") if attributes.get("class") == "tabel"]
    assert [wrapper["aria-label"] for wrapper in wrappers] == page.texts["caption"]
    assert all(wrapper["tabindex"] == "0" for wrapper in wrappers)


def test_every_row_of_a_table_has_one_heading_of_the_row(html: str) -> None:
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2], re.DOTALL)
    body = [row for row in rows if 'scope="col"' not in row]
    assert body
    assert all(row.count('scope="row"') == 1 for row in body)


def test_numbers_in_tables_have_a_class_and_no_style(page: Page) -> None:
    assert not any("style" in attributes for _, attributes in page.tags)
    assert {attributes.get("class") for attributes in page.named("td")} <= {"getal", None}


def test_links_of_numbers_have_a_class(page: Page) -> None:
    links = [attributes for attributes in page.named("a") if str(attributes["href"]).startswith("#cijfer-")]
    assert links and {attributes.get("class") for attributes in links} == {"cijfer"}


def test_a_definition_leads_back_to_the_first_place_where_its_number_stands(page: Page, html: str) -> None:
    first: dict[str, str | None] = {}
    for link in page.named("a"):
        if link.get("class") == "cijfer":
            first.setdefault(str(link["href"]).removeprefix("#cijfer-"), link.get("id"))
    assert first == {name: f"gebruik-{name}" for name in first}
    back = [str(link["href"]) for link in page.named("a") if str(link["href"]).startswith("#gebruik-")]
    assert sorted(back) == sorted(f"#gebruik-{name}" for name in first)
    assert len({text for text in page.texts["a"] if text.startswith("Terug naar de tekst: ")}) == len(back)
    definition = html.partition('id="cijfer-personen"')[2].partition("<h4")[0]
    assert '<a href="#gebruik-personen">Terug naar de tekst' in definition


def test_the_parts_of_the_page_are_landmarks(page: Page) -> None:
    assert all(len(page.named(part)) == 1 for part in ("header", "nav", "main"))
    first_link = page.named("a")[0]
    assert (first_link["class"], first_link["href"]) == ("sla-over", "#inhoud")
    assert [part["id"] for part in page.named("main")] == ["inhoud"]
    assert "region" not in {attributes.get("role") for _, attributes in page.tags}


def test_headings_do_not_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_no_anchor_is_left_in_the_text(page: Page) -> None:
    assert not any("{#" in text for tag in ("h1", "h2", "h3", "h4") for text in page.texts[tag])


def test_the_list_of_chapters_names_every_chapter(page: Page) -> None:
    chapters = [text for text in page.texts["h2"] if text != "Hoofdstukken"]
    assert page.texts["nav"][0].split("\n\n")[0].strip().startswith("Hoofdstukken")
    assert all(chapter in page.texts["nav"][0] for chapter in chapters)


def test_a_chapter_in_a_passage_of_the_municipality_is_in_the_list_too(report: Report) -> None:
    settings = replace(report.settings, passages={"colofon": "## Bijlage\n\nOnze tekst."})
    page = Page(page_of(replace(report, settings=settings)))
    (target,) = [str(link["href"])[1:] for link in page.named("a") if str(link["href"]).startswith("#hoofdstuk-")]
    assert [heading.get("id") for heading in page.named("h2")][-1] == target
    assert "Bijlage" in page.texts["nav"][0]


def test_nothing_is_fetched_and_only_our_own_style_is_allowed(page: Page) -> None:
    (style,) = page.texts["style"]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [meta["content"] for meta in page.named("meta") if meta.get("http-equiv")]
    assert policy is not None
    assert f"'sha256-{digest}'" in policy and policy.startswith("default-src 'none'")
    assert "url(" not in style and "@import" not in style
    assert not any("src" in attributes for _, attributes in page.tags)


def test_a_table_without_caption_in_a_passage_has_headers_too(report: Report) -> None:
    settings = replace(report.settings, passages={"doelgroep": "Zie:\n\n| wijk | n |\n| --- | ---: |\n| Oost | veel |"})
    page = Page(page_of(replace(report, settings=settings)))
    place = page.texts["th"].index("wijk")
    assert [heading.get("scope") for heading in page.named("th")][place : place + 3] == ["col", "col", "row"]


@pytest.mark.parametrize("passage", ["# Tweede titel", "#### Te diep", "## Kop {#doelgroep}", "[weg](#nergens)"])
def test_a_passage_that_breaks_the_outline_is_refused(report: Report, passage: str) -> None:
    settings = replace(report.settings, passages={"doelgroep": passage})
    with pytest.raises(SettingsError, match="klopt het rapport niet"):
        page_of(replace(report, settings=settings))


def test_html_in_a_passage_of_the_municipality_is_text(report: Report) -> None:
    settings = replace(report.settings, passages={"doelgroep": "<script>alert(1)</script> en **vet**"})
    page = Page(page_of(replace(report, settings=settings)))
    assert not page.named("script")
    assert page.texts["strong"] == ["vet"]


def test_text_that_a_person_must_write_is_set_apart_until_it_is_written(report: Report) -> None:
    def places(**passages: str) -> list[str]:
        page = page_of(replace(report, settings=replace(report.settings, passages=passages)))
        return re.findall(r'<p class="invullen">\[Schrijf hier .*teksten: (\w+)\.\]</p>', page)

    assert places() == ["samenvatting", "aanleiding", "communicatie"]
    assert places(aanleiding="Daarom.", communicatie="") == ["samenvatting"]


def test_the_same_report_gives_the_same_page(report: Report, html: str) -> None:
    assert page_of(report) == html


def test_the_name_of_the_municipality_cannot_be_an_anchor(tmp_path: Path) -> None:
    report = reported(write_xlsx(tmp_path / "2019-Q4.xlsx", {"a": clienten({})}), municipality="Duin {#inhoud}")
    page = Page(page_of(report))
    assert page.texts["h1"][0].endswith("Duin {#inhoud}")
