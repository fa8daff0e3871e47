"""One spelling per provider: '4wd care' and '4WD Care' are the same organisation."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from integratie_eval.settings import Provider
from integratie_eval.text import fold

_LOOKS_ALIKE = 0.85


class Spellings:
    """The providers met so far in one run, and the spelling that the report uses for each."""

    def __init__(self, declared: tuple[Provider, ...]) -> None:
        self._chosen = {fold(text): p.name for p in declared for text in (p.name, *p.spellings)}
        self._declared = frozenset(self._chosen)

    def unify(self, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """Text → name for the texts of one column, and per rule the texts that a person should look at."""
        remarks: dict[str, list[str]] = {}
        result = {}
        for text, name in values.items():
            folded = fold(name)
            rule = self._remark(folded, name)
            if rule:
                remarks.setdefault(rule, []).append(text)
            result[text] = self._chosen.setdefault(folded, name)
        return result, {rule: tuple(texts) for rule, texts in remarks.items()}

    def _remark(self, folded: str, name: str) -> str | None:
        others = self._chosen.keys() - {folded}
        if folded not in self._declared and difflib.get_close_matches(folded, others, n=1, cutoff=_LOOKS_ALIKE):
            return "aanbieder_lijkt_op"
        if self._declared and folded not in self._declared:
            return "aanbieder_onbekend"
        return "aanbieder_schrijfwijze" if self._chosen.get(folded, name) != name else None
