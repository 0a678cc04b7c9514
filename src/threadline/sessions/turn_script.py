"""One turn as lines of a script, in the order in which a person reads them."""

from collections.abc import Iterator, Sequence

import msgspec

from threadline.conventions.convention import SpanMessages
from threadline.conventions.json_text import begins_like_json, read_json
from threadline.model.facts import SpanFacts, SpanTexts
from threadline.model.message import DocumentsPart, JsonPart, Message, Part, TextPart, ToolCallPart, ToolResultPart
from threadline.model.trace import TraceRecord
from threadline.sessions.ancestry import Ancestry
from threadline.sessions.history import History
from threadline.sessions.text import error_words, folded
from threadline.sessions.tool_calls import CallSlot, ToolCalls, of_span, result_of

__all__ = ["Line", "TurnScript"]

_ERROR = 2
_JSON = "application/json"
_NO_WORDS = Message("assistant", ())
_DOCUMENT_KINDS = frozenset({"RETRIEVER", "RERANKER"})


class Line(msgspec.Struct):
    """One message of a turn. `place` orders the lines of a turn: time, rank at that time, order met."""

    id: str
    span_id: bytes | None
    agent: str | None
    time_ns: int
    place: tuple[int, int, int]
    message: Message
    changed: bool = False
    error: str | None = None
    slots: list[Part | CallSlot] = []

    def finish(self) -> "Line":
        """With its calls as they turned out, and what is JSON as JSON."""
        parts = tuple(part.call if isinstance(part, CallSlot) else part for part in self.slots or self.message.parts)
        if self.message.role != "system":
            parts = tuple(_as_json(part) for part in parts)
        self.message = msgspec.structs.replace(self.message, parts=parts)
        return self


