"""Every sentence of the report, about nobody, one, two and many: it agrees, and each of its digits is a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import integratie_eval.render.dutch as dutch
from integratie_eval.evaluation import evaluate
from integratie_eval.render.annotated import annotated_markdown
from integratie_eval.render.charts import charts_of
from integratie_eval.render.markdown import render_markdown
from integratie_eval.render.templates import load_templates
from integratie_eval.report import Report, report_of
from integratie_eval.settings import FILE_NAME, load_settings
from integratie_eval.targets import Verdict
from tests.language.swapped import swapped
from tests.language.templates import pairs, sentences
from tests.language.towns import CASES

SWAPS = 40
SAMPLE = Path(__file__).parents[2] / "data" / "sample"
Rendered = dict[str, tuple[Report, str]]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Case → its report and the annotated text."""
    folder, templates = tmp_path_factory.mktemp("gemeenten"), load_templates()
    reports = {name: case.report(folder / str(place)) for place, (name, case) in enumerate(CASES.items())}
    reports |= {f"swap {seed}": swapped(reports["2 of every fact"], seed) for seed in range(SWAPS)}
    reports["the sample"] = report_of(evaluate(SAMPLE, load_settings(SAMPLE / FILE_NAME)))
    return {
        name: (report, annotated_markdown(report, templates, charts_of(report, templates)))
        for name, report in reports.items()
    }


@pytest.fixture(scope="module")
def everything(rendered: Rendered) -> str:
    """All the texts, without line ends."""
    annex = annotated_markdown(rendered["the sample"][0], load_templates(), {}, "bijlage.md.j2")
    texts = [*(text for _, text in rendered.values()), annex]
    return " ".join(" ".join(render_markdown(text).split()) for text in texts)


def lines(text: str) -> Iterator[tuple[str, str]]:
    """Chapter and line of the running text: no tables, no definitions of figures."""
    chapter = ""
    for line in text.partition("### Definitie van elk cijfer")[0].splitlines():
        if line.startswith("## "):
            chapter = line.removeprefix("## ").partition(" {#")[0]
        elif line and line[0] not in "|#":
            yield chapter, line


ELSEWHERE = {
    ("grafieken/aanbieders.md.j2", ", voor de"),  # more providers than a chart holds
    ("grafieken/aanbieders.md.j2", "met de meeste deelnemers"),
}
"""What needs more providers than these cases have; tests/unit/test_report_charts.py renders them."""


def test_every_sentence_of_the_templates_was_rendered(everything: str) -> None:
    missing = {(name, text) for name, text in sentences() if " ".join(render_markdown(text).split()) not in everything}
    assert missing <= ELSEWHERE


def test_every_noun_was_rendered_after_one_and_after_many(everything: str) -> None:
    patterns = [rf"\b1 {one}\b" for one, _ in pairs("met")] + [
        rf"\b(?:[2-9]|\d\d+) {many}\b" for _, many in pairs("met")
    ]
    assert [pattern for pattern in patterns if not re.search(pattern, everything)] == []


# --- agreement

FIXED_NOUNS = {  # whose number is written in the template itself, or in the code
    ("oudkomer", "oudkomers"), ("volwassen statushouder", "volwassen statushouders"), ("regel", "regels"),
    ("volwassen oudkomer", "volwassen oudkomers"), ("bestand", "bestanden"), ("bevinding", "bevindingen"),
    ("maand", "maanden"), ("streefwaarde", "streefwaarden"), ("bijstandspartij", "partijen"),
}  # fmt: skip
FIXED_VERBS = {("doet", "doen"), ("werkt", "werken"), ("combineert", "combineren"), ("volgt", "volgen")}
NOUNS = pairs("met") | FIXED_NOUNS
VERBS = {(one, many) for one, many in pairs("ww") if one.isalpha() and one != "die"} | FIXED_VERBS


def any_of(words: set[str]) -> str:
    return f"(?:{'|'.join(sorted(words))})"


