"""The end users that spans name beside the one the fold chose are known, whenever a trace was folded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conversation import arrival, trace_id, turn
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from threadline.store.sqlite import SqliteStore
from threadline.store.sqlite.blocks import read_parts

EVE = "evexqjw@mail.org"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore.open(tmp_path / "t.db")
    opened.append([arrival(*naming(1, EVE, "carl"), *turn(2, "a", user="bob"), *naming(3, "bob"))])
    yield opened
    opened.close()


def naming(n: int, *users: str) -> list[Span]:
    """A turn of bob's with one more call for each other user."""
    spans = turn(n, "a", user="bob")
    for i, user in enumerate(users):
        call = Span()
        call.CopyFrom(spans[1])
        call.span_id = f"call---{i}".encode()
        call.attributes[0].value.string_value = user
        spans.append(call)
    return spans


def named(store: SqliteStore) -> list[tuple[bytes, str]]:
    sql = "select t.trace_id, u.user_id from named_user u join trace t on t.id = u.trace order by 1, 2"
    return store._writer.connection.execute(sql).fetchall()  # type: ignore[no-any-return]


def test_they_follow_what_arrives(store: SqliteStore) -> None:
    assert named(store) == [(trace_id(1), "carl"), (trace_id(1), EVE)]
    root = naming(1)[0]
    root.end_time_unix_nano += 10**9
    root.attributes[0].value.string_value = "carl"
    store.append([arrival(root)])
    assert named(store) == [(trace_id(1), "bob"), (trace_id(1), EVE)]


def test_of_traces_folded_before_they_are_read_in_steps(tmp_path: Path, store: SqliteStore) -> None:
    before = named(store)
    connection = store._writer.connection
    connection.execute("delete from named_user")
    connection.execute("insert into meta (name, value) values ('users_after', 0)")
    while store.fold_pending():
        pass
    assert named(store) == before
    assert not connection.execute("select 1 from meta where name = 'users_after'").get


def test_what_names_a_deleted_one_is_in_no_file(tmp_path: Path, store: SqliteStore) -> None:
    store.index_pending()
    deletion = store.delete_user("p", EVE, requested_ns=1)
    assert (deletion.sessions, deletion.traces, deletion.spans, deletion.erased) == (0, 1, 4, False)
    while store.maintain(settle_all=True):
        pass
    done = store.deletion(deletion.id)
    assert done is not None
    assert done.erased
    assert named(store) == []
    for (block,) in store._writer.connection.execute("select block from block_body").fetchall():
        assert all(EVE.encode() not in part for part in read_parts(store._writer.connection, block))
    for file in tmp_path.iterdir():
        assert EVE.encode() not in file.read_bytes()
