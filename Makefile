# Two commands matter: `make shoot` and `make test`. Everything else is a part of them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools

.PHONY: help setup shoot test slow exhaustive lint escape bench lock clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(READY): requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	# nothing here uses it, and the version that an older Python brings along has known holes
	$(BIN)/python -m pip uninstall --quiet --quiet --yes setuptools
	touch $(READY)

$(TOOLS): $(READY) requirements/dev.txt
	$(PIP) --require-hashes -r requirements/dev.txt
	touch $(TOOLS)

setup: $(READY) ## Prepare .venv from the hash-locked requirements

shoot: $(READY) ## Run a whole proof shoot on the example references
	$(BIN)/shoot run "Edgy editorial in an industrial mood, hard light" \
	  --ref examples/portrait.png --ref examples/accessory-cup.png --autopilot --provider proof

test: lint ## Check, and test everything but the slow
	$(BIN)/python -m pytest -m "not slow and not exhaustive"

slow: $(TOOLS) ## Whole shoots: kill -9, live against stand-ins, two machines, a browser
	$(BIN)/python -m pytest -m slow

exhaustive: $(TOOLS) ## Every fault at every route, hundreds of cancels: an hour and more
	$(BIN)/python -m pytest -m exhaustive

lint: $(TOOLS) ## Format, lint, types, and who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

escape: $(READY) ## Try to escape from the sandbox, more than a hundred ways, and print what held
	@$(BIN)/python tests/escape

bench: $(TOOLS) ## Print the benchmark tables
	$(BIN)/python -m bench

lock: ## Resolve pyproject.toml into the hash-locked requirements (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --quiet --extra embedded --group build -o requirements/run.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --quiet --group build -c requirements/run.txt -o requirements/serve.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --quiet --extra embedded --group build --group dev -c requirements/run.txt -o requirements/dev.txt

clean: ## Remove .venv and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
