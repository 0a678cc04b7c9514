"""Every failing path answers one shape, with a stable code."""

from pathlib import Path

import pytest
from live import Live, live_server

from threadline.errors import Overloaded, StoreFailed, TooLarge
from threadline.server.problem import problem_of

TRACE = "0" * 31 + "1"
JSON = {"content-type": "application/json"}
NOTE = {"name": "n", "label": "x"}
SESSION = {"kind": "session", "project": "p", "session_id": "s"}

FAILING = [
    ("GET", "/v1/nothing", None, 404, "unknown_address"),
    ("GET", "/v1/projects/p", None, 404, "unknown_address"),
    ("GET", "/v1/projects/p/sessions/none/nothing", None, 404, "unknown_address"),
    ("POST", "/nowhere", None, 404, "unknown_address"),
    ("POST", "/v1/trace", None, 404, "unknown_address"),
    ("DELETE", "/p/page", None, 400, "method_not_allowed"),
    ("PUT", "/v1/projects", None, 405, "method_not_allowed"),
    ("POST", "/v1/projects/p/sessions", {}, 405, "method_not_allowed"),
    ("GET", "/assets/none-12345678.js", None, 404, "unknown_address"),
    ("GET", "/v1/projects?limit=0", None, 400, "invalid_request"),
    ("GET", "/v1/projects?limit=1001", None, 400, "invalid_request"),
    ("GET", "/v1/projects?limit=x", None, 400, "invalid_request"),
    ("GET", "/v1/projects?cursor=x", None, 400, "invalid_cursor"),
    ("GET", "/v1/projects?cursor=%F0%9F%A7%B5", None, 400, "invalid_cursor"),
    ("GET", "/v1/projects?colour=red", None, 400, "unknown_parameter"),
    ("GET", "/v1/projects/shop/sessions?q=(x", None, 400, "invalid_query"),
    ("GET", "/v1/projects/shop/sessions?text=", None, 400, "invalid_request"),
    ("GET", "/v1/projects/shop/sessions?sort=name", None, 400, "unknown_sort"),
    ("GET", "/v1/projects/shop/sessions?since=yesterday", None, 400, "invalid_time"),
    ("GET", "/v1/projects/shop/sessions?until=2026-13-01T00:00:00Z", None, 400, "invalid_time"),
    ("GET", "/v1/projects/shop/sessions?cursor=AAAA", None, 400, "invalid_cursor"),
    ("GET", "/v1/projects/shop/sessions/none", None, 404, "unknown_session"),
    ("DELETE", "/v1/projects/shop/sessions/none", None, 404, "unknown_session"),
    ("GET", "/v1/projects/shop/sessions/none/turns", None, 404, "unknown_session"),
    ("GET", "/v1/projects/shop/sessions/none/transcript", None, 404, "unknown_session"),
    ("GET", "/v1/projects/shop/sessions/none/outline", None, 404, "unknown_session"),
    ("GET", "/v1/projects/shop/sessions/none/search?q=x", None, 404, "unknown_session"),
    ("GET", "/v1/projects/shop/sessions/none/search", None, 400, "invalid_request"),
    ("GET", "/v1/projects/shop/sessions/none/otlp", None, 404, "unknown_session"),
    ("GET", "/v1/projects/shop/traces?cursor=x", None, 400, "invalid_cursor"),
    ("GET", "/v1/projects/shop/traces/xyz", None, 400, "invalid_id"),
    ("GET", f"/v1/projects/shop/traces/{'f' * 32}", None, 404, "unknown_trace"),
    ("GET", f"/v1/projects/other/traces/{TRACE}", None, 404, "unknown_trace"),
    ("GET", f"/v1/projects/shop/traces/{'f' * 32}/spans", None, 404, "unknown_trace"),
    ("GET", f"/v1/projects/shop/traces/{'f' * 32}/otlp", None, 404, "unknown_trace"),
    ("GET", f"/v1/projects/shop/traces/{TRACE}/spans/xyz", None, 400, "invalid_id"),
    ("GET", f"/v1/projects/shop/traces/{TRACE}/spans/{'f' * 16}", None, 404, "unknown_span"),
    ("GET", "/v1/projects/shop/stats?buckets=401", None, 400, "invalid_request"),
    ("GET", "/v1/resolve/trace/abc", None, 400, "invalid_id"),
    ("GET", f"/v1/resolve/trace/{'f' * 32}", None, 404, "unknown_trace"),
    ("GET", "/v1/resolve/session?session_id=none", None, 404, "unknown_session"),
    ("GET", "/v1/deletions/none", None, 404, "unknown_deletion"),
    ("GET", "/v1/annotations", None, 400, "invalid_request"),
    ("GET", "/v1/annotations?target=shop", None, 400, "invalid_target"),
    ("GET", "/v1/annotations?target=trace/shop/xyz", None, 400, "invalid_id"),
    ("GET", "/v1/annotations/none", None, 404, "unknown_annotation"),
    ("DELETE", "/v1/annotations/none", None, 404, "unknown_annotation"),
    ("POST", "/v1/annotations", {"target": SESSION, "name": "n"}, 400, "empty_annotation"),
    ("POST", "/v1/annotations", {"target": SESSION, "name": ""}, 400, "invalid_request"),
    ("POST", "/v1/annotations", {"target": {"kind": "session", "project": "p"}, **NOTE}, 400, "invalid_target"),
    ("POST", "/v1/annotations", {"target": {**SESSION, "span_id": "0" * 16}, **NOTE}, 400, "invalid_target"),
    ("POST", "/v1/annotations", {"target": {**SESSION, "kind": "user"}, **NOTE}, 400, "invalid_request"),
    ("POST", "/v1/annotations", b"{", 400, "invalid_request"),
    ("POST", "/v1/annotations", b"[]", 400, "invalid_request"),
    ("POST", "/v1/annotations", b'{"name": "' + b"x" * 2**21 + b'"}', 413, "body_too_large"),
    ("POST", "/v1/projects/p/sessions/bulk", {"action": "burn", "ids": ["x"]}, 400, "invalid_request"),
    ("POST", "/v1/projects/p/sessions/bulk", {"action": "tag", "ids": ["x"]}, 400, "invalid_request"),
    ("POST", "/v1/projects/p/sessions/bulk", {"action": "delete", "ids": []}, 400, "invalid_request"),
    ("POST", "/v1/projects/p/sessions/bulk", {"action": "delete", "ids": ["x"] * 1001}, 400, "invalid_request"),
    ("POST", "/v1/projects/p/sessions/export", {"ids": []}, 400, "invalid_request"),
    ("POST", "/v1/projects/p/sessions/export", {"ids": ["x"] * 10_001}, 400, "invalid_request"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), FAILING, ids=lambda value: str(value)[:60])
