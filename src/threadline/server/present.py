"""From the model's types to the shapes of the REST API: pure, one function a shape."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from threadline.model import annotation as kept
from threadline.model import session as model
from threadline.model.facts import SessionIdCandidate
from threadline.model.trace import ToolUse, TraceRecord
from threadline.model.view import AnnotationSetting, SavedView
from threadline.server import shapes
from threadline.server.rfc3339 import format_ns
from threadline.store import contract

__all__ = [
    "SKEW_NS",
    "annotation",
    "annotation_setting",
    "deletion",
    "json_object",
    "milliseconds",
    "named",
    "outline",
    "project",
    "session",
    "status",
    "text",
    "time",
    "tools",
    "trace",
    "turn",
    "usd",
    "view",
]

Status = Literal["ok", "error", "unset"]
STATUS: tuple[Status, ...] = ("unset", "ok", "error")
SKEW_NS = 300 * 10**9
"""A session this much later than now sorts after all others, marked `clock_skew` (DESIGN, odd times)."""

Annotated = Mapping[Any, Sequence[kept.Annotation]]
"""Annotations by their target's key."""


def time(time_ns: int | None) -> str | None:
    """RFC 3339, or null."""
    return None if time_ns is None else format_ns(time_ns)


def milliseconds(duration_ns: int | None) -> float | None:
    """Milliseconds with their fraction."""
    return None if duration_ns is None else duration_ns / 1e6


def usd(nano: int | None) -> float | None:
    """US dollars from nano-USD."""
    return None if nano is None else nano / 1e9


def status(code: int) -> Status:
    """The status in words; an unknown number is unset."""
    return STATUS[code] if 0 <= code < len(STATUS) else "unset"


def text(value: str | None, mime_type: str = "text/plain") -> shapes.Text | None:
    """One side of a turn."""
    return None if value is None else shapes.Text(text=value, mime_type=mime_type)


def json_object(value: str | None) -> dict[str, object] | None:
    """A stored JSON object, parsed."""
    if value is None:
        return None
    try:
        parsed = msgspec.json.decode(value)
    except msgspec.DecodeError:
        return None
    return parsed if isinstance(parsed, dict) else None


def named(values: model.CountedSet) -> shapes.Named:
    """A counted set."""
    return shapes.Named(values=list(values.values), count=values.count)


def tools(uses: Sequence[ToolUse]) -> list[shapes.Tool]:
    """Tools with their calls."""
    return [shapes.Tool(name=use.name, calls=use.calls, errors=use.errors) for use in uses]


def project(summary: contract.ProjectSummary) -> shapes.Project:
    """A project's row."""
    return shapes.Project(
        name=summary.name,
        session_count=summary.session_count,
        trace_count=summary.trace_count,
        span_count=summary.span_count,
        traces_without_session=summary.traces_without_session,
        last_activity=time(summary.last_activity_ns),
    )


def annotation(annotated: kept.Annotation) -> shapes.Annotation:
    """An annotation with its target in hexadecimal ids."""
    target = annotated.target
    return shapes.Annotation(
        id=annotated.id,
        target=shapes.AnnotationTarget(
            kind=target.kind,  # type: ignore[arg-type]  # one of the three: checked when it was written
            project=target.project,
            session_id=target.session_id,
            trace_id=target.trace_id.hex() if target.trace_id else None,
            span_id=target.span_id.hex() if target.span_id else None,
        ),
        name=annotated.name,
        annotator_kind=annotated.annotator_kind,  # type: ignore[arg-type]  # as above
        label=annotated.label,
        score=annotated.score,
        explanation=annotated.explanation,
        author=annotated.author,
        identifier=annotated.identifier,
        created_at=format_ns(annotated.created_ns),
        updated_at=format_ns(annotated.updated_ns),
    )


def session(stored: model.Session, annotations: Sequence[kept.Annotation], now_ns: int) -> shapes.Session:
    """A session; `now_ns` decides its `clock_skew`."""
    last_ns = stored.last_activity_ns
    return shapes.Session(
        id=stored.id,
        project=stored.project,
        session_id=stored.session_id,
        session_id_source=stored.session_id_source,
        start_time=time(stored.start_ns),
        last_activity=time(last_ns),
        duration_ms=milliseconds(stored.duration_ns),
        active_ms=milliseconds(stored.active_ns),
        turn_count=stored.turn_count,
        span_count=stored.span_count,
        error_count=stored.error_count,
        last_turn_status=status(stored.last_turn_status),
        first_input=stored.first_input,
        last_output=stored.last_output,
        user_ids=named(stored.user_ids),
        models=named(stored.models),
        tools=shapes.Tools(values=tools(stored.tools), count=stored.tool_count),
        agents=named(stored.agents),
        tags=named(stored.tags),
        environments=named(stored.environments),
        services=named(stored.services),
        metadata=json_object(stored.metadata),
        **_tokens_and_cost(stored),
        cost_complete=stored.cost_complete,
        clock_skew=last_ns is not None and last_ns > now_ns + SKEW_NS,
        latency_p50_ms=milliseconds(stored.latency_p50_ns),
        latency_p95_ms=milliseconds(stored.latency_p95_ns),
        annotations=[annotation(one) for one in annotations],
        hits=None if stored.hits is None else _hits(stored.hits),
        matched=[_name_match(one) for one in stored.matched],
    )


