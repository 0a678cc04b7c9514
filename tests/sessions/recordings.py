"""Recorded payloads as sessions: every trace folded, every session in its turns.

`python tests/sessions/recordings.py FOLDER` prints what its `expected.txt` should say.
"""

import gzip
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from threadline.conventions import read_facts, read_messages
from threadline.model.facts import SpanTexts
from threadline.model.limits import Limits
from threadline.model.message import DocumentsPart, Message, ToolCallPart
from threadline.model.session import StoredTrace
from threadline.otlp.spans import parse_span
from threadline.otlp.wire import read_request
from threadline.sessions.fold import fold
from threadline.sessions.totals import in_order
from threadline.sessions.transcript import TranscriptMessage, TurnSpans, transcript

LIMITS = Limits()


def traces_of(folder: Path, pattern: str = "*traces*.pb*") -> list[tuple[StoredTrace, TurnSpans]]:
    """Every trace of the bodies in a folder, in the order of their start."""
    facts, messages, texts = {}, {}, {}
    for path in sorted(folder.glob(pattern)):
        body = path.read_bytes()
        for raw in read_request(gzip.decompress(body) if path.suffix == ".gz" else body, LIMITS):
            span = parse_span(raw, LIMITS)
            digest = hashlib.blake2b(raw.span, digest_size=8).digest()
            found, said = read_facts(span, size=len(raw.span), digest=digest, limits=LIMITS)
            facts.setdefault(span.trace_id, {})[span.span_id] = found
            messages[span.trace_id, span.span_id] = read_messages(span)
            texts[span.trace_id, span.span_id] = said or SpanTexts()
    traces = []
    for trace_id, spans in facts.items():
        record = fold(spans)
        said = texts.get((trace_id, record.input_span_id), SpanTexts())
        answer = texts.get((trace_id, record.output_span_id), SpanTexts())
        both = SpanTexts(said.input, answer.output, said.input_mime_type, answer.output_mime_type)
        stored = StoredTrace(
            "default", trace_id, record, both.input, both.output, both.input_mime_type, both.output_mime_type
        )
        told = [(span, messages[trace_id, span.span_id]) for span in spans.values()]
        traces.append((stored, TurnSpans(0, trace_id, record, told, both)))
    order = {trace.trace_id: place for place, trace in enumerate(in_order(stored for stored, _ in traces))}
    return sorted(traces, key=lambda pair: order[pair[1].trace_id])


def sessions_of(folder: Path) -> dict[str | None, list[tuple[StoredTrace, TurnSpans]]]:
    """Sessions by their id; None holds the traces without one."""
    sessions: dict[str | None, list] = {}
    for stored, turn in traces_of(folder):
        turns = sessions.setdefault(stored.record.session_id, [])
        turns.append(
            (stored, TurnSpans(len(turns) + 1, turn.trace_id, turn.record, turn.spans, turn.texts)),
        )
    return sessions


def whole(turns: Iterable[tuple[StoredTrace, TurnSpans]]) -> list[TranscriptMessage]:
    """The transcript of a session from its first turn."""
    return transcript([turn for _, turn in turns], None)


def turn_lines(turns: Iterable[tuple[StoredTrace, TurnSpans]]) -> list[str]:
    """Turns as text: name, sides, tokens, cost, tools, models, status."""
    lines = []
    for stored, _ in turns:
        record = stored.record
        tokens = f"{record.prompt_tokens}+{record.completion_tokens}={record.total_tokens}"
        tools = ", ".join(f"{tool.name} {tool.calls}/{tool.errors}" for tool in record.tools)
        lines += [
            f"{record.name}: {record.span_count} spans, status {record.status}",
            f"  tokens {tokens} cached {record.cache_read_tokens} nano {record.cost_nano}/{record.unpriced_spans}",
            f"  {', '.join(record.models)} | {tools} | {record.user_id} | {record.session_id_source}",
            f"  > {_short(stored.input)}",
            f"  < {_short(stored.output)}",
        ]
    return lines


def transcript_lines(messages: Iterable[TranscriptMessage]) -> list[str]:
    """A transcript as text: turn, role, parts."""
    return [_line(message).rstrip() for message in messages]


def told(folder: Path) -> str:
    """Everything that a folder of payloads says, as text: its sessions, their turns, their transcripts."""
    lines = []
    for session_id, turns in sorted(sessions_of(folder).items(), key=lambda item: str(item[0])):
        lines += [f"# {session_id or 'no session'}", *turn_lines(turns)]
        if session_id is not None:
            lines += transcript_lines(whole(turns))
    return "".join(f"{line}\n" for line in lines)


def _line(message: TranscriptMessage) -> str:
    agent = f" ({message.agent})" if message.agent else ""
    marks = " changed" if message.changed else ""
    failed = f" FAILED {_short(message.error)}" if message.error else ""
    return f"{message.turn_index} {message.role}{agent}{marks}{failed}: {' | '.join(_parts(message.message))}"


def _parts(message: Message) -> list[str]:
    lines = []
    for part in message.parts:
        if isinstance(part, ToolCallPart):
            how = f"{part.status}, {'ran' if part.span_id else 'not seen'}"
            lines.append(f"{part.name}({part.arguments}) -> {_short(part.result)[:40]} [{how}] {part.error or ''}")
        elif isinstance(part, DocumentsPart):
            lines.append(f"{len(part.documents)} documents for {part.query!r}")
        else:
            kind = type(part).__name__.removesuffix("Part").lower()
            words = next(getattr(part, name) for name in ("text", "url", "result", "value") if hasattr(part, name))
            lines.append(f"{kind} {_short(words)}")
    return [line.rstrip() for line in lines]


def _short(text: str | None) -> str:
    if text is None:
        return "-"
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."


if __name__ == "__main__":
    sys.stdout.write(told(Path(sys.argv[1])))
