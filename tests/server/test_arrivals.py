import asyncio

import pytest

from threadline.errors import InvalidInput, Overloaded, TooLarge
from threadline.server.arrivals import Arrivals, cure_of, wrong_path
from threadline.server.shapes import Arrival


def made(**options):
    return Arrivals(lambda: 1_795_000_000_000_000_001, **options)


def record(arrivals, path="/v1/traces"):
    return arrivals.record(transport="http", path=path, status=200, answer="ok")


def test_a_whole_record():
    arrival = made().record(
        transport="http",
        path="/v1/traces",
        encoding="protobuf, gzip",
        size=10,
        spans=2,
        rejected=1,
        projects={"b", "a"},
        session_id_key="session.id",
        status=200,
        answer="1 of 2",
        cure="do this",
    )
    assert arrival == Arrival(
        number=1,
        time="2026-11-18T11:06:40.000000001Z",
        transport="http",
        path="/v1/traces",
        encoding="protobuf, gzip",
        bytes=10,
        spans=2,
        rejected=1,
        projects=["a", "b"],
        session_id_key="session.id",
        status=200,
        answer="1 of 2",
        cure="do this",
    )


def test_the_last_200_stay_newest_first():
    arrivals = made()
    for _ in range(201):
        record(arrivals)
    numbers = [arrival.number for arrival in arrivals.last()]
    assert numbers == list(range(201, 1, -1))
    assert [arrival.number for arrival in arrivals.last(2)] == [201, 200]
    assert arrivals.number == 201


def test_what_a_sender_chose_is_cut():
    arrival = record(made(), path="/" + "x" * 256)
    assert len(arrival.path) == 256
    assert record(made(), path="/" + "x" * 255).path[-1] == "x"


def test_waiting_for_newer_ones():
    async def scenario():
        arrivals = made()
        record(arrivals)
        assert [arrival.number for arrival in await arrivals.after(0)] == [1]
        assert await arrivals.after(1, timeout_s=0.01) == []
        waiting = [asyncio.create_task(arrivals.after(1)) for _ in range(3)]
        await asyncio.sleep(0)
        record(arrivals)
        record(arrivals)
        found = await asyncio.gather(*waiting)
        assert [[arrival.number for arrival in each] for each in found] == [[2, 3]] * 3

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("method", "path", "content_type", "cure"),
    [
        ("POST", "/", "application/x-protobuf", "/v1/traces"),
        ("POST", "/traces", "application/json", "/v1/traces"),
        ("POST", "/v1/trace", "", "/v1/traces"),
        ("POST", "/api/v1/traces", "application/x-protobuf; a=b", "/v1/traces"),
        ("POST", "/v1/traces/v1/traces", "", "/v1/traces"),
        ("POST", "/v1/traces/", "application/json", "without the slash"),
        ("POST", "/otlp/v1/metrics", "application/json", "/v1/metrics"),
        ("POST", "/api/v1/logs", "application/x-protobuf", "/v1/logs"),
        ("POST", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc", "4317"),
    ],
)
def test_what_looks_like_otlp_gets_a_cure(method, path, content_type, cure):
    answer, found = wrong_path(method, path, content_type, 4317)
    assert cure in found
    assert answer


@pytest.mark.parametrize(
    ("method", "path", "content_type"),
    [("GET", "/v1/traces/x", ""), ("POST", "/v1/annotations", "application/json"), ("POST", "/", "text/html")],
)
def test_what_does_not_look_like_otlp_is_left_alone(method, path, content_type):
    assert wrong_path(method, path, content_type, 4317) is None


@pytest.mark.parametrize(("port", "said"), [(4317, "port 4317"), (14317, "port 14317"), (None, "no port receives")])
def test_the_cure_for_grpc_names_the_port_that_takes_it(port, said):
    assert said in wrong_path("POST", "/any", "application/grpc", port)[1]


def test_cures_that_both_edges_give():
    assert "smaller batches" in cure_of(TooLarge("x", "y"))
    assert "budget_bytes" in cure_of(Overloaded("x", "y"))
    assert cure_of(InvalidInput("x", "y")) is None
