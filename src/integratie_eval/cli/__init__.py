"""The command line: the only place that prints, picks files or exits. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import typer

from integratie_eval.cli.app import Group, app
from integratie_eval.cli.completion import PROGRAM, prepare_completion
from integratie_eval.cli.screen import say
from integratie_eval.cli.stopping import INTERRUPTED
from integratie_eval.errors import ExitCode, UserError, is_full
from integratie_eval.text import closest, listed

COMMANDS = (
    "cache", "check", "compare", "completion", "explain", "indicators", "init", "query", "report", "sample", "table",
    "template", "templates", "verify", "worklist",
)  # fmt: skip
"""Every command has a module of its name, which adds it to the program."""


def main(kept: list[object] | None = None) -> NoReturn:
    """Run the command line and exit with the code of design §6. What was read is put in `kept`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # None when it was closed
            stream.reconfigure(errors="replace")  # a terminal that knows no é gets a ?
    sys.exit(run(kept=kept))


def run(arguments: list[str] | None = None, kept: list[object] | None = None) -> int:
    """Run a command line (default: that of the process) and give its exit code; messages go to stderr."""
    given = sys.argv[1:] if arguments is None else arguments
    prepare_completion()
    load_commands(given[:1])
    try:
        code = typer.main.get_command(app).main(arguments, standalone_mode=False, prog_name=PROGRAM, obj=kept)
        return int(code or 0)
    except UserError as error:
        return _complain(error.message, error.remedy, error.exit_code, getattr(error, "refusal", ""))
    except typer.Exit as error:
        return error.exit_code
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            say(error.format_message(), err=True)
            return ExitCode.WRONG_USE
        return _complain(_in_dutch(error), _remedy(error, given), ExitCode.WRONG_USE)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except SystemExit as error:
        if not isinstance(error.__context__, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read our output has gone: nothing more to say
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001  nobody sees a traceback, which may quote a cell
        return _unforeseen(error)


def load_commands(asked: Sequence[str] = ()) -> None:
    """Load the module of the command that is asked for: one starts sooner than all. Of anything else, load all."""
    for name in set(asked) & set(COMMANDS) or COMMANDS:
        import_module(f"{__name__}.{name}")


def _unforeseen(error: Exception) -> int:
    """Tell an error that no command tells itself, by its kind and place: its text may quote a cell."""
    if is_full(error):  # files tell this themselves: it is what goes to the screen, sent on to a file
        return _complain(
            "De uitvoer is niet te schrijven: de schijf is vol.",
            "Maak ruimte, of stuur de uitvoer naar een andere schijf.",
            ExitCode.OUTPUT_FAILED,
        )
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return _complain(
            "Het geheugen van deze computer is te klein voor deze exports.",
            "Sluit andere programma's, lees minder kwartalen tegelijk of neem een computer met meer geheugen.",
            ExitCode.UNUSABLE_INPUT,
        )
    return _complain(
        f"Er ging iets mis in integratie-eval zelf ({type(error).__name__}, {_where(error)}).",
        "Meld dit aan de makers; er is niets geschreven.",
        ExitCode.OUR_FAULT,
    )


def _complain(message: str, remedy: str, code: ExitCode, refusal: str = "") -> int:
    say(f"{' '.join(filter(None, ('FOUT', refusal)))}: {message}\n{remedy}", err=True)
    return code


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    place = "onbekende plaats"
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "integratie_eval" in file.parts:
            place = f"{file.name} regel {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _in_dutch(error: typer.TyperException) -> str:
    """The message of a wrong command line, in Dutch. Typer keeps its kinds of error private: they are told by name."""
    message = error.format_message()
    option = getattr(error, "option_name", None) or "een optie"
    match type(error).__name__:
        case "NoSuchOption":
            return f"De optie {option} bestaat niet."
        case "BadOptionUsage":
            return f"Achter {option} hoort {'geen' if 'does not take' in message else 'een'} waarde."
        case "MissingParameter":
            return f"Er ontbreekt iets: {_parameter(error).rstrip('.')}."
        case "BadParameter":
            return f"De waarde bij {_parameter(error)} kan niet{_allowed(error)}."
    if command := _unknown_command(error):
        return f"Het commando {command} bestaat niet."
    return "Er staat te veel achter dit commando." if "extra argument" in message else message


def _remedy(error: typer.TyperException, arguments: Sequence[str]) -> str:
    """What was meant, perhaps, and the help of the command that was wrongly used."""
    context = getattr(error, "ctx", None)
    group = getattr(context, "command", None)
    name, known = getattr(error, "option_name", None), getattr(error, "possibilities", None) or ()
    if command := _unknown_command(error):
        name, known = command, group.commands if isinstance(group, Group) else COMMANDS
    meant = closest(name, known) if name else []
    guess = f"Bedoelt u {meant[0]}? " if meant else ""
    return f"{guess}Zie {context.command_path if context else _path_in(arguments)} --help."


def _path_in(arguments: Sequence[str]) -> str:
    """The program and the command that these arguments begin with."""
    return " ".join([PROGRAM, *[word for word in arguments[:1] if word in COMMANDS]])


def _unknown_command(error: typer.TyperException) -> str:
    """The name that was given for a command, when there is none of that name."""
    message = error.format_message()
    return message.split("'")[1] if "No such command" in message else ""


def _allowed(error: typer.TyperException) -> str:
    """What would have been right, where that can be listed."""
    kind = getattr(getattr(error, "param", None), "type", None)
    if choices := getattr(kind, "choices", None):
        return f": kies uit {listed(getattr(choice, 'value', choice) for choice in choices)}"
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is None:
        return ""
    return f": kies een getal vanaf {low:g}" + (f" tot en met {high:g}" if high is not None else "")


def _parameter(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "een optie"
    return str(parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[-1])
