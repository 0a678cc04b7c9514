"""Random traces for property tests: orphans, cycles, moving session ids, new versions, odd times and counts."""

from typing import Any

from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

SECOND = 10**9
BASE = 1_700_000_000 * SECOND
TEXTS = (
    "hello there",
    "ärger ÄRGER Straße",
    "100% snake_case",
    'he said "no" \\ `x` $0',
    "https://ex.org/a?b=1&c=ä",
    "before\x00after the nul",
    "日本語のテキスト",
    "x",
    " ",
    "long " * 300,
    "ends with ab",
)
NEEDLES = (
    "hello",
    "ÄRGER",
    "strasse",
    "%",
    "_c",
    '"no"',
    "\\",
    "ex.org/a?",
    "after the",
    "日",
    "本語",
    "x",
    "ab",
    "long l",
    "zz",
    " ",
)


def key_value(key: str, value: Any) -> KeyValue:
    pair = KeyValue(key=key)
    if isinstance(value, bool):
        pair.value.bool_value = value
    elif isinstance(value, int):
        pair.value.int_value = value
    elif isinstance(value, float):
        pair.value.double_value = value
    elif isinstance(value, list):
        pair.value.array_value.values.extend(key_value("", each).value for each in value)
    else:
        pair.value.string_value = value
    return pair


def request(spans: list[tuple[str, Span]]) -> bytes:
    """Spans, each with its project, as one request: neighbours of one project share a resource."""
    message = ExportTraceServiceRequest()
    project, scope = None, None
    for name, span in spans:
        if scope is None or name != project:
            resource = message.resource_spans.add()
            resource.resource.attributes.append(key_value("openinference.project.name", name))
            resource.resource.attributes.append(key_value("service.name", f"service of {name}"))
            scope = resource.scope_spans.add()
            scope.scope.name = "test"
            project = name
        scope.spans.append(span)
    return message.SerializeToString()


@st.composite
def spans(draw: st.DrawFn, traces_max: int = 8) -> list[tuple[str, Span]]:
    """Spans of a few traces in two projects, in the order made."""
    random = draw(st.randoms(use_true_random=False))
    found: list[tuple[str, Span]] = []
    for number in range(draw(st.integers(1, traces_max))):
        project = random.choice(["p", "p", "p", 'q \x00`"\\$0'])
        trace_id = (number % 6 + 1).to_bytes(16, "big") if random.random() < 0.9 else b"\xff" * 16
        found.extend((project, span) for span in _trace(random, trace_id))
    return found


def _trace(random: Any, trace_id: bytes) -> list[Span]:
    count = random.randint(1, 6)
    ids = [bytes([1, 1, 1, 1, 1, 1, number, random.randint(0, 1)]) for number in range(1, count + 2)]
    found = []
    for i in range(count):
        start = random.choice([0, BASE + random.randint(0, 40) * SECOND, BASE + random.randint(0, 4) * 400 * SECOND])
        end = random.choice(
            [0, start, start + random.randint(0, 9), start + random.randint(0, 900) * SECOND, 2**64 - 1]
        )
        span = Span(trace_id=trace_id, span_id=ids[i], name=f"n{i}", start_time_unix_nano=start, end_time_unix_nano=end)
        where = random.random()
        if i and where < 0.7:
            span.parent_span_id = ids[random.randrange(i)]
        elif where > 0.85:
            span.parent_span_id = random.choice(ids)
        _attributes(random, span)
        span.status.code = random.choice([0, 0, 1, 2])
        found.append(span)
        if random.random() < 0.3:
            other = Span()
            other.CopyFrom(span)
            other.end_time_unix_nano = random.choice([0, end, start + 3])
            other.name = random.choice(["v2", "v3", span.name])
            _attributes(random, other)
            found.append(other)
    return found


def _attributes(random: Any, span: Span) -> None:
    def maybe(chance: float, key: str, values: Any) -> None:
        if random.random() < chance:
            span.attributes.append(key_value(key, random.choice(values)))

    maybe(0.4, random.choice(["session.id", "gen_ai.conversation.id"]), ["A", "B", "C", "é\x00x", "None"])
    maybe(0.3, "user.id", ["u1", "u2", "u3"])
    maybe(0.6, "openinference.span.kind", ["LLM", "AGENT", "TOOL", "CHAIN", "EVALUATOR"])
    maybe(0.5, "annotations.0.annotation.name", ["quality"])  # a trace whose root is such an EVALUATOR is no turn
    maybe(0.3, "llm.model_name", ["gpt-4o-mini", "m2"])
    maybe(0.4, "llm.token_count.prompt", [0, 5, 2**53 - 1, -1])
    maybe(0.3, "llm.token_count.completion", [0, 7])
    maybe(0.3, "llm.cost.total", [1e9, 1e9, 0.25])
    maybe(0.3, "tool.name", ["t1", "t2"])
    maybe(0.2, "agent.name", ["a1", "a2"])
    maybe(0.2, "metadata", ['{"a": 1}', '{"b": "x"}', "no", '{"A": {"b": ["Ä x", true]}, "a": 2.50, "b": "X*"}'])
    maybe(0.2, "tag.tags", [["vip", "Ärger"], ["VIP"], ["hello*"]])
    maybe(0.2, "deployment.environment", ["prod", "Dev"])
    maybe(0.1, "llm.input_messages.0.message.contents.0.message_content.type", ["image", "audio", "text"])
    maybe(0.5, "input.value", TEXTS)
    maybe(0.5, "output.value", TEXTS)
    maybe(0.1, "input.mime_type", ["application/json", "text/plain"])
