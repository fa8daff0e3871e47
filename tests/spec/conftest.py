"""The tests of this folder are about what happens after files are opened."""

from tests.in_process import opened_here

__all__ = ["opened_here"]
