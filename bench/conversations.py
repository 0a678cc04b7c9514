"""Made-up chat sessions as OpenTelemetry spans with OpenInference attributes; the same for the same shape.

One turn is one trace of four spans: an AGENT root, a CHAIN, an LLM call that resends the whole history, a TOOL.
"""

import json
import random
from collections import deque
from collections.abc import Iterator, Sequence

import msgspec
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from bench.variety import Variety

__all__ = [
    "ABSENT_COMMON_TRIGRAMS",
    "ABSENT_WORD",
    "COMMON_WORD",
    "RARE_WORD",
    "Shape",
    "requests",
    "session_id",
    "spans",
    "vocabulary",
]

COMMON_WORD = "however"
"""Stands in nine of ten answers."""
RARE_WORD = "quixotry"
"""Stands in the first question of one session in a thousand."""
ABSENT_WORD = "zzqxvw"
"""Stands nowhere, nor do its trigrams."""
ABSENT_COMMON_TRIGRAMS = "bacadafagaha"
"""Stands nowhere, but each of its trigrams stands in many turns: the worst case of a trigram index."""

SECOND = 1_000_000_000
DAY_NS = 86_400 * SECOND
BASE_NS = 1_780_272_000 * SECOND
"""2026-06-01T00:00:00Z: a fixed start, so that equal shapes make equal bytes."""


class Shape(msgspec.Struct, frozen=True):
    """What a load consists of. Its text form names the file it is kept in."""

    sessions: int
    first: int = 0
    """Number of the first session; loads for one database must not share numbers unless they mean to."""
    turns: tuple[int, int] = (1, 9)
    """Least and most turns of a session."""
    at_once: int = 400
    """Sessions that talk at the same time."""
    history_max: int | None = None
    """Earlier messages that an LLM call resends; None: all of them."""
    roots_later: int = 0
    """A root span is sent after so many other roots, as exporters do: 0 keeps every trace in one request."""
    spans_per_request: int = 100
    project: str = "bench"
    base_ns: int = BASE_NS
    seed: int = 11
    varied: bool = False
    """Sessions differ in models, tools, tags, metadata, environment, latency and failures."""
    days: int | None = None
    """Sessions begin evenly over so many days; None: a tenth of a second after each other."""

    @property
    def name(self) -> str:
        """Letters, digits and dashes; different for different shapes."""
        low, high = self.turns
        parts = [f"{self.project}-{self.sessions}x{low}to{high}-{self.at_once}-{self.spans_per_request}"]
        if self.history_max is not None:
            parts.append(f"h{self.history_max}")
        if self.roots_later:
            parts.append(f"r{self.roots_later}")
        if self.first:
            parts.append(f"f{self.first}")
        if self.base_ns != BASE_NS:
            parts.append(f"b{self.base_ns // SECOND}")
        if self.varied:
            parts.append("v")
        if self.days is not None:
            parts.append(f"d{self.days}")
        return "-".join(parts) + f"-s{self.seed}"


def session_id(number: int) -> str:
    """The application's own id of the `number`-th session."""
    return f"sess-{number:08d}"


def vocabulary() -> list[str]:
    """8,000 pronounceable words of two to eight letters."""
    rng = random.Random(7)
    consonants, vowels = "bcdfghjklmnprstvwz", "aeiou"
    return [
        "".join(rng.choice(consonants) + rng.choice(vowels) for _ in range(rng.randint(1, 4))) for _ in range(8_000)
    ]


def key_value(key: str, value: str | int) -> KeyValue:
    """One attribute."""
    typed = AnyValue(int_value=value) if isinstance(value, int) else AnyValue(string_value=value)
    return KeyValue(key=key, value=typed)


