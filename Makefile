# Schijnwerper: every target does its own set-up and is safe to repeat. `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3.11
BIN := .venv/bin
VENDOR := service/web/static/vendor
export MLFLOW_DISABLE_TELEMETRY := true

.PHONY: help install demo test check format bench bench-curve bench-field bench-glassbox bench-loop bench-planning bench-price bench-quality bench-service lock docs clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/tools.stamp: requirements/tools.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/tools.txt
	@touch $@

.venv/run.stamp: .venv/tools.stamp requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

.venv/bench.stamp: .venv/dev.stamp requirements/benchmark.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/benchmark.txt
	@touch $@

$(VENDOR)/.stamp: package-lock.json package.json service/assets.py .venv/run.stamp
	npm ci --ignore-scripts --silent
	$(BIN)/python -m service.assets
	@touch $@

.venv/chromium.stamp:
	@if [ ! -x /usr/bin/chromium ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing chromium for the browser tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; fi
	@mkdir -p .venv && touch $@

.venv/postgresql.stamp:
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing postgresql for the tests of the store"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; fi
	@mkdir -p .venv && touch $@

install: .venv/run.stamp $(VENDOR)/.stamp ## set-up alone: .venv, locked dependencies, front-end assets

demo: install ## a synthetic gemeente, from registers to a ranked list, and the page
	$(BIN)/schijnwerper demo

test: install .venv/dev.stamp .venv/chromium.stamp .venv/postgresql.stamp ## the whole suite
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/dev.stamp ## lint, format, types, import law, generated docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m features.dictionary --check
	$(BIN)/python -m service openapi --check

format: .venv/dev.stamp ## let ruff repair what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install .venv/bench.stamp ## speed and memory: 1,000,000 addresses scored, 200,000 trained on -> benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.training

bench-glassbox: install .venv/bench.stamp ## the glass box beside black boxes, on towns and public sets
	$(BIN)/python -m benchmarks.glassbox --write

bench-curve: install .venv/bench.stamp ## what is used with 0, 20, 100, 500 labels, with and without the region
	$(BIN)/python -m benchmarks.curve --write

bench-field: install .venv/bench.stamp ## twenty simulated days in the field: our plan beside TOP's rule and rank order
	$(BIN)/python -m benchmarks.field --write

bench-price: install .venv/bench.stamp ## the price of each constraint
	$(BIN)/python -m benchmarks.price --write

bench-planning: install .venv/bench.stamp ## rounds: public orienteering instances, and the speed of a day and a week (9 minutes)
	$(BIN)/python -m benchmarks.planning --write

bench-loop: install .venv/bench.stamp ## the closed loop: 24 months, five policies, three seeds -> docs/benchmark.md
	$(BIN)/python -m benchmarks.loop --write

bench-service: install .venv/bench.stamp ## the desk on 10,000,000 addresses beside a bare route (20 GB of disk, 20 minutes)
	$(BIN)/python -m benchmarks.service --write

bench-quality: install .venv/bench.stamp ## ranking against the synthetic truth, three towns of 20,000 addresses with seven neighbours
	$(BIN)/python -m benchmarks.quality --write

docs: .venv/dev.stamp ## the data dictionary from the declarations, docs/openapi.json from the routes
	$(BIN)/python -m features.dictionary
	$(BIN)/python -m service openapi

lock: .venv/tools.stamp ## renew the lock files (hashes, no registry host)
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --upgrade requirements/tools.in -o requirements/tools.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --upgrade pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --extra dev --extra benchmark -c requirements/run.txt pyproject.toml -o requirements/benchmark.txt

clean: ## remove what was built (not your data)
	rm -rf .venv node_modules $(VENDOR) demo .mypy_cache .ruff_cache .pytest_cache
