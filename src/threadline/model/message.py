"""Messages: who spoke, in parts."""

import msgspec

__all__ = [
    "AudioPart",
    "Document",
    "DocumentsPart",
    "FilePart",
    "ImagePart",
    "JsonPart",
    "Message",
    "Part",
    "ReasoningPart",
    "TextPart",
    "ToolCallPart",
    "ToolResultPart",
]


class TextPart(msgspec.Struct, frozen=True, tag="text", tag_field="type"):
    """Words, Markdown perhaps."""

    text: str


class ImagePart(msgspec.Struct, frozen=True, tag="image", tag_field="type"):
    """A picture: http(s), data:, s3:// or gs:// address, or the mask that a producer left."""

    url: str
    mime_type: str | None = None


class AudioPart(msgspec.Struct, frozen=True, tag="audio", tag_field="type"):
    """Sound, with its transcript where the producer sent one."""

    url: str
    mime_type: str | None = None
    transcript: str | None = None


class FilePart(msgspec.Struct, frozen=True, tag="file", tag_field="type"):
    """Any other attachment (video and documents too)."""

    url: str
    mime_type: str | None = None
    name: str | None = None


class ToolCallPart(msgspec.Struct, frozen=True, tag="tool_call", tag_field="type"):
    """A call the model asked for, joined in a transcript with the TOOL span that ran it."""

    name: str
    arguments: str
    """As sent: JSON text as a rule."""
    id: str | None = None
    result: str | None = None
    """From the TOOL span or the tool message that answers it."""
    status: str = "unset"
    """`ok`, `error` or `unset`."""
    error: str | None = None
    """In words, when it failed."""
    start_ns: int | None = None
    duration_ns: int | None = None
    span_id: bytes | None = None
    """The TOOL span, where there is one."""


class ToolResultPart(msgspec.Struct, frozen=True, tag="tool_result", tag_field="type"):
    """A result whose call is not in sight."""

    result: str
    id: str | None = None
    name: str | None = None


class ReasoningPart(msgspec.Struct, frozen=True, tag="reasoning", tag_field="type"):
    """What the model thought; may be empty where the provider keeps it sealed."""

    text: str


class JsonPart(msgspec.Struct, frozen=True, tag="json", tag_field="type"):
    """A value that its sender said is JSON."""

    value: str


class Document(msgspec.Struct, frozen=True):
    """One retrieved document."""

    content: str
    id: str | None = None
    score: float | None = None
    metadata: str | None = None


class DocumentsPart(msgspec.Struct, frozen=True, tag="documents", tag_field="type"):
    """What a retriever or reranker brought."""

    documents: tuple[Document, ...]
    query: str | None = None


Part = (
    TextPart
    | ImagePart
    | AudioPart
    | FilePart
    | ToolCallPart
    | ToolResultPart
    | ReasoningPart
    | JsonPart
    | DocumentsPart
)


class Message(msgspec.Struct, frozen=True):
    """A role and its parts. A transcript adds which span each came from (`sessions.transcript`)."""

    role: str
    """`user`, `assistant`, `system`, `tool`, or the producer's own."""
    parts: tuple[Part, ...]
    name: str | None = None
    tool_call_id: str | None = None
    """On a tool message: the call that it answers."""
