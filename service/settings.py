"""Every setting of the service, read once from the environment (``MODEL_PATH``, ``PORT``, ...)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.libraries import Device

PROJECT_ROOT = Path(__file__).resolve().parent.parent
_INSTALLED_MODEL = Path(__file__).resolve().parent / "checkpoint"  # where a wheel has it
SHIPPED_MODEL = (
    PROJECT_ROOT / "model_cache" / "quote-attribution-minilm" if not _INSTALLED_MODEL.is_dir() else _INSTALLED_MODEL
)
"""The checkpoint that comes with the service."""

# Threads kept free of attribution requests, so that the health endpoints answer however many of those wait.
RESERVED_THREADS = 4

KeylessGroup = Literal["health", "metrics", "docs"]


class Settings(BaseSettings):
    """Settings by the name of their environment variable in lower case; an invalid one stops the start."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    model_path: Path = Field(
        default=SHIPPED_MODEL,
        description="Directory of the checkpoint to serve.",
    )
    device: Device = Field(
        default="auto", description="What the network runs on: a GPU where torch sees one (auto), cpu or cuda."
    )
    bind_address: str = Field(default="0.0.0.0", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    http_threads: int = Field(
        default=100,
        gt=RESERVED_THREADS + 1,
        le=1024,
        description=f"Threads that serve HTTP. All but {RESERVED_THREADS} may hold requests for attribution, "
        "a third of them NDJSON streams; what would exceed them is 429.",
    )
    max_body_bytes: int = Field(
        default=4_000_000,
        ge=1024,
        description="Size of a request's body, and of a line of NDJSON, past which it is 413.",
    )
    arrival_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Time that a request may take to arrive, and each 8 KB of an NDJSON stream; past it 408. "
        "Also the time in which a client has to take its answer.",
    )
    max_article_chars: int = Field(
        default=200_000, ge=1, description="Characters (code points) of an article past which it is 413."
    )
    max_batch_articles: int = Field(
        default=100, ge=1, description="Articles in one JSON batch past which it is 413. NDJSON has no such limit."
    )
    max_queue_chars: int = Field(
        default=1_000_000,
        ge=1,
        description="Characters that may wait for inference; what would exceed them or come too late is 429.",
    )
    deadline_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Time after which an article that is not done is given up with 504. In a batch or a stream, only "
        "the time in which it is worked on counts.",
    )
    batch_deadline_seconds: float = Field(
        default=600.0,
        gt=0,
        description="Time after which the articles of a JSON batch that are not done are given up with 504.",
    )
    full_seconds: float = Field(
        default=10.0,
        gt=0,
        description="Time for which every request, short ones too, may be turned away with 429 before /readyz says "
        "not to send more; it says otherwise when one is taken or half of the room is free.",
    )
    hang_seconds: float = Field(
        default=300.0, gt=0, description="Time one inference may take before /livez reports the service hung."
    )
    grace_seconds: int = Field(
        default=40, ge=0, description="Time that requests in flight have to finish after SIGTERM."
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(),
        description="Keys, separated by commas, one of which a request must carry as `Authorization: Bearer KEY`; "
        "none: no key is asked for. Several let old and new ones overlap.",
    )
    api_keyless: Annotated[tuple[KeylessGroup, ...], NoDecode] = Field(
        default=("health", "metrics", "docs"),
        description="Endpoints that need no key even so: any of health, metrics, docs (with the page); "
        "`none` for no such.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Origins, separated by commas, whose pages may use the service from a browser, such as "
        "`https://desk.example.org`; `*` for any, none by default.",
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="Form of the log: json lines, readable text, or text only on a terminal (auto)."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe level that is logged."
    )

    @field_validator("api_keys", "api_keyless", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",")]
        return tuple(part for part in parts if part and part != "none")

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
