"""The contract of every store. MUST and MAY as in RFC 2119; `tests/store` holds each backend to it.

Calls block: the server runs them on threads. `append`, `delete_*`, `put_annotation`, `fold_pending`,
`index_pending` and `maintain` come from one thread at a time; reads come from any number of threads,
each with a view that holds everything acknowledged before it began.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from threadline.errors import ThreadlineError
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.facts import SpanFacts, SpanTexts
from threadline.model.limits import Limits
from threadline.model.session import Session, StoredTrace, Turn
from threadline.model.span import Span
from threadline.model.view import AnnotationSetting, SavedView
from threadline.otlp.spans import parse_span
from threadline.otlp.wire import RawSpan
from threadline.query.ast import Node

__all__ = [
    "SESSION_SORTS",
    "STORED",
    "AnnotationNameUse",
    "AppendResult",
    "Arrival",
    "ArrivedSpan",
    "Deletion",
    "Difference",
    "Differences",
    "Facet",
    "FacetValue",
    "Facets",
    "Page",
    "ProjectSummary",
    "Range",
    "SessionQuery",
    "Stats",
    "Store",
    "StoredSpan",
    "TimeBucket",
    "TraceQuery",
]

SESSION_SORTS = (
    "last_activity",
    "start_time",
    "duration_ms",
    "turn_count",
    "error_count",
    "total_tokens",
    "cost_usd",
    "latency_p95_ms",
)
"""What a list of sessions can be sorted by. A store MUST answer each from an index."""


STORED = Limits(
    spans_per_request_max=2**40, attributes_per_span_max=2**40, values_per_span_max=2**40, attribute_depth_max=100
)
"""What is stored was checked when it came; a limit lowered since must not hide it."""


class ArrivedSpan(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One span to keep."""

    project: str
    trace_id: bytes
    ordinal: int
    """Its place among the spans of `Arrival.body`, 0 first."""
    facts: SpanFacts
    texts: SpanTexts | None


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """One request's spans, ready to be kept."""

    body: bytes
    """A serialised ExportTraceServiceRequest; spans that are not in `spans` are not kept."""
    spans: Sequence[ArrivedSpan]


class AppendResult(msgspec.Struct, frozen=True, gc=False):
    """What became of one arrival. Spans that were already stored count as kept."""

    kept: int
    refused_deleted: int = 0
    """Spans of a deleted trace or end user."""
    touched: Sequence[tuple[str, str]] = ()
    """(project, session key) of the sessions that changed."""


T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some rows and where to go on. `next_cursor` holds no row number and is None at the end."""

    rows: Sequence[T]
    next_cursor: str | None


class SessionQuery(msgspec.Struct, frozen=True):
    """Which sessions, in which order.

    Times are ns; `since` and `until` select whole sessions: last activity >= since and start < until.
    """

    project: str
    text: str | None = None
    """A literal, caseless substring of what was said, either side."""
    session_id: str | None = None
    """Exact; finds a session by the other ids of its traces too."""
    user_id: str | None = None
    since_ns: int | None = None
    until_ns: int | None = None
    sort: str = "last_activity"
    """One of SESSION_SORTS."""
    descending: bool = True
    limit: int = 50
    cursor: str | None = None
    query: Node | None = None
    """What the sessions must be, beside all of the above."""
    now_ns: int = 0
    """Sessions later than now + 5 min come after all others. A cursor keeps the `now` it began with."""


class TraceQuery(msgspec.Struct, frozen=True):
    """Which traces of a project, newest start first."""

    project: str
    text: str | None = None
    session: str | None = None
    """Session key."""
    without_session: bool = False
    query: Node | None = None
    """What the traces must be, read as inside `turn:( )`."""
    since_ns: int | None = None
    until_ns: int | None = None
    limit: int = 50
    cursor: str | None = None


class ProjectSummary(msgspec.Struct, frozen=True):
    """A project and what it holds."""

    name: str
    session_count: int
    trace_count: int
    span_count: int
    traces_without_session: int
    last_activity_ns: int | None


class StoredSpan(msgspec.Struct, frozen=True):
    """A span as received, beside the facts read from it."""

    received: RawSpan
    facts: SpanFacts

    @property
    def raw(self) -> bytes:
        """The span's own protobuf bytes."""
        return self.received.span

    @property
    def span(self) -> Span:
        """Parsed each time it is asked for: most readers of a trace need few of its spans."""
        return parse_span(self.received, STORED)


class TimeBucket(msgspec.Struct, frozen=True):
    """One step of a series. The first may hold what lies earlier, the last what lies later."""

    start_ns: int
    sessions: int
    sessions_with_errors: int
    turns: int
    total_tokens: int
    cost_nano: int
    earlier: bool = False
    later: bool = False
    users: int = 0
    """Distinct end users of its turns."""
    latency_p95_ns: int | None = None
    """Of its turns."""


