"""Queries of the whole grammar, about values that occur: the same in each run."""

import random
from itertools import islice

import truth_sessions as data

NUMBERS = {
    "turns": ["1", "2", "3", "5", "6", "40"],
    "tokens": ["0", "500", "1k", "2.5k", "4200", "10k"],
    "cost": ["0", "$0.0001", "0.0005", "0.002", "$0.01"],
    "latency": ["50ms", "400ms", "1s", "2500ms", "3s", "12s"],
    "duration": ["1s", "10s", "1m30s", "15m", "1h"],
}
SCORES = ["0", "0.25", "0.5", "1"]
KINDS = ["agent", "LLM", "tool", "retriever", "guardrail", "chain"]
WORDS = {
    "user": [*data.USERS, "a*", "*example.com", "*", "nobody"],
    "model": [*data.MODELS, "gpt-4o*", "*"],
    "tool": [*data.TOOLS, "*_*r*", "*"],
    "agent": [*data.AGENTS, "p*"],
    "tag": [*data.TAGS, "reviewed", "GOLD*"],
    "env": ["production", "Staging"],
    "service": data.SERVICES,
    "kind": KINDS,
}
HAS = ["error", "annotation", "image", "audio", "file", "tool", "user", "cost"]
METADATA = {
    "plan": data.PLANS,
    "order.id": ["ORD-0003", "ord-00*", "ORD-9999"],
    "order.total": ["0", "20", "40"],
    "paid": ["true", "false"],
    "seen": data.PLANS,
}
TEXTS = [
    *data.WORDS,
    "ref",
    "strasse",
    "i̇stanbul",
    "twice",
    "sess-01",
    "sess-040",
    "ORD-001",
    "mara",
    "old cust",
    "zzq",
    "f",
]
PLACES = {
    "session": [
        *WORDS,
        "has",
        "status",
        *NUMBERS,
        "annotation",
        "metadata",
        "text",
        "text",
        "text",
        "side",
        "turn",
        "span",
    ],
    "turn": [*WORDS, "has", "status", "tokens", "cost", "latency", "annotation", "metadata", "text", "side", "span"],
    "span": [
        "model",
        "tool",
        "agent",
        "kind",
        "service",
        "env",
        "status",
        "has",
        "latency",
        "tokens",
        "cost",
        "annotation",
    ],
}
"""Leaves that may stand in each."""


class Writer:
    """Writes queries from one source of chance."""

    def __init__(self, seed: int, trace_ids: list[str]) -> None:
        self.random = random.Random(seed)
        self.trace_ids = trace_ids

    def query(self, place: str = "session", depth: int = 2) -> str:
        """Conditions beside each other, or on either side of OR; negated and grouped."""
        parts = [self.item(place, depth) for _ in range(self.random.choice([1, 1, 1, 2, 2, 3]))]
        joint = " OR " if len(parts) > 1 and self.random.random() < 0.35 else " "
        return joint.join(parts)

    def item(self, place: str, depth: int) -> str:
        """One condition, or its opposite."""
        inner = f"({self.query(place, depth - 1)})" if depth and self.random.random() < 0.2 else self.leaf(place, depth)
        return f"-{inner}" if self.random.random() < 0.25 and not inner.startswith("said-by") else inner

    def leaf(self, place: str, depth: int) -> str:
        """One condition."""
        name = self.random.choice(PLACES[place])
        if name in {"turn", "span"}:
            return f"{name}:({self.query(name, min(depth, 1))})"
        writers = {
            "has": lambda place: f"has:{self.random.choice(HAS[:2] if place == 'span' else HAS)}",
            "status": lambda _: f"status:{self.random.choice(['ok', 'error', 'unset'])}",
            "annotation": self.annotation,
            "metadata": self.metadata,
            "text": self.text,
            "side": lambda place: f"(said-by:{self.random.choice(['user', 'assistant'])} {self.text(place)})",
        }
        if name in writers:
            return writers[name](place)
        return self.number(name) if name in NUMBERS else f"{name}:{self.values(WORDS[name])}"

    def text(self, place: str) -> str:
        """Free text, at times the beginning of a trace id."""
        if place == "session" and self.random.random() < 0.1:
            return self.random.choice(self.trace_ids)[: self.random.choice([8, 20, 32])]
        return _quoted(self.random.choice(TEXTS))

    def values(self, choices: list[str]) -> str:
        """One value, or two of which either will do."""
        several = self.random.choices(choices, k=self.random.choice([1, 1, 2]))
        return ",".join(_quoted(value) for value in several)

    def number(self, name: str) -> str:
        """A comparison or a range."""
        numbers = NUMBERS[name]
        low = self.random.randrange(len(numbers))
        if self.random.random() < 0.2:
            return f"{name}:{numbers[low]}..{numbers[self.random.randrange(low, len(numbers))]}"
        return f"{name}:{self.random.choice(['<', '<=', '>', '>=', '=', ''])}{numbers[low]}"

    def annotation(self, place: str) -> str:
        """A label, a score, or any of that name."""
        name = self.random.choice(list(data.LABELS))
        value = self.random.choice(
            [self.values(data.LABELS[name]), "*", self.random.choice(["<", ">=", "="]) + self.random.choice(SCORES)]
        )
        return f"annotation.{_quoted(name)}:{value}"

    def metadata(self, place: str) -> str:
        """A value under a key."""
        key = self.random.choice(list(METADATA))
        return f"metadata.{key}:{self.values(METADATA[key])}"


def queries(count: int, seed: int, trace_ids: list[str]) -> list[str]:
    """So many different queries."""
    writer = Writer(seed, trace_ids)
    found: dict[str, None] = {}
    for query in islice(iter(writer.query, None), count * 10):
        found[query] = None
        if len(found) == count:
            break
    return list(found)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
