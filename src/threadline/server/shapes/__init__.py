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
    AnnotationSetting,
    AnnotationTarget,
    NewAnnotation,
)
from threadline.server.shapes.base import Named, Status, Text, Tool, Tools
from threadline.server.shapes.change import BulkAnswer, BulkRequest, BulkSelection, Deletion, ExportRequest
from threadline.server.shapes.figures import (
    Bucket,
    Difference,
    Differences,
    Distributions,
    DropOff,
    Facet,
    Facets,
    FacetValue,
    Range,
    Stats,
)
from threadline.server.shapes.live import Arrival, Arrivals, LiveEvent
from threadline.server.shapes.message import Message, Messages, Part, SpanMessage, ToolCall
from threadline.server.shapes.problem import Problem
from threadline.server.shapes.project import Project, Projects, ResolvedSession, ResolvedTrace
from threadline.server.shapes.query import Query, QueryProblem, Replaced, Suggestion, Token
from threadline.server.shapes.session import (
    Hit,
    Hits,
    NameMatch,
    Outline,
    Session,
    Sessions,
    Turn,
    TurnMatch,
    TurnMatches,
    Turns,
)
from threadline.server.shapes.trace import Attribute, Event, Link, Span, SpanSummaries, SpanSummary, Trace, Traces
from threadline.server.shapes.view import NewView, Seen, SeenList, SeenRequest, View, Views

__all__ = [
    "Annotation",
    "AnnotationContent",
    "AnnotationName",
    "AnnotationNames",
    "AnnotationSetting",
    "AnnotationTarget",
    "Annotations",
    "Arrival",
    "Arrivals",
    "Attribute",
    "Bucket",
    "BulkAnswer",
    "BulkRequest",
    "BulkSelection",
    "Deletion",
    "Difference",
    "Differences",
    "Distributions",
    "DropOff",
    "Event",
    "ExportRequest",
    "Facet",
    "FacetValue",
    "Facets",
    "Hit",
    "Hits",
    "Link",
    "LiveEvent",
    "Message",
    "Messages",
    "NameMatch",
    "Named",
    "NewAnnotation",
    "NewView",
    "Outline",
    "Part",
    "Problem",
    "Project",
    "Projects",
    "Query",
    "QueryProblem",
    "Range",
    "Replaced",
    "ResolvedSession",
    "ResolvedTrace",
    "Seen",
    "SeenList",
    "SeenRequest",
    "Session",
    "Sessions",
    "Span",
    "SpanMessage",
    "SpanSummaries",
    "SpanSummary",
    "Stats",
    "Status",
    "Suggestion",
    "Text",
    "Token",
    "Tool",
    "ToolCall",
    "Tools",
    "Trace",
    "Traces",
    "Turn",
    "TurnMatch",
    "TurnMatches",
    "Turns",
    "View",
    "Views",
]
