"""A whole server for tests: real sockets, its own thread and loop, a store in a file of its own."""

import asyncio
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from threadline.server.app import RunningServer, serve
from threadline.settings import load


class Live:
    """What a test sees of a running server."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.url = f"http://127.0.0.1:{server.port}"
        self.client = httpx.Client(base_url=self.url, timeout=20)

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON of an answer that must be 200."""
        given = {name: value for name, value in parameters.items() if value is not None}
        answer = self.client.get(path, params=given or None)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def walk(self, path: str, **parameters: Any) -> list[Any]:
        """All rows of a list, page by page."""
        rows: list[Any] = []
        cursor = None
        while True:
            page = self.get(path, cursor=cursor, **parameters)
            rows += page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                return rows

    def raw(self, method: str, target: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """A request whose target goes over the wire as it stands: no client rewrites `..` or `%2F`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            connection.putrequest(method, target, skip_host="host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def problem(self, method: str, path: str, **request: Any) -> tuple[int, str]:
        """(status, code) of an answer that must be a problem."""
        answer = self.client.request(method, path, **request)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problem = answer.json()
        place = {"column", "expected"} if problem["code"] == "invalid_query" else set()
        assert set(problem) == {"type", "title", "status", "code", "detail"} | place
        assert problem["status"] == answer.status_code
        assert problem["detail"]
        return answer.status_code, problem["code"]

    def send(self, request: Any, **headers: str) -> None:
        """An ExportTraceServiceRequest that must be taken whole."""
        content = request if isinstance(request, bytes) else request.SerializeToString()
        answer = self.client.post(
            "/v1/traces", content=content, headers={"content-type": "application/x-protobuf", **headers}
        )
        assert (answer.status_code, answer.content) == (200, b""), answer.content


@contextmanager
def live_server(folder: Path, *, page: Path | None = None, **flags: Any) -> Iterator[Live]:
    """A server on free ports; stopped and joined at the end."""
    settings = load({"port": "0", "otlp_port": "0", "grpc_port": "0", "data": folder / "live.db", **flags}, {})
    started = threading.Event()
    found: list[RunningServer] = []
    loop = asyncio.new_event_loop()
    failed: list[BaseException] = []

    def ready(server: RunningServer) -> None:
        found.append(server)
        started.set()

    def run() -> None:
        try:
            loop.run_until_complete(serve(settings, ready, page=page, signals=False))
        except BaseException as error:  # noqa: BLE001  told to the test
            failed.append(error)
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()
            started.set()

    thread = threading.Thread(target=run, name="live-server")
    thread.start()
    assert started.wait(20)
    if failed:
        thread.join()
        raise failed[0]
    live = Live(found[0])
    try:
        yield live
    finally:
        live.client.close()
        loop.call_soon_threadsafe(live.server.stop)
        thread.join(20)
    assert not thread.is_alive()
    assert failed == []


def pretty(value: Any) -> str:
    """For a failure's message."""
    return json.dumps(value, indent=1)
