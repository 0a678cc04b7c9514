"""Posting it: OTLP/HTTP, protobuf, gzip, in requests as an exporter would make them."""

import gzip
import time
from collections.abc import Iterable, Iterator

import httpx
import msgspec

from threadline.demo.draft import SpanDraft, request
from threadline.demo.programme import Conversation, conversations

__all__ = ["send"]

SPANS_PER_REQUEST = 512
"""The batch size of OpenTelemetry's BatchSpanProcessor."""
ATTEMPTS = 5


def send(endpoint: str, now_ns: int) -> None:
    """Fill the server at `endpoint` (`http://127.0.0.1:6006`) with conversations of the seven days before `now_ns`.

    Sending it twice adds nothing: ids come from a seed.

    Raises:
        httpx.HTTPError: the server cannot be reached or refuses.
    """
    everything = list(conversations(now_ns))
    with httpx.Client(base_url=endpoint, timeout=60) as client:
        for body in bodies(everything):
            post(client, body)
        for conversation in everything:
            if conversation.review:
                client.post("/v1/annotations", json=annotation(conversation)).raise_for_status()


def annotation(conversation: Conversation) -> dict[str, object]:
    """A colleague's review, as the API takes it."""
    written = msgspec.to_builtins(conversation.review)
    target = {"kind": "session", "project": conversation.project, "session_id": conversation.session_id}
    return {"target": target, "annotator_kind": "human", "author": "review", **written}


def bodies(conversations: Iterable[Conversation]) -> Iterator[bytes]:
    """The requests, compressed."""
    waiting: list[SpanDraft] = []
    for conversation in conversations:
        for span in conversation.spans:
            waiting.append(span)
            if len(waiting) == SPANS_PER_REQUEST:
                yield packed(waiting)
                waiting = []
    if waiting:
        yield packed(waiting)


def packed(spans: list[SpanDraft]) -> bytes:
    """One request; the same bytes for the same spans."""
    return gzip.compress(request(spans).SerializeToString(deterministic=True), 1, mtime=0)


def post(client: httpx.Client, body: bytes) -> None:
    """One request; where the server is busy, again after the time that it names."""
    headers = {"Content-Type": "application/x-protobuf", "Content-Encoding": "gzip"}
    for attempt in range(1, ATTEMPTS + 1):
        response = client.post("/v1/traces", content=body, headers=headers)
        if response.status_code not in {429, 503} or attempt == ATTEMPTS:
            break
        time.sleep(float(response.headers.get("Retry-After", "1")))
    response.raise_for_status()
