"""What is wrong with a template of a municipality, in Dutch, with the file and the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError

from integratie_eval.errors import SettingsError

Place = tuple[str, int]
"""The name of a template in the folder of the municipality, and a line of it."""

_REMEDY = "Herstel het sjabloon, of haal het weg: dan geldt dat van integratie-eval."
_IN_DUTCH = (
    (r"No filter named '(.*?)'.*", r"het filter \1 bestaat niet"),
    (r"No test named '(.*?)'.*", r"de toets \1 bestaat niet"),
    (r"Encountered unknown tag '(.*?)'.*", r"de opdracht \1 bestaat niet of staat verkeerd"),
    (r"[Uu]nexpected end of template.*", "er ontbreekt een afsluiting, bijvoorbeeld endif, endfor of endblock"),
    (r"block '(.*?)' defined twice", r"het blok \1 staat er twee keer"),
    (r"'.*' has no attribute '(.*?)'", r"\1 bestaat hier niet"),
    (r"'(.*?)' is undefined", r"\1 bestaat niet"),
    (r"access to attribute '(.*?)' .*", r"\1 mag niet in een sjabloon"),
    (r".* is not safely callable", "deze functie mag niet in een sjabloon"),
    (r"Range too big.*", "de reeks is te lang"),
)


@contextmanager
def explained(own: Path | None) -> Iterator[None]:
    """Errors that come from a template of the municipality become SettingsErrors; others are ours."""
    try:
        yield
    except SettingsError:
        raise
    except Exception as error:
        place = _place(error, own) if own else None
        if not place:
            raise
        raise wrong_template(place, _what(error)) from None


def wrong_template(place: Place, what: str, remedy: str = _REMEDY) -> SettingsError:
    """The refusal of a template of the municipality."""
    name, line = place
    return SettingsError(f"Het sjabloon {name}, regel {line}: {what}.", remedy)


def _place(error: Exception, own: Path) -> Place | None:
    """Where a template of the municipality stands in the way to an error, the last place if there are more."""
    if isinstance(error, TemplateSyntaxError):
        found = [(error.filename or "", error.lineno)]
    else:
        found = []
        trace = error.__traceback__
        while trace:
            found.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
            trace = trace.tb_next
    inside = [(Path(file), line) for file, line in found if Path(file).is_relative_to(own)]
    return (inside[-1][0].relative_to(own).as_posix(), inside[-1][1]) if inside else None


def _what(error: Exception) -> str:
    """What is wrong; never a text of the data."""
    match error:
        case TemplateSyntaxError() | SecurityError() | UndefinedError():
            return _in_dutch(error.message or "")
        case TemplateNotFound():
            return f"het sjabloon {error.name} bestaat niet"
        case KeyError():
            return f"{str(error.args[0]).partition('/')[0]} bestaat niet, of is niet gemeten: vraag eerst heeft(...)"
        case RecursionError():
            return "het sjabloon gebruikt zichzelf; schrijf basis/ voor de naam van het sjabloon van integratie-eval"
        case MemoryError():
            return "de tekst wordt te lang"
        case OverflowError():
            return _in_dutch(str(error))
    return f"de berekening lukt niet ({type(error).__name__})"


def _in_dutch(message: str) -> str:
    for english, dutch in _IN_DUTCH:
        if re.fullmatch(english, message, re.DOTALL):
            return re.sub(english, dutch, message, flags=re.DOTALL)
    return message.rstrip(".")
