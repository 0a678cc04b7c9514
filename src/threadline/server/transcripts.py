"""Transcripts read from the store a few turns at a time, so that a page costs what it shows."""

from collections.abc import Iterator, Sequence
from math import ceil

from threadline.conventions import SpanMessages, read_messages
from threadline.model.facts import SpanFacts, SpanTexts
from threadline.model.session import Turn
from threadline.server import present, shapes
from threadline.server.present_span import part
from threadline.sessions.heard import heard
from threadline.sessions.transcript import TranscriptMessage, TurnSpans, transcript
from threadline.store.contract import Store, StoredSpan

__all__ = ["messages_from"]

TURNS_AT_ONCE = 8
LOOK_BACK_TURNS_MAX = 8
"""How far a page looks for the turn whose words its own calls resend. Were all of these without a call, a page
that begins behind them could show the last user message once more."""
READ_WHOLE_MAX = 2_000
"""Of a larger trace only what can speak is read whole, so that a page stays a page."""
SPEAKING = frozenset({"LLM", "TOOL", "RETRIEVER", "RERANKER", "AGENT"})
SPEAKING_MAX = 5_000
SILENT = SpanMessages()


def messages_from(
    store: Store, project: str, session_key: str, from_turn: int, wanted: int = 1_000
) -> Iterator[shapes.Message]:
    """Messages from this turn on, oldest first, read as they are taken.

    `wanted` is how many are likely taken: no more turns are read than as many messages need, as far as the turns
    so far tell.
    """
    turns = list(store.turns(project, session_key, from_turn=from_turn, limit=TURNS_AT_ONCE))
    if not turns:
        return
    before = _before(store, project, session_key, turns[0].index)
    first, told = turns[0].index, 0
    while turns:
        read = _turns_spans(store, project, turns)
        for message in transcript(read, before):
            yield _message(message)
            told += 1
        before = next(filter(_made_a_call, reversed(read)), before)
        following = turns[-1].index + 1
        needed = ceil((wanted - told) * (following - first) / max(told, 1))
        limit = min(max(needed, 1), TURNS_AT_ONCE)
        turns = list(store.turns(project, session_key, from_turn=following, limit=limit))


def _before(store: Store, project: str, session_key: str, index: int) -> TurnSpans | None:
    """The nearest turn before `index` that made a call; spans are read of no more turns than that takes."""
    first = max(1, index - LOOK_BACK_TURNS_MAX)
    if first == index:
        return None
    earlier = store.turns(project, session_key, from_turn=first, limit=index - first)
    read = (_turns_spans(store, project, [turn])[0] for turn in reversed(earlier))
    return next(filter(_made_a_call, read), None)


def _made_a_call(turn: TurnSpans) -> bool:
    """Whether later calls may resend what it said; a trace of tools alone says nothing that they do."""
    return any(facts.kind != "TOOL" and (said.input or said.output) for facts, said in turn.spans)


def _turns_spans(store: Store, project: str, turns: Sequence[Turn]) -> list[TurnSpans]:
    """The turns with all that their spans say; small ones are read together."""
    small = [turn.trace.trace_id for turn in turns if turn.trace.record.span_count <= READ_WHOLE_MAX]
    read = store.spans_of(project, small)
    return [_turn_spans(turn, _spans(store, project, turn, read.get(turn.trace.trace_id, ()))) for turn in turns]


def _turn_spans(turn: Turn, spans: Sequence[tuple[SpanFacts, SpanMessages]]) -> TurnSpans:
    trace = turn.trace
    texts = None
    if trace.input is not None or trace.output is not None:
        texts = SpanTexts(trace.input, trace.output, trace.input_mime_type, trace.output_mime_type)
    return TurnSpans(
        index=turn.index,
        trace_id=trace.trace_id,
        record=trace.record,
        spans=spans,
        texts=texts,
    )


def _spans(
    store: Store, project: str, turn: Turn, read: Sequence[StoredSpan]
) -> Sequence[tuple[SpanFacts, SpanMessages]]:
    if turn.trace.record.span_count <= READ_WHOLE_MAX:
        facts: Sequence[SpanFacts] = [one.facts for one in read]
    else:
        trace_id = turn.trace.trace_id
        facts = store.trace_facts(project, trace_id)
        speaking = [one.span_id for one in facts if one.kind in SPEAKING][:SPEAKING_MAX]
        read = store.spans(project, trace_id, [*speaking, turn.trace.record.root_span_id])
    whole = {one.facts.span_id: one for one in read}

    def said(facts: SpanFacts) -> SpanMessages:
        one = whole.get(facts.span_id)
        return SILENT if one is None else read_messages(one.span)

    return heard(facts, said)


def _message(told: TranscriptMessage) -> shapes.Message:
    return shapes.Message(
        id=told.id,
        turn_index=told.turn_index,
        trace_id=told.trace_id.hex(),
        span_id=told.span_id.hex() if told.span_id else None,
        role=told.role,
        name=told.name,
        agent=told.agent,
        time=present.time(told.time_ns),
        changed=told.changed,
        error=told.error,
        parts=[part(piece) for piece in told.message.parts],
    )
