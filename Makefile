# Everything a newcomer, a developer and CI type. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup demo serve worker test check bench clean lock format database dev-setup

export PORT ?= 8000
export VAR_DIR ?= $(CURDIR)/var
PYTHON ?= $(shell command -v python3.11 || command -v python3)
MANAGE := .venv/bin/python manage.py
WORKERS ?= 2

help:            ## List these targets
	@sed -n 's/^\([a-z]*\): .*## /\1|/p' $(MAKEFILE_LIST) | column -t -s '|'

setup:           ## Install everything that running needs
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) deploy/setup.py

demo serve worker database: export SITE_URL ?= http://127.0.0.1:$(PORT)

demo:            ## Serve a filled community on PORT (8000), with sign-ins printed last
	@test -z "$(PYTHON)" || $(PYTHON) deploy/serve.py --check-port --target demo
	@echo "Setting up (once; under two minutes)"
	@$(MAKE) --no-print-directory setup database
	@$(MANAGE) load_demo
	@.venv/bin/python deploy/serve.py --target demo --words deploy/demo.txt

serve: setup database ## Serve your own community on PORT: web server and worker together
	@.venv/bin/python deploy/serve.py --target serve

worker: setup database ## Run only the task worker
	@$(MANAGE) qcluster

database: | setup
	@echo "  Preparing the database …"
	@$(MANAGE) prepare >/dev/null

dev-setup:
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@deploy/debian.sh
	@$(PYTHON) deploy/setup.py --dev

test: dev-setup  ## Run every test, on SQLite; ARGS="-k word" narrows it
	@.venv/bin/pytest -n $(WORKERS) $(ARGS)

check: dev-setup ## What CI runs: format, lint, types, layers, migrations, settings, and all tests on both databases
	@.ci/check

bench: dev-setup ## Measure pages beside a yardstick, on 100,000 posts
	@.venv/bin/python -m tests.bench.run

lock:            ## Write the lock files anew from pyproject.toml
	@.venv/bin/python deploy/lock.py

format:          ## Format the code, and mend what the linter can mend
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

clean:           ## Remove what setting up made; your data in VAR_DIR stays
	@rm -rf .venv node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find static/vendor -mindepth 1 ! -name README.md -delete 2>/dev/null || true
	@find . -name __pycache__ -prune -exec rm -rf {} +
	@echo "Clean. Your data in $(VAR_DIR) is untouched; delete that folder yourself to begin anew."
