"""Annotations: what a person, an LLM or code said about a session, a trace or a span."""

import msgspec

__all__ = ["Annotation", "AnnotationTarget"]


class AnnotationTarget(msgspec.Struct, frozen=True):
    """What an annotation is on. It may not have arrived yet."""

    kind: str
    """`session`, `trace` or `span`."""
    project: str
    session_id: str | None = None
    trace_id: bytes | None = None
    span_id: bytes | None = None


class Annotation(msgspec.Struct, frozen=True):
    """One per (target, name, annotator kind, author, identifier); writing it again replaces it."""

    id: str
    target: AnnotationTarget
    name: str
    annotator_kind: str
    """`human`, `llm` or `code`."""
    label: str | None
    score: float | None
    explanation: str | None
    author: str
    identifier: str
    created_ns: int
    updated_ns: int
