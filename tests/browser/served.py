"""A `threadline serve` of one's own: free port, empty database."""

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx

STARTS_WITHIN_S = 30


class Server:
    """A running `threadline serve` on a port of its own, with an empty database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str, **parameters: str) -> object:
        """The JSON that the API answers to a GET."""
        answer = httpx.get(self.url + path, params=parameters or None, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def send(self, body: bytes, content_type: str = "application/x-protobuf") -> httpx.Response:
        """Post one OTLP request of traces."""
        answer = httpx.post(self.url + "/v1/traces", content=body, headers={"content-type": content_type}, timeout=60)
        answer.raise_for_status()
        return answer


@contextlib.contextmanager
def running(folder: Path, stopped_ns: int | None = None) -> Iterator[Server]:
    """Its own clock stands still at `stopped_ns` where that is given: what it dates itself is the same in each run."""
    stop_clock = f"import time; time.time_ns = lambda: {stopped_ns}; " if stopped_ns is not None else ""
    command = [sys.executable, "-c", f"{stop_clock}from threadline.cli.main import main; main()", "serve"]
    command += ["--port", "0", "--otlp-port", "0", "--grpc-port", "0", "--data", str(folder / "threadline.db")]
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1", "COLUMNS": "500", "TERM": "dumb"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=folder
    )
    assert process.stdout is not None
    stop = threading.Timer(STARTS_WITHIN_S, process.kill)
    stop.start()
    said: list[str] = []
    url = ""
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"ready: (http://\S+)", line):
            url = found[1].rstrip("/")
            break
    stop.cancel()
    # What it says later must not fill the pipe.
    drain = threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True)
    drain.start()
    try:
        assert url, "the server did not start:\n" + "".join(said)
        yield Server(url)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        drain.join(5)
        process.stdout.close()
