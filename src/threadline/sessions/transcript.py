"""The transcript: the turns of a session as messages, each shown once although every call resends the rest."""

from collections.abc import Sequence

import msgspec

from threadline.conventions.convention import SpanMessages
from threadline.model.facts import SpanFacts, SpanTexts
from threadline.model.message import Message
from threadline.model.trace import TraceRecord
from threadline.sessions.history import History
from threadline.sessions.turn_script import Line, TurnScript

__all__ = ["TranscriptMessage", "TurnSpans", "transcript"]


class TurnSpans(msgspec.Struct, frozen=True):
    """A turn with all that its spans say."""

    index: int
    """1 for the first turn of the session."""
    trace_id: bytes
    record: TraceRecord
    spans: Sequence[tuple[SpanFacts, SpanMessages]]
    texts: SpanTexts | None
    """What the person said and what came back: the turn's two sides as its list shows them."""


class TranscriptMessage(msgspec.Struct, frozen=True):
    """A message of a transcript and where it came from. `id` stays the same while more spans arrive."""

    id: str
    turn_index: int
    trace_id: bytes
    span_id: bytes | None
    """The span that carried it first; None for what only the turn itself says."""
    role: str
    name: str | None
    agent: str | None
    """The sub-agent that spoke: the nearest AGENT span above, unless it is the root."""
    time_ns: int | None
    changed: bool
    """True for a system prompt that replaces another."""
    error: str | None
    """In words, where this step failed."""
    message: Message


def transcript(turns: Sequence[TurnSpans], before: TurnSpans | None) -> list[TranscriptMessage]:
    """The messages of these turns, oldest first.

    `before` is the nearest earlier turn with LLM calls (the turn before, as a rule), so that what the first
    of them resends is recognised: the cost is the same wherever a page begins, and so is what it says. What
    the first turn of a session resends from no trace at all is shown.
    """
    history = History()
    if before is not None:
        TurnScript(before.record, before.spans, before.texts, first=before.index == 1).play(history)
    messages: list[TranscriptMessage] = []
    for turn in turns:
        script = TurnScript(turn.record, turn.spans, turn.texts, first=turn.index == 1)
        messages += [_of_line(turn, line) for line in script.play(history)]
    return messages


def _of_line(turn: TurnSpans, line: Line) -> TranscriptMessage:
    return TranscriptMessage(
        id=f"{turn.trace_id.hex()}-{line.id}",
        turn_index=turn.index,
        trace_id=turn.trace_id,
        span_id=line.span_id,
        role=line.message.role,
        name=line.message.name,
        agent=line.agent,
        time_ns=line.time_ns or None,
        changed=line.changed,
        error=line.error,
        message=line.message,
    )
