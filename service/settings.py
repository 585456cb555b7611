"""The settings of the service, read once from the environment (``MODEL_PATH``, ``PORT``, ...)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.libraries import Device, Precision

PROJECT_ROOT = Path(__file__).resolve().parent.parent
_INSTALLED_MODEL = Path(__file__).resolve().parent / "checkpoint"  # where a wheel has it
SHIPPED_MODEL = (
    PROJECT_ROOT / "model_cache" / "quote-attribution-minilm" if not _INSTALLED_MODEL.is_dir() else _INSTALLED_MODEL
)
"""The checkpoint shipped with the service."""

# Threads kept free of attribution requests, so that the health endpoints answer however many of those wait.
RESERVED_THREADS = 4

KeylessGroup = Literal["health", "metrics", "docs"]


class Settings(BaseSettings):
    """Named after their environment variables, in lower case. An invalid value prevents the service from starting."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    model_path: Path = Field(
        default=SHIPPED_MODEL,
        description="Directory of the checkpoint to serve.",
    )
    device: Device = Field(default="auto", description="`auto` uses a GPU if torch sees one; or `cpu`, `cuda`.")
    precision: Precision = Field(
        default="auto",
        description="Number format of the encoder: `float32`, `bfloat16` or `int8`; `auto` is one of the first two.",
    )
    bind_address: str = Field(default="0.0.0.0", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    http_threads: int = Field(
        default=100,
        gt=RESERVED_THREADS + 1,
        le=1024,
        description=f"HTTP threads. {RESERVED_THREADS} are reserved for health checks; of the rest, a third serve "
        "batches and streams only. Further requests get 429.",
    )
    max_body_bytes: int = Field(
        default=4_000_000,
        ge=1024,
        description="Maximum size of a request body, or of one NDJSON line; larger gets 413.",
    )
    arrival_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Seconds a request may take to arrive in full (for a stream: each 8 KB), else 408; also how long a "
        "client may take to read the response.",
    )
    max_article_chars: int = Field(
        default=200_000, ge=1, description="Maximum length of an article in characters (code points); longer gets 413."
    )
    max_batch_articles: int = Field(
        default=100, ge=1, description="Maximum number of articles in a JSON batch; more get 413. NDJSON has no limit."
    )
    max_queue_chars: int = Field(
        default=1_000_000,
        ge=1,
        description="Maximum characters queued; requests beyond it, or that would miss their deadline, get 429. "
        "Batches and streams may fill half of it.",
    )
    deadline_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Seconds until an article is abandoned with 504. In batches and streams only processing time "
        "counts.",
    )
    batch_deadline_seconds: float = Field(
        default=600.0,
        gt=0,
        description="Seconds until the unfinished articles of a JSON batch are abandoned with 504.",
    )
    full_seconds: float = Field(
        default=10.0,
        gt=0,
        description="`/readyz` turns 503 after every request has been refused for this long. It recovers when one is "
        "accepted or half the queue is free.",
    )
    hang_seconds: float = Field(
        default=300.0, gt=0, description="Seconds one inference may take before `/livez` turns 503."
    )
    grace_seconds: int = Field(
        default=40, ge=0, description="Seconds that requests in flight have to finish after SIGTERM."
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(),
        description="Comma-separated API keys; empty disables authentication. List several to rotate keys.",
    )
    api_keyless: Annotated[tuple[KeylessGroup, ...], NoDecode] = Field(
        default=("health", "metrics", "docs"),
        description="Comma-separated groups of endpoints that need no key: `health`, `metrics` and `docs`, which "
        "includes the web page; or `none`.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Comma-separated origins whose pages may call the service from a browser, such as "
        "`https://desk.example.org`; `*` allows any, empty none.",
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="`json`, `text`, or `auto`: text on a terminal, otherwise JSON."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Minimum log level: `debug`, `info`, `warning` or `error`."
    )

    @field_validator("api_keys", "api_keyless", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",")]
        return tuple(part for part in parts if part and part != "none")

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_lower_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _queue_holds_an_article(self) -> Self:
        if self.max_queue_chars < self.max_article_chars:
            raise ValueError("MAX_QUEUE_CHARS must be at least MAX_ARTICLE_CHARS")
        return self


def markdown_table() -> str:
    """The settings with their defaults and meanings, for the docs."""
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for name, setting in Settings.model_fields.items():
        default = setting.default
        if isinstance(default, Path):
            default = default.relative_to(PROJECT_ROOT)
        elif isinstance(default, tuple):
            default = ",".join(default)
        shown = f"`{default}`" if default != "" else "none"
        rows.append(f"| `{name.upper()}` | {shown} | {setting.description} |")
    return "\n".join(rows)
