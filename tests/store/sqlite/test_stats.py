"""Figures by each way of reading them: equal to the reference's."""

import random
from pathlib import Path

import pytest
from conversation import arrival, turn
from traces import BASE, SECOND

from threadline.query.parse import parse
from threadline.sessions.totals import nearest_rank, session_key
from threadline.store.contract import SessionQuery
from threadline.store.memory import MemoryStore
from threadline.store.sqlite import SqliteStore
from threadline.store.sqlite.ranks import rank_of_unsorted


@pytest.mark.parametrize("buckets", [1, 7, 40])
def test_most_and_few_sessions_answer_as_the_reference(tmp_path: Path, buckets: int) -> None:
    store, reference = SqliteStore.open(tmp_path / "t.db"), MemoryStore()
    choose = random.Random(buckets)
    for n in range(1, 61):
        spans = turn(
            n,
            choose.choice([None, *(f"s{i}" for i in range(12))]),
            choose.choice(["rare", "common", "common words"]),
            user=choose.choice("abcdefgh"),
            latency=choose.randrange(10) * SECOND,
            start=choose.choice([0, BASE + choose.randrange(1_000) * SECOND]),
        )
        received = arrival(*spans, project=choose.choice("pppq"))
        store.append([received])
        reference.append([received])
    times = (None, 1, BASE, BASE + 300 * SECOND, BASE + 990 * SECOND, 2**63, 2**70)
    queries = [SessionQuery(p, since_ns=since, until_ns=until) for p in "pq" for since in times for until in times]
    queries += [SessionQuery(p, user_id=user) for p in "pq" for user in "ah"]
    queries += [SessionQuery(p, text=text) for p in "pq" for text in ("rare", "common", "absent", "o")]
    for query in queries:
        assert store.stats(query, buckets=buckets) == reference.stats(query, buckets=buckets), query
    for each in (store, reference):
        each.delete_session("p", session_key("p", "s3"), requested_ns=1)
    whole = SessionQuery("p")
    assert store.stats(whole, buckets=buckets) == reference.stats(whole, buckets=buckets)
    while store.maintain():
        assert store.stats(whole, buckets=buckets) == reference.stats(whole, buckets=buckets)
    store.close()


@pytest.mark.parametrize("count", [0, 1, 2, 5_001, 20_000])
@pytest.mark.parametrize("shape", ["random", "equal", "ascending", "rhythm"])
def test_ranks_are_exact(count: int, shape: str) -> None:
    choose = random.Random(count)
    values = {
        "random": lambda: [choose.randrange(10**12) for _ in range(count)],
        "equal": lambda: [7] * count,
        "ascending": lambda: list(range(count)),
        "rhythm": lambda: [n % 19 * (n % 4) for n in range(count)],
    }[shape]()
    for p in (0.01, 0.5, 0.95, 1):
        assert rank_of_unsorted(values, p) == nearest_rank(sorted(values), p)


def test_what_was_found_for_a_query_is_asked_anew_after_a_change(tmp_path: Path) -> None:
    store, reference = SqliteStore.open(tmp_path / "t.db"), MemoryStore()
    query = SessionQuery("p", query=parse("user:a OR turns:>1"))
    found = []
    for n in range(1, 9):
        received = arrival(*turn(n, f"s{n % 5}", "said", user="ab"[n % 2], start=BASE + n * SECOND), project="p")
        for each in (store, reference):
            each.append([received])
        assert store.stats(query) == reference.stats(query)
        assert store.facets(query) == reference.facets(query)
        found.append(store.stats(query).sessions)
    for each in (store, reference):
        each.delete_session("p", session_key("p", "s2"), requested_ns=1)
    assert store.facets(query) == reference.facets(query)
    assert len(set(found)) > 2
    store.close()
