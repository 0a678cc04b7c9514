"""The messages of one OpenInference span (to follow)."""

from threadline.conventions.convention import SpanMessages
from threadline.model.span import Span

__all__ = ["read_messages"]


def read_messages(span: Span) -> SpanMessages:
    """See `Convention.read_messages`."""
    return SpanMessages()
