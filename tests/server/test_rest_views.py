from live import Live
from spans import request, turn

from threadline.sessions.totals import session_key

VIEWS = "/v1/projects/kept/views"


def test_a_view_is_saved_changed_and_deleted(live: Live):
    made = live.client.post(VIEWS, json={"name": "Failing tools", "query": "has:error tool:x", "columns": ["turns"]})
    assert made.status_code == 201, made.text
    view = made.json()
    other = live.client.post(VIEWS, json={"name": "All"}).json()

    changed = live.client.put(f"{VIEWS}/{view['id']}", json={"name": "Failing", "query": "has:error"}).json()

    assert (changed["id"], changed["created_at"]) == (view["id"], view["created_at"])
    assert (changed["name"], changed["columns"]) == ("Failing", [])
    assert live.walk(VIEWS, limit=1) == [other, changed]
    assert live.client.delete(f"{VIEWS}/{view['id']}").status_code == 204
    assert live.problem("DELETE", f"{VIEWS}/{view['id']}") == (404, "unknown_view")
    assert live.problem("PUT", f"{VIEWS}/{view['id']}", json={"name": "x"}) == (404, "unknown_view")
    assert live.walk("/v1/projects/another/views") == []


def test_a_view_that_could_not_be_opened_is_refused(live: Live):
    answer = live.client.post(VIEWS, json={"name": "broken", "query": "(tool:x"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_query"
    assert live.problem("POST", VIEWS, json={"name": "x", "sort": "colour"}) == (400, "unknown_sort")
    assert live.problem("POST", VIEWS, json={"name": ""})[0] == 400


def test_what_was_reviewed_is_kept_per_author(live: Live):
    path = "/v1/projects/kept/seen"
    assert live.client.post(path, json={"author": "ada", "ids": ["b", "a"]}).status_code == 204
    first = live.get(path, author="ada", id="a")["data"]

    assert live.client.post(path, json={"author": "ada", "ids": ["a"]}).status_code == 204

    assert live.get(path, author="ada", id="a")["data"] == first
    asked = live.client.get(path, params={"author": "ada", "id": ["c", "b", "a"]}).json()["data"]
    assert [one["id"] for one in asked] == ["b", "a"]
    assert live.get(path, author="grace", id="a")["data"] == []


def test_names_are_set_up_and_forgotten(live: Live):
    path = "/v1/projects/labelled/annotation-names"
    setting = {"kind": "categorical", "labels": ["good", "bad"], "minimum": None, "maximum": None, "description": ""}
    assert live.client.put(f"{path}/quality%2Fa", json=setting).json() == setting
    live.client.put(f"{path}/score", json={"kind": "numeric", "minimum": 0, "maximum": 1})

    names = {one["name"]: one for one in live.walk(path, limit=1)}

    assert list(names) == ["quality/a", "score"]
    assert names["quality/a"]["setting"] == setting
    assert names["quality/a"]["count"] == 0
    assert live.client.delete(f"{path}/score").status_code == 204
    assert live.problem("DELETE", f"{path}/score") == (404, "unknown_name")
    wrong = {"kind": "numeric", "minimum": 2, "maximum": 1}
    assert live.problem("PUT", f"{path}/score", json=wrong) == (400, "invalid_range")
    twice = {"kind": "categorical", "labels": ["a", "a"]}
    assert live.problem("PUT", f"{path}/score", json=twice) == (400, "invalid_labels")


def test_all_sessions_of_a_query_are_tagged_when_they_are_as_many_as_were_seen(live: Live):
    for number in range(3):
        live.send(request(turn(8300 + number, f"s{number}", "same words", "answer"), project="bulk by query"))
    base = "/v1/projects/bulk%20by%20query/sessions"
    wanted = {"action": "tag", "tag": "later", "author": "ada"}

    answer = live.client.post(f"{base}/bulk", json={**wanted, "select": {"q": "same", "expected": 3}})
    changed = live.problem("POST", f"{base}/bulk", json={**wanted, "select": {"q": "same", "expected": 2}})
    both = live.problem("POST", f"{base}/bulk", json={**wanted, "ids": ["a"], "select": {"expected": 2}})

    assert answer.json()["done"] == 3
    assert changed == (409, "count_changed")
    assert both == (400, "invalid_request")
    assert len(live.walk(base, q="tag:later", limit=2)) == 3


def test_a_sample_is_the_same_for_the_same_seed(live: Live):
    for number in range(20):
        live.send(request(turn(8400 + number, f"s{number}", "hello", "answer"), project="sampled"))
    path = "/v1/projects/sampled/sessions/sample"

    one = [row["id"] for row in live.get(path, seed="a", size=5)["data"]]

    assert one == [row["id"] for row in live.get(path, seed="a", size=5)["data"]]
    assert len(set(one)) == 5
    assert one == [row["id"] for row in live.get(path, seed="a", size=20)["data"]][:5]
    assert one != [row["id"] for row in live.get(path, seed="b", size=5)["data"]]


def test_sessions_that_open_alike_are_offered_for_comparison(live: Live):
    live.send(request(turn(8501, "bad", "where is my parcel", "failed", status={"code": 2}), project="alike"))
    live.send(request(turn(8502, "good", "where is my parcel", "here"), project="alike"))
    live.send(request(turn(8503, "unlike", "something else", "fine"), project="alike"))

    found = live.get(f"/v1/projects/alike/sessions/{session_key('alike', 'bad')}/similar")["data"]

    assert found[0]["session_id"] == "good"
    assert "bad" not in {one["session_id"] for one in found}


def test_sessions_that_share_a_tool_are_offered_when_none_opens_alike(live: Live):
    def called(trace: int, session_id: str, tool: str, **more: object):
        words = {"openinference.span.kind": "TOOL", "tool.name": tool}
        return turn(trace, session_id, f"{session_id} asks", "done", attributes=words, **more)

    live.send(
        request(called(8601, "bad", "refund", status={"code": 2}), called(8602, "bad", "lookup"), project="tools")
    )
    live.send(request(called(8603, "shares", "lookup"), called(8604, "other", "weather"), project="tools"))

    found = live.get(f"/v1/projects/tools/sessions/{session_key('tools', 'bad')}/similar")["data"]

    assert [one["session_id"] for one in found] == ["shares"]
