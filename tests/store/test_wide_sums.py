"""Sums beyond 64 bits: exact while they run, answered as 2**63 - 1, the same in every order."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conversation import arrival, turn
from stores import STORES, open_store
from traces import BASE, SECOND

from threadline.sessions.totals import session_key
from threadline.store.contract import Arrival, SessionQuery
from threadline.store.memory import MemoryStore

MAX = 2**63 - 1


@pytest.fixture(params=STORES)
def store(request: Any, tmp_path: Path) -> Iterator[Any]:
    opened = open_store(request.param, tmp_path)
    yield opened
    opened.close()


def costly(n: int, session: str, cost: int, tokens: int = 0, version: int = 0) -> Arrival:
    """A turn whose call is said to cost so much. A higher `version` is longer, so that it stays."""
    received = arrival(*turn(n, session, x="v" * (version + 1)))
    agent, call = received.spans
    facts = msgspec.structs.replace(
        call.facts,
        reported_cost_nano=cost,
        prompt_tokens=tokens,
        completion_tokens=tokens,
        total_tokens=tokens,
        cache_read_tokens=tokens,
    )
    return msgspec.structs.replace(received, spans=[agent, msgspec.structs.replace(call, facts=facts)])


def sums(store: Any, session: str = "s") -> list[int | None]:
    found = store.session("p", session_key("p", session))
    return [
        found.cost_nano,
        found.prompt_tokens,
        found.completion_tokens,
        found.cache_read_tokens,
        found.total_tokens,
        found.turn_count,
    ]


def test_a_session_takes_every_turn_and_stays_exact(store: Any) -> None:
    for n in range(1, 6):
        store.append([costly(n, "s", MAX, MAX)])
        assert sums(store) == [*[MAX] * 5, n]
    store.append([costly(6, "s", 5, 7)])
    assert sums(store) == [*[MAX] * 5, 6]
    for n in range(1, 6):
        store.append([costly(n, "s", 1, 2, version=1)])
        store.fold_pending()
    assert sums(store) == [10, 17, 17, 17, 17, 6]


def test_figures_are_answered(store: Any) -> None:
    for n in range(1, 9):
        store.append([costly(n, f"s{n % 3}", MAX - n, MAX - n)])
    query = SessionQuery("p")
    found = store.stats(query, buckets=1)
    assert (found.cost_nano, found.prompt_tokens, found.completion_tokens, found.total_tokens) == (MAX,) * 4
    assert [(bucket.total_tokens, bucket.cost_nano, bucket.turns) for bucket in found.series] == [(MAX, MAX, 8)]
    narrow = SessionQuery("p", session_id="s1")
    assert store.stats(narrow).cost_nano == MAX
    apart = store.stats(query, buckets=100).series
    assert {bucket.cost_nano for bucket in apart} == {0, *(MAX - n for n in range(1, 9))}
    store.append([costly(9, "other", 2**62, 2**33 - 1), costly(10, "other", 2**62 - 3, 2**32 + 1)])
    exact = store.stats(SessionQuery("p", session_id="other"), buckets=1)
    assert (exact.cost_nano, exact.total_tokens) == (2**63 - 3, 2**33 + 2**32)
    assert (exact.series[0].cost_nano, exact.series[0].total_tokens) == (2**63 - 3, 2**33 + 2**32)
    for sort in ("cost_usd", "total_tokens"):
        assert len(store.sessions(SessionQuery("p", sort=sort)).rows) == 4


@pytest.mark.parametrize("seed", range(6))
def test_any_order_answers_as_the_reference(store: Any, seed: int) -> None:
    choose = random.Random(seed)
    made = [
        costly(n, choose.choice("st"), choose.choice([MAX, 2**62, 3]), choose.choice([MAX, 2**61, 0]), version)
        for n in range(1, 14)
        for version in range(choose.randint(1, 3))
    ]
    reference = MemoryStore()
    for received in choose.sample(made, len(made)):
        reference.append([received])
    for received in choose.sample(made, len(made)):
        store.append([received])
        if choose.random() < 0.3:
            store.fold_pending()
    store.fold_pending()
    asked = SessionQuery("p", sort="cost_usd", now_ns=BASE + 10**6 * SECOND)
    assert store.sessions(asked).rows == reference.sessions(asked).rows
    for buckets in (1, 5):
        assert store.stats(asked, buckets=buckets) == reference.stats(asked, buckets=buckets)
