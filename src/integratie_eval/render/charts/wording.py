"""The caption of a chart and what it shows, in words: the templates in `templates/grafieken/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integratie_eval.model import Exact
from integratie_eval.render.charts.subjects import MOST_PROVIDERS
from integratie_eval.render.markdown_text import escape
from integratie_eval.render.over_time import OverTime
from integratie_eval.render.prose import Words
from integratie_eval.render.templates import Templates
from integratie_eval.text import listed

if TYPE_CHECKING:
    from markdown_it.token import Token


class Wording:
    """Words about the charts of one report; its templates can ask what those of the prose can."""

    def __init__(self, words: Words, templates: Templates) -> None:
        self._words = words
        self._templates = templates
        self._over_time = OverTime(words)

    def of(self, chart: str) -> tuple[str, str]:
        """The caption, and what the chart shows: the first paragraph of its template and the others."""
        words = self._words
        text = self._templates.prose.get_template(f"grafieken/{chart}.md.j2").render(
            r=words.report,
            n=words.n,
            heeft=words.heeft,
            categorieen=words.categorieen,
            groepen=words.groups,
            tijd=self._over_time,
            grootste=self._largest,
            meeste_aanbieders=MOST_PROVIDERS,
        )
        caption, *about = [_plain(token) for token in self._templates.parser.parse(text) if token.type == "inline"]
        return caption, " ".join(about)

    def _largest(self, indicator: str, cohort: str = "totaal", most: int = 3) -> str:
        """The categories with the highest counts: 'betaald werk (64) en studie (13)'; empty when all are zero."""
        from markupsafe import Markup

        named = [(name, self._words.n(indicator, cohort, name)) for name in self._words.categorieen(indicator)]
        known = [(n.figure.count.value, name, n) for name, n in named if isinstance(n.figure.count, Exact)]
        largest = sorted([entry for entry in known if entry[0]], key=lambda entry: -entry[0])[:most]
        return Markup(listed([f"{escape(name)} ({number})" for _, name, number in largest]))  # noqa: S704  escaped


def _plain(inline: Token) -> str:
    return "".join(" " if child.type == "softbreak" else child.content for child in inline.children or ())
