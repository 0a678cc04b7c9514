"""Live events: which sessions changed, without content. Lives on one event loop, without locks."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence

import msgspec

from threadline.server.shapes import LiveEvent

__all__ = ["LiveEvents", "Subscription"]

INTERVAL_S = 1.0
"""A session is named at most once in this time."""
BEHIND_BYTES_MAX = 2**20
"""A client that has so much unread is closed: it comes back with `Last-Event-ID`."""
KEPT = 10_000
"""Events that a client coming back can be given."""


class LiveEvents:
    """Takes changes from the writer and hands them to subscribers, coalesced."""

    def __init__(self, boot: str) -> None:
        """`boot` names this run of the server: ids of another run lead to a reset."""
        self._boot = boot
        self._version = 0
        self._kept: deque[LiveEvent] = deque(maxlen=KEPT)
        self.subscriptions: set[Subscription] = set()
        self._timers: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._again: set[tuple[str, str]] = set()
        self.closed = False

    def changed(self, sessions: Sequence[tuple[str, str]]) -> None:
        """(project, session id) of sessions that changed. Call it on the loop."""
        for key in sessions:
            if key in self._timers:
                self._again.add(key)
            else:
                self._send(key)

    def subscribe(self, project: str, last_event_id: str | None) -> "Subscription":
        """Events of a project from now on, or from after `last_event_id` as far as they are kept."""
        subscription = Subscription(project, self._boot)
        if last_event_id is not None:
            for event in self._since(project, last_event_id):
                subscription.put(event)
        if self.closed:
            subscription.close()
        else:
            self.subscriptions.add(subscription)
            subscription.on_close = self.subscriptions.discard
        return subscription

    def close(self) -> None:
        """End every stream and timer."""
        self.closed = True
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        for subscription in list(self.subscriptions):
            subscription.close()

    def _since(self, project: str, last_event_id: str) -> list[LiveEvent]:
        boot, _, number = last_event_id.rpartition("-")
        oldest = self._kept[0].version if self._kept else self._version + 1
        known = boot == self._boot and number.isdecimal() and oldest - 1 <= int(number) <= self._version
        if not known:
            return [LiveEvent(type="reset", project=project, id="", version=self._version)]
        return [event for event in self._kept if event.version > int(number) and event.project == project]

    def _send(self, key: tuple[str, str]) -> None:
        if self.closed:
            return
        self._version += 1
        event = LiveEvent(type="session", project=key[0], id=key[1], version=self._version)
        self._kept.append(event)
        for subscription in list(self.subscriptions):
            if subscription.project == event.project:
                subscription.put(event)
        self._timers[key] = asyncio.get_running_loop().call_later(INTERVAL_S, self._release, key)

    def _release(self, key: tuple[str, str]) -> None:
        del self._timers[key]
        if key in self._again:
            self._again.discard(key)
            self._send(key)


class Subscription:
    """One client's unread events, as server-sent event frames."""

    def __init__(self, project: str, boot: str) -> None:
        self.project = project
        self.closed = False
        self.on_close: Callable[[Subscription], None] = _nothing
        self._boot = boot
        self._unread: deque[bytes] = deque()
        self.unread_bytes = 0
        self._wake = asyncio.Event()

    def put(self, event: LiveEvent) -> None:
        """Queue an event; a client too far behind is closed."""
        frame = f"id: {self._boot}-{event.version}\nevent: {event.type}\ndata: ".encode()
        frame += msgspec.json.encode(event) + b"\n\n"
        self._unread.append(frame)
        self.unread_bytes += len(frame)
        if self.unread_bytes > BEHIND_BYTES_MAX:
            self._unread.clear()
            self.close()
        self._wake.set()

    def close(self) -> None:
        """End the stream after what is queued."""
        self.closed = True
        self.on_close(self)
        self._wake.set()

    async def frames(self, heartbeat_s: float) -> AsyncIterator[bytes]:
        """Frames as they come; a comment after each `heartbeat_s` of silence."""
        try:
            yield b": connected\nretry: 2000\n\n"
            while True:
                while self._unread:
                    frame = self._unread.popleft()
                    self.unread_bytes -= len(frame)
                    yield frame
                if self.closed:
                    return
                self._wake.clear()
                try:
                    await asyncio.wait_for(self._wake.wait(), heartbeat_s)
                except TimeoutError:
                    yield b": still here\n\n"
        finally:
            self.close()


def _nothing(subscription: Subscription) -> None:
    """Until the events know of it, there is nobody to tell."""
