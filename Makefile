# The words used everywhere: here, in the README and in CI. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# The interpreter that makes the environment; the environment's own is used for everything else.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Nothing reports usage, whatever the tools' own defaults are.
export DAGSTER_DISABLE_TELEMETRY := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1

.PHONY: help setup run test soak check format ui clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with exactly the tested versions; done once

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "gazette needs Python 3.11 or 3.12 and found no python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || { \
		echo "gazette needs Python 3.11 or 3.12; $(PYTHON) is $$($(PYTHON) -V 2>&1). Set PYTHON=..."; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON); this takes a few minutes and is done once."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
	@echo "Environment ready."

run: $(STAMP) ## read seeds/ and publish warehouse/gazette.duckdb
	@$(BIN)/gazette run

test: $(STAMP) ## run all tests
	@$(BIN)/python -m pytest

soak: $(STAMP) ## run the long tests: sixty kills, a hundred thousand generated documents, the daemon's life, merging at scale
	@$(BIN)/python -m pytest -m slow

check: $(STAMP) ## lint, formatting and types, as CI does
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfmt --check --no-progressbar --quiet dbt_project

format: $(STAMP) ## rewrite code and SQL in the house format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfmt --no-progressbar --quiet dbt_project

# Who else may open the UI: nobody but this machine, unless told otherwise (make ui HOST=0.0.0.0).
HOST ?= 127.0.0.1
PORT ?= 3000
export DAGSTER_HOME ?= $(CURDIR)/.dagster

# `dagster dev` tells that it has a successor, which is a package of its own; that line is of no use to a reader.
ui: $(STAMP) ## open the Dagster UI on http://127.0.0.1:3000
	@mkdir -p $(DAGSTER_HOME) && cp pipelines/dagster.yaml $(DAGSTER_HOME)/dagster.yaml
	@echo "The UI will be at http://$(HOST):$(PORT) in about a minute; stop it with Ctrl-C."
	@PYTHONWARNINGS=ignore exec $(BIN)/dagster dev -m pipelines.definitions -h $(HOST) -p $(PORT)

clean: ## remove everything that the other words made, the environment and the warehouse included
	rm -rf $(VENV) .dagster .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf dbt_project/target dbt_project/logs warehouse/.build warehouse/versions warehouse/gazette.duckdb
