"""Figures and facets of any query equal a walk of its whole list, and the list is what the query means."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from typing import Any

import msgspec
import pytest
import truth_sessions as data
from live import Live, live_server
from truth_queries import queries

from threadline.ingest.decode import decode
from threadline.model.limits import Limits
from threadline.query import holds, parse
from threadline.server.api.annotations import new_annotation, target_of
from threadline.server.shapes import NewAnnotation
from threadline.store.memory import MemoryStore

BASE = f"/v1/projects/{data.PROJECT}"
QUERIES = 200
SEED = 20
TELLING_MIN = QUERIES // 2
"""A query that finds no session or each tells little: at least so many find some."""


class Walked:
    """A session as the API tells it, with all its turns, the kinds of its spans and what was said about it."""

    def __init__(self, row: Any, live: Live) -> None:
        self.row = row
        self.turns = live.walk(f"{BASE}/sessions/{row['id']}/turns", limit=100)
        self.spans = {
            turn["trace_id"]: live.walk(f"{BASE}/traces/{turn['trace_id']}/spans", limit=100) for turn in self.turns
        }
        self.annotations: list[Any] = []

    @property
    def ids(self) -> list[tuple[str, str, list[str]]]:
        """(session id, trace id, span ids) of each turn."""
        return [(self.row["session_id"], trace, [s["span_id"] for s in spans]) for trace, spans in self.spans.items()]


class World:
    """A server that holds the sessions, a walk of all of them, and the reference store with the same."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.reference = MemoryStore()
        for body in data.requests():
            live.send(body)
            self.reference.append([decode(body, "protobuf", None, Limits()).arrival])
        self.sessions = {row["id"]: Walked(row, live) for row in live.walk(f"{BASE}/sessions", limit=100)}
        for content in data.annotations([ids for one in self.sessions.values() for ids in one.ids]):
            self.annotate(content)
        self.facts = list(self.reference._facts(data.PROJECT).values())

    def annotate(self, content: dict[str, Any]) -> None:
        """Say it to both, and note it where it belongs."""
        answer = self.live.client.post("/v1/annotations", json=content)
        assert answer.status_code == 201, answer.text
        new = msgspec.convert(content, NewAnnotation)
        self.reference.put_annotation(new_annotation(new, target_of(new.target), 1))
        said = answer.json()
        target = said["target"]
        for session in self.sessions.values():
            if target.get("session_id") == session.row["session_id"] or target.get("trace_id") in session.spans:
                session.annotations = [each for each in session.annotations if each["id"] != said["id"]] + [said]

    def meant(self, query: str) -> list[str]:
        """Session ids for which the query holds, by its definition."""
        node = parse(query)
        assert node is not None, query
        return sorted(facts.session.session_id for facts in self.facts if holds(node, facts))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Filled once."""
    with live_server(tmp_path_factory.mktemp("truth")) as server:
        yield World(server)


def test_figures_and_facets_equal_a_walk_of_the_whole_list(world: World):
    trace_ids = [trace for session in world.sessions.values() for trace in session.spans]
    wrong: list[str] = []
    telling = 0
    asked = queries(QUERIES, SEED, trace_ids)
    assert len(asked) == QUERIES
    for query in asked:
        rows = world.live.walk(f"{BASE}/sessions", q=query, limit=20)
        telling += 0 < len(rows) < data.SESSIONS
        wrong += [f"{query}\n    {fault}" for fault in faults(world, query, rows)]

    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong)
    assert telling >= TELLING_MIN, f"only {telling} queries found some sessions and not all"


def faults(world: World, query: str, rows: list[Any]) -> Iterator[str]:
    """What is not as the walked list says."""
    listed = sorted(row["session_id"] for row in rows)
    meant = world.meant(query)
    if listed != meant:
        yield f"list: too many {sorted(set(listed) - set(meant))}, missing {sorted(set(meant) - set(listed))}"
    if len(listed) != len(set(listed)):
        yield f"list: twice {[name for name, times in Counter(listed).items() if times > 1]}"
    sessions = [world.sessions[row["id"]] for row in rows]
    stats = world.live.get(f"{BASE}/stats", q=query, buckets=7)
    expected = walked_stats(sessions)
    for name, value in expected.items():
        if stats[name] != (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value):
            yield f"stats: {name} is {stats[name]!r}, the list says {value!r}"
    yield from spread_faults(stats, sessions)
    facets = world.live.get(f"{BASE}/facets", q=query, limit=100)
    if not facets["complete"]:
        yield "facets: not complete"
    for facet in facets["data"]:
        told = {one["value"]: (one["sessions"], one["calls"], one["errors"]) for one in facet["values"]}
        walked = walked_facet(facet["name"], sessions)
        if told != walked or facet["count"] != len(walked):
            yield f"facet {facet['name']} ({facet['count']}) is {told}, the list says {walked}"


def walked_stats(sessions: list[Walked]) -> dict[str, Any]:
    """The figures, counted."""
    rows = [one.row for one in sessions]
    turns = [turn for one in sessions for turn in one.turns]
    costs = [row["cost_usd"] for row in rows if row["cost_usd"] is not None]
    latencies = sorted(turn["latency_ms"] for turn in turns if turn["latency_ms"] is not None)
    durations = sorted(row["duration_ms"] for row in rows if row["duration_ms"] is not None)
    failed = [turn for turn in turns if turn["status"] == "error"]
    return {
        "complete": True,
        "sessions": len(rows),
        "sessions_with_errors": sum(any(turn["status"] == "error" for turn in one.turns) for one in sessions),
        "turns": len(turns),
        "turns_with_errors": len(failed),
        "user_count": len({turn["user_id"] for turn in turns} - {None}),
        **{name: sum(turn[name] for turn in turns) for name in ("prompt_tokens", "completion_tokens", "total_tokens")},
        "cost_usd": float(sum(costs)) if costs else None,
        "cost_complete": all(row["cost_complete"] for row in rows),
        "turn_latency_p50_ms": nearest_rank(latencies, 0.5),
        "turn_latency_p95_ms": nearest_rank(latencies, 0.95),
        "session_duration_p50_ms": nearest_rank(durations, 0.5),
        "session_duration_p95_ms": nearest_rank(durations, 0.95),
    }


def nearest_rank(ascending: list[float], share: float) -> float | None:
    """The ⌈share·n⌉-th of n."""
    return ascending[ceil(share * len(ascending)) - 1] if ascending else None


def spread_faults(stats: Any, sessions: list[Walked]) -> Iterator[str]:
    """Series, distributions and drop-off."""
    turns = [turn for one in sessions for turn in one.turns]
    totals = {
        "sessions": len(sessions),
        "turns": len(turns),
        "total_tokens": sum(turn["total_tokens"] for turn in turns),
    }
    for name, total in totals.items():
        if sum(bucket[name] for bucket in stats["series"]) != total:
            yield f"series: {name} add up to {sum(bucket[name] for bucket in stats['series'])}, not {total}"
    columns = {
        "turns": "turn_count",
        "duration_ms": "duration_ms",
        "cost_usd": "cost_usd",
        "latency_ms": "latency_p95_ms",
    }
    for name, column in columns.items():
        known = [one.row[column] for one in sessions if one.row[column] is not None]
        steps = stats["distributions"][name]
        for step in steps:
            last = step is steps[-1]
            inside = sum(step["low"] <= figure < step["high"] or (last and figure == step["high"]) for figure in known)
            if inside != step["sessions"]:
                yield f"distribution {name}: {step}, the list says {inside}"
        if sum(step["sessions"] for step in steps) != len(known):
            yield f"distribution {name}: not every session is in it"
    for step in stats["drop_off"]:
        if step["sessions"] != sum(one.row["turn_count"] >= step["turns"] for one in sessions):
            yield f"drop-off: {step}"


def walked_facet(name: str, sessions: list[Walked]) -> dict[str, tuple[int, int | None, int | None]]:
    """Value -> (sessions, calls, errors), counted."""
    found = Counter(value for one in sessions for value in set(VALUES[name](one)))
    uses = [tool for one in sessions for turn in one.turns for tool in turn["tools"]] if name == "tool" else []
    return {
        value: (
            count,
            sum(use["calls"] for use in uses if use["name"] == value) if name == "tool" else None,
            sum(use["errors"] for use in uses if use["name"] == value) if name == "tool" else None,
        )
        for value, count in found.items()
    }


def _row(column: str) -> Callable[[Walked], Iterable[str]]:
    return lambda one: one.row[column]["values"]


VALUES: dict[str, Callable[[Walked], Iterable[str]]] = {
    "user": lambda one: {turn["user_id"] for turn in one.turns} - {None},
    "model": lambda one: {model for turn in one.turns for model in turn["models"]},
    "tool": lambda one: {tool["name"] for turn in one.turns for tool in turn["tools"]},
    "agent": _row("agents"),
    "tag": lambda one: {*one.row["tags"]["values"], *_tags_said(one)},
    "environment": _row("environments"),
    "service": _row("services"),
    "kind": lambda one: {span["kind"] for spans in one.spans.values() for span in spans} - {""},
    "annotation": lambda one: {
        f"{each['name']}:{each['label']}" for each in one.annotations if each["label"] is not None
    },
}
"""Facet -> its values in a session."""


def _tags_said(one: Walked) -> Iterator[str]:
    for each in one.annotations:
        if each["name"] == "tag" and each["label"] and each["target"]["kind"] != "span":
            yield each["label"]
