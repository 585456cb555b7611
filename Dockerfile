# syntax=docker/dockerfile:1
# docker build -t quote-attribution .                           torch for the processor
# docker build -t quote-attribution --build-arg TORCH=gpu .     torch for a GPU
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS build
ARG TORCH=cpu
ARG PIP_ARGS=""
COPY locks/runtime.txt locks/torch-${TORCH}.txt ./
RUN python3.11 -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir ${PIP_ARGS} --no-deps --retries 1 \
        $([ "${TORCH}" = gpu ] || echo --extra-index-url https://download.pytorch.org/whl/cpu) -r torch-${TORCH}.txt \
    && /opt/venv/bin/pip install --no-cache-dir ${PIP_ARGS} -r runtime.txt

# docker build --target sbom --output type=local,dest=. .
FROM build AS materials
RUN python3.11 -m venv /opt/cyclonedx \
    && /opt/cyclonedx/bin/pip install --no-cache-dir cyclonedx-bom==7.5.0 \
    && /opt/cyclonedx/bin/cyclonedx-py environment --output-format JSON --output-file /sbom.cdx.json /opt/venv/bin/python

FROM scratch AS sbom
COPY --from=materials /sbom.cdx.json /

FROM ${BASE_IMAGE}
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.title="quote-attribution" \
      org.opencontainers.image.description="Pairs each direct quote of a news article with its speaker and its outlet" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin service
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY model_cache model_cache
COPY service service
RUN /opt/venv/bin/python -m compileall -q service
# Two heaps for all threads: with one for each of them some 70 MB more stay taken.
ENV PATH=/opt/venv/bin:$PATH \
    MALLOC_ARENA_MAX=2 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=4)"]
CMD ["python", "-m", "service", "serve"]
