"""Sessions that differ in all that a query can ask, the same in each run."""

import json
import random
from collections.abc import Iterator
from typing import Any

from opentelemetry.proto.trace.v1.trace_pb2 import Span
from spans import request, span

PROJECT = "truth"
SESSIONS = 44
LONG, LONG_TURNS = 5, 40
"""One session of more turns than most, which stores may keep in another way."""

USERS = ["ada@example.com", "Bob", "mara.k", "j ortega", "Çelik", "straße-7"]
MODELS = ["gpt-4o-mini", "gpt-4o", "claude-sonnet-4-5", "house-model"]
TOOLS = ["search_docs", "fetch_order", "create_refund", "send_mail"]
AGENTS = ["planner", "support", "billing"]
TAGS = ["beta", "gold customer", "Trial", "vip"]
ENVIRONMENTS = ["production", "staging", ""]
SERVICES = ["shop", "desk"]
PLANS = ["free", "pro", "team"]
WORDS = [
    "refund",
    "order",
    "invoice",
    "parcel",
    "Straße",
    "charged twice",
    "İstanbul",
    "hello",
    "100%",
    "f(x)",
    "thanks",
]
LABELS = {"quality": ["good", "bad"], "tag": ["reviewed", "beta"], "tone of voice": ["warm", "cold"]}


class Maker:
    """Makes turns from one source of chance."""

    def __init__(self) -> None:
        self.random = random.Random(20_261_122)
        self.trace = 0
        self.spans = 700_000

    def turns(self) -> Iterator[tuple[str, str, list[Span]]]:
        """(environment, service, spans) of each turn; sessions stand in a row."""
        for number in range(SESSIONS):
            choose = self.random
            user, other = choose.choice([*USERS, ""]), choose.choice(USERS)
            traits = {
                "plan": choose.choice(PLANS),
                "order": {"id": f"ORD-{number:04d}", "total": choose.randrange(5) * 10},
                "paid": choose.random() < 0.5,
                "seen": choose.sample(PLANS, 2),
            }
            tags = choose.sample(TAGS, choose.choice([0, 0, 1, 2]))
            model, environment, service = choose.choice(MODELS), choose.choice(ENVIRONMENTS), choose.choice(SERVICES)
            begin_s = number * 500.0
            for turn in range(LONG_TURNS if number == LONG else choose.randint(1, 7)):
                root: dict[str, Any] = {"session.id": f"sess-{number:03d}", "openinference.span.kind": "AGENT"}
                if user:
                    root["user.id"] = other if choose.random() < 0.1 else user
                if tags and turn == 0:
                    root["tag.tags"] = tags
                if choose.random() < 0.7:
                    root["metadata"] = json.dumps(traits)
                if choose.random() < 0.8:
                    root["agent.name"] = choose.choice(AGENTS)
                yield environment, service, self.turn(root, model, begin_s)
                begin_s += choose.choice([3.0, 40.0, 900.0])

    def turn(self, root: dict[str, Any], model: str, start_s: float) -> list[Span]:
        """One trace: an agent; below it a model, tools and documents, or nothing."""
        choose = self.random
        self.trace = choose.getrandbits(128)
        own: dict[str, Any] = {
            **root,
            "input.value": " ".join(choose.choices(WORDS, k=3)),
            "output.value": " ".join(choose.choices(WORDS, k=4)),
        }
        seconds = choose.choice([0.4, 1.0, 2.5, 12.0])
        made = [self.span(own, start_s, seconds, choose.choice([0, 0, 1, 1, 2]))]
        parent = int.from_bytes(made[0].span_id, "big")
        if choose.random() < 0.85:
            made.append(self.span(self.call(model), start_s + 0.1, seconds / 2, choose.choice([0, 1]), parent))
        for _ in range(choose.choice([0, 0, 1, 2])):
            tool = {"openinference.span.kind": "TOOL", "tool.name": choose.choice(TOOLS), "input.value": "{}"}
            made.append(
                self.span(tool, start_s + 0.2, choose.choice([0.05, 0.3, 4.0]), choose.choice([0, 1, 2]), parent)
            )
        if choose.random() < 0.2:
            kind = choose.choice(["RETRIEVER", "guardrail", "CHAIN"])
            made.append(self.span({"openinference.span.kind": kind}, start_s + 0.3, 0.1, 0, parent))
        return made

    def call(self, model: str) -> dict[str, Any]:
        """An LLM call's attributes."""
        choose = self.random
        said: dict[str, Any] = {"openinference.span.kind": "LLM", "llm.model_name": model}
        if choose.random() < 0.9:
            said |= {
                "llm.token_count.prompt": choose.randrange(4_000),
                "llm.token_count.completion": choose.randrange(900),
            }
        if choose.random() < 0.15:
            shown = choose.choice(["image.image.url", "audio.audio.url", "file.file.name"])
            said["llm.input_messages.0.message.role"] = "user"
            said[f"llm.input_messages.0.message.contents.0.message_content.{shown}"] = "https://example.com/a"
        return said

    def span(self, attributes: dict[str, Any], start_s: float, seconds: float, status: int, parent: int = 0) -> Span:
        """A span of the current trace."""
        self.spans += 1
        words = {"code": status, "message": "it failed" if status == 2 else ""}
        return span(self.trace, self.spans, attributes, parent=parent, start_s=start_s, seconds=seconds, status=words)


def requests() -> list[bytes]:
    """Export requests in no order; some traces come in two of them."""
    maker = Maker()
    pieces: list[tuple[str, str, list[Span]]] = []
    for environment, service, turn in maker.turns():
        cut = 1 if maker.random.random() < 0.3 else len(turn)
        pieces += [(environment, service, part) for part in (turn[:cut], turn[cut:]) if part]
    maker.random.shuffle(pieces)
    made = []
    for environment, service, part in pieces:
        resource = {"service.name": service, **({"deployment.environment": environment} if environment else {})}
        made.append(request(*part, project=PROJECT, resource=resource).SerializeToString())
    return made


def annotations(traces: list[tuple[str, str, list[str]]]) -> list[dict[str, Any]]:
    """What to say about (session id, trace id, span ids): on sessions, traces and spans, with labels and scores."""
    choose = random.Random(4)
    said = []
    for session, trace, spans in traces:
        if choose.random() > 0.25:
            continue
        name = choose.choice(list(LABELS))
        target: dict[str, Any] = choose.choice(
            [
                {"kind": "session", "session_id": session},
                {"kind": "trace", "trace_id": trace},
                {"kind": "span", "trace_id": trace, "span_id": choose.choice(spans)},
            ]
        )
        content: dict[str, Any] = {"label": choose.choice(LABELS[name])}
        if choose.random() < 0.4:
            content = {"score": choose.choice([0, 0.25, 0.5, 1])}
        said.append({"target": {"project": PROJECT, **target}, "name": name, **content})
    return said
