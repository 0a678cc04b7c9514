"""What a query means: the executable definition that every store's answers are compared with.

Slow and plain: it looks at everything, each time.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from threadline.model.annotation import Annotation
from threadline.model.facts import SpanFacts
from threadline.model.session import Session
from threadline.model.trace import TraceRecord
from threadline.query.ast import All, Any, Node, Not, Number, Said, Scope, Term
from threadline.query.metadata import metadata_pairs
from threadline.query.pattern import fits
from threadline.sessions.text import folded

__all__ = ["TAG", "TRACE_ID", "SessionFacts", "TurnFacts", "holds", "says", "status_word", "trace_named", "turn_holds"]

_STATUS_WORDS = ("unset", "ok", "error")
"""By OpenTelemetry's number."""
TAG = "tag"
"""Annotations of this name on a session or a trace are tags."""

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
TRACE_ID = re.compile("[0-9a-f]{8,32}")
"""Eight digits are chance in one of four thousand million traces."""


class TurnFacts(msgspec.Struct, frozen=True):
    """All that a query may ask of one trace."""

    trace_id: bytes
    record: TraceRecord
    input: str | None = None
    output: str | None = None
    spans: tuple[SpanFacts, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    """On the trace and on its spans."""


class SessionFacts(msgspec.Struct, frozen=True):
    """All that a query may ask of one session."""

    session: Session
    turns: tuple[TurnFacts, ...]
    """Oldest first."""
    annotations: tuple[Annotation, ...] = ()
    """On the session itself."""
    filed: tuple[bytes, ...] = ()
    """Ids of traces that name the session and are no turn of it, rising."""


class _Spanned(msgspec.Struct, frozen=True):
    """One span and what was said about it."""

    span: SpanFacts
    annotations: tuple[Annotation, ...]


T = TypeVar("T")


def holds(node: Node, facts: SessionFacts) -> bool:
    """Whether the query holds for a session."""
    return _holds(node, facts, _session_leaf)


def turn_holds(node: Node, turn: TurnFacts) -> bool:
    """Whether the query holds for one trace: read as inside `turn:( )`."""
    return _holds(node, turn, _turn_leaf)


def status_word(status: int) -> str:
    """The word for a status; a number that OpenTelemetry does not define says as little as unset."""
    return _STATUS_WORDS[status] if 0 <= status < len(_STATUS_WORDS) else "unset"


def says(said: Said, turn: TurnFacts) -> bool:
    """Whether a text stands in what was said in a turn, on the side it asks for."""
    needle = folded(said.text)
    sides = {"user": (turn.input,), "assistant": (turn.output,)}.get(said.side, (turn.input, turn.output))
    return any(text is not None and needle in folded(text) for text in sides)


def trace_named(said: Said, trace_id: bytes) -> bool:
    """Whether a text is this trace id, or begins it with at least 8 hexadecimal digits."""
    wanted = folded(said.text)
    return TRACE_ID.fullmatch(wanted) is not None and trace_id.hex().startswith(wanted)


def _holds(node: Node, thing: T, leaf: Callable[[Node, T], bool]) -> bool:
    match node:
        case Not():
            return not _holds(node.node, thing, leaf)
        case All():
            return all(_holds(each, thing, leaf) for each in node.nodes)
        case Any():
            return any(_holds(each, thing, leaf) for each in node.nodes)
        case _:
            return leaf(node, thing)


def _session_leaf(node: Node, facts: SessionFacts) -> bool:
    match node:
        case Said():
            return any(says(node, turn) for turn in facts.turns) or (node.side == "either" and _named(node, facts))
        case Scope(of="turn"):
            return any(turn_holds(node.node, turn) for turn in facts.turns)
        case Number():
            if node.field == "annotation":
                return _scored(node, _annotations(facts))
            return _compares(node, _session_number(node, facts.session))
        case Term():
            return _session_term(node, facts)
        case _:
            return any(_turn_leaf(node, turn) for turn in facts.turns)


def _session_term(term: Term, facts: SessionFacts) -> bool:
    match term.field, term.value:
        case "annotation", _:
            return _labelled(term, _annotations(facts))
        case "has", "annotation":
            return any(True for _ in _annotations(facts))
        case "has", "cost":
            return facts.session.cost_nano is not None
        case "tag", _ if _tagged(term, facts.annotations):
            return True
        case _:
            return any(_turn_term(term, turn) for turn in facts.turns)


def _turn_leaf(node: Node, turn: TurnFacts) -> bool:
    match node:
        case Said():
            return says(node, turn) or (node.side == "either" and trace_named(node, turn.trace_id))
        case Scope():
            return any(_holds(node.node, spanned, _span_leaf) for spanned in _spans(turn))
        case Number():
            if node.field == "annotation":
                return _scored(node, turn.annotations)
            return _compares(node, _turn_number(node, turn.record))
        case Term():
            return _turn_term(node, turn)
        case _:
            return False


def _turn_term(term: Term, turn: TurnFacts) -> bool:
    match term.field:
        case "annotation":
            return _labelled(term, turn.annotations)
        case "has":
            return _turn_has(term.value, turn)
        case "metadata":
            pairs = metadata_pairs(turn.record.metadata)
            return any(folded(key) == folded(term.key) and _equals(term, value) for key, value in pairs)
        case "tag" if _tagged(term, (each for each in turn.annotations if each.target.kind == "trace")):
            return True
        case _:
            return any(_equals(term, value) for value in _turn_values(term, turn.record))


def _span_leaf(node: Node, spanned: _Spanned) -> bool:
    span = spanned.span
    match node:
        case Number():
            if node.field == "annotation":
                return _scored(node, spanned.annotations)
            figures = {"latency": span.latency_ns, "tokens": span.tokens, "cost": span.cost_nano}
            return _compares(node, figures.get(node.field))
        case Term():
            return _span_term(node, spanned)
        case _:
            return False


def _span_term(term: Term, spanned: _Spanned) -> bool:
    match term.field, term.value:
        case "annotation", _:
            return _labelled(term, spanned.annotations)
        case "has", "annotation":
            return bool(spanned.annotations)
        case "has", what:
            return what == status_word(spanned.span.status)
        case _:
            value = _span_value(term, spanned.span)
            return bool(value) and _equals(term, value or "")


def _session_number(node: Number, session: Session) -> int | None:
    return {
        "turns": session.turn_count,
        "tokens": session.total_tokens,
        "cost": session.cost_nano,
        "latency": session.latency_p95_ns,
        "duration": session.duration_ns,
    }.get(node.field)


def _turn_number(node: Number, record: TraceRecord) -> int | None:
    return {"tokens": record.total_tokens, "cost": record.cost_nano, "latency": record.latency_ns}.get(node.field)


def _turn_has(what: str, turn: TurnFacts) -> bool:
    record = turn.record
    there = {
        "error": status_word(record.status) == "error",
        "annotation": bool(turn.annotations),
        "tool": bool(record.tools),
        "user": record.user_id is not None,
        "cost": record.cost_nano is not None,
    }
    return there.get(what, what in record.content)


def _turn_values(node: Term, record: TraceRecord) -> Iterable[str]:
    return {
        "user": () if record.user_id is None else (record.user_id,),
        "model": record.models,
        "tool": tuple(tool.name for tool in record.tools),
        "agent": record.agents,
        "tag": record.tags,
        "env": record.environments,
        "service": record.services,
        "kind": record.kinds,
        "status": (status_word(record.status),),
    }.get(node.field, ())


def _span_value(node: Term, span: SpanFacts) -> str | None:
    return {
        "model": span.model,
        "tool": span.tool,
        "agent": span.agent,
        "env": span.environment,
        "service": span.service,
        "kind": span.kind,
        "status": status_word(span.status),
    }.get(node.field)


def _spans(turn: TurnFacts) -> Iterator[_Spanned]:
    for span in turn.spans:
        yield _Spanned(span, tuple(each for each in turn.annotations if each.target.span_id == span.span_id))


def _annotations(facts: SessionFacts) -> Iterator[Annotation]:
    yield from facts.annotations
    for turn in facts.turns:
        yield from turn.annotations


def _named(said: Said, facts: SessionFacts) -> bool:
    """Whether one of the session's names holds the text, or is the trace id that it begins."""
    needle = folded(said.text)
    if any(trace_named(said, trace_id) for trace_id in facts.filed):
        return True
    return any(
        trace_named(said, turn.trace_id) or any(needle in folded(name) for name in _names(turn.record))
        for turn in facts.turns
    )


def _names(record: TraceRecord) -> Iterator[str]:
    yield record.session_id or ""
    yield record.user_id or ""
    yield from record.tags
    yield from (other.value for other in record.other_session_ids)
    yield from (value for _, value in metadata_pairs(record.metadata))


def _equals(term: Term, value: str) -> bool:
    return fits(term.value, value) if term.pattern else folded(term.value) == folded(value)


def _labelled(term: Term, annotations: Iterable[Annotation]) -> bool:
    """A missing label is the empty one, so that `annotation.NAME:*` asks whether there is any."""
    return any(each.name == term.key and _equals(term, each.label or "") for each in annotations)


def _tagged(term: Term, annotations: Iterable[Annotation]) -> bool:
    return any(each.name == TAG and bool(each.label) and _equals(term, each.label or "") for each in annotations)


def _scored(number: Number, annotations: Iterable[Annotation]) -> bool:
    return any(each.name == number.key and _compares(number, each.score) for each in annotations)


def _compares(number: Number, value: float | None) -> bool:
    return value is not None and _COMPARE[number.operator](value, number.value)
