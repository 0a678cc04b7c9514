"""What makes sessions differ, so that a query finds some of them: models, tools, tags, metadata, failures."""

import json
import random
from collections.abc import Sequence

from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

__all__ = ["BUILDS", "MODELS", "TAGS", "TOOLS", "Variety"]

SECOND = 1_000_000_000
MODELS = (
    "gpt-5",
    "gpt-5-mini",
    "gpt-4o-mini",
    "claude-sonnet-4-5",
    "gemini-2.5-flash",
    "mistral-large",
    "o4",
    "llama-4",
)
TOOLS = tuple(
    f"{verb}_{noun}"
    for verb in ("search", "fetch", "create", "cancel")
    for noun in ("docs", "order", "refund", "ticket", "invoice")
)
AGENTS = ("planner", "researcher", "support", "billing", "translator")
TAGS = ("beta", "paid", "trial", "internal", "urgent", "vip", "mobile", "web", "batch", "eval")
ENVIRONMENTS = ("production", "production", "production", "staging", "development")
PLANS = ("free", "free", "pro", "team", "enterprise")
BUILDS = 400


def _text(key: str, value: str) -> KeyValue:
    return KeyValue(key=key, value=AnyValue(string_value=value))


class Variety:
    """One session's own traits, decided by its number alone."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self.random = random.Random(seed * 7_919 + number)
        choose = self.random
        self.model = choose.choices(MODELS, weights=[2**-i for i in range(len(MODELS))])[0]
        self.tools = choose.choices(TOOLS, weights=[1 / (i + 1) for i in range(len(TOOLS))], k=3)
        self.agent = choose.choices(AGENTS, weights=(8, 4, 3, 2, 1))[0]
        self.tags = sorted(set(choose.choices(TAGS, weights=range(len(TAGS), 0, -1), k=choose.randint(0, 3))))
        self.metadata = {
            "plan": choose.choice(PLANS),
            "build": f"2026.{choose.randrange(BUILDS)}",
            "order": {"id": f"ORD-{number:06d}", "total": choose.randrange(20_000)},
            "locale": choose.choice(("en-GB", "de-DE", "ja-JP", "pt-BR")),
        }
        self.failing = choose.random() < 0.15
        """Every third call of a tool fails in such a session."""
        self.slowness = choose.lognormvariate(0, 0.8)

    def common(self) -> list[KeyValue]:
        """What each of its spans carries."""
        tags = [AnyValue(string_value=tag) for tag in self.tags]
        return [
            _text(
                "metadata",
                json.dumps(self.metadata | {"request": f"{self.number:06x}-{self.random.getrandbits(32):08x}"}),
            ),
            _text("deployment.environment", ENVIRONMENTS[self.number % len(ENVIRONMENTS)]),
            *([KeyValue(key="tag.tags", value=AnyValue(array_value=ArrayValue(values=tags)))] if tags else []),
        ]

    def change(self, spans: Sequence[Span]) -> None:
        """Give the four spans of a turn (agent, chain, LLM call, tool) its traits."""
        common = self.common()
        agent, _, call, tool = spans
        name = self.random.choice(self.tools)
        stretch = self.slowness * self.random.lognormvariate(0, 0.4)
        start_ns = agent.start_time_unix_nano
        for span in spans:
            span.attributes.extend(common)
            for attribute in ("start_time_unix_nano", "end_time_unix_nano"):
                setattr(span, attribute, start_ns + int((getattr(span, attribute) - start_ns) * stretch))
        agent.attributes.append(_text("agent.name", self.agent))
        for span, key, value in ((call, "llm.model_name", self.model), (tool, "tool.name", name)):
            next(each for each in span.attributes if each.key == key).value.string_value = value
        tool.name = name
        if self.failing and self.random.random() < 0.33:
            tool.status.CopyFrom(Status(code=Status.STATUS_CODE_ERROR, message=f"{name} timed out"))
            if self.random.random() < 0.5:
                agent.status.CopyFrom(Status(code=Status.STATUS_CODE_ERROR, message="the tool failed"))
