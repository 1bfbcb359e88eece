# `make` alone says what there is to do. Every target installs what it needs.
SHELL := bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard models/locale/*/LC_MESSAGES/*.po))
CHECKS := check-format check-style check-types check-imports check-catalogue
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: install
install: $(INSTALLED) $(CATALOGUES) ## make .venv with the program, its extras and the tools of development

$(INSTALLED): requirements.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'TurboFly needs Python 3.11 or newer: make install PYTHON=python3.13'; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

%.mo: %.po $(INSTALLED)
	@$(BIN)/python -c 'import sys, pathlib, hatch_build; hatch_build.compile_catalogue(pathlib.Path(sys.argv[1]))' $<

.PHONY: run
run: install ## open the program; the first start offers a sample company
	@$(BIN)/turbofly

.PHONY: test
test: install ## run the tests; make test ARGS='tests/models -k client' runs some
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

.PHONY: proof
proof: install ## run the slow tests: clean environments, large companies
	@$(BIN)/python -m pytest -m proof $(ARGS)

.PHONY: keys
keys: install ## write the manual's page of keys anew, from the bindings
	@$(BIN)/python -m tests.architecture.key_page

.PHONY: bench
bench: install ## measure, beside the peers
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: check
check: install ## all that CI looks at besides the tests
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

.PHONY: $(CHECKS)
check-format: install
	@$(BIN)/ruff format --check . || { echo '→ mend the layout: make format'; exit 1; }

check-style: install
	@$(BIN)/ruff check . || { echo '→ mend what can be mended by itself: make format; the rest by hand'; exit 1; }

check-types: install
	@$(BIN)/mypy || { echo '→ mend the types in the places named above'; exit 1; }

check-imports: install
	@$(BIN)/lint-imports --no-logo --cache-dir .venv/imports > .venv/imports.txt 2>&1 || \
		{ cat .venv/imports.txt; echo '→ move the code to the floor or area where it belongs: docs/contributing.md'; exit 1; }
	@tail -n 3 .venv/imports.txt

check-catalogue: install
	@$(BIN)/python -m tests.architecture.catalogue check || \
		{ echo '→ make catalogue, then translate what is empty in models/locale'; exit 1; }

.PHONY: format
format: install ## lay the code out and mend what ruff can mend
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

.PHONY: catalogue
catalogue: install ## bring the message catalogues up to the code
	@$(BIN)/python -m tests.architecture.catalogue update

.PHONY: lock
lock: install ## renew requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --all-extras --group build --group dev --universal --python-version 3.11 \
		--generate-hashes --upgrade --no-header --quiet --output-file requirements.lock > /dev/null
