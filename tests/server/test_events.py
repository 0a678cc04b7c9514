"""Live events: coalesced, resumable, and never a burden to the server."""

import asyncio
import json
import threading
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from live import Live, live_server
from spans import request, turn

from threadline.server import events as module
from threadline.server.events import LiveEvents
from threadline.server.shapes import LiveEvent
from threadline.sessions.totals import session_key


def parsed(frames: list[bytes]) -> list[LiveEvent]:
    text = b"".join(frames).decode()
    return [
        msgspec.json.decode(line.removeprefix("data: "), type=LiveEvent)
        for line in text.splitlines()
        if line.startswith("data: ")
    ]


async def taken(subscription: module.Subscription) -> list[LiveEvent]:
    """All events until the stream ends."""
    return parsed([frame async for frame in subscription.frames(heartbeat_s=60)])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INTERVAL_S", 0.02)


@pytest.mark.usefixtures("quick")
def test_a_session_is_named_once_an_interval_and_its_last_change_is_not_lost():
    async def scenario() -> list[LiveEvent]:
        events = LiveEvents("boot")
        subscription = events.subscribe("p", None)
        for _ in range(50):
            events.changed([("p", "a"), ("other", "b")])
        await asyncio.sleep(0.1)
        events.close()
        return await taken(subscription)

    found = asyncio.run(scenario())

    assert [(one.type, one.project, one.id) for one in found] == [("session", "p", "a")] * 2
    assert found[0].version < found[1].version


def test_a_client_resumes_after_the_last_event_it_saw():
    async def scenario(last: str) -> list[LiveEvent]:
        events = LiveEvents("boot")
        events.changed([("p", "a"), ("q", "x"), ("p", "b"), ("p", "c")])
        subscription = events.subscribe("p", last)
        events.close()
        return await taken(subscription)

    assert [one.id for one in asyncio.run(scenario("boot-1"))] == ["b", "c"]
    assert [one.id for one in asyncio.run(scenario("boot-4"))] == []
    for unknown in ("before-1", "boot-99", "nonsense", ""):
        assert [one.type for one in asyncio.run(scenario(unknown))] == ["reset"]


def test_events_that_left_the_memory_lead_to_a_reset(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "KEPT", 2)

    async def scenario(last: str) -> list[LiveEvent]:
        events = LiveEvents("boot")
        events.changed([("p", str(number)) for number in range(4)])
        subscription = events.subscribe("p", last)
        events.close()
        return await taken(subscription)

    assert [one.id for one in asyncio.run(scenario("boot-2"))] == ["2", "3"]
    assert [one.type for one in asyncio.run(scenario("boot-1"))] == ["reset"]


@pytest.mark.parametrize(("past", "closed"), [(0, False), (1, True)])
def test_a_client_too_far_behind_is_closed(monkeypatch: pytest.MonkeyPatch, past: int, closed: object):
    async def scenario() -> bool:
        events = LiveEvents("boot")
        subscription = events.subscribe("p", None)
        events.changed([("p", "a")])
        monkeypatch.setattr(module, "BEHIND_BYTES_MAX", 2 * subscription.unread_bytes - past)
        events.changed([("p", "b")])
        return subscription.closed

    assert asyncio.run(scenario()) is closed


def test_silence_is_filled_with_heartbeats_and_nothing_stays_behind():
    async def scenario() -> tuple[list[bytes], int]:
        events = LiveEvents("boot")
        subscription = events.subscribe("p", None)
        frames = subscription.frames(heartbeat_s=0.01)
        got = [await anext(frames) for _ in range(3)]
        await frames.aclose()
        return got, len(events.subscriptions)

    frames, left = asyncio.run(scenario())

    assert frames[0].startswith(b": ")
    assert frames[1:] == [b": still here\n\n"] * 2
    assert left == 0


def lines_of(live: Live, path: str, **headers: str) -> Iterator[str]:
    with httpx.stream("GET", live.url + path, timeout=20, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers
        yield from answer.iter_lines()


def next_data(lines: Iterator[str]) -> dict:
    return json.loads(next(line for line in lines if line.startswith("data: ")).removeprefix("data: "))


def test_over_http(tmp_path):
    with live_server(tmp_path) as live:
        lines = lines_of(live, "/v1/projects/a%2Fb/events", accept_encoding="gzip")
        assert next(lines) == ": connected"
        live.send(request(turn(1, "s", "secret words", "ok"), project="a/b"))
        event = next_data(lines)
        assert {**event, "version": 0} == {
            "type": "session",
            "project": "a/b",
            "id": session_key("a/b", "s"),
            "version": 0,
        }
        arrivals = lines_of(live, "/v1/arrivals/events", **{"last-event-id": "0"})
        assert next_data(arrivals)["spans"] == 1
        # the streams stay open: stopping must not wait for them
        done = threading.Event()
        ended = threading.Thread(target=lambda: (list(lines), list(arrivals), done.set()))
        ended.start()
    ended.join(10)
    assert done.is_set()
