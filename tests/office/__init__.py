"""Tests that open a report in an office program; skipped when it is absent."""
