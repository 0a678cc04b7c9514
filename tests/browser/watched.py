"""What a page must never do."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request


class Watched:
    """What a page must never do: log an error, break its policy, ask another origin."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        self.expected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Faults that match are part of the test."""
        self.expected.append(pattern)

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"foreign request: {request.url}")

    def check(self) -> None:
        unexpected = [fault for fault in self.faults if not any(re.search(known, fault) for known in self.expected)]
        assert unexpected == []
