# make run    serve on port 8000, or PORT
# make test   all tests; make quick: those that need neither the weights nor minutes; make check: style and types too
# Each makes .venv first, from the locked requirements in locks/. TORCH=gpu installs torch for a GPU instead of for the
# processor. PIP_ARGS is handed to pip.

PYTHON ?= $(shell command -v python3.11 || echo python3)
TORCH ?= cpu
PIP_ARGS ?=
BIN := .venv/bin
PIP = $(BIN)/pip install $(PIP_ARGS)

# PyPI has torch for Linux with CUDA only.
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

# Minutes, on a machine that does nothing else; writes benchmarks/results.md.
benchmark: .venv/runtime
	$(BIN)/python -m benchmarks

# The committed copy of what /openapi.json answers.
openapi: .venv/runtime
	$(BIN)/python -m service openapi > openapi.json

# The package, with the model in it, as dist/*.whl.
wheel: .venv/created
	$(BIN)/pip wheel $(PIP_ARGS) --no-deps --wheel-dir dist .

# locks/: every version that gets installed, with the digests of its files. Versions stay until they no longer fit
# requirements*.txt; UV_ARGS=--upgrade takes newer ones.
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

# The table of licences, from the packages' own metadata; after a change of the locks.
licences: .venv/development train-requirements ray-requirements
	(sed '/^|/,$$d' docs/licences.md; $(BIN)/pip-licenses --from=mixed --format=markdown --no-version --with-system \
	    --packages $$(sed -nE 's/^([A-Za-z0-9._-]+)==.*/\1/p' locks/dev.txt locks/ray.txt locks/train.txt | sort -u) torch) \
	    > docs/licences.new
	mv docs/licences.new docs/licences.md

# The software bill of materials of the image (CycloneDX), as sbom.cdx.json.
sbom:
	docker build --target sbom --output type=local,dest=. .

# What `python -m training.train` needs.
train-requirements: .venv/runtime
	$(PIP) -r locks/train.txt

# What `bulk --engine ray` needs.
ray-requirements: .venv/runtime
	$(PIP) -r locks/ray.txt

clean:
	rm -rf .venv .venv-lock dist

# Each stamp file says that its requirements are installed.
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
