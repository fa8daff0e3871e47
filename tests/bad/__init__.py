"""Odd and damaged deliveries: every one is loaded right, or refused in one clear sentence (docs/betrouwbaarheid.md)."""