NOUN, NOUNS_ = any_of({one for one, _ in NOUNS}), any_of({many for _, many in NOUNS})
VERB, VERBS_ = any_of({one for one, _ in VERBS}), any_of({many for _, many in VERBS})
ONE, MANY = r"(?<![\d.,])1", r"(?<![\d.,€-])(?:0|[2-9]|\d\d+)"
BETWEEN = r"(?: er| nog| het er| ook)?"
NO_UNIT = r"\b(?! keer| fte| hele maand| procentpunt| lager| hoger| meer| minder|%|[.,]\d)"
MISTAKES = {
    "one with a plural": rf"{ONE} {NOUNS_}\b",
    "many with a singular": rf"{MANY} {NOUN}\b",
    "none with a singular": rf"\bgeen {NOUN}\b(?! is)",
    "a plural verb before one": rf"\b{VERBS_}{BETWEEN} 1{NO_UNIT}",
    "a singular verb before many": rf"\b{VERB}{BETWEEN} {MANY}{NO_UNIT}",
    "a singular verb before none": rf"\b{VERB}{BETWEEN} geen (?!streefwaarden ingevuld){NOUNS_}\b",
    "a plural verb after one": rf"(?<!van de )(?<!van )(?<!Van ){ONE} {NOUN} {VERBS_}\b",
    "a singular verb after many": rf"\b(?:en|of) {MANY} {NOUNS_} {VERB}\b(?! dat)",
    "a relative clause": rf"{ONE} {NOUN} die (?:\w+ )?{VERBS_}\b|{MANY} {NOUNS_} die {VERB}\b",
    "all of one": rf"\b(?:alle|Alle|de|De) {ONE}\b",
    "a zero in digits": r"(?<![\d.,])0(?![\d.,%])",
    "nobody as no people": rf"{VERBS_} geen mensen\b",
    "a digit in front": r"(?:^|[.?!] )\d(?!\. )",
    "a small letter in front": r"(?:^|[.?!] )(?!\d\. )[a-z]",
    "no end": r"[^.:\]]$|[^.]\]$",
    "spacing": r"\w  +\w| [.,;:]|\.\.|,\.|\( | \)",
    "a word twice": r"\b(\w+) \1\b",
    "what Python writes": r"None|Undefined|True|False|\{\{|\{%|Exact\(",
}
OF_SENTENCES = ("a small letter in front", "no end", "a digit in front")
"""These are not asked of items of a list and of captions."""


def mistakes_in(line: str) -> list[str]:
    """The mistakes in a line of the running text."""
    item = re.match(r"\* |\d+\. |Tabel |Grafiek |!\[", line)
    asked = [name for name in MISTAKES if not (item and name in OF_SENTENCES)]
    return [name for name in asked if re.search(MISTAKES[name], line.removeprefix("* "))]


def test_no_sentence_has_a_mistake(rendered: Rendered) -> None:
    different = {line: case for case, (_, text) in rendered.items() for _, line in lines(render_markdown(text))}
    assert [(found, line, case) for line, case in different.items() if (found := mistakes_in(line))] == []


@pytest.mark.parametrize(
    ("mistake", "line"),
    [
        ("one with a plural", "Er is 1 mensen."),
        ("many with a singular", "Er zijn 12 persoon."),
        ("none with a singular", "Er zijn geen statushouder."),
        ("a plural verb before one", "Er zijn 1 statushouder."),
        ("a singular verb before many", "Daarvan stopte er 2 in dat half jaar."),
        ("a singular verb before none", "In 2017 was er geen statushouders."),
        ("a plural verb after one", "Op die dag 1 persoon hadden bijstand."),
        ("a relative clause", "Er zijn 2 mensen die heeft gewerkt."),
        ("all of one", "Zo stonden de 1 mensen ervoor."),
        ("a zero in digits", "De bijstand stopte 0 keer."),
        ("a digit in front", "Dat klopt. 12 mensen werken."),
        ("a small letter in front", "Dat klopt. er is werk."),
        ("no end", "Er is werk"),
        ("spacing", "Er is  werk ."),
        ("a word twice", "Er is is werk."),
    ],
)
def test_the_mistake_is_seen(mistake: str, line: str) -> None:
    assert mistake in mistakes_in(line)


