from inline_snapshot import snapshot
from live import Live
from spans import request, span, turn

from threadline.sessions.totals import session_key

SHOP = f"/v1/projects/shop/sessions/{session_key('shop', 's-1')}"


def long_session(live: Live, project: str, turns: int, first: int) -> str:
    spans = [
        turn(first + number, "long", f"question {number}", f"answer {number}", start_s=number * 10)
        for number in range(turns)
    ]
    live.send(request(*spans, project=project))
    return f"/v1/projects/{project}/sessions/{session_key(project, 'long')}"


def test_turns_whole(live: Live):
    assert live.get(f"{SHOP}/turns") == snapshot(
        {
            "data": [
                {
                    "trace_id": "00000000000000000000000000000001",
                    "index": 1,
                    "name": "support",
                    "start_time": "2026-11-18T11:06:40Z",
                    "latency_ms": 4000.0,
                    "status": "error",
                    "status_message": "timed out",
                    "input": {"text": "I was charged twice", "mime_type": "text/plain"},
                    "output": {"text": "I found two charges", "mime_type": "text/plain"},
                    "user_id": "mara",
                    "models": ["gpt-4o-mini"],
                    "tools": [{"name": "list_payments", "calls": 1, "errors": 1}],
                    "prompt_tokens": 100,
                    "completion_tokens": 20,
                    "cache_read_tokens": 0,
                    "total_tokens": 120,
                    "cost_usd": 2.7e-05,
                    "llm_ms": 2000.0,
                    "tool_ms": 500.0,
                    "time_to_first_token_ms": None,
                    "idle_before_ms": None,
                    "span_count": 3,
                    "annotations": [],
                },
                {
                    "trace_id": "00000000000000000000000000000002",
                    "index": 2,
                    "name": "support",
                    "start_time": "2026-11-18T11:16:40Z",
                    "latency_ms": 2000.0,
                    "status": "unset",
                    "status_message": "",
                    "input": {"text": "yes please", "mime_type": "text/plain"},
                    "output": {"text": "Done", "mime_type": "text/plain"},
                    "user_id": "mara",
                    "models": ["gpt-4o-mini"],
                    "tools": [],
                    "prompt_tokens": 100,
                    "completion_tokens": 20,
                    "cache_read_tokens": 0,
                    "total_tokens": 120,
                    "cost_usd": 2.7e-05,
                    "llm_ms": 1000.0,
                    "tool_ms": 0.0,
                    "time_to_first_token_ms": None,
                    "idle_before_ms": 596000.0,
                    "span_count": 2,
                    "annotations": [],
                },
            ],
            "next_cursor": None,
        }
    )


def test_turns_start_anywhere(live: Live):
    path = long_session(live, "turns", 10, 3000)

    def indexes(**parameters: int) -> list[int]:
        return [row["index"] for row in live.get(f"{path}/turns", **parameters)["data"]]

    assert indexes(limit=3) == [1, 2, 3]
    assert indexes(from_turn=8) == [8, 9, 10]
    assert indexes(from_turn=-2) == [9, 10]
    assert indexes(from_turn=-100, limit=2) == [1, 2]
    assert indexes(from_turn=11) == []
    assert [row["index"] for row in live.walk(f"{path}/turns", limit=3)] == list(range(1, 11))
    assert [row["index"] for row in live.walk(f"{path}/turns", limit=3, from_turn=5)] == list(range(5, 11))


def test_a_walk_over_turns_repeats_none_when_an_earlier_one_arrives(live: Live):
    path = long_session(live, "late", 4, 3100)
    page = live.get(f"{path}/turns", limit=2)
    live.send(request(turn(3199, "long", "late", "one", start_s=-5), project="late"))

    rest = live.get(f"{path}/turns", limit=9, cursor=page["next_cursor"])

    assert [row["input"]["text"] for row in rest["data"]] == ["question 2", "question 3"]


def test_the_outline(live: Live):
    path = long_session(live, "outlined", 3, 3300)
    target = {"kind": "trace", "project": "outlined", "trace_id": f"{3301:032x}"}
    live.client.post("/v1/annotations", json={"target": target, "name": "quality", "label": "yes"})

    assert live.get(f"{path}/outline") == snapshot(
        {
            "origin": "2026-11-18T11:06:40Z",
            "turn_count": 3,
            "start_ms": [0, 10000, 20000],
            "latency_ms": [1000, 1000, 1000],
            "status": [0, 0, 0],
            "annotated": [2],
        }
    )


