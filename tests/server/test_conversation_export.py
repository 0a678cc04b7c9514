import json

import msgspec
from live import Live
from spans import request, turn

from threadline.model.message import AudioPart, FilePart, ImagePart, JsonPart, ReasoningPart, TextPart, ToolResultPart
from threadline.server import shapes
from threadline.server.conversation_export import chat_line, markdown
from threadline.server.examples import examples
from threadline.sessions.totals import session_key

SESSION = msgspec.convert(examples()["getSession"], shapes.Session)


def message(role: str, *parts: object, **fields: object) -> shapes.Message:
    given = {"name": None, "agent": None, "error": None, "turn_index": 1, **fields}
    return shapes.Message(
        id="m", trace_id="0" * 32, span_id=None, role=role, time=None, changed=False, parts=list(parts), **given
    )


def call(**fields: object) -> shapes.ToolCall:
    given = {"name": "lookup", "arguments": '{"id": 1}', "id": "c1", "result": "found", "status": "ok", **fields}
    return shapes.ToolCall(error=given.pop("error", None), start_time=None, duration_ms=None, span_id=None, **given)


def chat(*messages: shapes.Message) -> list[dict]:
    return json.loads(chat_line(messages))["messages"]


def test_words_become_a_string_and_an_image_a_list():
    assert chat(message("user", TextPart("a"), JsonPart('{"b":1}'))) == [{"role": "user", "content": 'a\n\n{"b":1}'}]
    assert chat(message("user", TextPart("see"), ImagePart("https://example.com/x.png")))[0]["content"] == [
        {"type": "text", "text": "see"},
        {"type": "image_url", "image_url": {"url": "https://example.com/x.png"}},
    ]


def test_a_call_is_followed_by_its_answer():
    said = chat(message("assistant", TextPart("wait"), call(), call(id=None, result=None, error="timed out")))

    assert [one["role"] for one in said] == ["assistant", "tool", "tool"]
    assert said[0]["content"] == "wait"
    assert [one["function"]["name"] for one in said[0]["tool_calls"]] == ["lookup", "lookup"]
    assert [one["tool_call_id"] for one in said[1:]] == [one["id"] for one in said[0]["tool_calls"]]
    assert [one["content"] for one in said[1:]] == ["found", "timed out"]


def test_a_result_alone_is_a_tool_message_and_reasoning_is_not_sent_back():
    said = chat(
        message("tool", ToolResultPart("42", id="c9")), message("assistant", ReasoningPart("hm"), TextPart("42"))
    )

    assert said == [
        {"role": "tool", "tool_call_id": "c9", "content": "42"},
        {"role": "assistant", "content": "42"},
    ]


def test_markdown_reads_and_cannot_be_broken_out_of():
    text = "".join(
        markdown(
            SESSION,
            [
                message("user", TextPart("hello"), FilePart("s3://b/x", name="x.pdf")),
                message(
                    "assistant", call(arguments="```\nescape"), AudioPart("a.wav", transcript="said"), agent="billing"
                ),
                message("assistant", TextPart("end"), turn_index=2, error="boom"),
            ],
        )
    )

    assert "## Turn 1\n" in text
    assert "## Turn 2\n" in text
    assert "**Application (billing)**" in text
    assert "[x.pdf](s3://b/x)" in text
    assert "````json\n```\nescape\n````" in text
    assert "Error: boom" in text


def test_a_session_is_exported_up_to_a_turn(live: Live):
    for number in range(1, 4):
        live.send(request(turn(8100 + number, "long", f"question {number}", f"answer {number}"), project="exported"))
    path = f"/v1/projects/exported/sessions/{session_key('exported', 'long')}/export"

    lines = [json.loads(line) for line in live.client.get(path).text.splitlines()]
    two = [json.loads(line) for line in live.client.get(path, params={"until_turn": 2}).text.splitlines()]
    told = live.client.get(path, params={"format": "openai", "until_turn": 2}).json()["messages"]
    read = live.client.get(path, params={"format": "markdown"})

    assert [line["turn"]["index"] for line in lines] == [1, 2, 3]
    assert all(line["session_id"] == "long" and line["messages"] for line in lines)
    assert two == lines[:2]
    assert [one["content"] for one in told] == ["question 1", "answer 1", "question 2", "answer 2"]
    assert read.headers["content-type"].startswith("text/markdown")
    assert "question 3" in read.text
    assert live.problem("GET", path.replace("exported/", "nowhere/")) == (404, "unknown_session")


def test_all_sessions_of_a_query_are_exported(live: Live):
    for number in range(1, 5):
        said = "wanted" if number % 2 else "other"
        live.send(request(turn(8200 + number, f"s{number}", said, "answer"), project="exported many"))

    answer = live.client.get("/v1/projects/exported%20many/sessions/export", params={"q": "wanted", "format": "openai"})
    lines = live.client.get("/v1/projects/exported%20many/sessions/export", params={"q": "wanted"}).text.splitlines()

    assert len(answer.text.splitlines()) == 2
    assert sorted(json.loads(line)["session_id"] for line in lines) == ["s1", "s3"]


def test_picked_sessions_are_exported_in_one_request(live: Live):
    for number in range(1, 5):
        live.send(request(turn(8300 + number, f"s{number}", "asked", "answer"), project="picked"))
    picked = [session_key("picked", name) for name in ("s3", "gone", "s1", "s3")]
    path = "/v1/projects/picked/sessions/export"

    lines = live.client.post(path, json={"ids": picked})
    told = live.client.post(path, json={"ids": picked, "format": "openai"})

    assert lines.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line)["session_id"] for line in lines.text.splitlines()] == ["s3", "s1"]
    assert [[one["role"] for one in json.loads(line)["messages"]] for line in told.text.splitlines()] == [
        ["user", "assistant"],
        ["user", "assistant"],
    ]


def test_ten_thousand_sessions_can_be_picked(live: Live):
    answer = live.client.post("/v1/projects/picked/sessions/export", json={"ids": ["x"] * 10_000})
    assert (answer.status_code, answer.text) == (200, "")
