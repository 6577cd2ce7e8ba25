# Needs Python 3.11 or newer and make; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
export IZA_HOME ?= $(CURDIR)/data
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1
# Where bytecode is not kept, every start of dbt or Airflow compiles them again: twice the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test chaos lint up down bench lock docs
.DEFAULT_GOAL := help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

setup: .venv/.ready ## make .venv with the locked dependencies

.venv/.ready: requirements.lock requirements.bootstrap.lock pyproject.toml
	@echo "==> 1/2 virtual environment and locked dependencies in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3,11) <= sys.version_info[:2] < (3,14) else "Python 3.11, 3.12 or 3.13 is needed; this is " + sys.version.split()[0] + ". Say: make setup PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.bootstrap.lock \
	  || echo "uv is not available here; pip installs the same set, more slowly"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
	  || $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@echo "==> 2/2 the project itself"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . \
	  || $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

test: setup lint ## lint, check types, run all tests; says what it skipped and why
	@echo "==> tests (both cores; skipped tests are listed at the end, with the reason)"
	@$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder -m "not chaos"
	@echo "==> left out: the long tests that kill a whole demonstration; 'make chaos' runs them"

chaos: setup ## kill a demonstration, intake, builds and publications, take the database away, 34,000 damaged files, 200 schedules, 5 GB in little memory (some hours)
	@$(BIN)/pytest -m chaos

lint: setup ## ruff, mypy and sqlfluff
	@echo "==> ruff: style and format of Python"
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "==> mypy: types"
	@$(BIN)/mypy
	@echo "==> sqlfluff: style of SQL"
	@$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 dbt_project/models dbt_project/tests docs/voorbeelden

bench: setup benchmarks/.venv/.ready ## measure speed; prints ratios and writes benchmarks/result.json; FAMILY=views for one
	@$(BIN)/python -m benchmarks $(FAMILY)

# PySpark is half a gigabyte that nothing but the benchmark wants; without Java it is left out, and said so.
benchmarks/.venv/.ready: benchmarks/requirements.lock | setup
	@if command -v java > /dev/null; then \
	  echo "==> PySpark in benchmarks/.venv, to compare with"; \
	  test -x benchmarks/.venv/bin/python || $(PYTHON) -m venv benchmarks/.venv; \
	  { $(BIN)/uv pip install --quiet --python benchmarks/.venv/bin/python --require-hashes -r benchmarks/requirements.lock \
	    || benchmarks/.venv/bin/python -m pip install --quiet --require-hashes -r benchmarks/requirements.lock; } \
	  && touch $@; \
	fi

docs: setup ## make the generated pages in docs/ again
	@$(BIN)/python -m ingest.settings_table > docs/settings.md
	@$(BIN)/python -m ingest.oordeel.page > docs/regels.md
	@$(BIN)/python -m marts.quality_page > docs/gegevenskwaliteit.md
	@$(BIN)/python -m marts.indicator_pages
	@$(BIN)/iza contract write

lock: ## resolve the dependencies again into requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --extra dev pyproject.toml requirements.build.in -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  requirements.bootstrap.in -o requirements.bootstrap.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  -c requirements.lock $$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock) \
	  docker/requirements.in -o docker/requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  -c requirements.lock $$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock) \
	  benchmarks/requirements.in -o benchmarks/requirements.lock

demo: setup ## make the demo region, run the chain under a real Airflow, publish, print where everything is
	@$(BIN)/python -m demo

up: setup ## leave Airflow running, with its pages on localhost
	@$(BIN)/python -m demo up

down: setup ## stop the Airflow that 'make up' left running
	@$(BIN)/python -m demo down
