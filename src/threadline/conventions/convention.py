"""What a convention is: how one family of producers writes down what an LLM application did."""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from threadline.conventions.sides import NOTHING, Side
from threadline.model.message import Document, Message
from threadline.model.span import Span

__all__ = ["Convention", "Reading", "SpanMessages"]


class Reading(msgspec.Struct, gc=False):
    """What a convention reads from one span. Strings are as sent; the registry cuts them to their limits."""

    kind: str = ""
    model: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    cost_nano: int | None = None
    """As reported by the producer, nano-USD."""
    tool: str | None = None
    agent: str | None = None
    tags: tuple[str, ...] = ()
    first_token_ns: int | None = None
    annotates: bool = False
    input: Side = NOTHING
    output: Side = NOTHING
    content: tuple[str, ...] = ()
    """Of `audio`, `file`, `image`, in this order: what it brings beside words."""


class SpanMessages(msgspec.Struct, frozen=True):
    """The messages of one span, whole: what its panel and the transcript show."""

    input: tuple[Message, ...] = ()
    output: tuple[Message, ...] = ()
    documents: tuple[Document, ...] = ()
    """What a retriever or reranker brought."""
    query: str | None = None
    """What it was asked."""
    tool_name: str | None = None
    tool_call_id: str | None = None
    tool_arguments: str | None = None
    """Of a TOOL span, as sent: JSON text as a rule."""
    tool_result: str | None = None
    tools_offered: tuple[str, ...] = ()
    """JSON schemas of the tools that the model could call."""


class Convention(Protocol):
    """One module per convention holds these functions; `registry` lists the modules, the surest first."""

    def claims(self, keys: Sequence[str]) -> bool:
        """Whether a span whose attributes have these keys is written in this convention."""

    def plan(self, keys: Sequence[str]) -> Any:
        """What these keys decide for `read`, whatever their values: asked once for many spans with the same."""

    def read(self, span: Span, plan: Any) -> Reading:
        """Everything but the session, the user and the resource, which are read in one way for all."""

    def read_messages(self, span: Span) -> SpanMessages:
        """Its messages, documents and tool call, whole."""