def test_search_within_a_session(live: Live):
    path = long_session(live, "searched", 12, 3200)

    found = live.get(f"{path}/search", q="QUESTION 1")

    assert [row["turn_index"] for row in found["data"]] == [2, 11, 12]
    assert found["data"][0] == snapshot(
        {
            "trace_id": "00000000000000000000000000000c81",
            "turn_index": 2,
            "start_time": "2026-11-18T11:06:50Z",
            "matches": [
                {
                    "trace_id": "00000000000000000000000000000c81",
                    "turn_index": 2,
                    "role": "user",
                    "text": "question 1",
                    "ranges": [[0, 10]],
                }
            ],
        }
    )
    assert [row["turn_index"] for row in live.walk(f"{path}/search", q="question", limit=5)] == list(range(1, 13))


def test_the_transcript_shows_each_message_once(live: Live):
    messages = live.walk(f"{SHOP}/transcript")

    told = [
        (one["turn_index"], one["role"], [part.get("text", part["type"]) for part in one["parts"]]) for one in messages
    ]
    assert told == snapshot(
        [
            (1, "system", ["Be kind."]),
            (1, "user", ["I was charged twice"]),
            (1, "assistant", ["I found two charges"]),
            (1, "tool", ["tool_call"]),
            (2, "user", ["yes please"]),
            (2, "assistant", ["Done"]),
        ]
    )
    assert messages[1] == snapshot(
        {
            "id": "00000000000000000000000000000001-0000000000000002-i1",
            "turn_index": 1,
            "trace_id": "00000000000000000000000000000001",
            "span_id": "0000000000000002",
            "role": "user",
            "name": None,
            "agent": None,
            "time": "2026-11-18T11:06:40Z",
            "changed": False,
            "error": None,
            "parts": [{"type": "text", "text": "I was charged twice"}],
        }
    )
    assert next(part for one in messages for part in one["parts"] if part["type"] == "tool_call") == snapshot(
        {
            "type": "tool_call",
            "name": "list_payments",
            "arguments": '{"customer": "mara"}',
            "id": None,
            "result": "timeout",
            "status": "error",
            "error": "timed out",
            "start_time": "2026-11-18T11:06:43Z",
            "duration_ms": 500.0,
            "span_id": "0000000000000003",
        }
    )


def test_pages_of_a_transcript_join_without_a_gap(live: Live):
    whole = live.walk(f"{SHOP}/transcript")

    for limit in (1, 2, 3):
        assert live.walk(f"{SHOP}/transcript", limit=limit) == whole
    last = live.get(f"{SHOP}/transcript", from_turn=-1)["data"]
    assert last == [message for message in whole if message["turn_index"] == 2]


def test_a_page_behind_turns_of_tools_alone_repeats_nothing(live: Live):
    said = {"message.role": "user", "message.content": "watch the build"}
    answered = {"message.role": "assistant", "message.content": "I will"}
    first = {"llm.input_messages.0.": said, "llm.output_messages.0.": answered}
    later = {
        "llm.input_messages.0.": said,
        "llm.input_messages.1.": answered,
        "llm.output_messages.0.": {"message.role": "assistant", "message.content": "It is green"},
    }
    tools = [
        span(
            2 + number,
            2 + number,
            {"openinference.span.kind": "TOOL", "session.id": "watch", "tool.name": "look", "output.value": "red"},
            start_s=10 * number + 10,
        )
        for number in range(7)
    ]
    woken = turn(9, "watch", "the hour is over", "It is green", start_s=100, seconds=5)
    live.send(
        request(_call(1, 1, first), *tools, woken, _call(9, 10, later, parent=9, start_s=101), project="watching")
    )
    path = f"/v1/projects/watching/sessions/{session_key('watching', 'watch')}/transcript"
    whole = live.walk(path)
    assert [part["text"] for one in whole for part in one["parts"] if part["type"] == "text"] == [
        "watch the build",
        "I will",
        "the hour is over",
        "It is green",
    ]
    for turn_index in (2, 5, 9):
        page = live.walk(path, from_turn=turn_index)
        assert page == [message for message in whole if message["turn_index"] >= turn_index]


def _call(trace: int, number: int, messages: dict[str, dict[str, str]], *, parent: int = 0, start_s: float = 0):
    flat = {begin + key: text for begin, fields in messages.items() for key, text in fields.items()}
    attributes = {"openinference.span.kind": "LLM", "session.id": "watch", **flat}
    return span(trace, number, attributes, parent=parent, start_s=start_s)
