from inline_snapshot import snapshot
from live import Live
from spans import request, turn

from threadline.sessions.totals import session_key

KEY = session_key("shop", "s-1")


def test_a_session_whole(live: Live):
    session = live.get(f"/v1/projects/shop/sessions/{KEY}")

    assert session == snapshot(
        {
            "id": "jatb7ptvytoy4lkh6nxdfdxcxe",
            "project": "shop",
            "session_id": "s-1",
            "session_id_source": "session.id",
            "start_time": "2026-11-18T11:06:40Z",
            "last_activity": "2026-11-18T11:16:42Z",
            "duration_ms": 602000.0,
            "active_ms": 6000.0,
            "turn_count": 2,
            "span_count": 5,
            "error_count": 1,
            "last_turn_status": "unset",
            "first_input": "I was charged twice",
            "last_output": "Done",
            "user_ids": {"values": ["mara"], "count": 1},
            "models": {"values": ["gpt-4o-mini"], "count": 1},
            "tools": {"values": [{"name": "list_payments", "calls": 1, "errors": 1}], "count": 1},
            "agents": {"values": ["support"], "count": 1},
            "tags": {"values": ["web"], "count": 1},
            "environments": {"values": [], "count": 0},
            "services": {"values": ["shop"], "count": 1},
            "metadata": {"plan": "pro"},
            "prompt_tokens": 200,
            "completion_tokens": 40,
            "cache_read_tokens": 0,
            "total_tokens": 240,
            "cost_usd": 5.4e-05,
            "cost_complete": True,
            "clock_skew": False,
            "latency_p50_ms": 2000.0,
            "latency_p95_ms": 4000.0,
            "annotations": [],
            "hits": None,
            "matched": [],
        }
    )


def test_projects_count_what_they_hold(live: Live):
    live.send(request(turn(900, "", "no session", "at all"), project="counted"))
    live.send(request(turn(901, "one", "hello", "hi"), project="counted"))

    found = {project["name"]: project for project in live.walk("/v1/projects", limit=1)}

    assert found["counted"] == snapshot(
        {
            "name": "counted",
            "session_count": 1,
            "trace_count": 2,
            "span_count": 2,
            "traces_without_session": 1,
            "last_activity": "2026-11-18T11:06:41Z",
        }
    )
    assert list(found) == sorted(found)


def test_every_sort_walks_every_session_once_in_both_directions(live: Live):
    for number in range(7):
        spans = [
            turn(
                1000 + 10 * number + part, f"s{number}", "hi", "ho", start_s=number * 100 + part, seconds=1 + number % 3
            )
            for part in range(1 + number % 2)
        ]
        live.send(request(*spans, project="sorted"))
    fields = ["last_activity", "start_time", "duration_ms", "turn_count", "error_count", "total_tokens", "cost_usd"]

    for field in [*fields, "latency_p95_ms"]:
        for sort in (field, "-" + field):
            rows = live.walk("/v1/projects/sorted/sessions", sort=sort, limit=3)
            values = [row[field] for row in rows]
            known = [value for value in values if value is not None]
            assert len({row["id"] for row in rows}) == len(rows) == 7, sort
            assert known == sorted(known, reverse=sort.startswith("-")), sort
            assert values[: len(known)] == known, "nulls come last"


def test_filters(live: Live):
    live.send(
        request(
            turn(2001, "a", "Where is my PARCEL?", "Under way", attributes={"user.id": "ada"}),
            turn(2002, "b", "hello", "100 % of your parcels_are lost", start_s=1000, attributes={"user.id": "bob"}),
            project="filtered",
        )
    )

    def ids(**parameters: str) -> list[str]:
        return [
            row["session_id"]
            for row in live.get("/v1/projects/filtered/sessions", sort="start_time", **parameters)["data"]
        ]

    assert ids() == ["a", "b"]
    assert ids(text="parcel") == ["a", "b"]
    assert ids(text="parcel?") == ["a"]
    assert ids(text="100 % of") == ["b"]
    assert ids(text="parcels_are") == ["b"]
    assert ids(session_id="b") == ["b"]
    assert ids(user_id="ada") == ["a"]
    assert ids(user_id="ad") == []
    assert ids(since="2026-11-18T11:06:42Z") == ["b"]
    assert ids(until="2026-11-18T11:06:40.000000001Z") == ["a"]
    assert ids(until="2026-11-18T11:06:40Z") == []
    assert ids(until="2026-11-18T12:06:40.000000001+01:00") == ["a"]


def test_a_text_search_says_where(live: Live):
    found = live.get("/v1/projects/shop/sessions", text="CHARGED twice")

    assert found["data"][0]["hits"] == snapshot(
        {
            "count": 1,
            "first": {
                "trace_id": "00000000000000000000000000000001",
                "turn_index": 1,
                "role": "user",
                "text": "I was charged twice",
                "ranges": [[6, 19]],
            },
        }
    )


def test_an_unknown_project_has_no_sessions(live: Live):
    assert live.get("/v1/projects/nobody/sessions") == {"data": [], "next_cursor": None}


def test_a_session_later_than_now_is_marked(live: Live):
    live.send(request(turn(2100, "future", "hi", "ho", start_s=10**8), project="skewed"))

    assert live.get("/v1/projects/skewed/sessions")["data"][0]["clock_skew"] is True


def test_deleting_a_session(live: Live):
    gone = request(turn(2200, "gone", "forget", "me"), project="deleting")
    live.send(gone)
    path = f"/v1/projects/deleting/sessions/{session_key('deleting', 'gone')}"

    deletion = live.client.delete(path).json()

    assert {name: deletion[name] for name in ("project", "kind", "sessions", "traces", "spans")} == snapshot(
        {"project": "deleting", "kind": "session", "sessions": 1, "traces": 1, "spans": 1}
    )
    assert live.get(f"/v1/deletions/{deletion['id']}")["id"] == deletion["id"]
    assert live.problem("GET", path) == (404, "unknown_session")
    assert live.problem("DELETE", path) == (404, "unknown_session")
    again = live.client.post(
        "/v1/traces", content=gone.SerializeToString(), headers={"content-type": "application/x-protobuf"}
    )
    assert again.status_code == 200
    assert again.content != b"", "a refused span is named in partial_success"
    assert live.problem("GET", path) == (404, "unknown_session")


def test_deleting_an_end_user(live: Live):
    live.send(
        request(
            turn(2300, "one", "hi", "ho", attributes={"user.id": "a/b"}),
            turn(2301, "two", "hi", "ho", attributes={"user.id": "other"}),
            project="deleting users",
        )
    )

    status, _, body = live.raw("DELETE", "/v1/projects/deleting%20users/users/a%2Fb")

    assert status == 200, body
    rows = live.get("/v1/projects/deleting users/sessions")["data"]
    assert [row["session_id"] for row in rows] == ["two"]


def test_finding_a_session_by_its_own_id(live: Live):
    found = live.get("/v1/resolve/session", project="shop", session_id="s-1")

    assert found == {"project": "shop", "id": KEY}
    assert live.problem("GET", "/v1/resolve/session?session_id=later") == (404, "unknown_session")
