"""The tests of this folder are about what happens after files are opened; opening itself has tests of its own here."""

from tests.in_process import opened_here

__all__ = ["opened_here"]
