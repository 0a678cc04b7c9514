"""What queries read is what follows from the spans that are stored, whatever happened before."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from receive import receive
from test_properties import CONFIGURATIONS, between
from traces import BASE, request, spans

from threadline.query.metadata import metadata_pairs
from threadline.sessions.text import folded
from threadline.store.contract import TraceQuery
from threadline.store.sqlite import SqliteStore
from threadline.store.sqlite.names import NAMES, PAIR, name_of
from threadline.store.sqlite.session_row import (
    AGENT,
    CONTENT,
    ENVIRONMENT,
    KIND,
    METADATA,
    MODEL,
    OTHER_ID,
    SERVICE,
    SESSION_ID,
    STATUS,
    STATUSES,
    TAG,
    TOOL,
    USER,
)

SCRATCH = {"suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large], "deadline": None}


def values_of(record: Any) -> set[tuple[int, str]]:
    found = {(STATUS, STATUSES[record.status])}
    for kind, values in {
        USER: [] if record.user_id is None else [record.user_id],
        MODEL: record.models,
        TOOL: [tool.name for tool in record.tools],
        AGENT: record.agents,
        TAG: record.tags,
        ENVIRONMENT: record.environments,
        SERVICE: record.services,
        OTHER_ID: [each.value for each in record.other_session_ids],
        KIND: record.kinds,
        CONTENT: record.content,
        METADATA: [f"{key}{PAIR}{value}" for key, value in metadata_pairs(record.metadata)],
    }.items():
        found |= {(kind, value) for value in values}
    return found


def derived(store: SqliteStore) -> dict[str, Any]:
    """The rows as they follow from the traces."""
    connection = store._writer.connection
    projects = dict(connection.execute("select name, id from project").fetchall())
    sessions = dict(connection.execute("select key, id from session").fetchall())
    spans_: Counter[Any] = Counter()
    held, values = set(), set()
    for project, pk in projects.items():
        for trace in store.traces(TraceQuery(project, limit=1000)).rows:
            row = connection.execute(
                "select id from trace where project = ? and trace_id = ?", (pk, trace.trace_id)
            ).get
            session = sessions[trace.session_key] if trace.session_key and trace.record.is_turn else 0
            for f in store.trace_facts(project, trace.trace_id):
                total = f.total_tokens if f.total_tokens is not None else None
                if total is None and f.carries_tokens:
                    total = (f.prompt_tokens or 0) + (f.completion_tokens or 0)
                cost = f.computed_cost_nano if f.reported_cost_nano is None else f.reported_cost_nano
                latency = f.end_ns - f.start_ns if f.end_ns and 0 < f.start_ns <= f.end_ns else None
                shared = (f.kind, f.tool or "", f.agent or "", f.model or "", f.service or "", f.environment or "")
                spans_[pk, *shared, f.status, row, session, latency, total, cost] += 1
            if session:
                held |= {(session, *place) for place in values_of(trace.record)}
                values |= {(pk, *place) for place in values_of(trace.record)}
                values.add((pk, SESSION_ID, trace.record.session_id))
    return {"spans": spans_, "held": held, "values": values}


def stored(store: SqliteStore) -> dict[str, Any]:
    connection = store._writer.connection
    spans_ = Counter(
        connection.execute(
            """select c.project, c.kind, c.tool, c.agent, c.model, c.service, c.environment, c.status,
            r.trace, r.session, r.latency, r.tokens, r.cost from span_row r join span_class c on c.id = r.class
            where r.trace not in (select t.id from trace t join erasure e on e.session = t.session)"""
        ).fetchall()
    )
    assert not connection.execute("select count(*) from span_row where trace not in (select id from trace)").get
    assert not connection.execute("select count(*) from span_class where id not in (select class from span_row)").get
    rows = connection.execute("select session, kind, value from session_value").fetchall()
    values = connection.execute("select project, kind, value, folded, id from value").fetchall()
    assert all(form == folded(value) for _, _, value, form, _ in values)
    check_names(connection, values)
    assert len(values) == len({row[:3] for row in values})
    return {"spans": spans_, "held": set(rows), "values": {row[:3] for row in values}}


def check_names(connection: Any, values: list[Any]) -> None:
    done = connection.execute("select value from meta where name = 'names_indexed'").get
    forms = {row[4]: name_of(row[1], row[3]) for row in values if row[1] in NAMES and row[4] <= done}
    indexed = {row[0] for row in connection.execute("select rowid from name_text").fetchall()}
    assert indexed == set(forms)
    for needle in {form[:3] for form in forms.values() if len(form) >= 3}:
        query = '"' + needle.replace('"', '""') + '"'
        found = {row[0] for row in connection.execute("select rowid from name_text where name_text match ?", (query,))}
        assert found == {number for number, form in forms.items() if needle in form}


def check(store: SqliteStore) -> None:
    expected, found = derived(store), stored(store)
    for name, rows in expected.items():
        assert found[name] == rows, name


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@settings(max_examples=25, **SCRATCH)  # type: ignore[arg-type]
@given(data=st.data())
def test_rows_follow_from_the_spans(configuration: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.db"
        store = SqliteStore.open(path, **CONFIGURATIONS[configuration])  # type: ignore[arg-type]
        try:
            made = data.draw(spans())
            queue = [*data.draw(st.permutations(made)), *data.draw(st.lists(st.sampled_from(made), max_size=6))]
            while queue:
                size = data.draw(st.integers(1, 9))
                store.append([receive(request(queue[:size]))])
                queue = queue[size:]
                happens(store, data)
                between(store, data.draw(st.integers(0, 4)))
            store.fold_pending()
            check(store)
            finish_deletions(store)
            store.index_pending()
            check(store)
        finally:
            store.close()


def happens(store: SqliteStore, data: st.DataObject) -> None:
    """Perhaps something is deleted, and at once or later erased."""
    choice = data.draw(st.integers(0, 9))
    if choice == 0:
        keys = [row[0] for row in store._writer.connection.execute("select key from session").fetchall()]
        if keys:
            store.delete_session("p", data.draw(st.sampled_from(keys)), requested_ns=BASE)
    elif choice == 1:
        store.delete_user("p", data.draw(st.sampled_from(["u1", "u2"])), requested_ns=BASE)
    if choice in (0, 2):
        finish_deletions(store)


def finish_deletions(store: SqliteStore) -> None:
    while store.maintain():
        pass
