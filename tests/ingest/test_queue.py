import asyncio
import gzip
import threading

import pytest
from recording import RecordingStore, request

from threadline.errors import Overloaded, StoreFailed, TooLarge, UndecodableBody
from threadline.ingest.budget import REQUEST_BYTES
from threadline.ingest.queue import Ingest
from threadline.model.limits import Limits


def run(scenario, limits=Limits(), store=None):  # noqa: B008  frozen
    """Run a coroutine function of (ingest, store) on a started ingest; afterwards nothing may be left over."""

    async def whole():
        before = set(threading.enumerate())
        kept = store or RecordingStore()
        ingest = Ingest(kept, limits)
        ingest.start()
        try:
            result = await scenario(ingest, kept)
        finally:
            kept.gate.set()
            await ingest.stop()
        assert ingest.budget.used == 0
        assert not [t for t in set(threading.enumerate()) - before if t.name == "threadline-writer"]
        return result

    return asyncio.run(whole())


async def submit(ingest, body, **options):
    with ingest.budget.lease() as lease:
        lease.grow(len(body))
        return await ingest.submit(body, lease, **{"content": "protobuf", **options})


def body(*span_ids, **options):
    return request(*span_ids, **options).SerializeToString()


async def held(store):
    """Wait until a commit is held at the gate."""
    await asyncio.to_thread(store.entered.wait, 10)
    store.entered.clear()


def test_one_request():
    async def scenario(ingest, store):
        outcome = await submit(ingest, body(1, 0, 2, session_id="s"))
        assert (outcome.spans, outcome.kept, outcome.rejected, outcome.projects) == (3, 2, 1, ("shop",))
        assert outcome.session_id_key == "session.id"
        assert "span_id is all zero" in outcome.message
        return ingest.counters

    counters = run(scenario)
    assert (counters.requests, counters.commits, counters.spans_received) == (1, 1, 3)
    assert (counters.spans_kept, counters.spans_rejected, counters.requests_failed) == (2, 1, 0)


def test_waiting_requests_share_a_commit_and_are_answered_in_order():
    async def scenario(ingest, store):
        store.gate.clear()
        answered = []

        async def one(number):
            await submit(ingest, body(number))
            answered.append(number)

        tasks = [asyncio.create_task(one(1))]
        await held(store)
        tasks += [asyncio.create_task(one(number)) for number in range(2, 100)]
        await asyncio.sleep(0)
        store.gate.set()
        await asyncio.gather(*tasks)
        assert answered == list(range(1, 100))
        assert [len(commit) for commit in store.commits] == [1, 40, 40, 18]
        assert len(store.threads) == 1
        return ingest.counters

    assert run(scenario).commits == 4


def test_a_group_ends_at_4000_spans():
    async def scenario(ingest, store):
        store.gate.clear()
        tasks = [asyncio.create_task(submit(ingest, body(1)))]
        await held(store)
        large = body(*range(1, 1_501))
        tasks += [asyncio.create_task(submit(ingest, large)) for _ in range(4)]
        await asyncio.sleep(0)
        store.gate.set()
        await asyncio.gather(*tasks)
        assert [len(commit) for commit in store.commits] == [1, 3, 1]

    run(scenario)


def test_the_culprit_alone_gets_the_error():
    async def scenario(ingest, store):
        store.culprit = body(2)
        bad = [b"\xff", body(*range(1, 12))]
        answers = await asyncio.gather(
            *(submit(ingest, one) for one in (body(1), body(2), bad[0], body(3), bad[1])), return_exceptions=True
        )
        assert [type(answer).__name__ for answer in answers] == [
            "Outcome",
            "StoreFailed",
            "UndecodableBody",
            "Outcome",
            "TooLarge",
        ]
        return ingest.counters

    assert run(scenario, Limits(spans_per_request_max=10)).requests_failed == 3


def test_a_store_that_raises_fails_its_group_and_the_thread_lives_on(caplog):
    async def scenario(ingest, store):
        store.raises = OSError("disk full")
        for _ in range(2):
            with pytest.raises(StoreFailed):
                await submit(ingest, body(1))
        assert isinstance(ingest.store_failure, StoreFailed)
        store.raises = None
        assert (await submit(ingest, body(1))).kept == 1
        assert ingest.store_failure is None

    run(scenario)
    assert "a commit failed" in caplog.text
    assert caplog.text.count("Nothing can be kept") == 1
    assert caplog.text.count("Spans are kept again") == 1


def test_a_request_without_spans_needs_no_commit():
    async def scenario(ingest, store):
        outcome = await submit(ingest, b"")
        assert (outcome.spans, outcome.rejected, outcome.message) == (0, 0, "")
        assert (await submit(ingest, body(0))).rejected == 1
        assert store.commits == []

    run(scenario)


