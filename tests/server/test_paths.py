"""Names that must survive a path: at the level of HTTP, with the bytes on the wire as written here."""

import json
from urllib.parse import quote

import pytest
from live import Live
from spans import request, turn

from threadline.errors import InvalidInput
from threadline.server.paths import routable, segments

NAMES = [
    "a/b",
    "..",
    ".",
    "a b",
    "%2F",
    "%",
    "🧵",
    "a?b#c",
    "ä ö",
    "..;",
    "a;b",
    "sessions",
    "+",
    "\\",
    "//",
    "a\nb",
    "*",
]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_project_may_have_any_name(live: Live, name: str):
    number = 8000 + NAMES.index(name)
    live.send(request(turn(number, "s", f"in {name}", "ok"), project=name))

    status, _, body = live.raw("GET", f"/v1/projects/{quote(name, safe='')}/sessions?text={quote('in ' + name)}")

    assert status == 200, body
    rows = json.loads(body)["data"]
    assert [row["project"] for row in rows] == [name]
    status, _, body = live.raw("GET", f"/v1/projects/{quote(name, safe='')}/sessions/{rows[0]['id']}/turns")
    assert status == 200, body
    assert json.loads(body)["data"][0]["input"]["text"] == f"in {name}"


def test_a_single_space_is_a_segment(live: Live):
    assert live.raw("GET", "/v1/projects/%20/sessions")[0] == 200
    assert segments(b"/%20") == [" "]


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b"/v1/projects/a%2Fb/x", ["v1", "projects", "a/b", "x"]),
        (b"/v1/%252F", ["v1", "%2F"]),
        (b"/..", [".."]),
        (b"/%2e%2E", [".."]),
        (b"/..;", [".."]),
        (b"/.;", ["."]),
        (b"/..%3B", ["..;"]),
        (b"/a;b", ["a;b"]),
        (b"/%F0%9F%A7%B5", ["🧵"]),
        (b"/", [""]),
    ],
)
def test_segments_are_decoded_after_splitting(raw: bytes, meant: list[str]):
    assert segments(raw) == meant


def test_the_routed_form_holds_no_other_slash():
    assert routable(b"/v1/projects/a%2fb/%20") == "/v1/projects/a%2Fb/%20"


def test_what_is_not_utf_8_is_refused_by_name(live: Live):
    with pytest.raises(InvalidInput, match="UTF-8"):
        segments(b"/%FF")
    status, _, body = live.raw("GET", "/v1/projects/%FF/sessions")
    assert (status, json.loads(body)["code"]) == (400, "invalid_path")


def test_dots_with_a_semicolon_stand_for_dots_on_the_wire(live: Live):
    live.send(request(turn(8100, "dots", "hi", "ho"), project=".."))

    status, _, body = live.raw("GET", "/v1/projects/..;/sessions?session_id=dots")

    assert status == 200
    assert [row["project"] for row in json.loads(body)["data"]] == [".."]
