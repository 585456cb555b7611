"""Every setting of the service, read once from the environment (``MODEL_PATH``, ``PORT``, ...)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent

# Threads kept free of attribution requests, so that the health endpoints answer however many of those wait.
RESERVED_THREADS = 4


class Settings(BaseSettings):
    """Settings by the name of their environment variable in lower case; an invalid one stops the start."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    model_path: Path = Field(
        default=PROJECT_ROOT / "model_cache" / "quote-attribution-minilm",
        description="Directory of the checkpoint to serve.",
    )
    bind_address: str = Field(default="0.0.0.0", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    http_threads: int = Field(
        default=64,
        gt=RESERVED_THREADS,
        le=1024,
        description=f"Threads that serve HTTP; all but {RESERVED_THREADS} may hold an attribution request at a time.",
    )
    max_body_bytes: int = Field(
        default=4_000_000,
        ge=1024,
        description="Size of a request's body, and of a line of NDJSON, past which it is 413.",
    )
    max_article_chars: int = Field(
        default=200_000, ge=1, description="Characters (code points) of an article past which it is 413."
    )
    max_batch_articles: int = Field(
        default=100, ge=1, description="Articles in one JSON batch past which it is 413. NDJSON has no such limit."
    )
    max_queue_chars: int = Field(
        default=1_000_000, ge=1, description="Characters that may wait for inference; what would exceed them is 429."
    )
    max_inference_chars: int = Field(
        default=50_000, ge=1, description="Characters of different requests that inference takes on together."
    )
    deadline_seconds: float = Field(
        default=30.0, gt=0, description="Time after which an article that is not done is given up with 504."
    )
    hang_seconds: float = Field(
        default=300.0, gt=0, description="Time one inference may take before /livez reports the service hung."
    )
    grace_seconds: int = Field(
        default=40, ge=0, description="Time that requests in flight have to finish after SIGTERM."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="Form of the log: json lines, readable text, or text only on a terminal (auto)."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe level that is logged."
    )

    @model_validator(mode="after")
    def _queue_holds_an_article(self) -> Self:
        if self.max_queue_chars < self.max_article_chars:
            raise ValueError("MAX_QUEUE_CHARS must be at least MAX_ARTICLE_CHARS")
        return self


def markdown_table() -> str:
    """The settings with their defaults and meanings, for the README."""
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for name, setting in Settings.model_fields.items():
        default = setting.default
        if isinstance(default, Path):
            default = default.relative_to(PROJECT_ROOT)
        rows.append(f"| `{name.upper()}` | `{default}` | {setting.description} |")
    return "\n".join(rows)