def test_refused_spans_are_named():
    async def scenario(ingest, store):
        store.refused = 1
        outcome = await submit(ingest, body(1, 2, 0))
        assert (outcome.kept, outcome.rejected) == (1, 2)
        assert outcome.message.endswith("1 spans belong to a deleted session or end user and were refused.")
        return ingest.counters

    assert run(scenario).spans_refused_deleted == 1


def test_inflating_counts_against_the_budget_and_only_that_request_is_refused():
    async def scenario(ingest, store):
        large = gzip.compress(body(1, input_value="x" * 50_000))
        with pytest.raises(Overloaded):
            await submit(ingest, large, encoding="gzip")
        assert ingest.budget.used == 0
        assert (await submit(ingest, gzip.compress(body(1)), encoding="gzip")).kept == 1

    run(scenario, Limits(budget_bytes=40_000))


def test_inflating_stops_at_the_limit():
    async def scenario(ingest, store):
        with pytest.raises(TooLarge, match="body_bytes_max"):
            await submit(ingest, gzip.compress(bytes(1_001)), encoding="gzip")
        with pytest.raises(UndecodableBody):
            await submit(ingest, gzip.compress(bytes(1_000)), encoding="gzip")

    run(scenario, Limits(body_bytes_max=1_000))


def test_a_full_budget_is_answered_at_once_and_its_bytes_come_back():
    async def scenario(ingest, store):
        store.gate.clear()
        one = body(1)
        task = asyncio.create_task(submit(ingest, one))
        await held(store)
        with pytest.raises(Overloaded):
            await submit(ingest, one)
        assert ingest.budget.used == REQUEST_BYTES + len(one)
        store.gate.set()
        await task
        assert (await submit(ingest, one)).kept == 1

    run(scenario, Limits(budget_bytes=2 * REQUEST_BYTES + 100))


def test_a_caller_that_goes_away_leaves_its_bytes_to_the_queue():
    async def scenario(ingest, store):
        store.gate.clear()
        task = asyncio.create_task(submit(ingest, body(1)))
        await held(store)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert ingest.budget.used > 0
        store.gate.set()
        assert (await submit(ingest, body(2))).kept == 1

    run(scenario)


def test_other_writes_run_between_commits_in_their_place():
    async def scenario(ingest, store):
        store.gate.clear()
        order = []
        first = asyncio.create_task(submit(ingest, body(1)))
        await held(store)
        tasks = [
            asyncio.create_task(submit(ingest, body(2))),
            asyncio.create_task(ingest.run(lambda: order.append(len(store.commits)) or threading.current_thread())),
            asyncio.create_task(submit(ingest, body(3))),
        ]
        await asyncio.sleep(0)
        store.gate.set()
        await asyncio.gather(first, *tasks)
        assert order == [2]
        assert {tasks[1].result()} == store.threads
        with pytest.raises(KeyError):
            await ingest.run(lambda: {}["missing"])

    run(scenario)


def test_listeners_hear_of_each_commit_until_they_leave():
    async def scenario(ingest, store):
        heard = []
        leave = ingest.subscribe(heard.append)
        await submit(ingest, body(1))
        ingest.notify([("a", "b")])
        leave()
        await submit(ingest, body(2))
        assert heard == [[("shop", "key-shop")], [("a", "b")]]

    run(scenario)


def test_stopping_finishes_what_was_accepted_and_refuses_the_rest():
    async def scenario(ingest, store):
        store.gate.clear()
        tasks = [asyncio.create_task(submit(ingest, body(number))) for number in range(1, 60)]
        await held(store)
        stopping = asyncio.create_task(ingest.stop())
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await submit(ingest, body(1))
        with pytest.raises(Overloaded):
            await ingest.run(print)
        store.gate.set()
        await stopping
        assert [outcome.kept for outcome in await asyncio.gather(*tasks)] == [1] * 59

    run(scenario)


def test_a_fault_of_ours_costs_its_request_alone(monkeypatch, caplog):
    def fails(*_args, **_options):
        raise RuntimeError("a bug")

    monkeypatch.setattr("threadline.ingest.decode.read_facts", fails)

    async def scenario(ingest, store):
        with pytest.raises(Exception, match="the server's log says why"):
            await submit(ingest, body(1))
        assert (await submit(ingest, b"")).spans == 0

    run(scenario)
    assert "a bug" in caplog.text


def test_idle_work_is_done_and_its_failures_are_counted(caplog):
    store = RecordingStore()
    store.failing_duty = "maintain"

    async def scenario(ingest, _):
        for _ in range(100):
            if ingest.counters.background_failures:
                break
            await asyncio.sleep(0.02)
        assert (await submit(ingest, body(1))).kept == 1
        return ingest.counters.background_failures

    assert run(scenario, store=store) == 1
    assert store.duties[:3] == ["index", "fold", "maintain"]
