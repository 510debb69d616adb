# Two commands do everything: make run, make test. Neither needs anything but Python 3.11 or later, and make.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench axe fuzz crash simulate leaks gate docs browser lock clean

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
export PYTHONUTF8 := 1

help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.platform ## set everything up, make the sample year's report, serve the site (PORT=8000)
	@$(BIN)/python manage.py run_sample

test: $(VENV)/.dev browser ## set up and run all tests, on SQLite and, where it runs, on PostgreSQL
	@$(BIN)/python tests/run_all.py

lint: $(VENV)/.dev ## style, types, floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev ## measure; one JSON object a line on standard output
	@$(BIN)/python -m bench

axe: $(VENV)/.dev ## look through the public pages and the main desk pages with axe-core; needs Chromium, says so where it is absent
	@GONGKAI_DATABASE_URL= $(BIN)/python -m pytest -n 0 -rs tests/browser/test_axe.py

fuzz: $(VENV)/.dev ## mutate report files and read them, FUZZ_S= seconds (default 60)
	@$(BIN)/python -m fuzz.readers

crash: $(VENV)/.dev ## kill the platform at its work CRASHES= times (100) on each database, and look whether all is whole
	@$(BIN)/python -m crash

simulate: $(VENV)/.dev ## live thousands of requests by the real acts and judge them, REQUESTS= (default 10000)
	@$(BIN)/python -m simulate

leaks: $(VENV)/.dev ## plant LEAKS= (200) leaks in files, find them, take them out, look again; SEED= (1)
	@$(BIN)/python -m leaks

gate: $(VENV)/.dev ## try every way to the public round the review, on every database; and see that each trigger is needed
	@$(BIN)/python tests/run_all.py tests/gate

docs: $(VENV)/.dev ## write the generated pages anew: the law map, the list of checks, the table of rights
	@$(BIN)/python -m gongkai.statute.lawmap > docs/law-map.md.new && mv docs/law-map.md.new docs/law-map.md
	@$(BIN)/python -m gongkai.statute.report.checks.catalogue > docs/checks.md.new && mv docs/checks.md.new docs/checks.md
	@$(BIN)/python manage.py rights_table > docs/operator/rights.md.new && mv docs/operator/rights.md.new docs/operator/rights.md

lock: $(VENV)/.dev ## write the lock files anew from pyproject.toml
	@$(PIP) install uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra platform pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra platform --extra dev pyproject.toml -o requirements-dev.lock

# In CI, as root on Debian, the browser and a Chinese font are installed; elsewhere the browser tests say that
# they were skipped.
browser:
	@if [ -n "$$CI" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && ! { command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; }; then \
	  echo "Installing Chromium and a Chinese font for the browser tests"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null \
	  || echo "Chromium could not be installed; the browser tests will say that they were skipped"; fi

clean: ## remove what was set up (not the data in var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make run PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.platform: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once) …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up for development (once) …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps -e .
	@touch $@ $(VENV)/.platform
