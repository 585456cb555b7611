# make run      serves on port 8000 (or PORT)
# make quick    skips tests that need the model weights or take minutes
# make test     runs all tests
# make check    checks style and types, and runs all tests
# Each first creates .venv from the locked requirements in locks/. TORCH=gpu installs the CUDA build of torch instead of
# the CPU build. PIP_ARGS is passed to pip.

PYTHON ?= $(shell command -v python3.11 || echo python3)
TORCH ?= cpu
PIP_ARGS ?=
BIN := .venv/bin
PIP = $(BIN)/pip install $(PIP_ARGS)

# For Linux, PyPI only has the CUDA build of torch.
TORCH_CPU_INDEX := https://download.pytorch.org/whl/cpu
TORCH_INDEX = $(if $(filter cpu,$(TORCH)),--retries 1 --extra-index-url $(TORCH_CPU_INDEX))

.PHONY: run quick test lint typecheck check benchmark openapi wheel lock licences sbom train-requirements ray-requirements clean

run: .venv/runtime
	exec $(BIN)/python -m service serve

quick: .venv/development
	$(BIN)/python -m pytest -m "not model and not slow"

test: .venv/development
	$(BIN)/python -m pytest

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

typecheck: .venv/development
	$(BIN)/mypy

check: lint typecheck test

# Takes minutes and needs an otherwise idle machine; writes benchmarks/results.md.
benchmark: .venv/runtime
	$(BIN)/python -m benchmarks

# Updates the committed copy of /openapi.json.
openapi: .venv/runtime
	$(BIN)/python -m service openapi > openapi.json

# Builds the package, including the model, as dist/*.whl.
wheel: .venv/created
	$(BIN)/pip wheel $(PIP_ARGS) --no-deps --wheel-dir dist .

# Updates locks/: every version that is installed, with the digests of its files. Versions are kept as long as they meet
# requirements*.txt; UV_ARGS=--upgrade upgrades them.
UV_ARGS ?=
TORCH_ARGS ?= --extra-index-url $(TORCH_CPU_INDEX) --index-strategy unsafe-best-match
COMPILE = .venv-lock/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 \
    --custom-compile-command "make lock" $(UV_ARGS)
FOR_LINUX := --python-platform x86_64-manylinux_2_28
WITHOUT_TORCH = $(FOR_LINUX) --no-emit-package torch $(TORCH_ARGS)
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv==0.13.9
	$(COMPILE) $(WITHOUT_TORCH) -o locks/runtime.txt requirements.txt
	$(COMPILE) $(WITHOUT_TORCH) -o locks/dev.txt requirements.txt requirements-bulk.txt requirements-dev.txt
	$(COMPILE) $(WITHOUT_TORCH) -o locks/ray.txt requirements.txt requirements-bulk.txt requirements-ray.txt
	$(COMPILE) $(WITHOUT_TORCH) -o locks/train.txt requirements.txt requirements-train.txt
	grep '^torch==' requirements.txt > .venv-lock/torch.in
	$(COMPILE) --universal --no-deps $(TORCH_ARGS) -o locks/torch-cpu.txt .venv-lock/torch.in
	$(COMPILE) $(FOR_LINUX) --constraint locks/runtime.txt -o locks/torch-gpu.txt .venv-lock/torch.in
	rm -rf .venv-lock

# Updates the table of licences from the packages' own metadata. Run it after changing the locks.
licences: .venv/development train-requirements ray-requirements
	(sed '/^|/,$$d' docs/licences.md; $(BIN)/pip-licenses --from=mixed --format=markdown --no-version --with-system \
	    --packages $$(sed -nE 's/^([A-Za-z0-9._-]+)==.*/\1/p' locks/dev.txt locks/ray.txt locks/train.txt | sort -u) torch) \
	    > docs/licences.new
	mv docs/licences.new docs/licences.md

# Writes the image's software bill of materials (CycloneDX) to sbom.cdx.json.
sbom:
	docker build --target sbom --output type=local,dest=. .

# Installs what `python -m training.train` needs.
train-requirements: .venv/runtime
	$(PIP) -r locks/train.txt

# Installs what `bulk --engine ray` needs.
ray-requirements: .venv/runtime
	$(PIP) -r locks/ray.txt

clean:
	rm -rf .venv .venv-lock dist

# Each stamp file marks its requirements as installed.
.venv/created:
	$(PYTHON) -m venv .venv
	touch $@

.venv/runtime: .venv/created locks/runtime.txt locks/torch-$(TORCH).txt
	$(PIP) --no-deps $(TORCH_INDEX) -r locks/torch-$(TORCH).txt
	$(PIP) -r locks/runtime.txt
	touch $@

.venv/development: .venv/runtime locks/dev.txt
	$(PIP) -r locks/dev.txt
	touch $@
