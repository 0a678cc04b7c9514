from inline_snapshot import snapshot
from live import Live
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from spans import START_NS, conversation, request, span, turn

from threadline.sessions.totals import session_key

TRACE = f"/v1/projects/shop/traces/{1:032x}"


def test_a_trace_whole(live: Live):
    assert live.get(TRACE) == snapshot(
        {
            "trace_id": "00000000000000000000000000000001",
            "project": "shop",
            "name": "support",
            "start_time": "2026-11-18T11:06:40Z",
            "latency_ms": 4000.0,
            "status": "error",
            "status_message": "timed out",
            "session_id": "s-1",
            "session_key": "jatb7ptvytoy4lkh6nxdfdxcxe",
            "session_id_source": "session.id",
            "other_session_ids": [],
            "turn_index": 1,
            "user_id": "mara",
            "models": ["gpt-4o-mini"],
            "tools": [{"name": "list_payments", "calls": 1, "errors": 1}],
            "agents": ["support"],
            "tags": ["web"],
            "services": ["shop"],
            "environments": [],
            "metadata": {"plan": "pro"},
            "prompt_tokens": 100,
            "completion_tokens": 20,
            "cache_read_tokens": 0,
            "total_tokens": 120,
            "cost_usd": 2.7e-05,
            "cost_complete": True,
            "llm_ms": 2000.0,
            "tool_ms": 500.0,
            "time_to_first_token_ms": None,
            "span_count": 3,
            "root_span_id": "0000000000000001",
            "input": {"text": "I was charged twice", "mime_type": "text/plain"},
            "output": {"text": "I found two charges", "mime_type": "text/plain"},
            "annotations": [],
        }
    )


def test_traces_newest_first_and_without_a_session(live: Live):
    live.send(
        request(
            turn(4001, "a", "one", "1"),
            turn(4002, "", "two", "2", start_s=10),
            turn(4003, "", "three", "3", start_s=20),
            project="traces",
        )
    )

    def inputs(**parameters: object) -> list[str]:
        return [row["input"]["text"] for row in live.walk("/v1/projects/traces/traces", limit=1, **parameters)]

    assert inputs() == ["three", "two", "one"]
    assert inputs(without_session="true") == ["three", "two"]
    assert inputs(session=session_key("traces", "a")) == ["one"]
    assert inputs(text="TWO") == ["two"]
    assert inputs(since="2026-11-18T11:06:50Z", until="2026-11-18T11:07:00Z") == ["two"]


def test_spans_in_short(live: Live):
    rows = live.walk(f"{TRACE}/spans", limit=2)

    assert [
        (row["span_id"], row["parent_span_id"], row["kind"], row["offset_ms"], row["duration_ms"]) for row in rows
    ] == snapshot(
        [
            ("0000000000000001", None, "AGENT", 0.0, 4000.0),
            ("0000000000000002", "0000000000000001", "LLM", 500.0, 2000.0),
            ("0000000000000003", "0000000000000001", "TOOL", 3000.0, 500.0),
        ]
    )
    assert rows[2] == snapshot(
        {
            "span_id": "0000000000000003",
            "parent_span_id": "0000000000000001",
            "parent_missing": False,
            "name": "list_payments",
            "kind": "TOOL",
            "start_time": "2026-11-18T11:06:43Z",
            "offset_ms": 3000.0,
            "duration_ms": 500.0,
            "status": "error",
            "status_message": "timed out",
            "model": None,
            "total_tokens": None,
            "cost_usd": None,
            "service": "shop",
        }
    )


def test_a_parent_that_has_not_arrived_is_said_to_be_missing(live: Live):
    live.send(request(span(4100, 2, {}, parent=77), project="orphans"))

    rows = live.get(f"/v1/projects/orphans/traces/{4100:032x}/spans")["data"]

    assert rows[0]["parent_missing"] is True


def test_a_span_whole(live: Live):
    assert live.get(f"{TRACE}/spans/{2:016x}") == snapshot(
        {
            "trace_id": "00000000000000000000000000000001",
            "span_id": "0000000000000002",
            "parent_span_id": "0000000000000001",
            "name": "chat",
            "kind": "LLM",
            "otel_kind": "internal",
            "start_time": "2026-11-18T11:06:40.500Z",
            "end_time": "2026-11-18T11:06:42.500Z",
            "duration_ms": 2000.0,
            "status": "unset",
            "status_message": "",
            "service": "shop",
            "scope_name": "test",
            "scope_version": "1.0",
            "model": "gpt-4o-mini",
            "tool": None,
            "prompt_tokens": 100,
            "completion_tokens": 20,
            "cache_read_tokens": None,
            "total_tokens": 120,
            "cost_usd": 2.7e-05,
            "input": None,
            "output": None,
            "input_messages": [
                {"role": "system", "name": None, "parts": [{"type": "text", "text": "Be kind."}]},
                {"role": "user", "name": None, "parts": [{"type": "text", "text": "I was charged twice"}]},
            ],
            "output_messages": [
                {"role": "assistant", "name": None, "parts": [{"type": "text", "text": "I found two charges"}]}
            ],
            "documents": None,
            "tool_call": None,
            "tools_offered": [],
            "attributes": [
                {"key": "openinference.span.kind", "value": "LLM"},
                {"key": "llm.model_name", "value": "gpt-4o-mini"},
                {"key": "llm.token_count.prompt", "value": 100},
                {"key": "llm.token_count.completion", "value": 20},
                {"key": "llm.input_messages.0.message.role", "value": "system"},
                {"key": "llm.input_messages.0.message.content", "value": "Be kind."},
                {"key": "llm.input_messages.1.message.role", "value": "user"},
                {"key": "llm.input_messages.1.message.content", "value": "I was charged twice"},
                {"key": "llm.output_messages.0.message.role", "value": "assistant"},
                {"key": "llm.output_messages.0.message.content", "value": "I found two charges"},
            ],
            "resource": [
                {"key": "service.name", "value": "shop"},
                {"key": "openinference.project.name", "value": "shop"},
            ],
            "scope": [],
            "events": [],
            "links": [],
            "dropped_attributes_count": 0,
            "notes": [],
            "annotations": [],
        }
    )


