"""Starts, stops and kills a server as a process of its own, on 127.0.0.1 and on files of its own."""

import contextlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import msgspec

from bench.connection import Connection
from bench.memory import cpu_s

__all__ = ["Command", "Server", "free_port", "threadline"]

START_S_MAX = 90.0
STOP_S_MAX = 60.0
REST_S_MAX = 180.0
RESTS_BELOW = 0.05
"""Of one core, over a second: less than this is no work."""


class Command(msgspec.Struct, frozen=True):
    """How to start a server. `{port}`, `{grpc_port}` and `{data}` are filled in."""

    words: Sequence[str]
    ready_path: str = "/readyz"
    environment: Mapping[str, str] = {}


def threadline(command: str | None = None) -> Command:
    """This checkout's own server, as users start it; or another command line."""
    if command is not None:
        return Command(shlex.split(command))
    script = Path(sys.executable).parent / "threadline"
    ports = ["--host", "127.0.0.1", "--port", "{port}", "--grpc-port", "0", "--otlp-port", "0"]
    return Command([str(script), "serve", *ports, "--data", "{data}"])


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One running server. Leaving it stops it."""

    def __init__(self, command: Command, data: Path, log: Path) -> None:
        self.command = command
        self.data = data
        self.log = log
        self.port = 0
        self.ready_s = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """Of its first process."""
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start it and wait until it is ready; `ready_s` is how long that took."""
        self.port = free_port()
        fill = {"port": str(self.port), "grpc_port": str(free_port()), "data": str(self.data)}
        environment = {key: value.format(**fill) for key, value in self.command.environment.items()}
        begin = time.perf_counter()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [word.format(**fill) for word in self.command.words],
                stdout=log,
                stderr=log,
                env={**os.environ, **environment},
                start_new_session=True,
            )
        while not self.ready():
            self.ready_s = time.perf_counter() - begin
            if self.process.poll() is not None or self.ready_s > START_S_MAX:
                self.kill()
                raise RuntimeError(f"the server did not start; its words are in {self.log}")
            time.sleep(0.01)
        self.ready_s = time.perf_counter() - begin

    def ready(self) -> bool:
        """Whether it answers its readiness path with 200."""
        try:
            link = Connection(self.port, timeout_s=5)
        except OSError:
            return False
        try:
            return link.get(self.command.ready_path).status == 200
        except OSError:
            return False
        finally:
            link.close()

    def rest(self) -> Self:
        """Wait until its background work is done, judged by the time it takes on the processor (Linux)."""
        until = time.monotonic() + REST_S_MAX
        before, used = cpu_s(self.pid), 1.0
        while used > RESTS_BELOW and time.monotonic() < until:
            time.sleep(1.0)
            now = cpu_s(self.pid)
            before, used = now, now - before
        return self

    def stop(self) -> None:
        """Ask it to stop; kill it when it takes too long."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """`kill -9` for it and the processes it started, which are a group of their own."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_S_MAX)
        self.process = None

    def connect(self) -> Connection:
        """A connection to it."""
        return Connection(self.port)

    def files_bytes(self) -> int:
        """Its database with the WAL, or all files of its folder."""
        if self.data.is_dir():
            return sum(path.stat().st_size for path in self.data.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in self.data.parent.glob(f"{self.data.name}*"))
