# Two commands do all set-up: `make book` and `make test`.

VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# Some machines forbid it; every start of zine would then compile all of its modules.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: book test bench handouts pictures native clean help

help:
	@echo "make book      install what is missing and build the book into dist/"
	@echo "make handouts  one sheet for every entry, into dist/handouts/"
	@echo "make test      install what is missing, then lint, type check and test"
	@echo "make pictures  the pictures of the README, from the built book"
	@echo "make bench     measure beside other programs; takes a while"
	@echo "make clean     remove dist/ and the cache"

book: $(READY)
	$(BIN)/zine build

handouts: $(READY)
	$(BIN)/zine handout --all

test: $(READY)
	$(BIN)/ruff check src tests tools bench
	$(BIN)/ruff format --check src tests tools bench
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist worksteal

pictures: book
	$(BIN)/python tools/make_pictures.py

bench: $(READY)
	$(BIN)/python bench/build.py --growth 1,4,10
	$(BIN)/python bench/build.py --project . --no-typst
	$(BIN)/python bench/impose.py

native:
	@sh tools/native.sh

# The virtual environment follows pyproject.toml; the stamp is written when all is in place.
$(READY): pyproject.toml | native
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

clean:
	rm -rf dist .zine
