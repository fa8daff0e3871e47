"""The prompt of query: ask, see, ask again. What was typed is not kept: it may hold numbers of persons."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from integratie_eval.cli.answers import show_table, tell_undelivered
from integratie_eval.cli.screen import say
from integratie_eval.errors import UsageError, UserError
from integratie_eval.text import hint, listed

if TYPE_CHECKING:
    from integratie_eval.query import Questions

_HELP = """\
.tabellen          de tabellen waaraan u een vraag kunt stellen
.kolommen TABEL    de kolommen van een tabel
.help              deze uitleg
.einde             stoppen (of Ctrl-D)
Een vraag is SQL en eindigt met een puntkomma. Voorbeeld:
  SELECT cohort, count(*) AS aantal FROM personen GROUP BY cohort;
De Tab-toets maakt namen af. Met pijl omhoog haalt u een vorige vraag terug; na het stoppen is alles vergeten."""
_WORDS = ("SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "count(*)", "DESCRIBE", "SUMMARIZE",
          ".tabellen", ".kolommen", ".help", ".einde")  # fmt: skip

_STOP = (".einde", ".exit", ".quit", "einde", "exit", "quit", "stop")
"""How users of this and other programs stop."""
_ASK = (".help", "help", "?")
"""How they ask for help."""


def talk(questions: Questions) -> None:
    """Answer questions until the user stops."""
    _complete_names(questions)
    say("Stel een vraag in SQL, met een puntkomma aan het eind. .help geeft uitleg, .einde stopt.")
    while (text := _read_question()) is not None:
        try:
            if text.rstrip("; ").lower() in _STOP:
                return
            _answer(questions, text)
        except UserError as error:
            say(f"FOUT: {error.message}\n{error.remedy}", err=True)
        except KeyboardInterrupt:
            say("Gestopt met deze vraag.", err=True)


def _read_question() -> str | None:
    """One question, which may stand on several lines; None when the user stops."""
    lines: list[str] = []
    while True:
        try:
            lines.append(input("     ...> " if lines else "integratie> "))
        except EOFError:
            say("")
            return None
        except KeyboardInterrupt:
            say("")
            lines.clear()
            continue
        text = "\n".join(lines).strip()
        if not text:
            lines.clear()
        elif text.endswith(";") or text.startswith(".") or text.lower() in (*_STOP, *_ASK) or not lines[-1].strip():
            return text


def _answer(questions: Questions, text: str) -> None:
    command, _, name = text.rstrip("; ").partition(" ")
    if text.rstrip("; ").lower() in _ASK:
        say(_HELP)
    elif not command.startswith("."):
        show_table(questions.ask(text))
        tell_undelivered(questions, text)
    elif command == ".tabellen":
        say("\n".join(questions.tables))
    elif command == ".kolommen":
        say("\n".join(_columns(questions, name.strip())))
    else:
        raise UsageError(f"{command} bestaat niet.", ".help toont wat kan.")


def _columns(questions: Questions, table: str) -> tuple[str, ...]:
    if not table:
        raise UsageError("Er staat geen tabel achter .kolommen.", "Schrijf bijvoorbeeld: .kolommen personen")
    if table not in questions.tables:
        remedy = hint(table, questions.tables, otherwise=f"Kies uit {listed(questions.tables)}.")
        raise UsageError(f"De tabel {table} bestaat niet.", remedy)
    return questions.tables[table]


def _complete_names(questions: Questions) -> None:
    """Let the Tab key complete names, where the machine can do that."""
    if sys.platform == "win32":
        return
    try:
        import readline
    except ImportError:  # a Python that was built without it
        return
    names = sorted(
        {*_WORDS, *questions.tables, *(column for columns in questions.tables.values() for column in columns)}
    )

    def complete(start: str, number: int) -> str | None:
        fitting = [name for name in names if name.lower().startswith(start.lower())]
        return fitting[number] if number < len(fitting) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" \t\n,()=<>;")
    readline.parse_and_bind("tab: complete")
