"""Live events of a project, and the last requests received, as lists and streams."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.params import HeaderParameter
from litestar.response import Stream

from threadline.server import shapes
from threadline.server.api.parameters import LimitParameter, ProjectName
from threadline.server.context import Injected

__all__ = ["list_arrivals", "stream_arrivals", "stream_events"]

HEARTBEAT_S = 15.0
"""Proxies close what is silent for 30 to 60 s."""
LOOK_S = 0.5
"""How soon a stream of arrivals sees that the server stops."""

LastEventId = Annotated[
    str | None, HeaderParameter(name="Last-Event-ID", max_length=256, description="Go on after this event.")
]
STREAM = {"cache-control": "no-store", "x-accel-buffering": "no"}


@get(
    "/v1/projects/{project:str}/events",
    operation_id="streamEvents",
    summary="Sessions as they change",
    tags=["live"],
    media_type="text/event-stream",
)
async def stream_events(context: Injected, project: ProjectName, last_event_id: LastEventId = None) -> Stream:
    """Server-sent events, each a LiveEvent without content, at most one a session and second.

    `reset` asks to load anew: events were missed.
    """
    subscription = context.events.subscribe(project, last_event_id)
    return Stream(subscription.frames(HEARTBEAT_S), media_type="text/event-stream", headers=STREAM)


@get("/v1/arrivals", operation_id="listArrivals", summary="The last requests received", tags=["live"])
async def list_arrivals(context: Injected, limit: LimitParameter = 200) -> Response[shapes.Arrivals]:
    """Newest first, without content: what an exporter sent, and what it was answered. 200 are kept."""
    rows = context.arrivals.last(limit)
    return await context.answer(lambda: shapes.Arrivals(data=rows, next_cursor=None))


@get(
    "/v1/arrivals/events",
    operation_id="streamArrivals",
    summary="Requests as they are received",
    tags=["live"],
    media_type="text/event-stream",
)
async def stream_arrivals(context: Injected, last_event_id: LastEventId = None) -> Stream:
    """Server-sent events, each an Arrival; its number is the event's id."""
    number = int(last_event_id) if last_event_id and last_event_id.isdecimal() else context.arrivals.number
    frames = _arrival_frames(context, min(number, context.arrivals.number))
    return Stream(frames, media_type="text/event-stream", headers=STREAM)


async def _arrival_frames(context: Injected, number: int) -> AsyncIterator[bytes]:
    yield b": connected\nretry: 2000\n\n"
    silent_s = 0.0
    while not context.stopping.is_set():
        fresh: list[Any] = await context.arrivals.after(number, LOOK_S)
        for arrival in fresh:
            number = arrival.number
            yield f"id: {number}\nevent: arrival\ndata: ".encode() + msgspec.json.encode(arrival) + b"\n\n"
        silent_s = 0.0 if fresh else silent_s + LOOK_S
        if silent_s >= HEARTBEAT_S:
            silent_s = 0.0
            yield b": still here\n\n"
