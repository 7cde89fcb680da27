# Everything a fresh machine needs, from nothing but Python 3.11, Node 20 and make:
#
#   make quickstart   set up, answer with the shipped model, train your own, export it
#   make test         set up and run all tests, the browser's included
#   make check        lint, types, unit tests: no browser, no training, some minutes
#   make slow         the tests that take minutes each
#   make browser      build the page and serve it with the shipped models on http://127.0.0.1:8000
#   make assets       build the page, the runtime and the mechanics view into keras_s2s/assets
#   make pictures     make the README's pictures from the shipped models
#   make clean        remove what these targets made
#
# Set-up is done once and again only when pyproject.toml or package-lock.json changes.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
BROWSER := apps/browser
BROWSER_READY := $(BROWSER)/node_modules/.ready
PYTEST_ARGS ?=
# Where `make browser` serves the page.
PORT ?= 8000
# Processes that share the tests, by file.
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help quickstart test check slow browser assets browser-tools pictures setup clean

help:
	@sed -n '3,10s/^# *//p' Makefile

$(BIN)/python:
	@echo "creating $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; say which with: make PYTHON=/path/to/python3.11 ..." >&2; exit 2; }
	@"$(PYTHON)" -m venv $(VENV)

$(RUN_READY): pyproject.toml | $(BIN)/python
	@echo "installing keras-s2s into $(VENV) (some minutes, once)"
	@$(PIP) install --editable '.[tfjs,demo,serving]'
	@touch $@

$(TEST_READY): pyproject.toml | $(BIN)/python
	@echo "installing keras-s2s and its test tools into $(VENV) (some minutes, once)"
	@$(PIP) install --editable '.[all]'
	@touch $(RUN_READY) $@

$(BROWSER_READY): $(BROWSER)/package.json $(BROWSER)/package-lock.json
	@echo "installing the browser tools into $(BROWSER)/node_modules (once)"
	@cd $(BROWSER) && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

setup: $(TEST_READY) $(BROWSER_READY)

browser-tools: $(BROWSER_READY)

quickstart: $(RUN_READY)
	@$(BIN)/keras-s2s quickstart

test: setup
	cd $(BROWSER) && npm run check --silent && npm run lint --silent && npm test --silent
	$(PYTEST) $(PYTEST_ARGS)

check: $(TEST_READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) -m 'not slow and not browser and not training and not parity and not backends' $(PYTEST_ARGS)

slow: setup
	$(BIN)/python -m pytest -m slow $(PYTEST_ARGS)

assets: $(BROWSER_READY)
	cd $(BROWSER) && npm run build && npm run build:check && npm run build:mechanics

# The site in build/site is static: any web server may have it, under any path. Python's standard library is enough.
browser: assets
	@PYTHONPATH=. "$(PYTHON)" -m keras_s2s.export.site build/site --serve $(PORT)

pictures: setup
	$(BIN)/python -m docs.pictures

clean:
	rm -rf $(VENV) $(BROWSER)/node_modules $(BROWSER)/dist build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache
	find keras_s2s tests apps -name __pycache__ -type d -prune -exec rm -rf {} +