def _name_match(matched: model.NameMatch) -> shapes.NameMatch:
    return shapes.NameMatch(
        field=matched.field,  # type: ignore[arg-type]  # one of the five
        key=matched.key,
        value=matched.value,
        ranges=list(matched.ranges),
        trace_id=matched.trace_id.hex() if matched.trace_id else None,
        turn_index=matched.turn_index,
    )


def _hits(hits: model.Hits) -> shapes.Hits:
    first = hits.first
    hit = shapes.Hit(
        trace_id=first.trace_id.hex(),
        turn_index=first.turn_index,
        role=first.role,
        text=first.text,
        ranges=list(first.ranges),
    )
    return shapes.Hits(count=hits.count, first=hit)


def turn(stored: model.Turn, annotations: Sequence[kept.Annotation]) -> shapes.Turn:
    """A turn of a session."""
    return shapes.Turn(
        **_of_turn_and_trace(stored.trace, annotations),
        index=stored.index,
        idle_before_ms=milliseconds(stored.idle_before_ns),
    )


def trace(stored: model.StoredTrace, turn_index: int | None, annotations: Sequence[kept.Annotation]) -> shapes.Trace:
    """A trace with its place in its session."""
    record = stored.record
    return shapes.Trace(
        **_of_turn_and_trace(stored, annotations),
        project=stored.project,
        session_id=record.session_id,
        session_key=stored.session_key,
        session_id_source=record.session_id_source,
        other_session_ids=_values(record.other_session_ids),
        turn_index=turn_index,
        agents=list(record.agents),
        tags=list(record.tags),
        services=list(record.services),
        environments=list(record.environments),
        metadata=json_object(record.metadata),
        cost_complete=record.unpriced_spans == 0,
        root_span_id=record.root_span_id.hex(),
    )


def _of_turn_and_trace(stored: model.StoredTrace, annotations: Sequence[kept.Annotation]) -> dict[str, Any]:
    """The fields that a turn and a trace have alike."""
    record = stored.record
    return {
        "trace_id": stored.trace_id.hex(),
        "name": record.name,
        "start_time": time(record.start_ns),
        "latency_ms": milliseconds(record.latency_ns),
        "status": status(record.status),
        "status_message": record.status_message,
        "input": text(stored.input, stored.input_mime_type),
        "output": text(stored.output, stored.output_mime_type),
        "user_id": record.user_id,
        "models": list(record.models),
        "tools": tools(record.tools),
        **_tokens_and_cost(record),
        "llm_ms": record.llm_ns / 1e6,
        "tool_ms": record.tool_ns / 1e6,
        "time_to_first_token_ms": milliseconds(record.first_token_ns),
        "span_count": record.span_count,
        "annotations": [annotation(one) for one in annotations],
    }


def _tokens_and_cost(counted: TraceRecord | model.Session) -> dict[str, Any]:
    return {
        "prompt_tokens": counted.prompt_tokens,
        "completion_tokens": counted.completion_tokens,
        "cache_read_tokens": counted.cache_read_tokens,
        "total_tokens": counted.total_tokens,
        "cost_usd": usd(counted.cost_nano),
    }


def _values(candidates: Sequence[SessionIdCandidate]) -> list[str]:
    return list(dict.fromkeys(candidate.value for candidate in candidates))


def outline(turns: Sequence[tuple[int | None, int | None, int, bool]]) -> shapes.Outline:
    """Columns over all turns; whole milliseconds, so that 20,000 turns stay small."""
    starts = [start_ns for start_ns, *_ in turns]
    origin_ns = min((start_ns for start_ns in starts if start_ns is not None), default=None)
    return shapes.Outline(
        origin=time(origin_ns),
        turn_count=len(turns),
        start_ms=[None if start_ns is None else (start_ns - (origin_ns or 0)) // 10**6 for start_ns in starts],
        latency_ms=[None if latency_ns is None else latency_ns // 10**6 for _, latency_ns, *_ in turns],
        status=[code for _, _, code, _ in turns],
        annotated=[index for index, (*_, annotated) in enumerate(turns, 1) if annotated],
    )


def view(saved: SavedView) -> shapes.View:
    """A saved view."""
    return shapes.View(
        id=saved.id,
        project=saved.project,
        name=saved.name,
        query=saved.query,
        columns=list(saved.columns),
        sort=saved.sort,
        time_range=saved.time_range,
        author=saved.author,
        created_at=format_ns(saved.created_ns),
        updated_at=format_ns(saved.updated_ns),
    )


def annotation_setting(setting: AnnotationSetting) -> shapes.AnnotationSetting:
    """What may be said under a name."""
    return shapes.AnnotationSetting(
        kind=setting.kind,  # type: ignore[arg-type]  # one of the three: checked when it was written
        labels=list(setting.labels),
        minimum=setting.minimum,
        maximum=setting.maximum,
        description=setting.description,
    )


def deletion(done: contract.Deletion) -> shapes.Deletion:
    """How a deletion stands."""
    return shapes.Deletion(
        id=done.id,
        project=done.project,
        kind=done.kind,
        sessions=done.sessions,
        traces=done.traces,
        spans=done.spans,
        requested_at=format_ns(done.requested_ns),
        erased=done.erased,
    )
