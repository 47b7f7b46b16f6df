# Two commands do everything on a fresh machine: `make serve` and `make test`.
# Each sets up what it needs: an environment of its own in .venv, from the lock.
# Where there is no make, the README has the same steps one by one.

.DEFAULT_GOAL := help
.PHONY: help install serve lab test soak bench data docs pictures statement lock

export PIP_DISABLE_PIP_VERSION_CHECK := 1

LOCK := binder/requirements.txt
# The lock's own tool, pinned so that the same pyproject.toml gives the same lock.
UV := uv==0.13.9

# Python 3.11 first: it is what Binder and the published figures were run with.
PYTHONS := python3.11 python3 python3.14 python3.13 python3.12 python
PYTHON = $(firstword $(foreach python,$(PYTHONS),$(shell \
	$(python) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $(python))))
NO_PYTHON = No Python 3.11 or later with venv was found: install one, on Debian and Ubuntu \
	with "apt-get install python3 python3-venv"

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

install: .venv/installed ## only what the other commands need

serve: .venv/installed ## the workbook as a website, on this machine only
	.venv/bin/workbook serve $(ARGS)

lab: .venv/installed ## the notebooks in JupyterLab
	.venv/bin/workbook lab $(ARGS)

test: .venv/installed ## style, types and every test, in a real browser too
	.venv/bin/python -m tests.chromium
	.venv/bin/python -m tests.nginx
	.venv/bin/python -m tests.javascript_tools
	.venv/bin/python -m pytest --numprocesses=logical $(ARGS)

soak: .venv/installed ## every page and chart at every width, LibreOffice, Binder, a container, a hub, the site
	.venv/bin/python -m tests.chromium
	.venv/bin/python -m tests.soak.libreoffice
	.venv/bin/python -m pytest --override-ini=python_files='soak_*.py' --timeout=900 tests/soak $(ARGS)

# An environment for each rival is made in .rivals, when it is first measured.
bench: .venv/installed ## how fast the model and the page are, beside Panel, Streamlit and others
	.venv/bin/python -m tests.chromium
	.venv/bin/python -m tests.benchmarks $(ARGS)

data: .venv/installed ## data/datapackage.json again, from the tables' schemas
	.venv/bin/python -m workbook.topics

docs: .venv/installed ## the documentation site, in build/site
	.venv/bin/python -m docs $(ARGS)

pictures: .venv/installed ## the README's pictures again, from the running workbook
	.venv/bin/python -m tests.chromium
	.venv/bin/python -m tests.pictures

statement: .venv/installed ## the accessibility statement's record again, from a test of every page
	.venv/bin/python -m tests.chromium
	.venv/bin/python -m tests.accessibility

# Every extra and the build backend, so that one file serves Binder, CI and make; one version of
# a package for every Python and system, so that the same scenario gives the same figures.
# Its own environment: a lock that cannot be installed must not stop the making of another.
lock: ## binder/requirements.txt again, from pyproject.toml (ARGS=--upgrade: newest releases)
	$(or $(PYTHON),$(error $(NO_PYTHON))) -m venv --clear .venv-lock
	.venv-lock/bin/pip install --quiet '$(UV)'
	.venv-lock/bin/uv pip compile pyproject.toml --all-extras --group build --quiet \
		--universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
		--no-emit-index-url --custom-compile-command 'make lock' \
		--output-file $(LOCK) $(ARGS)
	rm -r .venv-lock

# A stamp is written last: what was interrupted is done again, from nothing.
.venv/locked: $(LOCK)
	$(or $(PYTHON),$(error $(NO_PYTHON))) -m venv --clear .venv
	.venv/bin/pip install --require-hashes --requirement $(LOCK)
	@touch $@

.venv/installed: .venv/locked pyproject.toml
	.venv/bin/pip install --no-deps --no-build-isolation --editable .
	@touch $@
