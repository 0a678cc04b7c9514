"""What is different between the servers that are compared."""

from pathlib import Path
from typing import Protocol

import msgspec

from bench.servers import Command, Server

__all__ = ["Contestant", "Threadline"]


class Contestant(Protocol):
    """One server."""

    name: str

    def command(self) -> Command:
        """How to start it; whatever must be installed is installed."""

    def data(self, folder: Path) -> Path:
        """A place for a new database."""

    def stored_spans(self, server: Server) -> int:
        """How many spans it holds; it may be running."""

    def list_message(self, server: Server) -> bytes:
        """A whole HTTP request for 50 sessions of the project `bench`, newest first, as its page shows them."""

    def listed(self, body: bytes) -> int:
        """How many sessions such an answer holds."""

    def page(self, server: Server) -> tuple[str, str]:
        """The address of its page of sessions, and what the row of one of the newest shows."""


class Threadline:
    """Ourselves."""

    name = "threadline"

    def __init__(self, command: Command) -> None:
        self.started_by = command

    def command(self) -> Command:
        """As every other scenario starts it."""
        return self.started_by

    def data(self, folder: Path) -> Path:
        """One file."""
        for old in folder.glob("threadline.db*"):
            old.unlink()
        return folder / "threadline.db"

    def stored_spans(self, server: Server) -> int:
        """Through its API."""
        link = server.connect()
        projects = msgspec.json.decode(link.get("/v1/projects").body)["data"]
        link.close()
        return sum(int(one["span_count"]) for one in projects)

    def list_message(self, server: Server) -> bytes:
        """Its list."""
        return (
            f"GET /v1/projects/bench/sessions?limit=50 HTTP/1.1\r\nhost: 127.0.0.1:{server.port}\r\n"
            "accept: application/json\r\n\r\n"
        ).encode()

    def listed(self, body: bytes) -> int:
        """Rows of the page."""
        return len(msgspec.json.decode(body)["data"])

    def page(self, server: Server) -> tuple[str, str]:
        """Its sessions; a row shows what was said first."""
        link = server.connect()
        newest = msgspec.json.decode(link.exchange(self.list_message(server)).body)["data"][0]
        link.close()
        return f"http://127.0.0.1:{server.port}/p/bench/sessions", str(newest["first_input"])[:20]
