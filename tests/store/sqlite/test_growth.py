"""Work is in proportion to what arrives, not to what is there: counted in steps of SQLite's machine."""

from pathlib import Path
from typing import Any

import apsw
from conversation import arrival, turn
from traces import BASE, SECOND

from threadline.sessions.totals import session_key
from threadline.store.contract import SessionQuery
from threadline.store.memory import MemoryStore
from threadline.store.sqlite import SqliteStore, traces


def steps(connection: apsw.Connection, call: Any) -> int:
    """Steps that SQLite takes on this connection during a call."""
    total = 0

    def count(event: dict[str, Any]) -> None:
        nonlocal total
        total += event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]

    connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, count)
    try:
        call()
    finally:
        connection.trace_v2(0, None)
    return total


def fill(store: Any, first: int, last: int) -> None:
    """Short turns of one session, none in order."""
    for at in range(first, last, 500):
        spans = [
            turn(n, "big", "q", latency=(n * 7919) % 100_003, start=BASE + (n * 104_729) % 1_000_003 * SECOND)[0]
            for n in range(at, min(at + 500, last))
        ]
        store.append([arrival(*spans)])


def test_a_late_turn_costs_the_same_in_a_large_session(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    connection = store._writer.connection
    costs = []
    for first, last in ((1, 200), (200, 8_000)):
        fill(store, first, last)
        late = [
            arrival(*turn(10**6 + last + i, "big", start=BASE + i * 9_001 * SECOND, latency=i)[:1]) for i in range(20)
        ]
        costs.append(steps(connection, lambda late=late: [store.append([each]) for each in late]))
    assert costs[1] < 1.3 * costs[0]
    store.close()


def test_a_large_session_equals_the_reference(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    reference = MemoryStore()
    for each in (store, reference):
        fill(each, 1, 2_000)
    moved = [arrival(*turn(n, "elsewhere", latency=n, start=BASE + n * SECOND)) for n in range(1, 300, 7)]
    for each in (store, reference):
        each.append(moved)
    for session_id in ("big", "elsewhere"):
        key = session_key("p", session_id)
        assert store.session("p", key) == reference.session("p", key)
        assert list(store.turns("p", key, from_turn=-30)) == list(reference.turns("p", key, from_turn=-30))
    store.close()


def test_a_page_of_sessions_costs_the_same_among_many(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    costs = []
    made = 0
    for last in (100, 2_000):
        store.append(
            [arrival(*(turn(n, f"s{n}")[0] for n in range(at, min(at + 500, last)))) for at in range(made, last, 500)]
        )
        made = last
        with store._readers.snapshot() as connection:
            pass
        costs.append(
            max(
                steps(connection, lambda sort=sort: store.sessions(SessionQuery("p", sort=sort, limit=20)))
                for sort in ("last_activity", "total_tokens", "latency_p95_ms")
            )
        )
    assert costs[1] < 1.2 * costs[0]
    store.close()


def test_a_trace_of_many_spans_is_folded_a_few_times(tmp_path: Path, monkeypatch: Any) -> None:
    folded = []
    fold = traces.fold
    monkeypatch.setattr(traces, "fold", lambda spans: folded.append(len(spans)) or fold(spans))
    store = SqliteStore.open(tmp_path / "t.db", fold_at_once_max=200)
    agent, call = turn(1, "s")
    total = 20_000
    for at in range(0, total, 250):
        spans = []
        for n in range(at, at + 250):
            span = type(call)()
            span.CopyFrom(call)
            span.span_id = (n + 1).to_bytes(8, "big")
            spans.append(span)
        store.append([arrival(agent, *spans)])
    assert sum(folded) < 4 * total
    session = store.session("p", session_key("p", "s"))
    assert (session.span_count, session.total_tokens) == (total + 1, 3 * total)
    assert store.fold_pending() == 0
    assert len(store.spans("p", (1).to_bytes(16, "big"), [(5).to_bytes(8, "big")])) == 1
    store.close()
