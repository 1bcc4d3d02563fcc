# The portal's commands. `make help` lists them; every one does its own set-up.
# Written for any make since 3.81 and any POSIX shell.

VENV := .venv
NEXT := .venv-next
PY := $(VENV)/bin/python
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes -r
APPS := jinxi_portal fronts search articles channels pictures editions accounts
# Tests choose their own services; a developer's variables must not reach them.
CLEAN_ENV := env -u DATABASE_URL -u CACHE_URL -u ENVIRONMENT -u DEBUG -u SECRET_KEY \
	-u ALLOWED_HOSTS -u SITE_URL -u EMAIL_URL -u EMAIL_FROM -u VAR_DIR -u MEDIA_ROOT -u MEDIA_STORE -u STATIC_ROOT -u BEHIND_TLS_PROXY \
	PYTHONDEVMODE=1
TEMPLATES := $(shell find templates -name '*.html' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test test-next lint format requirements clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 22

run: $(VENV)/.runtime ## the site with sample content, on http://localhost:8000 (HOST, PORT)
	@exec $(PY) scripts/serve.py

test: $(VENV)/.dev ## all tests, on SQLite and, when it answers, on PostgreSQL (ARGS="-k word")
	@$(CLEAN_ENV) $(PY) scripts/test.py $(ARGS)

test-next: ## all tests on the newest Django and the newest Python found here, on SQLite, but for the browser's
	@python=$$(scripts/find-python newest 12) || { \
		echo "No Python 3.12 or newer here: nothing to test the newest Django with."; exit 0; }; \
	$(MAKE) --no-print-directory $(NEXT)/.packages NEXT_PYTHON="$$python" && \
	$(CLEAN_ENV) $(NEXT)/bin/python scripts/test.py --sqlite-only $(ARGS)

lint: $(VENV)/.dev ## every check that needs no test run
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(PY) -m djlint --lint --quiet templates
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	$(CLEAN_ENV) $(PY) manage.py makemigrations --check --dry-run
	$(CLEAN_ENV) $(PY) manage.py check

format: $(VENV)/.dev ## write Python and templates in the house format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES)

UV_COMPILE = $$uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make requirements"
requirements: ## pin all packages again from requirements*.in (needs uv)
	@uv=$$(command -v uv || command -v $(VENV)/bin/uv) || { \
		echo "Needs uv: https://docs.astral.sh/uv/"; exit 1; }; set -ex; \
	$(UV_COMPILE) --python-version 3.11 requirements.in -o requirements.txt; \
	$(UV_COMPILE) --python-version 3.11 requirements-dev.in -o requirements-dev.txt; \
	$(UV_COMPILE) --python-version 3.12 requirements-next.in -o requirements-next.txt \
		--override requirements-next-overrides.txt

clean: ## remove what can be made again; content in var/ stays
	rm -rf $(VENV) $(NEXT) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(APPS) tests scripts bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Stamps: packages are installed again only when the list of them changed.
$(VENV)/bin/python:
	@python=$${PYTHON:-$$(scripts/find-python oldest 11)} || { \
		echo "Needs Python 3.11 or newer that can make virtual environments:"; \
		echo "  Debian, Ubuntu: apt install python3 python3-venv"; \
		echo "  others: https://www.python.org/downloads/"; exit 1; }; \
	echo "Making $(VENV) with $$($$python --version)."; \
	$$python -m venv --clear $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing packages; this takes about a minute."
	@$(PY) $(PIP_INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing packages for development; this takes a minute or two."
	@$(PY) $(PIP_INSTALL) requirements-dev.txt
	@touch $@ $(VENV)/.runtime

$(NEXT)/.packages: requirements-next.txt
	@echo "Making $(NEXT) with $$($(NEXT_PYTHON) --version) and the newest Django."
	@$(NEXT_PYTHON) -m venv --clear $(NEXT)
	@$(NEXT)/bin/python $(PIP_INSTALL) requirements-next.txt
	@touch $@
