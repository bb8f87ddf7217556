# `make` alone lists the verbs. Each creates what it needs.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
AS_OF ?= 2026-01-01
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE ?= 1

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/.run: setup.cfg pyproject.toml | .venv/bin/python
	@$(PIP) --editable .
	@touch $@

.venv/.test: setup.cfg pyproject.toml | .venv/bin/python
	@$(PIP) --editable '.[test]'
	@touch .venv/.run $@

.venv/.bench: setup.cfg pyproject.toml | .venv/bin/python
	@$(PIP) --editable '.[bench]' || { echo "Not every library to compare with can be installed: its rows will say so."; $(PIP) --editable .; }
	@touch .venv/.run $@

# What finds barriers in the page; where there is no npm to fetch it, its tests are skipped and say so.
AXE := .venv/axe/node_modules/axe-core/axe.min.js
$(AXE): | .venv/bin/python
	@! command -v npm >/dev/null || npm install --prefix .venv/axe --silent --no-audit --no-fund axe-core@4.14 || true

.PHONY: help
help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: report
report: .venv/.run  ## judge agreements/ and write build/gap-report.html
	@.venv/bin/slachain report agreements --as-of $(AS_OF) --output build/gap-report.html --fail-on never

.PHONY: test
test: .venv/.test $(AXE)  ## everything: laws, oracle, transcripts, the page in a browser, types, style, floors
	@echo "Running every test, about four minutes on two cores."
	@.venv/bin/python -m pytest --numprocesses=auto | sed -e '/^bringing up nodes/d' -e '/^$$/d'

.PHONY: check
check: .venv/.run  ## judge agreements/ in the terminal
	@.venv/bin/slachain check agreements --as-of $(AS_OF)

.PHONY: docs
docs: .venv/.test  ## write docs/checks.md from the checks' pages
	@.venv/bin/python -m tests.generated docs

.PHONY: transcripts
transcripts: .venv/.test  ## run the transcripts again and keep what they print (read the difference)
	@.venv/bin/python -m tests.generated transcripts

.PHONY: golden
golden: .venv/.test  ## draw the golden files anew (read the difference)
	@.venv/bin/python -m tests.generated golden

.PHONY: format
format: .venv/.test  ## lay the code out
	@.venv/bin/python -m tests.style --fix

.venv/.fuzz: setup.cfg pyproject.toml | .venv/bin/python
	@$(PIP) --editable '.[test,fuzz]'
	@touch .venv/.run .venv/.test $@

.PHONY: bench
bench: .venv/.bench  ## how fast, against what: the table of benchmarks/; BENCH=--quick for a first look
	@.venv/bin/python -m benchmarks $(BENCH)

.PHONY: fuzz
fuzz: .venv/.fuzz  ## search an hour for input that breaks a rule (SECONDS=…), then the laws on many more examples
	@.venv/bin/python -m tests.fuzz --seconds $(or $(SECONDS),3600)
	@HYPOTHESIS_PROFILE=long .venv/bin/python -m pytest --numprocesses=auto -m 'not slow' tests/clocks tests/analysis tests/language tests/laws tests/simulation

.PHONY: soundness
soundness: .venv/.test  ## ten thousand random catalogues, simulated: is what holds ever broken (CATALOGUES=, SEED=)
	@.venv/bin/python -m tests.simulation --catalogues $(or $(CATALOGUES),10000) --seed $(or $(SEED),1)

.PHONY: mutants
mutants: .venv/.test  ## do the tests see a mistake in clocks and analysis (MODULES=clocks/wall, SAMPLE=)
	@$(PIP) 'cosmic-ray>=8.3'
	@.venv/bin/python -m tests.mutants $(or $(MODULES),clocks analysis) $(if $(SAMPLE),--sample $(SAMPLE))

.PHONY: hostile
hostile: .venv/.test  ## what each hostile catalogue takes: at most 2 s and 500 MB, on a machine that does nothing else
	@.venv/bin/python -m tests.hostile

.PHONY: clean
clean:  ## remove what was built
	@rm -rf build dist .venv *.egg-info
