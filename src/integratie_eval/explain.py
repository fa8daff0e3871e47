"""Where one figure comes from: its definition, the SQL that counted it, and the people behind it."""

from __future__ import annotations

from dataclasses import dataclass

from integratie_eval.answer import Answer
from integratie_eval.classified import Classified
from integratie_eval.definitions import SURVIVAL, Indicator
from integratie_eval.errors import InputError, UsageError
from integratie_eval.evaluation import count
from integratie_eval.measure import counting_sql
from integratie_eval.model import Published
from integratie_eval.query import Questions
from integratie_eval.text import hint
from integratie_eval.time_to_work import following_sql
from integratie_eval.undelivered import in_words, lacking_needs


@dataclass(frozen=True)
class Explanation:
    """A figure with everything that it rests on."""

    indicator: Indicator
    base: Indicator | None
    sql: str
    lacking: tuple[str, ...]
    """What was not delivered; then there are no figures."""
    figures: tuple[Published, ...]


def explain(exports: Classified, name: str) -> Explanation:
    """The figure of this name. Raises UsageError when there is none, and SettingsError when its condition is wrong."""
    declared = {indicator.id: indicator for indicator in exports.indicators}
    ratios = {ratio.id: ratio for ratio in exports.definitions.ratios}
    if name in ratios:
        raise UsageError(
            f"{name} is geen telling, maar {ratios[name].figure} gedeeld door het aantal fte in de instellingen.",
            f"Vraag uitleg over {ratios[name].figure}.",
        )
    if name not in declared:
        remedy = hint(name, declared, most=3, otherwise="integratie-eval indicators toont alle cijfers.")
        raise UsageError(f"Het cijfer {name} bestaat niet.", remedy)
    indicator = declared[name]
    base = declared.get(indicator.base or "")
    together = [indicator] if base is None or base == indicator else [indicator, base]
    _, published = count(exports, together)
    if indicator.counts == SURVIVAL:
        sql = following_sql(indicator)
    else:
        sql = counting_sql(exports.definitions.views[indicator.view], [i for i in together if i.view == indicator.view])
    lacking = lacking_needs(indicator.needs, exports.delivered.columns)
    own = tuple(figure for figure in published.rows if figure.indicator == name)
    return Explanation(indicator, base, sql, lacking, own)


def people_behind(questions: Questions, explanation: Explanation) -> Answer:
    """The client numbers (of partijen the numbers of their uitkering) that the figure counts."""
    indicator = explanation.indicator
    columns = questions.exports.definitions.views[indicator.view].columns
    key = next((name for name in ("clientnummer", "uitkeringnummer") if name in columns), None)
    if key is None:
        raise UsageError(f"Achter het cijfer {indicator.id} staan geen personen.", "Laat --personen weg.")
    if explanation.lacking:
        raise InputError(
            f"Het cijfer {indicator.id} is niet te meten: {in_words(explanation.lacking)}.",
            "Lever de kolom of de tabel mee, of laat --personen weg.",
        )
    told = [key, *(name for name in ("cohort", "kwartaal", indicator.dimension) if name in columns and name != key)]
    fields = ", ".join(told)
    return questions.ask(
        f"SELECT DISTINCT {fields} FROM {indicator.view} WHERE {indicator.condition} ORDER BY {fields}"
    )
