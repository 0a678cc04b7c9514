"""Queries: SQLite answers them as the reference does, whatever is asked of whatever is stored."""

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from asked import annotations, queries, turn_queries
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_properties import CONFIGURATIONS, between, deliveries
from traces import BASE, NEEDLES, SECOND

from threadline.sessions.totals import session_key
from threadline.store.contract import SESSION_SORTS, SessionQuery, TraceQuery
from threadline.store.memory import MemoryStore
from threadline.store.sqlite import (
    SqliteStore,
    query_annotations,
    query_text,
    query_values,
    query_walk,
    selection,
    trace_list,
    turn_latencies,
    turn_series,
)


def walked(read: Any, query: Any) -> list[Any]:
    """All pages."""
    found, cursor = [], None
    while True:
        page = read(msgspec.structs.replace(query, cursor=cursor))
        found += page.rows
        cursor = page.next_cursor
        if cursor is None:
            return found


@st.composite
def filled(draw: st.DrawFn, stores: list[Any]) -> None:
    """The same in every store: spans in any order, annotations, deletions, late spans."""
    for group in draw(deliveries()):
        for store in stores:
            store.append(group)
        between(stores[-1], draw(st.integers(0, 5)))
    for annotation in draw(annotations()):
        for store in stores:
            store.put_annotation(annotation)
    for deleted in draw(st.lists(st.sampled_from(["A", "B", "u1"]), max_size=1)):
        for store in stores:
            store.fold_pending()
            if deleted == "u1":
                store.delete_user("p", deleted, requested_ns=1)
            else:
                store.delete_session("p", session_key("p", deleted), requested_ns=1)
    for group in draw(deliveries()) if draw(st.booleans()) else []:
        for store in stores:
            store.append(group)
    stores[-1].fold_pending()
    between(stores[-1], draw(st.integers(0, 5)))


OFFERED = ("user", "tool", "tag", "environment", "kind", "annotation", "annotation.quality", "metadata", "metadata.a")


def figures(data: st.DataObject, reference: Any, store: Any, query: SessionQuery) -> None:
    buckets, limit = data.draw(st.sampled_from([1, 3, 40])), data.draw(st.sampled_from([0, 2, 20]))
    assert store.stats(query, buckets=buckets) == reference.stats(query, buckets=buckets), query
    assert store.facets(query, limit=limit) == reference.facets(query, limit=limit), query
    assert store.differences(query, limit=limit) == reference.differences(query, limit=limit), query
    assert store.session_keys(query, limit=3) == reference.session_keys(query, limit=3), query
    assert store.sample(query, seed="a", size=2) == reference.sample(query, seed="a", size=2), query


NARROWED = (query_walk, query_values, query_text, query_annotations, selection, trace_list, turn_latencies, turn_series)
SMALL = {
    "as shipped": {},
    "few at once": {
        "SET_MAX": 0,
        "STEP": 0,
        "EXAMINED": 1,
        "EXAMINED_BY_LOOK": 0,
        "VALUES_MAX": 0,
        "CANDIDATES_MAX": 0,
        "NAMES_MAX": 0,
        "MASKED_MAX": 0,
        "READ_WHOLE_MAX": 0,
        "SAMPLE_MIN": 1,
    },
    "nothing listed": {
        "SORTED_PER_WALKED": 10**9,
        "READ_WHOLE_MAX": 2,
        "SAMPLE_MIN": 2,
        "SESSIONS_SAMPLED": 1,
        "EXAMINED": 0,
        "CANDIDATES_MAX": 0,
        "LISTED_MAX": 0,
        "READ_FIRST": 0,
        "SESSIONS_LISTED": 0,
    },
}


@pytest.fixture(params=SMALL)
def bounds(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (SMALL[request.param] | NO_HURRY).items():
        for module in NARROWED:
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)


NO_HURRY = {"LOOK_S": 60.0}
"""On a busy machine figures would else be marked incomplete now and then."""
STORIES = settings().max_examples // 16
"""Most of the time goes into making up a story, so that each is asked many questions."""
QUESTIONS = 9


@pytest.mark.usefixtures("bounds")
@pytest.mark.timeout(120 * max(1, STORIES // 6))
@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@settings(
    max_examples=STORIES,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a story of many draws shrinks for minutes
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(data=st.data())
def test_queries_select_what_they_say(configuration: str, data: st.DataObject) -> None:
    reference = MemoryStore()
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.open(Path(folder) / "t.db", **CONFIGURATIONS[configuration])  # type: ignore[arg-type]
        try:
            data.draw(filled([reference, store]))
            for _ in range(QUESTIONS):
                query = SessionQuery(
                    "p",
                    query=data.draw(queries()),
                    text=data.draw(st.sampled_from([None, None, None, *NEEDLES])),
                    user_id=data.draw(st.sampled_from([None, None, None, "u2"])),
                    since_ns=data.draw(st.sampled_from([None, None, BASE + 20 * SECOND])),
                    sort=data.draw(st.sampled_from(SESSION_SORTS)),
                    descending=data.draw(st.booleans()),
                    limit=data.draw(st.sampled_from([1, 2, 50])),
                    now_ns=BASE + 1_000 * SECOND,
                )
                found, expected = walked(store.sessions, query), walked(reference.sessions, query)
                assert [each.session_id for each in found] == [each.session_id for each in expected], query
                for each, other in zip(found, expected, strict=True):
                    assert (each.hits, each.matched) == (other.hits, other.matched), query
                assert found == expected, query
                figures(data, reference, store, query)
            for facet in OFFERED:
                prefix = data.draw(st.sampled_from(["", "", "U", "v", "1"]))
                asked = ("p", facet, prefix)
                assert store.values(*asked, limit=3) == reference.values(*asked, limit=3), asked
            for _ in range(4):
                query = TraceQuery("p", query=data.draw(turn_queries()), limit=data.draw(st.sampled_from([1, 2, 50])))
                assert walked(store.traces, query) == walked(reference.traces, query), query
        finally:
            store.close()
