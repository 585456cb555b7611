# make run    serve on port 8000, or PORT
# make test   run the tests; make check: style and types as well; make benchmark: speed
# Each makes .venv first. PIP_ARGS is handed to pip, e.g. to have torch without CUDA on Linux:
#   make run PIP_ARGS="--extra-index-url https://download.pytorch.org/whl/cpu"

PYTHON ?= $(shell command -v python3.11 || echo python3)
PIP_ARGS ?=
BIN := .venv/bin

.PHONY: run test lint typecheck check benchmark openapi lock licences sbom train-requirements ray-requirements clean

run: .venv/runtime
	exec $(BIN)/python -m service serve

test: .venv/development
	$(BIN)/python -m pytest

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: .venv/development
	$(BIN)/mypy

check: lint typecheck test

# Minutes, on a machine that does nothing else; writes benchmarks/results.md.
benchmark: .venv/runtime
	$(BIN)/python -m benchmarks

# The committed copy of what /openapi.json answers.
openapi: .venv/runtime
	$(BIN)/python -m service openapi > openapi.json

# Held versions of everything that gets installed, but for torch and what it brings: these differ by where it is from.
lock:
	rm -rf .venv-lock
	$(PYTHON) -m venv .venv-lock
	sed '/^-/d' requirements*.txt > .venv-lock/requirements.txt
	.venv-lock/bin/pip install $(PIP_ARGS) -r .venv-lock/requirements.txt
	(echo '# Written by `make lock`.'; .venv-lock/bin/pip freeze | grep -viE '^(torch|nvidia-|triton|cuda-)') > constraints.txt
	rm -rf .venv-lock

# The table of licences, from the packages' own metadata; after a change of the lock.
licences: .venv/development train-requirements ray-requirements
	(sed '/^|/,$$d' docs/licences.md; $(BIN)/pip-licenses --from=mixed --format=markdown --no-version --with-system \
	    --packages $$(sed '/^#/d; s/==.*//' constraints.txt) torch) > docs/licences.new
	mv docs/licences.new docs/licences.md

# The software bill of materials of the image (CycloneDX), as sbom.cdx.json.
sbom:
	docker build --target sbom --build-arg PIP_ARGS="$(PIP_ARGS)" --output type=local,dest=. .

# What `python -m training.train` needs.
train-requirements: .venv/runtime
	$(BIN)/pip install $(PIP_ARGS) -r requirements-train.txt

# What `python -m service bulk --engine ray` needs.
ray-requirements: .venv/runtime
	$(BIN)/pip install $(PIP_ARGS) -r requirements-ray.txt

clean:
	rm -rf .venv .venv-lock

# Each stamp file says that its requirements are installed.
.venv/created:
	$(PYTHON) -m venv .venv
	touch $@

.venv/runtime: .venv/created requirements.txt constraints.txt
	$(BIN)/pip install $(PIP_ARGS) -r requirements.txt
	touch $@

.venv/development: .venv/runtime requirements-dev.txt requirements-bulk.txt
	$(BIN)/pip install $(PIP_ARGS) -r requirements-dev.txt
	touch $@
