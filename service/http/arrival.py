"""Detects, from a request's bytes as they are received, when it is complete."""

from __future__ import annotations

import re

_HEADERS_END = b"\r\n\r\n"
_TO_BATCH = re.compile(rb"POST [^\s?]*/v1/attributions/batch[ ?]")
_NDJSON = re.compile(rb"\r\ncontent-type:[ \t]*application/x-ndjson", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_EXPECTS_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,16}")
_MAX_CHUNK_LINE = 8190


class Arrival:
    """The bytes of one request.

    They are inspected only to decide when a thread should process them; interpreting them is left to the server's
    parser. A request counts as complete if there is no point in waiting for the rest: a stream once its headers are
    there, one that announces too large a body, one that is not HTTP. ``is_overlong``: more was received than the limits
    allow.
    """

    def __init__(self, *, max_header_bytes: int, max_body_bytes: int) -> None:
        self.received = bytearray()
        self.is_complete = False
        self.is_overlong = False
        self.expects_continue = False
        self._max_header_bytes = max_header_bytes
        self._max_body_bytes = max_body_bytes
        self._body_start: int | None = None
        self._is_chunked = False
        self._position = 0  # everything before it has been inspected; for a body of known length, its end

    def add(self, data: bytes) -> None:
        """Add received bytes."""
        self.received += data
        if self._body_start is None:
            self._find_headers()
        if self._body_start is None:
            self.is_overlong = len(self.received) > self._max_header_bytes
        elif self._is_chunked:
            self._skip_chunks()
            # Twice the limit: unless its chunks are tiny, such a body exceeds the limit when decoded, too.
            self.is_overlong = len(self.received) - self._body_start > 2 * self._max_body_bytes
        else:
            self.is_complete = len(self.received) >= self._position

    def _find_headers(self) -> None:
        end = self.received.find(_HEADERS_END, self._position)
        if end < 0:
            self._position = max(0, len(self.received) - len(_HEADERS_END) + 1)
            return
        headers = bytes(self.received[: end + 2])
        self._body_start = self._position = end + len(_HEADERS_END)
        if _TO_BATCH.match(headers) and _NDJSON.search(headers):
            return
        length = _CONTENT_LENGTH.search(headers)
        if _CHUNKED.search(headers):
            self._is_chunked = True
        elif length and int(length[1]) <= self._max_body_bytes:
            self._position += int(length[1])
        self.expects_continue = bool(_EXPECTS_CONTINUE.search(headers))

    def _skip_chunks(self) -> None:
        """Skip the complete chunks, up to the end of the last one, of size 0, and its trailers."""
        while (end := self.received.find(b"\r\n", self._position, self._position + _MAX_CHUNK_LINE)) >= 0:
            size = _CHUNK_SIZE.match(self.received, self._position)
            if size is None:
                self.is_complete = True
                return
            if int(size[0], 16) == 0:
                trailers_end = self.received.find(_HEADERS_END, end, end + _MAX_CHUNK_LINE)
                self.is_complete = trailers_end >= 0 or len(self.received) > end + _MAX_CHUNK_LINE
                return
            following = end + 2 + int(size[0], 16) + 2
            if following > len(self.received):
                return
            self._position = following
        self.is_complete = len(self.received) > self._position + _MAX_CHUNK_LINE
