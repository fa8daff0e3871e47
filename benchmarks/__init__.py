"""The speed of integratie-eval: a plain pandas script for comparison (naive.py) and the measurement (bench.py)."""