def test_every_kind_of_value_is_json(live: Live):
    odd = {
        "bytes": b"\x00\xff",
        "nan": float("nan"),
        "infinity": [float("inf"), float("-inf")],
        "large": 2**63 - 1,
        "nested": {"list": [1, True, {"deep": "yes"}]},
        "nul": "a\0b",
        "emoji": "🧵",
    }
    live.send(request(span(4200, 1, odd), project="values"))

    shown = live.get(f"/v1/projects/values/traces/{4200:032x}/spans/{1:016x}")

    assert {one["key"]: one["value"] for one in shown["attributes"]} == snapshot(
        {
            "bytes": {"bytes": "AP8="},
            "nan": "NaN",
            "infinity": ["Infinity", "-Infinity"],
            "large": 9223372036854775807,
            "nested": {"list": [1, True, {"deep": "yes"}]},
            "nul": "a\x00b",
            "emoji": "🧵",
        }
    )


def test_a_span_says_what_was_dropped_and_ignored(live: Live):
    long_id = request(
        span(
            4300,
            1,
            {"session.id": "x" * 5000},
            dropped_attributes_count=34,
            dropped_events_count=1,
            dropped_links_count=2,
            end_time_unix_nano=0,
        ),
        project="notes",
    )
    live.send(long_id)

    shown = live.get(f"/v1/projects/notes/traces/{4300:032x}/spans/{1:016x}")

    assert shown["notes"] == snapshot(
        [
            "34 attributes were dropped by the SDK (OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT).",
            "1 event was dropped by the SDK (OTEL_SPAN_EVENT_COUNT_LIMIT).",
            "2 links were dropped by the SDK (OTEL_SPAN_LINK_COUNT_LIMIT).",
            "The session id of 5,000 characters in `session.id` was ignored: at most 4,096 are read.",
            "The span has no end: it was still open when it was sent.",
        ]
    )


def test_odd_times(live: Live):
    live.send(
        request(
            span(4400, 1, {}, start_time_unix_nano=0, end_time_unix_nano=0),
            span(4400, 2, {}, parent=1, start_time_unix_nano=2**64 - 1, end_time_unix_nano=2**64 - 1),
            span(4400, 3, {}, parent=1, start_time_unix_nano=START_NS, end_time_unix_nano=START_NS - 5),
            project="times",
        )
    )
    path = f"/v1/projects/times/traces/{4400:032x}"

    rows = live.get(f"{path}/spans")["data"]
    far = live.get(f"{path}/spans/{2:016x}")

    assert [(row["start_time"], row["duration_ms"]) for row in rows] == snapshot(
        [(None, None), ("2026-11-18T11:06:40Z", None), ("2262-04-11T23:47:16.854775807Z", 0.0)]
    )
    assert far["end_time"] == snapshot("2554-07-21T23:34:33.709551615Z")
    assert live.get(path)["latency_ms"] is None


def test_export_equals_what_came_in(live: Live):
    sent = conversation()
    path = f"/v1/projects/shop/sessions/{session_key('shop', 's-1')}/otlp"

    answer = live.client.get(path)
    exported = ExportTraceServiceRequest.FromString(answer.content)

    assert answer.headers["content-type"] == "application/x-protobuf"
    assert spans_of(exported) == spans_of(sent)


def test_export_as_json(live: Live):
    path = f"{TRACE}/otlp"

    answer = live.client.get(path, headers={"accept": "application/json"})
    document = answer.json()

    assert answer.headers["content-type"] == "application/json"
    ids = [
        one["spanId"] for part in document["resourceSpans"] for scope in part["scopeSpans"] for one in scope["spans"]
    ]
    assert sorted(ids) == [f"{number:016x}" for number in (1, 2, 3)]
    received = live.client.post(
        "/v1/traces",
        content=answer.content,
        headers={"content-type": "application/json", "x-project-name": "json again"},
    )
    assert received.status_code == 200
    assert "partialSuccess" not in received.text
    assert live.get("/v1/projects/json again/traces")["data"][0]["span_count"] == 3


def spans_of(exported: ExportTraceServiceRequest) -> list[bytes]:
    return sorted(
        one.SerializeToString(deterministic=True)
        for part in exported.resource_spans
        for scope in part.scope_spans
        for one in scope.spans
    )


def test_finding_a_trace(live: Live):
    for project in ("here", "there"):
        live.send(request(turn(4500, "x", "hi", "ho"), project=project))

    assert live.get(f"/v1/resolve/trace/{4500:032x}") == {"trace_id": f"{4500:032x}", "projects": ["here", "there"]}
    assert live.problem("GET", f"/v1/resolve/trace/{4599:032x}") == (404, "unknown_trace")
