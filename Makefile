# Two commands for a newcomer: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
ARGS   ?=

VENV := .venv
BIN  := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help run test lint format lock docs proof proofs bench benches screenshots clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/run.stamp ## Serve the shop (HOST= PORT= DATA= ARGS=)
	@$(BIN)/vici serve $(if $(HOST),--host "$(HOST)") $(if $(PORT),--port "$(PORT)") $(if $(DATA),--data "$(DATA)") $(ARGS)

test: $(VENV)/dev.stamp ## Run every test that can run here (ARGS= goes to pytest)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

lint: $(VENV)/dev.stamp ## Style, types, import contracts, dead code
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/pyright
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/project/test_dead_code.py

format: $(VENV)/dev.stamp ## Format the code
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: $(VENV)/dev.stamp ## Refresh the lock files after a change of dependencies
	@$(LOCK) --extra parquet --extra postgres --extra mysql --group build pyproject.toml -o requirements/run.lock
	@$(LOCK) --extra parquet --extra postgres --extra mysql --group build --group dev -c requirements/run.lock pyproject.toml -o requirements/dev.lock

docs: $(VENV)/dev.stamp ## Write the reference pages (settings, commands, HTTP) from the code
	@$(BIN)/python -m tests.project.reference

proof: $(VENV)/dev.stamp ## Run one proof: make proof NAME=crash-writes
	@$(BIN)/python -m bench proof $(NAME) $(ARGS)

proofs: $(VENV)/dev.stamp ## Run every proof
	@$(BIN)/python -m bench proofs

bench: $(VENV)/dev.stamp ## Measure one figure: make bench NAME=search
	@$(BIN)/python -m bench bench $(NAME) $(ARGS)

benches: $(VENV)/dev.stamp ## Measure every figure
	@$(BIN)/python -m bench benches

screenshots: $(VENV)/dev.stamp ## Take the pictures of the README
	@$(BIN)/python -m tests.browser.screenshots

clean: ## Remove the environment and the caches (the shop's data stays)
	@rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Installing costs a minute, so it happens only when a lock file changed.
$(VENV)/run.stamp: requirements/run.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Vici needs (about a minute, only when the lock file changed) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/run.stamp
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
