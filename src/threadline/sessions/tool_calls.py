"""Calls that a model asked for, joined with the TOOL spans that ran them and the messages that answer them."""

from collections.abc import Iterator

import msgspec

from threadline.conventions.convention import SpanMessages
from threadline.model.facts import SpanFacts
from threadline.model.message import Message, TextPart, ToolCallPart, ToolResultPart
from threadline.sessions.history import canonical_json
from threadline.sessions.text import error_words

__all__ = ["CallSlot", "ToolCalls", "of_span", "result_of"]

_STATUS = ("unset", "ok", "error")


class CallSlot:
    """A call within a message, to be completed as its span and its answer are met."""

    def __init__(self, call: ToolCallPart) -> None:
        self.call = call
        self.arguments = canonical_json(call.arguments)
        self.run = False
        self.answered = call.result is not None


class ToolCalls:
    """The calls of one turn that are still looking for the span that ran them or the message that answers."""

    def __init__(self) -> None:
        self._slots: list[CallSlot] = []
        self._by_id: dict[str | None, list[CallSlot]] = {}
        self._by_name: dict[str, list[CallSlot]] = {}

    def add(self, slot: CallSlot) -> None:
        """A call that a model asked for."""
        self._slots.append(slot)
        self._by_id.setdefault(slot.call.id, []).append(slot)
        self._by_name.setdefault(slot.call.name, []).append(slot)

    def run_by(self, facts: SpanFacts, messages: SpanMessages) -> bool:
        """Join a TOOL span with the call it ran: by id, else name and arguments, else the name's next one."""
        slot = next(self._candidates(facts, messages), None)
        if slot is None:
            return False
        slot.run = True
        self._by_name[slot.call.name].remove(slot)
        ran = of_span(facts, messages)
        result = ran.result if ran.result is not None else slot.call.result
        slot.call = msgspec.structs.replace(
            ran, name=slot.call.name or ran.name, arguments=slot.call.arguments, id=slot.call.id, result=result
        )
        slot.answered = slot.answered or result is not None
        return True

    def answered_by(self, message: Message) -> bool:
        """Fold a tool message into the call that it answers: by id, else the first call without an answer."""
        if message.tool_call_id is not None:
            slots = self._by_id.get(message.tool_call_id, [])
        else:
            slots = [slot for slot in self._slots if not slot.answered and message.name in (None, slot.call.name)]
        if not slots:
            return False
        slot = next((slot for slot in slots if not slot.answered), slots[-1])
        if slot.call.result is None:
            slot.call = msgspec.structs.replace(slot.call, result=result_of(message))
        slot.answered = True
        return True

    def _candidates(self, facts: SpanFacts, messages: SpanMessages) -> Iterator[CallSlot]:
        if messages.tool_call_id is not None:
            yield from (slot for slot in self._by_id.get(messages.tool_call_id, ()) if not slot.run)
        named = self._by_name.get(messages.tool_name or facts.tool or facts.name, ())
        arguments = canonical_json(messages.tool_arguments or "")
        yield from (slot for slot in named if slot.arguments == arguments)
        yield from named


def of_span(facts: SpanFacts, messages: SpanMessages) -> ToolCallPart:
    """The call that a TOOL span is."""
    return ToolCallPart(
        name=messages.tool_name or facts.tool or facts.name,
        arguments=messages.tool_arguments or "",
        id=messages.tool_call_id,
        result=messages.tool_result,
        status=_STATUS[facts.status] if 0 <= facts.status < len(_STATUS) else "unset",
        error=error_words(facts.status_message) if facts.status == 2 else None,
        start_ns=facts.start_ns or None,
        duration_ns=facts.end_ns - facts.start_ns if facts.end_ns >= facts.start_ns > 0 else None,
        span_id=facts.span_id,
    )


def result_of(message: Message) -> str:
    """The words of a tool message."""
    results = (
        part.text if isinstance(part, TextPart) else part.result if isinstance(part, ToolResultPart) else ""
        for part in message.parts
    )
    return "\n".join(result for result in results if result)
