"""The composition root: ports, refusals, stopping, and nothing left behind."""

import asyncio
import gc
import socket
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from live import Live, live_server
from spans import conversation

from threadline.errors import Conflict, Forbidden, InvalidInput, StoreFailed
from threadline.server.api.health import ready
from threadline.server.app import RunningServer, serve
from threadline.settings import load

DESCRIPTORS = Path("/proc/self/fd")


def taken_port(stack: ExitStack) -> int:
    holder = stack.enter_context(socket.socket())
    holder.bind(("127.0.0.1", 0))
    holder.listen()
    return int(holder.getsockname()[1])


def test_health_readiness_and_metrics(live: Live):
    assert live.client.get("/healthz").text == "ok\n"
    assert live.client.get("/readyz").text == "ready\n"
    metrics = live.client.get("/metrics")
    assert metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    values = dict(line.split(" ") for line in metrics.text.splitlines() if not line.startswith("#"))
    assert int(values["threadline_spans_kept_total"]) >= 5
    assert int(values["threadline_sessions"]) >= 1


def test_a_server_that_can_keep_nothing_is_not_ready():
    failure = StoreFailed("disk_full", "The disk that holds the data is full.")
    context = SimpleNamespace(stopping=asyncio.Event(), ingest=SimpleNamespace(store_failure=failure))
    with pytest.raises(StoreFailed) as refused:
        asyncio.run(ready.fn(context))
    assert refused.value is failure


def test_a_taken_main_port_stops_the_start(tmp_path: Path):
    with ExitStack() as stack:
        port = taken_port(stack)
        with pytest.raises(Conflict) as refused, live_server(tmp_path, port=port):
            pass
    assert refused.value.message == f"Port {port} is in use (another collector?). Try --port {port + 1}."
    assert not (tmp_path / "live.db").exists()


@pytest.mark.parametrize("name", ["otlp_port", "grpc_port"])
def test_a_taken_port_that_was_asked_for_stops_the_start(tmp_path: Path, name: str):
    with ExitStack() as stack:
        port = taken_port(stack)
        with (
            pytest.raises(Conflict, match=f"--{name.replace('_', '-')} {port + 1}"),
            live_server(tmp_path, **{name: port}),
        ):
            pass


def test_a_taken_default_port_is_said_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with ExitStack() as stack:
        ports = {name: taken_port(stack) for name in ("otlp_port", "grpc_port")}
        monkeypatch.setattr("live.load", lambda flags, environment: unasked(load(flags, environment)))
        with live_server(tmp_path, **ports) as live:
            notes = live.server.notes
            assert live.client.get("/healthz").status_code == 200

    assert len(notes) == 2
    assert all(f"Port {port} is in use" in note for port, note in zip(ports.values(), notes, strict=True))


def unasked(settings: Any) -> Any:
    """As if these values were the defaults."""
    import msgspec  # noqa: PLC0415

    return msgspec.structs.replace(settings, sources={})


def test_both_http_ports_answer_alike(tmp_path: Path):
    with ExitStack() as stack:
        port = taken_port(stack)
    with live_server(tmp_path, otlp_port=port) as live:
        assert live.server.otlp_port == port
        body = conversation().SerializeToString()
        answer = httpx.post(
            f"http://127.0.0.1:{port}/v1/traces", content=body, headers={"content-type": "application/x-protobuf"}
        )
        assert answer.status_code == 200
        assert httpx.get(f"http://127.0.0.1:{port}/v1/projects").json() == live.get("/v1/projects")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.org"])
def test_an_address_that_strangers_can_reach_is_refused(tmp_path: Path, host: str):
    with pytest.raises(Forbidden, match="--insecure"), live_server(tmp_path, host=host):
        pass


def test_with_insecure_it_listens_there(tmp_path: Path):
    with live_server(tmp_path, host="0.0.0.0", insecure=True) as live:
        assert live.client.get("/healthz").status_code == 200


def test_a_host_that_is_not_here(tmp_path: Path):
    with pytest.raises(InvalidInput, match=r"192\.0\.2\.1"), live_server(tmp_path, host="192.0.2.1", insecure=True):
        pass


def test_prices_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(InvalidInput, match="prices"), live_server(tmp_path, prices=tmp_path / "prices.json"):
        pass
    (tmp_path / "prices.json").write_text("{")
    with pytest.raises(InvalidInput) as refused, live_server(tmp_path, prices=tmp_path / "prices.json"):
        pass
    assert refused.value.code == "prices_unreadable"


def test_own_prices_go_before_the_built_in(tmp_path: Path):
    prices = '{"models": [{"model": "gpt-4o-mini", "prices": [{"from": "2020-01-01", "input": 1000, "output": 0}]}]}'
    (tmp_path / "prices.json").write_text(prices)
    with live_server(tmp_path, prices=tmp_path / "prices.json") as live:
        live.send(conversation())
        assert live.get("/v1/projects/shop/sessions")["data"][0]["cost_usd"] == pytest.approx(0.2)


def test_fifty_starts_and_stops_leave_nothing_behind(tmp_path: Path):
    def counts() -> tuple[int, int]:
        gc.collect()
        return threading.active_count(), len(list(DESCRIPTORS.iterdir())) if DESCRIPTORS.exists() else 0

    async def once(number: int) -> set[str]:
        with ExitStack() as stack:
            otlp_port = taken_port(stack)
        settings = load({"port": 0, "grpc_port": 0, "otlp_port": otlp_port, "data": tmp_path / f"{number % 5}.db"}, {})
        body = conversation().SerializeToString()

        async def visit(server: RunningServer) -> None:
            async with httpx.AsyncClient(base_url=server.url) as client:
                await client.post("/v1/traces", content=body, headers={"content-type": "application/x-protobuf"})
                assert (await client.get("/v1/projects/shop/sessions")).status_code == 200
            server.stop()

        visits = []
        await serve(settings, lambda server: visits.append(asyncio.create_task(visit(server))), signals=False)
        await visits[0]
        return {task.get_name() for task in asyncio.all_tasks()} - {asyncio.current_task().get_name()}

    asyncio.run(once(0))
    before = counts()
    for number in range(50):
        assert asyncio.run(once(number)) == set()

    deadline = time.monotonic() + 5
    while counts() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    threads, descriptors = counts()
    assert threads <= before[0]
    assert descriptors <= before[1]


@pytest.mark.parametrize("data", ["file/live.db", "file/folder/live.db"])
def test_a_folder_that_cannot_be_made_stops_the_start(tmp_path: Path, data: str):
    (tmp_path / "file").touch()
    with pytest.raises(StoreFailed, match="Choose another --data path"), live_server(tmp_path, data=tmp_path / data):
        pass
