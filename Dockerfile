# syntax=docker/dockerfile:1
# docker build -t quote-attribution .                           torch for the processor
# docker build -t quote-attribution --build-arg TORCH=gpu .     torch for a GPU
# For builds that can be repeated, name the base by its digest, which `docker buildx imagetools inspect
# python:3.11-slim-bookworm` tells: --build-arg BASE_IMAGE=python:3.11-slim-bookworm@sha256:...
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS build
ARG TORCH=cpu
ARG PIP_ARGS=""
COPY locks/runtime.txt locks/torch-${TORCH}.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \
    python3.11 -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-compile ${PIP_ARGS} --no-deps --retries 1 \
        $([ "${TORCH}" = gpu ] || echo --extra-index-url https://download.pytorch.org/whl/cpu) -r torch-${TORCH}.txt \
    && /opt/venv/bin/pip install --no-compile ${PIP_ARGS} -r runtime.txt

# docker build --target sbom --output type=local,dest=. .
FROM build AS materials
RUN python3.11 -m venv /opt/cyclonedx \
    && /opt/cyclonedx/bin/pip install --no-cache-dir cyclonedx-bom==7.5.0 \
    && /opt/cyclonedx/bin/cyclonedx-py environment --output-format JSON --output-file /sbom.cdx.json /opt/venv/bin/python

FROM scratch AS sbom
COPY --from=materials /sbom.cdx.json /

# Without what is there to test, to build against and to install, and compiled only where the service runs it.
FROM build AS slim
WORKDIR /app
COPY model_cache model_cache
COPY service service
COPY deploy/slim.py deploy/
RUN /opt/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash service \
    && /opt/venv/bin/python -m deploy.slim

FROM ${BASE_IMAGE}
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.title="quote-attribution" \
      org.opencontainers.image.description="Pairs each direct quote of a news article with its speaker and its outlet" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin service
WORKDIR /app
COPY --from=slim /opt/venv /opt/venv
COPY --from=slim /app/model_cache model_cache
COPY --from=slim /app/service service
# Two heaps for all threads: with one for each of them some 70 MB more stay taken.
ENV PATH=/opt/venv/bin:$PATH \
    MALLOC_ARENA_MAX=2 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BIND_ADDRESS=0.0.0.0 \
    PORT=8000
USER 10001
EXPOSE 8000
# Asks where the service listens, with the first of its keys, which API_KEYLESS=none has it want here too.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys; \
client = http.client.HTTPConnection(os.environ['BIND_ADDRESS'], int(os.environ['PORT']), timeout=4); \
key = os.environ.get('API_KEYS', '').split(',')[0].strip(); \
client.request('GET', '/livez', headers={'Authorization': b'Bearer ' + key.encode()}); \
sys.exit(client.getresponse().status != 200)"]
CMD ["python", "-m", "service", "serve"]
