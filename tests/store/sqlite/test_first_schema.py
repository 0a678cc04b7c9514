"""A file of the first schema, made by the last version that wrote it, is brought up to date while it is in use.

It holds turns 1, 2 and 8 of `A Straße` (2 with a picture and metadata), 3 and 4 of `b` (4 came in two parts), 5 alone,
6 of `gone`, 7 in project q, and an annotation.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from conversation import arrival, trace_id, turn
from test_query_rows import check, finish_deletions

from threadline.query import parse
from threadline.sessions.totals import session_key
from threadline.store.contract import SessionQuery
from threadline.store.sqlite import SqliteStore

PACKED = Path(__file__).with_name("first_schema.db.zst")
PICTURE = "llm.input_messages.0.message.contents.0.message_content.image.image.url"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    path = tmp_path / "t.db"
    path.write_bytes(zstandard.ZstdDecompressor().decompress(PACKED.read_bytes()))
    opened = SqliteStore.open(path)
    yield opened
    opened.close()


def catch_up(store: SqliteStore) -> None:
    for _ in range(100):
        if not store.fold_pending():
            return
    raise AssertionError("bringing old data up to date ends")


def old_traces(store: SqliteStore) -> int:
    return store._writer.connection.execute("select count(*) from trace where classes is null").get  # type: ignore[no-any-return]


def test_sessions_and_words_are_there_at_once(store: SqliteStore) -> None:
    assert old_traces(store) == 8
    found = store.session_by_id("p", "A Straße")
    assert found is not None
    assert found.turn_count == 3
    connection = store._writer.connection
    assert connection.execute("select folded from value where value = 'A Straße'").get == "a strasse"
    assert connection.execute("select label, folded_label, score from annotation").fetchall() == [("Good", "good", 0.5)]


def test_traces_follow_in_steps(store: SqliteStore) -> None:
    sessions = [store.session_by_id(*place) for place in (("p", "A Straße"), ("p", "b"), ("p", "gone"), ("q", "b"))]
    catch_up(store)
    store.index_pending()
    check(store)
    assert old_traces(store) == 0
    assert not store._writer.connection.execute("select 1 from meta where name = 'refold_after'").get
    kept = [store.session_by_id(*place) for place in (("p", "A Straße"), ("p", "b"), ("p", "gone"), ("q", "b"))]
    assert kept == sessions
    picture = store.trace("p", trace_id(2))
    assert picture is not None
    assert (picture.record.content, picture.record.kinds) == (("image",), ("AGENT", "LLM"))
    finish_deletions(store)
    check(store)


def test_what_arrives_meanwhile_is_complete(store: SqliteStore) -> None:
    [agent, call] = turn(4, "c", "split", user="bob", **{PICTURE: "data:,y"})
    call.span_id = b"llm-more"
    store.append([arrival(call, *turn(9, "b", "new"))])
    catch_up(store)
    check(store)
    trace = store.trace("p", trace_id(4))
    assert trace is not None
    assert trace.record.span_count == 3
    assert trace.record.content == ("image",)
    assert agent.span_id in {each.span_id for each in store.trace_facts("p", trace_id(4))}


def test_what_is_deleted_meanwhile_leaves_nothing(store: SqliteStore) -> None:
    store.delete_session("p", session_key("p", "gone"), requested_ns=1)
    catch_up(store)
    check(store)
    finish_deletions(store)
    check(store)
    connection = store._writer.connection
    assert not connection.execute("select count(*) from value where value in ('gone', 'eve')").get


def test_catching_up_goes_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(zstandard.ZstdDecompressor().decompress(PACKED.read_bytes()))
    SqliteStore.open(path).close()
    store = SqliteStore.open(path)
    while store.maintain():
        pass
    check(store)
    assert old_traces(store) == 0
    store.close()


def test_words_are_found_by_side_at_once_and_when_indexed(store: SqliteStore) -> None:
    query = SessionQuery("p", query=parse("said-by:user hello"))
    assert [row.session_id for row in store.sessions(query).rows] == ["b"]
    catch_up(store)
    while store.index_pending():
        pass
    assert [row.session_id for row in store.sessions(query).rows] == ["b"]
    assert not store.sessions(SessionQuery("p", query=parse("said-by:assistant hello"))).rows
    names = [name for (name,) in store._writer.connection.execute("select name from sqlite_schema")]
    assert {"input_1", "output_1"} <= set(names)
    assert not [name for name in names if name.startswith("text_")]