class Range(msgspec.Struct, frozen=True):
    """One step of a distribution: low <= figure < high; the last step includes its high end."""

    low: int
    high: int
    sessions: int


class Stats(msgspec.Struct, frozen=True):
    """Figures over exactly the sessions that a query selects."""

    sessions: int
    sessions_with_errors: int
    turns: int
    turns_with_errors: int
    user_count: int
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    cost_nano: int | None
    cost_complete: bool
    turn_latency_p50_ns: int | None
    turn_latency_p95_ns: int | None
    session_duration_p50_ns: int | None
    session_duration_p95_ns: int | None
    series: Sequence[TimeBucket]
    distributions: Mapping[str, Sequence[Range]] = {}
    """Of `turns`, `duration` (ns), `cost` (nano-USD) and `latency` (ns, each session's p95), known figures only."""
    drop_off: Sequence[tuple[int, int]] = ()
    """(n, sessions with at least n turns), n rising: every n up to 20, then sparser up to the longest."""
    complete: bool = True
    """False: the time for it ended first; the figures are of the newest sessions that were examined."""


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet: how many of the sessions have it, and for tools its calls and failures."""

    value: str
    sessions: int
    calls: int | None = None
    errors: int | None = None


class Facet(msgspec.Struct, frozen=True):
    """The most frequent values of one facet, and how many values there are."""

    values: Sequence[FacetValue]
    count: int


class Facets(msgspec.Struct, frozen=True):
    """By facet: `user, model, tool, agent, tag, environment, service, kind, annotation` (`NAME:label`)."""

    facets: Mapping[str, Facet]
    complete: bool = True
    """As in Stats."""


class Difference(msgspec.Struct, frozen=True):
    """How many sessions inside and outside a query have a value."""

    facet: str
    value: str
    inside: int
    outside: int


class Differences(msgspec.Struct, frozen=True):
    """What sets a query's sessions apart from the others of the same project and time range."""

    inside: int
    """Sessions of the query."""
    outside: int
    values: Sequence[Difference]
    """Largest difference of the two shares first."""
    complete: bool = True
    """As in Stats."""


class AnnotationNameUse(msgspec.Struct, frozen=True):
    """How a name of annotations is used."""

    name: str
    annotator_kinds: tuple[str, ...]
    """Distinct, sorted."""
    labels: tuple[str, ...]
    """Distinct, sorted, the first 20."""
    has_score: bool
    count: int


class Deletion(msgspec.Struct, frozen=True):
    """What a deletion removed."""

    id: str
    project: str
    kind: str
    """`session` or `user`."""
    sessions: int
    traces: int
    spans: int
    requested_ns: int
    erased: bool
    """False while hidden but not yet erased from the file."""


