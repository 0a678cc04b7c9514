import asyncio
import gzip
import os
import signal
import subprocess
import time

import pytest
from recording import RecordingStore, request

from threadline.errors import TooLarge, UndecodableBody
from threadline.ingest import workers
from threadline.ingest.queue import Ingest
from threadline.model.limits import Limits


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """A child from the first waiting request on, for bodies of any size."""
    monkeypatch.setattr(workers, "STARTS_WHEN_WAITING", 0)
    monkeypatch.setattr(workers, "STARTS_AFTER_S", 0)
    monkeypatch.setattr(workers, "WORTH_BYTES", 0)


@pytest.fixture
def children(monkeypatch):
    """The processes that were started."""
    started = []
    popen = subprocess.Popen

    def start(*args, **options):
        started.append(popen(*args, **options))
        return started[-1]

    monkeypatch.setattr(workers.subprocess, "Popen", start)
    return started


def run(scenario, limits=Limits()):  # noqa: B008  frozen
    async def whole():
        store = RecordingStore()
        ingest = Ingest(store, limits, decoding_process=True)
        ingest.start()
        try:
            await submit(ingest, body(90))  # sees the load
            await submit(ingest, body(91))  # starts the child
            await scenario(ingest, store)
        finally:
            store.gate.set()
            await ingest.stop()
        assert ingest.budget.used == 0

    asyncio.run(whole())


async def submit(ingest, data, **options):
    with ingest.budget.lease() as lease:
        lease.grow(len(data))
        return await ingest.submit(data, lease, **{"content": "protobuf", **options})


def body(*span_ids, **options):
    return request(*span_ids, **options).SerializeToString()


def test_the_child_decodes_as_the_writer_does(children, monkeypatch):
    def fails(*_args, **_options):
        raise AssertionError("decoded here")

    async def scenario(ingest, store):
        monkeypatch.setattr("threadline.ingest.decode.read_facts", fails)
        packed = gzip.compress(body(1, 0, 2, session_id="s"))
        outcome = await submit(ingest, packed, encoding="gzip", project="ärger")
        assert (outcome.spans, outcome.kept, outcome.rejected, outcome.projects) == (3, 2, 1, ("ärger",))
        assert outcome.session_id_key == "session.id"
        [arrival] = store.commits[-1]
        assert arrival.body == body(1, 0, 2, session_id="s")
        text = b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s"}]}]}]}' % (
            b"a" * 32,
            b"b" * 16,
        )
        assert (await submit(ingest, text, content="json")).kept == 1
        assert store.commits[-1][0].body.startswith(b"\x0a")

    run(scenario)
    [child] = children
    assert child.returncode == 0


def test_errors_come_back_as_they_are(children):
    async def scenario(ingest, store):
        with pytest.raises(UndecodableBody, match="not an ExportTraceServiceRequest"):
            await submit(ingest, b"\xff")
        with pytest.raises(TooLarge, match="spans_per_request_max"):
            await submit(ingest, body(1, 2, 3))
        with pytest.raises(UndecodableBody, match="Content-Encoding"):
            await submit(ingest, b"plain", encoding="gzip")
        assert (await submit(ingest, body(1))).kept == 1

    run(scenario, Limits(spans_per_request_max=2))
    assert len(children) == 1


def test_what_a_dying_child_had_in_hand_is_decoded_here(children):
    async def scenario(ingest, store):
        while not children:  # noqa: ASYNC110  a process offers no event
            await asyncio.sleep(0.01)
        os.kill(children[0].pid, signal.SIGSTOP)
        tasks = [asyncio.create_task(submit(ingest, body(number))) for number in range(1, 8)]
        await asyncio.sleep(0.05)
        children[0].kill()
        outcomes = await asyncio.gather(*tasks)
        assert [outcome.kept for outcome in outcomes] == [1] * 7
        assert (await submit(ingest, body(9))).kept == 1

    run(scenario)


def test_more_than_the_child_can_hold_is_decoded_here(children):
    async def scenario(ingest, store):
        while not children:  # noqa: ASYNC110  a process offers no event
            await asyncio.sleep(0.01)
        os.kill(children[0].pid, signal.SIGSTOP)
        tasks = [asyncio.create_task(submit(ingest, body(number))) for number in range(1, 31)]
        for _ in range(500):
            if sum(len(commit) for commit in store.commits) >= 2 + 30 - workers.IN_HAND_MAX:
                break
            await asyncio.sleep(0.01)
        os.kill(children[0].pid, signal.SIGCONT)
        assert [outcome.kept for outcome in await asyncio.gather(*tasks)] == [1] * 30

    run(scenario)


def test_an_idle_child_ends(children, monkeypatch):
    monkeypatch.setattr(workers, "ENDS_AFTER_IDLE_S", 0.05)

    async def scenario(ingest, store):
        deadline = time.monotonic() + 10
        while not children or children[0].poll() is None:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)
        assert (await submit(ingest, body(1))).kept == 1

    run(scenario)


def test_without_load_there_is_no_child(children, monkeypatch):
    monkeypatch.setattr(workers, "STARTS_WHEN_WAITING", 3.0)

    async def scenario(ingest, store):
        await asyncio.gather(*(submit(ingest, body(number)) for number in (1, 2, 3)))

    run(scenario)
    assert children == []


def test_a_child_that_cannot_be_started_costs_nothing(monkeypatch):
    def fails(*_args, **_options):
        raise OSError("no more processes")

    monkeypatch.setattr(workers.subprocess, "Popen", fails)

    async def scenario(ingest, store):
        outcomes = await asyncio.gather(*(submit(ingest, body(number)) for number in range(1, 20)))
        assert [outcome.kept for outcome in outcomes] == [1] * 19

    run(scenario)


def test_an_answer_that_makes_no_sense_ends_the_child(children, monkeypatch):
    monkeypatch.setattr(workers, "_RUN", "import sys; sys.stdin.buffer.read(2000); sys.stdout.buffer.write(b'x' * 9)")

    async def scenario(ingest, store):
        outcomes = await asyncio.gather(*(submit(ingest, body(number, input_value="x" * 5_000)) for number in (1, 2)))
        assert [outcome.kept for outcome in outcomes] == [1, 1]

    run(scenario)
