from inline_snapshot import snapshot
from live import Live
from spans import request, span, turn


def fill(live: Live, project: str, first: int) -> None:
    live.send(
        request(
            turn(first, "a", "one", "1", attributes={"user.id": "ada", "llm.token_count.total": 5}),
            turn(first + 1, "a", "two", "2", start_s=100, seconds=3, status={"code": 2}),
            turn(first + 2, "b", "three", "3", start_s=200, attributes={"user.id": "bob"}),
            project=project,
        )
    )


def test_figures_of_everything(live: Live):
    fill(live, "figures", 5000)

    stats = live.get("/v1/projects/figures/stats", buckets=4)

    series = stats.pop("series")
    assert stats == snapshot(
        {
            "sessions": 2,
            "sessions_with_errors": 1,
            "turns": 3,
            "turns_with_errors": 1,
            "user_count": 2,
            "prompt_tokens": 0,
            "completion_tokens": 0,
            "total_tokens": 5,
            "cost_usd": None,
            "cost_complete": False,
            "turn_latency_p50_ms": 1000.0,
            "turn_latency_p95_ms": 3000.0,
            "session_duration_p50_ms": 1000.0,
            "session_duration_p95_ms": 103000.0,
            "distributions": {
                "turns": [{"low": 1.0, "high": 2.0, "sessions": 1}, {"low": 2.0, "high": 3.0, "sessions": 1}],
                "duration_ms": [
                    {"low": 1000.0, "high": 2000.0, "sessions": 1},
                    {"low": 2000.0, "high": 5000.0, "sessions": 0},
                    {"low": 5000.0, "high": 10000.0, "sessions": 0},
                    {"low": 10000.0, "high": 30000.0, "sessions": 0},
                    {"low": 30000.0, "high": 60000.0, "sessions": 0},
                    {"low": 60000.0, "high": 120000.0, "sessions": 1},
                ],
                "cost_usd": [],
                "latency_ms": [
                    {"low": 1000.0, "high": 2000.0, "sessions": 1},
                    {"low": 2000.0, "high": 5000.0, "sessions": 1},
                ],
            },
            "drop_off": [{"turns": 1, "sessions": 2}, {"turns": 2, "sessions": 1}],
            "complete": True,
        }
    )
    assert sum(bucket["turns"] for bucket in series) == stats["turns"]
    assert len(series) <= 6


def test_figures_follow_the_query(live: Live):
    fill(live, "narrowed", 5100)

    assert live.get("/v1/projects/narrowed/stats", user_id="bob")["sessions"] == 1
    assert live.get("/v1/projects/narrowed/stats", text="two")["turns"] == 2, "whole sessions"
    assert live.get("/v1/projects/narrowed/stats", since="2026-11-18T11:09:00Z")["sessions"] == 1


def test_facets(live: Live):
    fill(live, "faceted", 5200)

    facets = live.get("/v1/projects/faceted/facets", limit=5)

    assert {facet["name"]: facet["values"] for facet in facets["data"]} == snapshot(
        {
            "user": [
                {"value": "ada", "sessions": 1, "calls": None, "errors": None, "query": "user:ada"},
                {"value": "bob", "sessions": 1, "calls": None, "errors": None, "query": "user:bob"},
            ],
            "model": [],
            "tool": [],
            "agent": [],
            "tag": [],
            "environment": [],
            "service": [{"value": "shop", "sessions": 2, "calls": None, "errors": None, "query": "service:shop"}],
            "kind": [{"value": "CHAIN", "sessions": 2, "calls": None, "errors": None, "query": "kind:CHAIN"}],
            "annotation": [],
        }
    )


def test_sums_beyond_64_bits_are_taken_and_answered(live: Live):
    dear = {"openinference.span.kind": "LLM", "llm.cost.total": 1e9, "llm.token_count.total": 2**53 - 1}
    for first in range(5300, 5312):
        spans = [span(first, n, {**dear, "session.id": f"s{first % 2}"}) for n in range(1, 111)]
        live.send(request(*spans, project="dear"))
    live.send(
        request(
            turn(5320, "s0", "a", "b", attributes={"llm.model_name": "gpt-4o", "llm.token_count.prompt": 2**53 - 1}),
            project="dear",
        )
    )

    most = (2**63 - 1) / 1e9
    sessions = live.get("/v1/projects/dear/sessions", sort="cost_usd")["data"]
    assert sorted((each["cost_usd"], each["turn_count"]) for each in sessions) == [(most, 6), (most, 7)]
    stats = live.get("/v1/projects/dear/stats", buckets=4)
    assert (stats["cost_usd"], stats["total_tokens"], stats["cost_complete"]) == (most, 2**63 - 1, False)
    assert max(bucket["cost_usd"] for bucket in stats["series"]) == most
    assert len(live.get("/v1/projects/dear/traces")["data"]) == 13
