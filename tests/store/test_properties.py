"""Any order, split and repetition of the same spans: the same answers, equal to the reference's."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from receive import receive
from traces import BASE, NEEDLES, SECOND, request, spans

from threadline.store.contract import SESSION_SORTS, Arrival, SessionQuery, TraceQuery
from threadline.store.memory import MemoryStore
from threadline.store.sqlite import SqliteStore, segments

PROJECTS = ("p", 'q \x00`"\\$0', "absent")
CONFIGURATIONS = {
    "as shipped": {},
    "large sessions": {"small_session_max": 1},
    "late folds": {"fold_at_once_max": 2, "small_session_max": 2},
}


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[Arrival]]:
    """Groups of arrivals that bring the same spans in some order, split and repeated."""
    made = draw(spans())
    order = draw(st.permutations(made))
    again = draw(st.lists(st.sampled_from(made), max_size=6))
    queue = [*order, *again]
    groups = []
    while queue:
        group = []
        for _ in range(draw(st.integers(1, 3))):
            size = draw(st.integers(1, 9))
            part, queue = queue[:size], queue[size:]
            if part:
                group.append(receive(request(part)))
        groups.append(group)
    return groups


def walk(store: Any, query: SessionQuery) -> list[Any]:
    found, cursor = [], None
    while True:
        page = store.sessions(SessionQuery(**{**_fields(query), "cursor": cursor}))
        found.extend(page.rows)
        cursor = page.next_cursor
        if cursor is None:
            return found


def _fields(query: Any) -> dict[str, Any]:
    return {name: getattr(query, name) for name in query.__struct_fields__}


def answers(store: Any, sort: str, needle: str, *, descending: bool) -> dict[str, Any]:
    """Everything a reader can ask."""
    found: dict[str, Any] = {"projects": store.projects()}
    now = BASE + 1000 * SECOND
    for project in PROJECTS:
        query = SessionQuery(project, sort=sort, descending=descending, limit=2, now_ns=now)
        listed = walk(store, query)
        found[project, "list"] = listed
        found[project, "no clock"] = walk(store, SessionQuery(project, sort=sort, descending=descending, limit=3))
        for name, narrowed in {
            "user": {"user_id": "u1"},
            "id": {"session_id": "B"},
            "since": {"since_ns": BASE + 20 * SECOND},
            "until": {"until_ns": BASE + 30 * SECOND},
            "text": {"text": needle},
            "all": {"text": needle, "user_id": "u2", "since_ns": BASE},
        }.items():
            asked = SessionQuery(project, sort=sort, descending=descending, limit=2, now_ns=now, **narrowed)
            found[project, name] = walk(store, asked)
            found[project, name, "stats"] = store.stats(asked, buckets=5)
            found[project, name, "facets"] = store.facets(asked)
        found[project, "stats"] = store.stats(query, buckets=7)
        found[project, "facets"] = store.facets(query, limit=3)
        for session in listed:
            key = session.id
            found[key] = store.session(project, key)
            found[key, "by id"] = store.session_by_id(project, session.session_id)
            found[key, "turns"] = list(store.turns(project, key))
            found[key, "some"] = list(store.turns(project, key, from_turn=2, limit=2))
            found[key, "last"] = list(store.turns(project, key, from_turn=-2, limit=5))
            found[key, "outline"] = list(store.outline(project, key))
            found[key, "ids"] = list(store.session_trace_ids(project, key))
            found[key, "search"] = list(store.search_session(project, key, needle))
        for asked in (
            TraceQuery(project, limit=3),
            TraceQuery(project, without_session=True),
            TraceQuery(project, text=needle),
            TraceQuery(project, since_ns=BASE + 5 * SECOND, until_ns=BASE + 30 * SECOND),
        ):
            found[project, "traces", asked] = list(store.traces(asked).rows)
        for trace in store.traces(TraceQuery(project, limit=1000)).rows:
            place = (project, trace.trace_id)
            found[place] = store.trace(*place)
            found[place, "facts"] = list(store.trace_facts(*place))
            found[place, "spans"] = list(store.spans(*place))
            found[place, "index"] = store.trace_turn_index(*place)
            found[place, "projects"] = list(store.trace_projects(trace.trace_id))
    return found


def compare(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert list(left) == list(right)
    for name, value in left.items():
        assert value == right[name], name


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_sqlite_answers_as_the_reference(configuration: str, data: st.DataObject) -> None:
    groups = data.draw(deliveries())
    sort = data.draw(st.sampled_from(SESSION_SORTS))
    descending = data.draw(st.booleans())
    needle = data.draw(st.sampled_from(NEEDLES))
    reference = MemoryStore()
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.open(Path(folder) / "t.db", **CONFIGURATIONS[configuration])  # type: ignore[arg-type]
        try:
            for group in groups:
                expected = reference.append(group)
                result = store.append(group)
                assert [getattr(each, "kept", each) for each in result] == [each.kept for each in expected]
                between(store, data.draw(st.integers(0, 5)))
            store.fold_pending()
            compare(
                answers(reference, sort, needle, descending=descending),
                answers(store, sort, needle, descending=descending),
            )
            check_counts(store)
        finally:
            store.close()


def between(store: Any, choice: int) -> None:
    """What may happen at any moment."""
    if choice == 1:
        store.index_pending(2)
    elif choice == 2:
        store.index_pending()
    elif choice == 3:
        store.fold_pending()
    elif choice == 4:
        store.maintain(settle_all=True)
    elif choice == 5:
        while store.maintain(settle_all=True):
            pass


def check_counts(store: Any) -> None:
    """What is counted for later work agrees with what is there."""
    connection = store._writer.connection
    held: dict[int, int] = {}
    for (pk,) in connection.execute("select id from trace").fetchall():
        for segment in segments.read(connection, pk):
            for entry in segment.entries:
                held[entry.block] = held.get(entry.block, 0) + 1
    assert dict(connection.execute("select id, held from block").fetchall()) == held
    assert connection.execute("select count(*) from block_body").get == len(held)
    assert connection.pragma("integrity_check") == "ok"
    row = connection.execute("select sum(n <= 0) from session_value").get
    assert not row
