from live import Live
from spans import request, turn

from threadline.sessions.totals import session_key


def test_a_query_selects_everywhere_alike(live: Live):
    for number in range(6):
        status = 2 if number % 3 == 0 else 1
        live.send(
            request(turn(8600 + number, f"s{number}", "hello", "answer", status={"code": status}), project="asked")
        )
    base = "/v1/projects/asked"

    rows = live.walk(f"{base}/sessions", q="has:error", limit=1)

    assert sorted(row["session_id"] for row in rows) == ["s0", "s3"]
    assert live.get(f"{base}/stats", q="has:error")["sessions"] == 2
    assert live.get(f"{base}/facets", q="has:error")["complete"] is True
    assert len(live.walk(f"{base}/traces", q="status:error", limit=1)) == 2
    apart = live.get(f"{base}/differences", q="has:error")
    assert (apart["inside"], apart["outside"]) == (2, 4)


def test_a_wrong_query_is_answered_with_the_place(live: Live):
    for path in ("sessions", "stats", "facets", "differences", "traces", "sessions/export"):
        answer = live.client.get(f"/v1/projects/shop/{path}", params={"q": "hello turns:many"})
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (400, "invalid_query"), path
        assert problem["column"] == 13, path
        assert problem["expected"]


def test_a_query_that_is_too_long_is_answered_with_the_place(live: Live):
    base, long = "/v1/projects/shop", "a" * 4_097
    select = {"action": "tag", "tag": "t", "author": "me", "select": {"q": long, "expected": 0}}
    for answer in (
        live.client.get(f"{base}/sessions", params={"q": long}),
        live.client.get(f"{base}/traces", params={"q": long}),
        live.client.post(f"{base}/sessions/bulk", json=select),
    ):
        assert (answer.status_code, answer.json()["code"], answer.json()["column"]) == (400, "invalid_query", 4_097)
        assert "4,096" in answer.json()["detail"]
    assert live.client.get(f"{base}/sessions", params={"q": long[:-1]}).status_code == 200
    assert live.get(f"{base}/query", q=long, caret=4_097)["error"]["column"] == 4_097


def test_the_box_is_told_tokens_errors_and_suggestions(live: Live):
    path = "/v1/projects/shop/query"

    whole = live.get(path, q="refund model:")
    wrong = live.get(path, q="🧵 turns:many")

    assert whole["tokens"][0] == {"kind": "text", "start": 0, "end": 6}
    assert "model:" in "refund model:"[whole["tokens"][1]["start"] :]
    model = live.get("/v1/projects/shop/sessions")["data"][0]["models"]["values"][0]
    assert model in {one["text"].removeprefix("model:").strip() for one in whole["suggestions"]}
    assert wrong["error"]["column"] == 9
    assert live.get(path)["suggestions"]
    assert live.get(path, q="refund")["error"] is None
    assert live.get(path, q="turns:>5")["error"] is None
    assert live.get(path, q="turns:>5", of="turn")["error"]["column"] == 1


def test_a_name_that_matched_is_told(live: Live):
    live.send(request(turn(8701, "order-4471-abc", "hello", "answer"), project="names"))

    row = live.get("/v1/projects/names/sessions", q="4471-AB")["data"][0]

    assert row["hits"] is None
    assert row["matched"] == [
        {
            "field": "session_id",
            "key": "",
            "value": "order-4471-abc",
            "ranges": [[6, 13]],
            "trace_id": None,
            "turn_index": None,
        }
    ]
    trace = live.get("/v1/projects/names/sessions", q=f"{8701:032x}")["data"][0]
    assert trace["id"] == session_key("names", "order-4471-abc")
    assert (trace["matched"][0]["field"], trace["matched"][0]["turn_index"]) == ("trace_id", 1)
    rows = live.get("/v1/projects/names/traces", q=f"{8701:032x}")["data"]
    assert [row["trace_id"] for row in rows] == [f"{8701:032x}"]
