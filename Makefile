# One door for people and CI. Everything is made on first use and kept in .venv, ui/node_modules and .make;
# a second `make run` needs no network.
#
#   make run      start Threadline on its embedded store          (ARGS="--port 6007" passes flags on)
#   make demo     start it filled with conversations, no API key needed
#   make test     every test: the page's, then Python's           (ARGS="tests/store -k order" narrows Python's)
#   make check    the static checks
#   make bench    the benchmark of bench/
#   make pictures the pictures of the docs, from the demo
#   make snapshots write anew what the browser tests compare the pages with (ARGS="-k session" for some)
#   make wheel    wheel and sdist in dist/
#   make clean    remove everything that was made

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
ARGS ?=

BIN := $(VENV)/bin
MADE := .make
PAGE := src/threadline/server/static/index.html
PAGE_SOURCES := $(shell find ui -name node_modules -prune -o -type f -print 2>/dev/null)
# Node from the machine where it is recent enough, else from PyPI: see scripts/node.py.
WITH_NODE = PATH="$$($(BIN)/python scripts/node.py):$$PATH"

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_fund := false
export npm_config_audit := false
export npm_config_update_notifier := false

.PHONY: run demo test check bench pictures snapshots wheel clean
.DELETE_ON_ERROR:

run: $(MADE)/package $(MADE)/page
	$(BIN)/threadline serve $(ARGS)

demo: $(MADE)/package $(MADE)/page
	$(BIN)/threadline demo $(ARGS)

test: $(MADE)/test-packages $(MADE)/page
	$(WITH_NODE) npm --prefix ui test
	THREADLINE_CHROMIUM="$$($(BIN)/python scripts/find_chromium.py)" $(BIN)/python -m pytest $(ARGS)

check: $(MADE)/check-packages $(MADE)/node-packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_size.py
	$(WITH_NODE) npm --prefix ui run check

bench: $(MADE)/test-packages $(MADE)/page
	$(BIN)/python -m bench $(ARGS)

pictures: $(MADE)/test-packages $(MADE)/page
	THREADLINE_CHROMIUM="$$($(BIN)/python scripts/find_chromium.py)" $(BIN)/python scripts/pictures.py $(ARGS)

snapshots: $(MADE)/test-packages $(MADE)/page
	THREADLINE_CHROMIUM="$$($(BIN)/python scripts/find_chromium.py)" $(BIN)/python -m pytest -q \
	  tests/browser/test_aria_snapshots.py tests/browser/test_pixels.py --renew-snapshots $(ARGS)

wheel: $(MADE)/package $(MADE)/page
	$(BIN)/python -m pip install --quiet build
	$(WITH_NODE) $(BIN)/python -m build

clean:
	rm -rf $(VENV) $(MADE) dist ui/node_modules src/threadline/server/static

# What is made. A stamp in .make is newer than all it was made from.

$(MADE)/venv:
	@test -n "$(PYTHON)" || { echo "Threadline needs Python 3.11 or newer; none was found. Try make PYTHON=/path/to/python3."; exit 1; }
	@mkdir -p $(MADE)
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m pip install --quiet --target $(MADE)/virtualenv virtualenv \
	  && PYTHONPATH=$(MADE)/virtualenv $(PYTHON) -m virtualenv --quiet $(VENV); }
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(MADE)/package: $(MADE)/venv pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(MADE)/test-packages: $(MADE)/package examples/requirements.txt
	$(BIN)/python -m pip install --quiet --group test --requirement examples/requirements.txt
	@touch $@

$(MADE)/check-packages: $(MADE)/test-packages
	$(BIN)/python -m pip install --quiet --group lint
	@touch $@

$(MADE)/node-packages: $(MADE)/venv ui/package.json ui/package-lock.json
	$(WITH_NODE) npm --prefix ui ci --loglevel=error
	@touch $@

$(MADE)/page: $(MADE)/node-packages $(PAGE_SOURCES)
	$(WITH_NODE) npm --prefix ui run build
	@test -f $(PAGE) || { echo "The build left no $(PAGE)."; exit 1; }
	@touch $@