# --- digits

LINK = re.compile(r'\[[^\]\[]*\]\(#cijfer-[\w-]+ "(?:[^"\\]|\\.)*"\)')
FIXED = [  # digits that are in the templates on purpose
    r"^(?:Tabel|Grafiek) \d+:",  # numbering
    r"\btrede \d(?:(?:, \d)* en \d)?(?!\d)",  # the rungs have a number for a name
    r"\(\d en \d\)",  # the middle and high rungs
    r"^\d+\. ",  # the order of the eindstatus
    r"\(CBS-reden \d\d(?: of \d\d)?\)",  # codes of CBS
    r"\bNa 24 maanden in de gemeente\b",  # the term that the report tells about
    r"\bna 24 maanden, per jaar\b",
    r"\bop tot 100%",
]


def known(report: Report, chapter: str) -> set[str]:
    """The numbers that may stand in a chapter without being a figure: days, settings, and what is made of those."""
    days = [report.period.start, report.period.end, report.period.reference, report.settings.cohort_border]
    project = report.settings.project
    texts = {dutch.day(day) for day in (*days, project.start, project.end) if day}
    texts |= {interval.quarter for interval in report.intervals if interval.quarter} | set(report.gaps)
    texts |= {*report.published.categories("vestigingen"), *report.published.categories("bijeenkomsten")}
    texts |= {*report.settings.partners, *(provider.name for provider in report.settings.providers)}
    return texts | _of_chapter(report, chapter)


def _of_chapter(report: Report, chapter: str) -> set[str]:
    match chapter:
        case "Streefwaarden":
            verdicts = [outcome.verdict for outcome in report.targets]
            reached, missed = verdicts.count(Verdict.REACHED), verdicts.count(Verdict.MISSED)
            counts = {str(n) for n in (len(verdicts), reached, missed, len(verdicts) - reached - missed)}
            terms = {f"{outcome.target.category} maanden" for outcome in report.targets}
            differences = (outcome.difference for outcome in report.targets)
            return counts | terms | {dutch.number(abs(difference)) for difference in differences if difference}
        case "Financiering en inzet":
            fte = report.money and report.money.fte
            return {dutch.number(project) for project in (report.settings.project.fte,) if project} | (
                {dutch.euro(fte.euros), dutch.euro(fte.amount), f"{dutch.number(fte.months)} maanden"} if fte else set()
            )
        case "Verantwoording":
            return {dutch.number(n) for n in (report.rows_seen, report.rows_used, report.rows_seen - report.rows_used)}
    return set()


def unexplained(report: Report, text: str) -> list[str]:
    """The lines with a digit that is no link to a figure, no setting and not fixed."""
    found = []
    for chapter, line in lines(text):
        if line.startswith("!["):  # the words of a chart: it is drawn of published figures, and cannot hold links
            continue
        rest = LINK.sub("", line)
        for allowed in FIXED:
            rest = re.sub(allowed, "", rest)
        for number in sorted(known(report, chapter), key=len, reverse=True):
            rest = re.sub(rf"(?<![\d.,]){re.escape(number)}(?![\d%]|[.,]\d)", "", rest)
        if re.search(r"\d", rest):
            found.append(line)
    return found


def test_every_digit_in_the_prose_is_a_figure_or_a_setting(rendered: Rendered) -> None:
    found = {line: case for case, (report, text) in rendered.items() for line in unexplained(report, text)}
    assert found == {}


def test_a_digit_that_is_no_figure_is_seen(rendered: Rendered) -> None:
    report, text = rendered["2 of every fact"]
    for sentence in ("Er zijn 37 mensen.", "Van de 12 mensen had 31% werk.", "Op 3 mei 2011 was er werk."):
        chapter = text.replace("## Doelgroep {#doelgroep}\n", f"## Doelgroep {{#doelgroep}}\n\n{sentence}\n")
        assert unexplained(report, chapter) == [sentence]
