# Two commands matter: `make run` and `make test`. Each sets up whatever it needs, in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt

.PHONY: run demo test check format bench messages mutants fuzz

run: $(VENV)/.run
	$(BIN)/diary serve

demo: $(VENV)/.run
	$(BIN)/diary demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto $(TESTS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/diary check-migrations
	$(BIN)/diary rules --check

format: $(VENV)/.dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(VENV)/.dev
	$(BIN)/python -m bench

# By hand: ten thousand bodies at every form; the tests throw a thousand.
fuzz: $(VENV)/.dev
	DIARY_TEST_FUZZ=10000 $(BIN)/python -m pytest tests/views/test_junk.py -k any_form

# By hand: it takes hours. It fails where a mutant survives that docs/mutants-explained.txt does not name.
mutants: $(VENV)/.dev
	$(BIN)/mutmut run
	! $(BIN)/mutmut results | grep -o 'diary\..*__mutmut_[0-9]*' | grep -vxFf docs/mutants-explained.txt

# The template that translators begin with: every sentence that a person reads.
messages: $(VENV)/.dev
	$(BIN)/pybabel -q extract -F babel.cfg -k mark -k _l --no-location --sort-output --omit-header \
	  -o diary/translations/messages.pot .

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python setup.cfg pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python setup.cfg pyproject.toml constraints.txt
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.run