class Store(Protocol):
    """Keeps spans and answers for sessions. See the module's docstring for threads."""

    # writing

    def append(self, arrivals: Sequence[Arrival]) -> Sequence[AppendResult | ThreadlineError]:
        """Keep the arrivals in one durable commit; one answer each, in order.

        When it returns a result, those spans MUST be durable and MUST be visible to every read that
        begins afterwards. It MUST be idempotent and MUST NOT depend on order or splitting. Between two
        versions of a span stays the one with an end; the later end; the longer serialised form; the
        greater bytes. If the commit fails, arrivals MUST be tried one by one and only the culprit's
        answer is an error. A trace of more than `fold_at_once_max` spans MAY be folded later.
        """

    def fold_pending(self) -> int:
        """Fold the large traces whose fold was put off; how many were folded."""

    def index_pending(self, rows_max: int = 4_000) -> int:
        """Bring the text index up to date by at most so many turns; how many are left."""

    def maintain(self, *, settle_all: bool = False) -> bool:
        """One bounded step of background work (settle idle sessions, free pages, checkpoint).

        True when there is more to do. `settle_all` treats every session as idle.
        """

    # reading

    def projects(self) -> Sequence[ProjectSummary]:
        """All projects by name."""

    def sessions(self, query: SessionQuery) -> Page[Session]:
        """A page of sessions. A walk by cursor MUST show none twice while data arrives."""

    def session(self, project: str, key: str) -> Session | None:
        """One session by its key (`Session.id`)."""

    def session_by_id(self, project: str, session_id: str) -> Session | None:
        """One session by the application's own id, or by another id that one of its traces carries."""

    def turns(self, project: str, key: str, *, from_turn: int = 1, limit: int = 50) -> Sequence[Turn]:
        """Turns by (start, trace id), oldest first; `from_turn` is 1-based, negative from the end."""

    def outline(self, project: str, key: str) -> Sequence[tuple[int | None, int | None, int, bool]]:
        """(start_ns, latency_ns, status, whether its trace is annotated) of every turn, oldest first."""

    def search_session(self, project: str, key: str, text: str, *, limit: int = 1_000) -> Sequence[Turn]:
        """Its turns in which `text` stands, oldest first."""

    def traces(self, query: TraceQuery) -> Page[StoredTrace]:
        """A page of traces, newest start first."""

    def trace(self, project: str, trace_id: bytes) -> StoredTrace | None:
        """One trace, folded up to all its spans."""

    def trace_projects(self, trace_id: bytes) -> Sequence[str]:
        """The projects that hold this trace id."""

    def trace_turn_index(self, project: str, trace_id: bytes) -> int | None:
        """Its place in its session, 1-based; None when it is no turn of a session."""

    def trace_facts(self, project: str, trace_id: bytes) -> Sequence[SpanFacts]:
        """The facts of its spans, by (start, span id)."""

    def spans(self, project: str, trace_id: bytes, span_ids: Sequence[bytes] | None = None) -> Sequence[StoredSpan]:
        """Its spans (or those named) as received, by (start, span id)."""

    def spans_of(self, project: str, trace_ids: Sequence[bytes]) -> Mapping[bytes, Sequence[StoredSpan]]:
        """All spans of several traces as `spans` answers them; a trace that is not there is left out.

        One view of the store, and cheaper than one call each.
        """

    def otlp(self, project: str, trace_ids: Sequence[bytes]) -> Iterator[bytes]:
        """ExportTraceServiceRequests that hold these traces, equal to what came in, in parts of some MB.

        The project travels as the resource attribute `openinference.project.name`.
        """

    def session_trace_ids(self, project: str, key: str) -> Sequence[bytes]:
        """Trace ids of its turns, oldest first."""

    def stats(self, query: SessionQuery, *, buckets: int = 40) -> Stats:
        """Figures over the whole set that the query selects (cursor, sort and limit do not count)."""

    def facets(self, query: SessionQuery, *, limit: int = 20) -> Facets:
        """The most frequent values over the whole set that the query selects."""

    def differences(self, query: SessionQuery, *, limit: int = 50) -> Differences:
        """Each facet value's share inside the query and outside it (cursor, sort and limit do not count)."""

    def sample(self, query: SessionQuery, *, seed: str, size: int) -> Sequence[Session]:
        """So many of the query's sessions, chosen and ordered by a hash of seed and key: the same each time."""

    def session_keys(self, query: SessionQuery, *, limit: int) -> Sequence[str]:
        """Keys of the query's sessions, by key, at most so many."""

    def values(self, project: str, facet: str, prefix: str, *, limit: int = 10) -> Sequence[FacetValue]:
        """Values of a facet that begin with this, caselessly, the most frequent first.

        Facets as in `Facets`, and `metadata` (keys), `annotation` (names), `metadata.KEY` and `annotation.NAME`
        (their values and labels).
        """

    # annotations

    def put_annotation(self, annotation: Annotation) -> Annotation:
        """Write it; an earlier one with the same identity is replaced and keeps its id and created_ns."""

    def annotation(self, annotation_id: str) -> Annotation | None:
        """One annotation."""

    def annotations(self, targets: Sequence[AnnotationTarget]) -> Sequence[Annotation]:
        """Those on exactly these targets, by (name, created_ns, id)."""

    def annotation_names(self, project: str) -> Sequence[AnnotationNameUse]:
        """Names of annotations in use in a project, by name."""

    def delete_annotation(self, annotation_id: str) -> bool:
        """False when there was none."""

    def annotation_settings(self, project: str) -> Sequence[AnnotationSetting]:
        """The names that the project set up, by name."""

    def put_annotation_setting(self, setting: AnnotationSetting) -> AnnotationSetting:
        """Write it; one of the same project and name is replaced."""

    def delete_annotation_setting(self, project: str, name: str) -> bool:
        """False when there was none."""

    # what people keep

    def views(self, project: str) -> Sequence[SavedView]:
        """Saved views of a project, by (name, id)."""

    def put_view(self, view: SavedView) -> SavedView:
        """Write it; one with the same id is replaced and keeps its created_ns."""

    def delete_view(self, project: str, view_id: str) -> bool:
        """False when there was none."""

    def mark_seen(self, project: str, author: str, keys: Sequence[str], *, seen_ns: int) -> None:
        """Remember that this author has reviewed these sessions."""

    def seen(self, project: str, author: str, keys: Sequence[str]) -> Mapping[str, int]:
        """Which of these sessions the author has reviewed, and when first (ns)."""

    # deletion

    def delete_session(self, project: str, key: str, *, requested_ns: int) -> Deletion | None:
        """Hide it at once; later spans of its traces MUST be refused. None when there is none."""

    def delete_user(self, project: str, user_id: str, *, requested_ns: int) -> Deletion:
        """Everything of an end user: their sessions, and of others every trace of which a span names them.

        Later spans of all these, and every later trace that names them, MUST be refused.
        """

    def deletion(self, deletion_id: str) -> Deletion | None:
        """How a deletion stands."""

    def close(self) -> None:
        """Release everything. Calls after it fail."""
