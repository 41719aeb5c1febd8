# Two commands for everybody: `make demo` and `make test`. Everything they need is set up first.
PORT ?= 8000
PYTHON ?= python3
BIN = .venv/bin

.PHONY: demo test test-fast check bench format lock screenshots clean

demo: setup
	$(BIN)/reif demo --port $(PORT)

test: setup
	tools/test

check: setup
	tools/check

bench: setup
	tools/bench

format: .venv/.ok
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

screenshots: setup
	$(BIN)/python -m tools.screenshots

lock: .venv/.ok
	tools/lock

.PHONY: setup
setup: .venv/.ok src/reif/staff/static/dist/app.css locale

.venv/.ok: requirements.lock pyproject.toml
	tools/venv $(PYTHON)
	touch $@

node_modules/.ok: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	touch $@

src/reif/staff/static/dist/app.css: node_modules/.ok $(shell find frontend src/reif -name '*.html' -o -path 'frontend/*' -type f)
	npm run --silent build
	touch $@

.PHONY: locale
locale: .venv/.ok
	$(BIN)/python tools/build_locale.py

clean:
	rm -rf .venv node_modules src/reif/staff/static/dist build dist
