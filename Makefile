# `make demo` sets factbase up and serves it; `make test` sets it up and tests it. GNU make.
# PORT and FACTBASE_DATA change where the demo listens and keeps its data, PYTHON what runs it.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
# Tests start many processes, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 8000
RUN := .venv/bin/python
# One worker more than processors, since tests wait for servers and processes too.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))

# The first Python on the path that runs and is new enough.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$name"; break; }; done)
endif

.PHONY: demo test test-database test-full test-long bench lint check fix clean python installed installed-dev

demo: python ## set up and serve the demo
	@$(PYTHON) factbase/ports.py "$(PORT)"
	@$(MAKE) installed
	@sh .ci/install-demo
	@exec $(RUN) manage.py demo --port "$(PORT)" --parent "$$PPID"

test: installed-dev ## all tests but the long ones
	@$(RUN) -m pytest -n $(WORKERS) -m "not long"

test-database: installed-dev ## those of them that ask the database, for another PostgreSQL
	@$(RUN) -m pytest -n $(WORKERS) -m "database and not long"

test-long: installed-dev ## the long tests alone; that there are none is no failure
	@$(RUN) -m pytest -n $(WORKERS) -m long || test $$? -eq 5

test-full: installed-dev ## all tests
	@$(RUN) -m pytest -n $(WORKERS)

bench: installed-dev ## measure; SECTIONS=api for one part, SIZE=10k for fewer claims, 1M for more, DOCUMENTS=1000 for fewer texts
	@$(RUN) -m tests.benchmarks $(SECTIONS)

lint: installed-dev ## format, lint, types, imports, deployment, migrations, known holes
	$(RUN) -m ruff format --check
	$(RUN) -m ruff check
	$(RUN) -m mypy
	$(RUN) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	FACTBASE_HTTPS=1 $(RUN) manage.py check --deploy --fail-level WARNING
	$(RUN) manage.py makemigrations --check --dry-run
	$(RUN) .ci/audit

check: lint test ## lint and test

fix: installed-dev ## mend what a machine can
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

clean: python ## remove what can be made again; the data stays
	@$(PYTHON) -m tests.kept_server .test_data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

python:
	@test -n "$(PYTHON)" || { \
		echo "factbase needs Python 3.11 or later, and there is none on the path. Install one," \
		"or name it, as in: make demo PYTHON=/opt/python3.12/bin/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"factbase needs Python 3.11 or later; " + sys.executable + " is " + sys.version.split()[0])'

installed: python
	@sh .ci/install "$(PYTHON)" requirements.txt

installed-dev: python
	@sh .ci/install "$(PYTHON)" requirements.txt requirements-dev.txt
	@sh .ci/install-demo
