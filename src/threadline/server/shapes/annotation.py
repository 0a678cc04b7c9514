"""Annotations."""

from typing import Annotated, Literal

from msgspec import Meta, field

from threadline.server.shapes.base import Struct

__all__ = [
    "Annotation",
    "AnnotationContent",
    "AnnotationName",
    "AnnotationNames",
    "AnnotationSetting",
    "AnnotationTarget",
    "Annotations",
    "NewAnnotation",
]


class AnnotationTarget(Struct, frozen=True, omit_defaults=True):
    """What an annotation is on."""

    kind: Literal["session", "trace", "span"]
    project: Annotated[str, Meta(min_length=1, max_length=256)]
    session_id: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None
    """The application's own id, for kind session."""
    trace_id: Annotated[str, Meta(pattern="^[0-9a-fA-F]{32}$")] | None = None
    """For kinds trace and span."""
    span_id: Annotated[str, Meta(pattern="^[0-9a-fA-F]{16}$")] | None = None
    """For kind span."""


class Annotation(Struct, frozen=True):
    """What a person, an LLM or code said about a session, a trace or a span."""

    id: str
    target: AnnotationTarget
    name: str
    annotator_kind: Literal["human", "llm", "code"]
    label: str | None
    score: float | None
    explanation: str | None
    author: str
    identifier: str
    created_at: str
    updated_at: str


class Annotations(Struct, frozen=True):
    """A page of annotations."""

    data: list[Annotation]
    next_cursor: str | None


class AnnotationContent(Struct, frozen=True, kw_only=True):
    """What is said, whatever it is said about. At least one of label, score and explanation is needed."""

    name: Annotated[str, Meta(min_length=1, max_length=256)]
    annotator_kind: Literal["human", "llm", "code"] = "human"
    label: Annotated[str, Meta(max_length=1024)] | None = None
    score: float | None = None
    explanation: Annotated[str, Meta(max_length=65536)] | None = None
    author: Annotated[str, Meta(max_length=256)] = ""
    identifier: Annotated[str, Meta(max_length=256)] = ""
    """Tells several of one name and author apart."""


class NewAnnotation(AnnotationContent, frozen=True, kw_only=True):
    """An annotation to put on a session, a trace or a span; it may precede its target.

    One with the same target, name, annotator kind, author and identifier is replaced.
    """

    target: AnnotationTarget


class AnnotationSetting(Struct, frozen=True, kw_only=True):
    """What may be said under a name, as the project set it up."""

    kind: Literal["categorical", "numeric", "text"]
    labels: Annotated[list[Annotated[str, Meta(min_length=1, max_length=1024)]], Meta(max_length=50)] = field(
        default_factory=list
    )
    """Of kind categorical, in order: the keys 1 to 9 give the first nine."""
    minimum: float | None = None
    """Of kind numeric."""
    maximum: float | None = None
    description: Annotated[str, Meta(max_length=4096)] = ""


class AnnotationName(Struct, frozen=True):
    """A name in use or set up, and what kinds of value and annotator it was used with."""

    name: str
    setting: AnnotationSetting | None
    """Null: used, but not set up."""
    annotator_kinds: list[str]
    labels: list[str]
    """Distinct labels, sorted, the first 20."""
    has_score: bool
    count: int


class AnnotationNames(Struct, frozen=True):
    """A page of names of annotations."""

    data: list[AnnotationName]
    next_cursor: str | None
