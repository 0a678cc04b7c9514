"""The shapes of the REST API. `openapi.json` is made from them; the page's types from that.

Times are RFC 3339 in UTC with nanoseconds; durations end in `_ms` (numbers, fractions kept), money in `_usd`.
A trace, span and parent id is lower-case hex. `None` means not known, never zero.
"""

from threadline.server.shapes.annotation import (
    Annotation,
    AnnotationContent,
    AnnotationName,
    AnnotationNames,
    Annotations,
    AnnotationTarget,
    NewAnnotation,
)
from threadline.server.shapes.base import Named, Status, Text, Tool, Tools
from threadline.server.shapes.change import BulkAnswer, BulkRequest, Deletion
from threadline.server.shapes.figures import Bucket, Facet, Facets, FacetValue, Stats
from threadline.server.shapes.live import Arrival, Arrivals, LiveEvent
from threadline.server.shapes.message import Message, Messages, Part, SpanMessage, ToolCall
from threadline.server.shapes.problem import Problem
from threadline.server.shapes.project import Project, Projects, ResolvedSession, ResolvedTrace
from threadline.server.shapes.session import Hit, Hits, Outline, Session, Sessions, Turn, TurnMatch, TurnMatches, Turns
from threadline.server.shapes.trace import Attribute, Event, Link, Span, SpanSummaries, SpanSummary, Trace, Traces

__all__ = [
    "Annotation",
    "AnnotationContent",
    "AnnotationName",
    "AnnotationNames",
    "AnnotationTarget",
    "Annotations",
    "Arrival",
    "Arrivals",
    "Attribute",
    "Bucket",
    "BulkAnswer",
    "BulkRequest",
    "Deletion",
    "Event",
    "Facet",
    "FacetValue",
    "Facets",
    "Hit",
    "Hits",
    "Link",
    "LiveEvent",
    "Message",
    "Messages",
    "Named",
    "NewAnnotation",
    "Outline",
    "Part",
    "Problem",
    "Project",
    "Projects",
    "ResolvedSession",
    "ResolvedTrace",
    "Session",
    "Sessions",
    "Span",
    "SpanMessage",
    "SpanSummaries",
    "SpanSummary",
    "Stats",
    "Status",
    "Text",
    "Tool",
    "ToolCall",
    "Tools",
    "Trace",
    "Traces",
    "Turn",
    "TurnMatch",
    "TurnMatches",
    "Turns",
]
