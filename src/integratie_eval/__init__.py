"""From quarterly exports of a municipality's bijstand caseload to a Dutch evaluation report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from integratie_eval.evaluation import Evaluation, evaluate
    from integratie_eval.settings import Settings, load_settings

__version__ = "0.1.0"
__all__ = ["Evaluation", "Settings", "__version__", "evaluate", "load_settings"]

_HOME = {"Evaluation": "evaluation", "evaluate": "evaluation", "Settings": "settings", "load_settings": "settings"}


def __getattr__(name: str) -> Any:
    """Import the public names only when they are used: `import integratie_eval` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
