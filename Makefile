# How to work on Onroll. `make help` lists the words; docs/how-to/develop.md tells the story.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
VENDOR := src/onroll/pages/static/vendor/MANIFEST.json
WITHOUT_KEYS := ONROLL_ENV=check
TEMPLATES = $$(find src -path '*/templates/*' -name '*.html')

.PHONY: help setup dev assets run test sqlite postgres fix pictures bench lock clean
.PHONY: check lint types floors templates migrations drawn
.DEFAULT_GOAL := help

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1 \t/p' Makefile | expand -t 16

setup: .venv/.base $(VENDOR) ## make the environment and lay the front-end files; .venv/bin/onroll is ready

run: setup ## set up, then serve on this machine with an invented school
	@$(BIN)/onroll run

test: sqlite postgres ## run every test: SQLite, then PostgreSQL, browser journeys included

sqlite: dev
	@$(BIN)/python -m tools.machine
	$(BIN)/pytest

postgres: dev
	@if $(BIN)/python -m tools.machine --has-postgres; then set -x; \
	  ONROLL_TEST_DB=postgres $(BIN)/pytest -m "not journey" --ignore=tests/domain --ignore=tests/house; fi

check: lint types floors templates migrations drawn ## look for faults without running: lint, types, floors, templates, migrations, drawn docs

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(WITHOUT_KEYS) $(BIN)/mypy

floors: dev
	$(BIN)/lint-imports --no-cache

templates: dev
	$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)

migrations: dev
	$(WITHOUT_KEYS) $(BIN)/onroll makemigrations --check --dry-run

drawn: dev
	$(WITHOUT_KEYS) $(BIN)/onroll docs --check

fix: dev ## mend what a machine can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)
	$(WITHOUT_KEYS) $(BIN)/onroll docs

pictures: dev ## take the pictures of the README anew, by the browser tests
	ONROLL_PICTURES=1 $(BIN)/pytest -q tests/journeys/test_watch.py

bench: setup .venv/.bench ## measure us beside pandas, polars and DuckDB; writes bench/RESULTS.md
	$(BIN)/python -m bench

lock: dev ## pin the newest dependencies, with hashes
	$(BIN)/python -m tools.lock

clean: ## remove what can be made again; never your data, never the environment
	rm -rf build dist node_modules src/onroll/pages/static/vendor tests/vendor src/onroll/queries/paper/fonts
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# ---------------------------------------------------------------- what the words above stand on
dev: setup .venv/.dev
assets: $(VENDOR)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Onroll needs Python 3.11 or newer. Say which: make PYTHON=python3.12 setup"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make environments. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv

.venv/.base: requirements/base.txt pyproject.toml | .venv/bin/python
	@echo "Installing what Onroll runs on"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/.base
	@echo "Installing what the tests and checks need"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.bench: requirements/bench.txt | .venv/.base
	@echo "Installing what the bench compares with"
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

$(VENDOR): package-lock.json tools/assets.py tools/vendor.py tools/css.py | .venv/.base
	@echo "Laying the front-end files"
	@$(BIN)/python -m tools.assets
	@touch $@
