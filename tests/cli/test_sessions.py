import json
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from threadline.cli import sessions as module
from threadline.cli.main import application, main

RUN = CliRunner()
WIDE = {"COLUMNS": "160"}
ROW = {
    "id": "abc",
    "session_id": "chat-1\x1b[31m",
    "last_activity": "2026-11-22T15:00:00.5Z",
    "duration_ms": 65_000.0,
    "turn_count": 3,
    "error_count": 1,
    "total_tokens": 12_345,
    "cost_usd": 0.5,
    "cost_complete": False,
    "first_input": "Hello\nthere",
    "hits": None,
    "matched": [],
}
HITS = {"count": 2, "first": {"trace_id": "", "turn_index": 2, "role": "user", "text": "my refund", "ranges": [[3, 9]]}}
NAME = {"field": "user", "key": "", "value": "ada@x", "ranges": [[0, 3]], "trace_id": None, "turn_index": None}


class Server:
    """Answers the one request."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, body: Any, status: int = 200) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer = (
            httpx.Response(status, content=body) if isinstance(body, bytes) else httpx.Response(status, json=body)
        )
        monkeypatch.setattr(httpx, "get", self.get)

    def get(self, url: str, params: dict[str, str], timeout: float) -> httpx.Response:
        self.asked.append((url, params))
        return self.answer


def listed(*rows: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
    return {"data": list(rows), "next_cursor": cursor}


def test_the_flags_are_the_parameters(monkeypatch: pytest.MonkeyPatch):
    server = Server(monkeypatch, listed())
    flags = [
        "--project",
        "a/b",
        "--since",
        "2026-01-01T00:00:00Z",
        "--sort",
        "cost_usd",
        "--limit",
        "5",
        "--url",
        "http://h:1/",
    ]

    assert RUN.invoke(application, ["sessions", "tool:x OR -y", *flags]).output == "No session matches.\n"
    assert server.asked == [
        (
            "http://h:1/v1/projects/a%2Fb/sessions",
            {"q": "tool:x OR -y", "since": "2026-01-01T00:00:00Z", "sort": "cost_usd", "limit": "5"},
        )
    ]


def test_without_anything(monkeypatch: pytest.MonkeyPatch):
    server = Server(monkeypatch, listed())

    assert RUN.invoke(application, ["sessions"]).exit_code == 0
    assert server.asked == [
        ("http://127.0.0.1:6006/v1/projects/default/sessions", {"sort": "-last_activity", "limit": "20"})
    ]


def test_ago(monkeypatch: pytest.MonkeyPatch):
    server = Server(monkeypatch, listed())
    monkeypatch.setattr(module.time, "time", lambda: 7 * 86_400 + 3_600)

    assert RUN.invoke(application, ["sessions", "--since", "7d", "--until", "30m", "--", "-x"]).exit_code == 0
    asked = server.asked[0][1]
    assert (asked["q"], asked["since"], asked["until"]) == ("-x", "1970-01-01T01:00:00Z", "1970-01-08T00:30:00Z")


def test_a_table(monkeypatch: pytest.MonkeyPatch):
    Server(monkeypatch, listed(ROW, ROW | {"hits": HITS}, ROW | {"matched": [NAME]}, cursor="c"))

    result = RUN.invoke(application, ["sessions"], env=WIDE)

    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert lines == [
        "Session Last activity Turns Errors Duration Tokens Cost Said",
        "chat-1 [31m 2026-11-22 15:00 3 1 1 min 05 s 12,345 $0.5000+ Hello there",
        "chat-1 [31m 2026-11-22 15:00 3 1 1 min 05 s 12,345 $0.5000+ my refund",
        "chat-1 [31m 2026-11-22 15:00 3 1 1 min 05 s 12,345 $0.5000+ ada@x",
        "There are more: raise --limit or narrow the query.",
    ]
    assert "\x1b[31m" not in result.output


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        (60, "Session Said"),
        (80, "Session Last activity Said"),
        (92, "Session Last activity Turns Errors Said"),
        (120, "Session Last activity Turns Errors Tokens Cost Said"),
        (140, "Session Last activity Turns Errors Duration Tokens Cost Said"),
    ],
)
def test_the_id_is_whole_however_little_room_there_is(monkeypatch: pytest.MonkeyPatch, columns: int, names: str):
    uuid = "3f0c2a52-9a2a-4f0e-8d55-0d3a8f8f2c11"
    Server(monkeypatch, listed(ROW | {"session_id": uuid, "first_input": "many words " * 30}))

    head, row = RUN.invoke(application, ["sessions"], env={"COLUMNS": str(columns)}).output.splitlines()
    assert " ".join(head.split()) == names
    assert row.startswith(uuid)
    assert "many words" in row
    assert len(row) <= columns


def test_what_is_not_known_stays_empty(monkeypatch: pytest.MonkeyPatch):
    nothing = {"last_activity": None, "duration_ms": None, "cost_usd": None, "first_input": None}
    Server(monkeypatch, listed(ROW | nothing))

    assert RUN.invoke(application, ["sessions"], env=WIDE).output.splitlines()[1].split() == [
        *("chat-1", "[31m", "3", "1", "12,345")
    ]


def test_as_json(monkeypatch: pytest.MonkeyPatch):
    Server(monkeypatch, listed(ROW))

    assert json.loads(RUN.invoke(application, ["sessions", "--json"]).output) == listed(ROW)


def fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    monkeypatch.setattr("sys.argv", ["threadline", "sessions", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "column", "lines"),
    [
        ("a usr:x", 3, ["  a usr:x", "    ^"]),
        ("退 usr:x", 3, ["  退 usr:x", "     ^"]),
        ("a\nusr:x", 3, ["  a usr:x", "    ^"]),
        ("(a", 3, ["  (a", "    ^"]),
        ("x" * 100 + " usr:y", 102, ["  " + "x" * 54 + " usr:y", "  " + " " * 55 + "^"]),
    ],
)
def test_a_caret_under_the_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], query: str, column: int, lines: list[str]
):
    problem = {"code": "invalid_query", "detail": "Unknown term.", "column": column, "expected": []}
    Server(monkeypatch, problem, 400)

    assert fails(monkeypatch, capsys, query).splitlines() == ["threadline: Unknown term.", *lines]


def test_other_problems_are_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    Server(monkeypatch, {"code": "invalid_time", "detail": "`since` is no time."}, 400)

    assert fails(monkeypatch, capsys, "--since", "x") == "threadline: `since` is no time.\n"


@pytest.mark.parametrize(("body", "status"), [(b"<html>", 200), ({"hello": 1}, 200), ({}, 404), ([], 200)])
def test_another_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], body: Any, status: int):
    Server(monkeypatch, body, status)

    assert "is not Threadline" in fails(monkeypatch, capsys)


def test_nobody(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    assert "Start it with `threadline serve`" in fails(monkeypatch, capsys, "--url", "http://127.0.0.1:9")
