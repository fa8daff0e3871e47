"""The command line inside this process, for the many cases that need no process of their own.

done = command("check", path)
assert (done.code, done.rows) == (0, (10, 10, 0))
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from integratie_eval import cli

_ROWS = re.compile(r"Regels: (\d+) gezien = (\d+) gebruikt \+ (\d+) opzij gezet")
_RULE = re.compile(r"^(?:FOUT|WAARSCHUWING|OPMERKING) (\w+)[ :]", re.MULTILINE)
_MOST_LINES = 5


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> tuple[int, int, int]:
        """Rows seen, used and set aside."""
        found = _ROWS.search(self.out)
        assert found, f"no row account: {self.err}"
        seen, used, aside = map(int, found.groups())
        assert seen == used + aside
        return seen, used, aside

    @property
    def rules(self) -> set[str]:
        """The rules of the findings that the command showed."""
        return set(_RULE.findall(self.out))

    @property
    def refusal(self) -> str:
        """The id of the refusal, the first word of the message."""
        assert self.code == 3, self.out
        return self.err.removeprefix("FOUT ").split(":")[0]


def command(*arguments: str | Path) -> Done:
    """Run a command; whatever happens, stderr is short and holds no traceback."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run([str(argument) for argument in arguments])
    assert len(err.getvalue().splitlines()) <= _MOST_LINES
    assert "Traceback" not in err.getvalue()
    assert "panicked" not in err.getvalue()
    return Done(code, out.getvalue(), err.getvalue())


def check(path: str | Path, *options: str | Path) -> Done:
    """`integratie-eval check` on a file or folder."""
    return command("check", path, *options)
