# Needs Debian or Ubuntu with Python >= 3.11 and make; everything else is fetched into .venv and js/node_modules.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test bench python-tests typescript-tests browser-tests notebook-tests static clean

PYTHON ?= $(shell .ci/find_python)
BIN := .venv/bin
FRONT_END := js/package.json js/yarn.lock js/tsconfig.json $(shell find js/src js/style js/scripts -type f -not -name '*.test.ts')
unexport PYTHONPATH
export PATH := $(CURDIR)/$(BIN):$(PATH)

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.installed ## open JupyterLab on the demo notebook
	nbdebug demo --folder build/demo

test: .venv/.test-extras ## run every check; under 25 minutes on 2 cores
	@python .ci/check.py

bench: .venv/.test-extras ## print the table of speeds
	@python tests/bench

static: .venv/.test-extras ## one part of the test: ruff, mypy and the arrows between folders
	@python .ci/check.py ruff mypy arrows

python-tests: .venv/.test-extras ## one part of the test: Python without a browser
	@python .ci/check.py python

typescript-tests: .venv/.test-extras ## one part of the test: TypeScript without a browser
	@python .ci/check.py typescript

browser-tests: .venv/.test-extras ## one part of the test: a real JupyterLab in a real Chromium
	@python .ci/check.py browser

notebook-tests: .venv/.test-extras ## one part of the test: execute the notebooks
	@python .ci/check.py notebooks

clean: ## remove everything that was made
	rm -rf .venv build dist js/node_modules js/lib js/tsconfig.tsbuildinfo nbdebug/labextension nbdebug/static

.venv/.made: .ci/make_venv.py
	$(PYTHON) .ci/make_venv.py

# pip builds the front end, with a Node of its own from PyPI, unless it is there: so what is there and old goes first.
.venv/.installed: .venv/.made pyproject.toml $(FRONT_END)
	rm -rf nbdebug/labextension nbdebug/static
	python -m pip install --quiet --editable .
	@touch $@

.venv/.test-extras: .venv/.installed .ci/test_extras.py
	python .ci/test_extras.py
	@touch $@
