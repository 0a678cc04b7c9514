"""Conventions: what the attributes of a span mean. Pure: no I/O beyond packaged data, no clock."""

from threadline.conventions.convention import Convention, Reading, SpanMessages
from threadline.conventions.prices import PriceTable
from threadline.conventions.registry import read_content, read_facts, read_messages, read_texts
from threadline.conventions.resource_facts import ResourceFacts, project_of, read_resource

__all__ = [
    "Convention",
    "PriceTable",
    "Reading",
    "ResourceFacts",
    "SpanMessages",
    "project_of",
    "read_content",
    "read_facts",
    "read_messages",
    "read_resource",
    "read_texts",
]
