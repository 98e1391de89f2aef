# The two commands of the README need no make: `sh run demo`, `sh run test`. These are for daily work.
BIN := .venv/bin

.PHONY: setup check lint types test golden soak fuzz-api bench screenshots serve lock clean

setup:          ## .venv with everything that checks and tests need
	sh run setup

check: lint types test   ## all that .ci/run demands

lint:           ## style, formatting, import contract
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo --no-cache

types:
	$(BIN)/mypy

test:
	$(BIN)/pytest -q

golden:         ## write the expected registers of examples/ anew; read the diff before committing it
	DEEDLINE_WRITE_GOLDEN=1 $(BIN)/pytest -q tests/golden

soak:           ## 10,000 mutants of every format into docs/bench.md, and 1,000 kills; the suite runs a hundredth
	$(BIN)/python -m bench.soak
	DEEDLINE_SOAK=100 $(BIN)/pytest -q -rP tests/soak/test_kill_add.py

fuzz-api:       ## what the suite asks of each address of the API by a hundred, and at random
	DEEDLINE_API_EXAMPLES=500 $(BIN)/pytest -q tests/serve/api/test_schemathesis.py

bench:          ## timings into bench/results/ and docs/bench.md
	$(BIN)/python -m bench.read
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.serve
	sh run bench-times

screenshots:    ## a picture of every kind of page into docs/screenshots/, and docs/pages.md
	$(BIN)/python -m bench.screenshots

serve:
	$(BIN)/deedline serve

lock:           ## resolve requirements/*.txt anew
	sh requirements/lock

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
