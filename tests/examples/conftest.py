"""A real server and a stand-in for the model, both in processes of their own, on free ports of the loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def model_url() -> Iterator[str]:
    """The base URL of an OpenAI-compatible API."""
    command = [sys.executable, str(ROOT / "tests/llm_server/serve.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def threadline_url(tmp_path: Path) -> Iterator[str]:
    """`threadline serve` on an empty store."""
    port = free_port()
    flags = ["--port", str(port), "--otlp-port", "0", "--grpc-port", "0", "--data", str(tmp_path / "threadline.db")]
    command = [str(Path(sys.executable).with_name("threadline")), "serve", *flags]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(url, process, tmp_path / "log")
            yield url
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        assert process.poll() is None, f"threadline serve ended:\n{log.read_text()}"
        try:
            if httpx.get(f"{url}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail(f"threadline serve was not ready in {START_TIMEOUT_S} s:\n{log.read_text()}")


@pytest.fixture
def environment(model_url: str, threadline_url: str, tmp_path: Path) -> dict[str, str]:
    """What an example is started with: nothing in it may leave this machine."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("OTEL_", "OPENAI_", "LANG"))}
    return kept | {
        "OPENAI_API_KEY": "not-a-key",
        "OPENAI_BASE_URL": model_url,
        "OPENAI_MODEL": "gpt-5-mini",
        "OTEL_EXPORTER_OTLP_ENDPOINT": threadline_url,
        "LANGSMITH_TRACING": "false",
        "HOME": str(tmp_path),
        "NLTK_DATA": str(tmp_path),
        # Whatever tries the network all the same finds a closed door.
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1,localhost",
    }
