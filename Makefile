# integratie-eval: `make report` and `make test` do everything on a fresh machine with Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help report test check bench fuzz fix sample docs lock clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

report: $(VENV)/run.done ## the report of data/sample, in uitvoer/
	@$(BIN)/integratie-eval report data/sample -o uitvoer

test: $(VENV)/test.done ## all tests
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/test.done ## ruff and mypy, also as on Windows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 src & windows=$$!; $(BIN)/mypy && wait $$windows

fuzz: $(VENV)/test.done ## 20,000 damaged files of every kind through the reader (20 minutes)
	@$(BIN)/python -m benchmarks.fuzz

fix: $(VENV)/test.done ## let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/test.done ## the speed figures of docs/prestaties.md
	@$(BIN)/python -m benchmarks.bench

sample: $(VENV)/run.done ## data/sample anew
	@rm -rf data/sample
	@$(BIN)/integratie-eval sample data/sample

docs: $(VENV)/run.done ## docs/definities.md and docs/indicatoren.md anew
	@$(BIN)/python -m integratie_eval.reference docs

lock: ## the requirements anew (needs uv)
	uv pip compile pyproject.toml requirements/build.in --extra alles --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links -o requirements/run.txt
	uv pip compile pyproject.toml requirements/build.in --extra alles --group test --group check --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links -o requirements/test.txt

clean: ## everything that make made
	@rm -rf $(VENV) uitvoer dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/run.done
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@