class Writer:
    """Writes the turns of one session after the other, from one source of chance."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.random = random.Random(shape.seed * 1_000_003 + shape.first)
        self.words = vocabulary()
        self.step_ns = DAY_NS // 1_000_000 if shape.days is None else shape.days * DAY_NS // shape.sessions
        """Between the starts of two sessions."""

    def text(self, low: int, high: int) -> str:
        """So many words, any of the vocabulary."""
        return " ".join(self.random.choices(self.words, k=self.random.randint(low, high)))

    def session(self, number: int) -> Iterator[list[Span]]:
        """The turns of a session, oldest first, each as its four spans with the root first."""
        start_ns = self.shape.base_ns + self.step_ns * number
        variety = Variety(number, self.shape.seed) if self.shape.varied else None
        history: list[tuple[str, str]] = []
        common = [key_value("session.id", session_id(number)), key_value("user.id", f"user-{number % 997}")]
        for turn in range(self.random.randint(*self.shape.turns)):
            question, answer = self.text(5, 40), self.text(30, 150)
            if self.random.random() < 0.9:
                answer = f"{answer} {COMMON_WORD}"
            if turn == 0 and number % 1_000 == 7:
                question = f"{question} {RARE_WORD}"
            start_ns += self.random.randint(1, 60) * SECOND
            history.append(("user", question))
            if self.shape.history_max is not None:
                del history[: -self.shape.history_max]
            spans = self.turn(start_ns, common, history, answer)
            if variety is not None:
                variety.change(spans)
            yield spans
            history.append(("assistant", answer))

    def turn(self, start_ns: int, common: list[KeyValue], history: list[tuple[str, str]], answer: str) -> list[Span]:
        """One trace."""
        question = history[-1][1]
        trace_id = self.random.getrandbits(128).to_bytes(16, "big")
        ids = [self.random.getrandbits(64).to_bytes(8, "big") for _ in range(4)]

        def span(
            place: int, parent: int | None, name: str, times: tuple[int, int], attributes: dict[str, str | int]
        ) -> Span:
            return Span(
                trace_id=trace_id,
                span_id=ids[place],
                parent_span_id=b"" if parent is None else ids[parent],
                name=name,
                kind=Span.SPAN_KIND_INTERNAL,
                start_time_unix_nano=start_ns + times[0],
                end_time_unix_nano=start_ns + times[1],
                attributes=[*common, *(key_value(key, value) for key, value in attributes.items())],
                status=Status(code=Status.STATUS_CODE_OK),
            )

        said: dict[str, str | int] = {"input.value": question, "output.value": answer}
        tool: dict[str, str | int] = {
            "openinference.span.kind": "TOOL",
            "tool.name": "search_docs",
            "input.value": question,
            "output.value": self.text(60, 60),
        }
        return [
            span(0, None, "agent", (0, 3 * SECOND), {"openinference.span.kind": "AGENT", **said}),
            span(1, 0, "chain", (1_000, 29 * SECOND // 10), {"openinference.span.kind": "CHAIN", **said}),
            span(2, 1, "ChatCompletion", (2_000, 28 * SECOND // 10), llm_attributes(history, answer)),
            span(3, 1, "search_docs", (3_000, SECOND // 2), tool),
        ]


def llm_attributes(history: Sequence[tuple[str, str]], answer: str) -> dict[str, str | int]:
    """What an instrumented chat completion reports: the messages twice, as JSON and flattened, and the counts."""
    attributes: dict[str, str | int] = {
        "openinference.span.kind": "LLM",
        "llm.model_name": "gpt-4o-mini",
        "llm.provider": "openai",
        "llm.system": "openai",
        "llm.invocation_parameters": '{"temperature":0.2}',
        "input.mime_type": "application/json",
        "input.value": json.dumps({"messages": [{"role": role, "content": content} for role, content in history]}),
        "output.value": answer,
    }
    for place, (role, content) in enumerate(history):
        attributes[f"llm.input_messages.{place}.message.role"] = role
        attributes[f"llm.input_messages.{place}.message.content"] = content
    prompt, completion = sum(len(content) for _, content in history) // 4, len(answer) // 4
    return attributes | {
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": answer,
        "llm.token_count.prompt": prompt,
        "llm.token_count.completion": completion,
        "llm.token_count.total": prompt + completion,
    }


def turns(shape: Shape) -> Iterator[list[Span]]:
    """All turns; `shape.at_once` sessions are open and each next turn comes from any one of them."""
    writer = Writer(shape)
    pick = random.Random(5)
    waiting = iter(range(shape.first, shape.first + shape.sessions))
    talking: list[Iterator[list[Span]]] = []
    while True:
        while len(talking) < shape.at_once and (number := next(waiting, None)) is not None:
            talking.append(writer.session(number))
        if not talking:
            return
        place = pick.randrange(len(talking))
        turn = next(talking[place], None)
        if turn is None:
            talking[place] = talking[-1]
            talking.pop()
        else:
            yield turn


def spans(shape: Shape) -> Iterator[Span]:
    """All spans in the order in which they are sent."""
    held: deque[Span] = deque()
    for root, *others in turns(shape):
        if not shape.roots_later:
            yield root
        yield from others
        if shape.roots_later:
            held.append(root)
            if len(held) > shape.roots_later:
                yield held.popleft()
    yield from held


def request(some: Sequence[Span], project: str) -> bytes:
    """One serialised ExportTraceServiceRequest."""
    message = ExportTraceServiceRequest()
    resource_spans = message.resource_spans.add()
    resource_spans.resource.attributes.extend(
        [key_value("openinference.project.name", project), key_value("service.name", "bench")]
    )
    scope_spans = resource_spans.scope_spans.add()
    scope_spans.scope.name = "bench"
    scope_spans.spans.extend(some)
    return bytes(message.SerializeToString())


def requests(shape: Shape) -> Iterator[tuple[int, bytes]]:
    """(spans in it, body) of every request."""
    batch: list[Span] = []
    for span in spans(shape):
        batch.append(span)
        if len(batch) == shape.spans_per_request:
            yield len(batch), request(batch, shape.project)
            batch = []
    if batch:
        yield len(batch), request(batch, shape.project)
