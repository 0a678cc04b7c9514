"""Conventions: what the attributes of a span mean. Pure: no I/O beyond packaged data, no clock."""

from threadline.conventions.convention import Convention, Reading, SpanMessages
from threadline.conventions.prices import PriceTable
from threadline.conventions.registry import project_of, read_facts, read_messages, read_texts

__all__ = [
    "Convention",
    "PriceTable",
    "Reading",
    "SpanMessages",
    "project_of",
    "read_facts",
    "read_messages",
    "read_texts",
]
