from typing import Any

from inline_snapshot import snapshot
from live import Live
from spans import request, turn

from threadline.sessions.totals import session_key

TRACE = f"{7001:032x}"


def write(live: Live, target: dict[str, Any], **content: Any) -> Any:
    answer = live.client.post("/v1/annotations", json={"target": target, "name": "quality", **content})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_an_annotation_is_written_replaced_read_and_deleted(live: Live):
    target = {"kind": "session", "project": "notes/1", "session_id": "later 🧵"}

    first = write(live, target, label="good", author="ada")
    second = write(live, target, label="bad", score=0.25, author="ada")

    assert second["id"] == first["id"]
    assert second["created_at"] == first["created_at"]
    times = {name: second.pop(name) for name in ("created_at", "updated_at")}
    assert second == snapshot(
        {
            "id": "b9fb23925e3d579241c59de704a2a01e",
            "target": {"kind": "session", "project": "notes/1", "session_id": "later 🧵"},
            "name": "quality",
            "annotator_kind": "human",
            "label": "bad",
            "score": 0.25,
            "explanation": None,
            "author": "ada",
            "identifier": "",
        }
    )
    listed = live.walk("/v1/annotations", target="session/notes%2F1/later%20%F0%9F%A7%B5")
    assert listed == [second | times]
    path = f"/v1/annotations/{second['id']}"
    assert live.get(path) == second | times
    assert live.client.delete(path).status_code == 204
    assert live.problem("DELETE", path) == (404, "unknown_annotation")
    assert live.problem("GET", path) == (404, "unknown_annotation")


def test_annotations_appear_on_what_they_are_on(live: Live):
    write(live, {"kind": "session", "project": "annotated", "session_id": "s"}, label="on the session")
    write(live, {"kind": "trace", "project": "annotated", "trace_id": TRACE.upper()}, label="on the trace")
    span_target = {"kind": "span", "project": "annotated", "trace_id": TRACE, "span_id": f"{7001:016x}"}
    write(live, span_target, score=1, annotator_kind="llm")
    live.send(request(turn(7001, "s", "hi", "ho"), project="annotated"))
    base = "/v1/projects/annotated"
    key = session_key("annotated", "s")

    def labels(holder: Any) -> list[Any]:
        return [one["label"] for one in holder["annotations"]]

    assert labels(live.get(f"{base}/sessions/{key}")) == ["on the session"]
    assert labels(live.get(f"{base}/sessions")["data"][0]) == ["on the session"]
    assert labels(live.get(f"{base}/sessions/{key}/turns")["data"][0]) == ["on the trace"]
    assert labels(live.get(f"{base}/traces")["data"][0]) == ["on the trace"]
    assert labels(live.get(f"{base}/traces/{TRACE}")) == ["on the trace"]
    assert [one["score"] for one in live.get(f"{base}/traces/{TRACE}/spans/{7001:016x}")["annotations"]] == [1]
    several = live.client.get("/v1/annotations", params={"target": [f"trace/annotated/{TRACE}", "session/annotated/s"]})
    assert len(several.json()["data"]) == 2


def test_names_in_use(live: Live):
    for label, score, kind in (("good", None, "human"), ("bad", None, "llm"), (None, 0.5, "human")):
        target = {"kind": "session", "project": "named", "session_id": f"{label}{kind}"}
        write(live, target, label=label, score=score, annotator_kind=kind)
    write(live, {"kind": "session", "project": "named", "session_id": "x"}, name="other", explanation="because")

    assert live.walk("/v1/projects/named/annotation-names", limit=1) == snapshot(
        [
            {
                "name": "other",
                "setting": None,
                "annotator_kinds": ["human"],
                "labels": [],
                "has_score": False,
                "count": 1,
            },
            {
                "name": "quality",
                "setting": None,
                "annotator_kinds": ["human", "llm"],
                "labels": ["bad", "good"],
                "has_score": True,
                "count": 3,
            },
        ]
    )


def test_many_sessions_at_once(live: Live):
    live.send(request(*(turn(7100 + n, f"s{n}", "hi", "ho") for n in range(4)), project="bulk"))
    keys = [session_key("bulk", f"s{n}") for n in range(4)]
    path = "/v1/projects/bulk/sessions/bulk"

    tagged = live.client.post(
        path, json={"action": "tag", "ids": [*keys[:2], "nobody"], "tag": "refund", "author": "ada"}
    )
    noted = live.client.post(
        path, json={"action": "annotate", "ids": keys[1:2], "annotation": {"name": "quality", "label": "good"}}
    )
    deleted = live.client.post(path, json={"action": "delete", "ids": [keys[3], keys[3], "nobody"]}).json()

    assert tagged.json() == {"done": 2, "missing": ["nobody"], "deletions": []}
    assert noted.json() == {"done": 1, "missing": [], "deletions": []}
    assert (deleted["done"], deleted["missing"], len(deleted["deletions"])) == (1, ["nobody"], 1)
    rows = {row["session_id"]: row for row in live.get("/v1/projects/bulk/sessions")["data"]}
    assert {
        name: [(one["name"], one["label"]) for one in row["annotations"]] for name, row in rows.items()
    } == snapshot({"s2": [], "s0": [("tag", "refund")], "s1": [("quality", "good"), ("tag", "refund")]})
    assert rows["s0"]["tags"] == {"values": [], "count": 0}, "what the application sent stays as it was sent"