def test_every_failing_path(live: Live, method: str, path: str, body: object, status: int, code: str):
    sent = {"content": body, "headers": JSON} if isinstance(body, bytes) else {"json": body} if body is not None else {}

    assert live.problem(method, path, **sent) == (status, code)


@pytest.mark.parametrize(("length", "status"), [(1024, 201), (1025, 400)])
def test_an_annotation_at_its_limit_and_one_past_it(live: Live, length: int, status: int):
    note = {"target": {**SESSION, "project": "limits"}, "name": "n", "label": "x" * length}

    assert live.client.post("/v1/annotations", json=note).status_code == status


def test_what_is_busy_says_when_to_come_back():
    problem, headers = problem_of(Overloaded("busy", "No room just now.", retry_after_s=3))

    assert (problem.status, problem.code, headers) == (503, "busy", {"retry-after": "3"})
    assert problem_of(StoreFailed("store_failed", "The disk is full."))[0].status == 503
    assert problem_of(TooLarge("body_too_large", "Too much."))[0].status == 413


def test_what_nobody_expected_tells_nothing(caplog: pytest.LogCaptureFixture):
    problem, _ = problem_of(ZeroDivisionError("secret"))

    assert (problem.status, problem.code) == (500, "internal_error")
    assert "secret" not in problem.detail
    assert "secret" in caplog.text


def test_a_wrong_path_is_shown_with_its_cure(tmp_path: Path):
    with live_server(tmp_path) as live:
        live.problem("POST", "/v1/trace", content=b"x", headers={"content-type": "application/x-protobuf"})

        shown = live.get("/v1/arrivals")["data"]

    assert [(one["path"], one["status"]) for one in shown] == [("/v1/trace", 404)]
    assert "/v1/traces" in shown[0]["cure"]
