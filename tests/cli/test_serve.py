"""The commands as a person runs them: processes, sockets, signals."""

import os
import queue
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

COMMAND = [sys.executable, "-m", "threadline"]


class Process:
    """A running command and the lines it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._coming: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self._coming.put(line.rstrip("\n"))
        self._coming.put(None)

    def until(self, pattern: str) -> re.Match[str]:
        """The next line that holds the pattern."""
        while (line := self._coming.get(timeout=40)) is not None:
            self.lines.append(line)
            if match := re.search(pattern, line):
                return match
        raise AssertionError("\n".join(self.lines))

    def join(self) -> int:
        """Its exit code."""
        code = self.process.wait(20)
        self._reader.join(20)
        return code


@contextmanager
def running(*arguments: str, cwd: Path) -> Iterator[Process]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("THREADLINE_", "OTEL_"))}
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
    )
    started = Process(process)
    try:
        yield started
    finally:
        if process.poll() is None:
            process.kill()
        started.join()


OFF = ["--port", "0", "--otlp-port", "0", "--grpc-port", "0"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve_hello_and_stop(tmp_path: Path, stop: signal.Signals):
    with running("serve", *OFF, "--data", str(tmp_path / "a" / "x.db"), cwd=tmp_path) as server:
        url = server.until(r"is ready: (http://127\.0\.0\.1:\d+)")[1]
        command = shlex.split(server.until("^Send a first session with (.+), or from your application:$")[1])
        five = [server.until(r"^from opentelemetry").string, *(server.until(r"\S").string for _ in range(4))]
        hello = subprocess.run(
            [*command, "--project", "a/b"],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
            check=True,
        )
        link = re.search(rf"{url}/p/a%2Fb/sessions/(\w+)", hello.stdout)
        assert link, hello.stdout
        turns = httpx.get(f"{url}/v1/projects/a%2Fb/sessions/{link[1]}/turns").json()["data"]
        assert [turn["input"]["text"] for turn in turns] == ["Hello, is anybody there?", "Where do I go from here?"]
        subprocess.run([sys.executable, "-c", "\n".join(five)], timeout=60, check=True)
        first = httpx.get(f"{url}/v1/resolve/session", params={"session_id": "first"})
        assert first.status_code == 200
        server.process.send_signal(stop)
        assert server.join() == 0
    assert not [line for line in server.lines if "Traceback" in line]


def test_serve_on_a_taken_port(tmp_path: Path):
    with running("serve", *OFF, "--data", str(tmp_path / "x.db"), cwd=tmp_path) as server:
        port = server.until(r"is ready: http://127\.0\.0\.1:(\d+)")[1]
        with running("serve", *OFF[2:], "--port", port, "--data", str(tmp_path / "y.db"), cwd=tmp_path) as second:
            second.until(rf"^threadline: Port {port} is in use \(another collector\?\)\. Try --port {int(port) + 1}\.$")
            assert second.join() == 1
        with running("serve", *OFF, "--data", str(tmp_path / "x.db"), cwd=tmp_path) as third:
            third.until(r"^threadline: Another Threadline")
            assert third.join() == 1


def test_demo_fills_a_server_and_leaves_nothing(tmp_path: Path):
    with running("demo", *OFF, cwd=tmp_path) as server:
        url = server.until(r"is ready: (http://127\.0\.0\.1:\d+)")[1]
        server.until("Done")
        projects = httpx.get(f"{url}/v1/projects").json()["data"]
        assert len(projects) >= 2
        assert any(project["trace_count"] >= 500 for project in projects)
        server.process.send_signal(signal.SIGINT)
        assert server.join() == 0
    assert list(tmp_path.iterdir()) == []