class TurnScript:
    """Plays the spans of one turn in the order of their start."""

    def __init__(
        self,
        record: TraceRecord,
        spans: Sequence[tuple[SpanFacts, SpanMessages]],
        texts: SpanTexts | None,
        *,
        first: bool,
    ) -> None:
        self._record = record
        self._texts = texts
        self._first = first
        self._spans = sorted(spans, key=lambda span: (span[0].start_ns, span[0].span_id))
        facts = [span_facts for span_facts, _ in self._spans]
        self._by_id = {f.span_id: f for f in facts}
        self._ancestry = Ancestry(facts, self._by_id)
        self._lines: list[Line] = []
        self._calls = ToolCalls()
        self._spoke = False

    def play(self, history: History) -> list[Line]:
        """The turn's lines; `history` is carried on to the next turn."""
        speakers = self._speakers()
        for facts, messages in self._spans:
            if facts.span_id in speakers:
                self._call(facts, messages, history)
            elif facts.kind == "TOOL":
                if not self._calls.run_by(facts, messages):
                    self._add(facts, "tool", facts.start_ns, Message("tool", (of_span(facts, messages),)))
            elif facts.kind in _DOCUMENT_KINDS and messages.documents:
                found = DocumentsPart(messages.documents, messages.query)
                self._add(facts, "documents", facts.start_ns, Message("tool", (found,), facts.name or None))
        history.end_turn()
        self._complete()
        return [line.finish() for line in sorted(self._lines, key=lambda line: line.place)]

    def _speakers(self) -> set[bytes]:
        """LLM spans with messages (or a failure), outermost where instrumentors nest; else any outermost span."""
        calls = [f for f, m in self._spans if f.kind == "LLM" and (m.input or m.output)]
        if not calls:
            calls = [f for f, m in self._spans if (m.input or m.output) and f.kind != "TOOL"]
        inner = self._ancestry.below(calls)
        failed = {f.span_id for f, m in self._spans if f.kind == "LLM" and f.status == _ERROR}
        return ({f.span_id for f in calls} | failed) - inner

    def _call(self, facts: SpanFacts, messages: SpanMessages, history: History) -> None:
        agent = self._agent_of(facts)
        opening = not self._spoke
        self._spoke = self._spoke or bool(messages.input)
        at = self._record.start_ns or facts.start_ns if opening else facts.start_ns
        told = self._systems(facts, messages, at, history)
        keys = [history.key(message) for _, message in told]
        asks = opening and bool(told) and told[-1][1].role == "user"
        known = history.recognise(keys, last_is_new=asks)
        for place in self._shown(told, known.new, known.matched):
            number, message = told[place]
            if not self._answers(message):
                self._add(facts, f"i{number}", at, _with_result(message), agent=agent)
        for number, message in enumerate(messages.output):
            self._add(facts, f"o{number}", facts.end_ns or facts.start_ns, message, agent=agent, call=True)
            keys.append(history.key(message))
        if keys:
            history.add(keys)
        if facts.status == _ERROR:
            self._failed(facts, agent, spoken=bool(messages.output))

    def _shown(self, told: Sequence[tuple[int, Message]], new: Sequence[bool], matched: int) -> Iterator[int]:
        """Which messages of a call to show: the new ones.

        In the first turn that is all that no call said before. Later, what stands before the first message
        that is recognised is older than the turn before and was shown in its own turn.
        """
        begin = 0
        if not self._first:
            if matched:
                begin = new.index(False)
            else:
                users = [place for place, (_, message) in enumerate(told) if message.role == "user"]
                begin = users[-1] if users else 0
        yield from (place for place in range(begin, len(told)) if new[place])

    def _systems(
        self, facts: SpanFacts, messages: SpanMessages, at: int, history: History
    ) -> list[tuple[int, Message]]:
        """Shows system prompts, the first time and where one changes for the same agent; answers the rest."""
        agent = self._agent_of(facts)
        told: list[tuple[int, Message]] = []
        for number, message in enumerate(messages.input):
            if message.role != "system":
                told.append((number, message))
                continue
            show, changed = history.system(agent or "", number, history.key(message))
            if show:
                self._add(facts, f"i{number}", at, message, agent=agent, rank=0, changed=changed)
        return told

    def _answers(self, message: Message) -> bool:
        return (message.role == "tool" or message.tool_call_id is not None) and self._calls.answered_by(message)

    def _failed(self, facts: SpanFacts, agent: str | None, *, spoken: bool) -> None:
        if not spoken:
            self._add(facts, "error", facts.end_ns or facts.start_ns, Message("assistant", ()), agent=agent)
        self._lines[-1].error = error_words(facts.status_message)

    def _complete(self) -> None:
        """What the turn says on its own sides and no line of it holds; and its failure."""
        record = self._record
        start_ns, end_ns = record.start_ns or 0, record.end_ns or 0
        said = self._side("user", record.input_span_id, start=True)
        if said is not None:
            self._lines.append(Line("input", record.input_span_id, None, start_ns, (start_ns, 1, 0), said))
        answer = self._side("assistant", record.output_span_id, start=False)
        last_ns = max((line.place[0] for line in self._lines), default=0)
        if answer is not None:
            place = (max(end_ns, last_ns), 3, 0)
            self._lines.append(Line("output", record.output_span_id, None, end_ns, place, answer))
        if record.status == _ERROR and not self._answered() and not self._tells_why():
            failed = Line("error", record.root_span_id, None, end_ns, (max(end_ns, last_ns), 4, 0), _NO_WORDS)
            failed.error = error_words(record.status_message)
            self._lines.append(failed)

    def _side(self, role: str, span_id: bytes | None, *, start: bool) -> Message | None:
        """One side of the turn as a message, unless a line says it already or it is a tool's own."""
        if self._texts is None or (span_id is not None and self._kind(span_id) == "TOOL"):
            return None
        text = self._texts.input if start else self._texts.output
        mime_type = self._texts.input_mime_type if start else self._texts.output_mime_type
        if text is None or self._says_within_json(role, text) or self._holds(role, text, mime_type):
            return None
        return Message(role, (JsonPart(text) if mime_type == _JSON else TextPart(text),))

    def _says_within_json(self, role: str, text: str) -> bool:
        """Where the last message is JSON around these very words, it becomes the words: that is what was read.

        Likewise what a person said within a template that begins like JSON (retrieved texts, DSPy's field marks).
        """
        last = next((line for line in reversed(self._lines) if line.message.role == role and line.message.parts), None)
        if last is None or len(last.message.parts) != 1 or not isinstance(last.message.parts[0], TextPart):
            return False
        within = last.message.parts[0].text
        if not begins_like_json(within):
            return False
        wanted = _collapsed(text)
        templated = role == "user" and wanted and wanted in _collapsed(within)
        if not templated and all(_collapsed(each) != wanted for each in _strings_within(within)):
            return False
        last.message = msgspec.structs.replace(last.message, parts=(TextPart(text),))
        return True

    def _kind(self, span_id: bytes) -> str:
        return self._by_id[span_id].kind if span_id in self._by_id else ""

    def _tells_why(self) -> bool:
        root = self._record.root_span_id
        return any(line.error or (line.span_id == root and line.message.role == "tool") for line in self._lines)

    def _holds(self, role: str, text: str, mime_type: str) -> bool:
        """Whether a line says this already, in other words around it or with a little left out."""
        lines = [line for line in self._lines if line.message.role == role and line.id != "input"]
        texts = [part.text for line in lines for part in line.message.parts if isinstance(part, TextPart)]
        if text in texts and text.strip():
            return True
        words = [_collapsed(each) for each in texts]
        if mime_type == _JSON and words:
            return True  # the framework's own form of what was said in words
        if text.startswith("[") and any(line.message.parts for line in lines) and not words:
            return True  # `[image]` stands for a part that is shown
        wanted = _collapsed(text)
        return any(wanted in each or (each in wanted and 2 * len(each) >= len(wanted)) for each in words if each)

    def _answered(self) -> bool:
        return any(line.message.role == "assistant" and line.message.parts and not line.error for line in self._lines)

    def _agent_of(self, facts: SpanFacts) -> str | None:
        span_id: bytes | None = facts.span_id
        while span_id is not None and span_id != self._record.root_span_id:
            above = self._by_id[span_id]
            if above.kind == "AGENT":
                return above.agent
            span_id = self._ancestry.parent(span_id)
        return None

    def _add(
        self,
        facts: SpanFacts,
        name: str,
        at: int,
        message: Message,
        *,
        agent: str | None = None,
        rank: int = 2,
        changed: bool = False,
        call: bool = False,
    ) -> None:
        line = Line(
            f"{facts.span_id.hex()}-{name}", facts.span_id, agent, at, (at, rank, len(self._lines)), message, changed
        )
        if any(isinstance(part, ToolCallPart) for part in message.parts) and (call or message.role == "assistant"):
            line.slots = [CallSlot(part) if isinstance(part, ToolCallPart) else part for part in message.parts]
            for slot in line.slots:
                if isinstance(slot, CallSlot):
                    self._calls.add(slot)
        self._lines.append(line)


def _with_result(message: Message) -> Message:
    """A tool message whose call is not in sight, as a result."""
    if message.role != "tool" or any(isinstance(part, ToolResultPart) for part in message.parts):
        return message
    result = ToolResultPart(result_of(message), message.tool_call_id, message.name)
    kept = tuple(part for part in message.parts if not isinstance(part, TextPart))
    return msgspec.structs.replace(message, parts=(result, *kept))


def _as_json(part: Part) -> Part:
    if not isinstance(part, TextPart) or not begins_like_json(part.text):
        return part
    return JsonPart(part.text) if isinstance(read_json(part.text), (dict, list)) else part


def _strings_within(text: str) -> Iterator[str]:
    """The words inside an answer that is JSON: what the application made of it may be shown already."""
    waiting = [read_json(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, (dict, list)):
            waiting += value.values() if isinstance(value, dict) else value


def _collapsed(text: str) -> str:
    return " ".join(folded(text).split())
