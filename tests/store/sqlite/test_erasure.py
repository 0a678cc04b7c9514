"""Deleted text is in no file any more; other sessions' spans in the same blocks are as they were."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conversation import arrival, trace_id, turn
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.sessions.text import folded
from threadline.sessions.totals import session_key
from threadline.store.contract import SessionQuery
from threadline.store.sqlite import SqliteStore
from threadline.store.sqlite.blocks import read_parts

SECRET = "xylophonequartz"


def maintain(store: SqliteStore) -> None:
    while store.maintain(settle_all=True):
        pass


@pytest.mark.parametrize("settled", [False, True])
def test_nothing_of_a_deleted_session_stays_in_the_files(tmp_path: Path, *, settled: bool) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    for n in range(1, 60, 2):
        said = f"{SECRET} number {n}"
        store.append([arrival(*turn(n, "gone", said), *turn(n + 1, "stays", f"other words {n}"))])
        store.append([arrival(*turn(n, "gone", said, latency=2 * 10**9))])
    store.index_pending()
    if settled:
        maintain(store)
        store.append([arrival(*turn(99, "gone", SECRET), *turn(100, "stays"))])
    kept = {n: [(each.raw, each.facts) for each in store.spans("p", trace_id(n))] for n in range(2, 60, 2)}
    deletion = store.delete_session("p", session_key("p", "gone"), requested_ns=1)
    assert deletion is not None
    assert not deletion.erased
    maintain(store)
    found = store.deletion(deletion.id)
    assert found is not None
    assert found.erased
    assert {n: [(each.raw, each.facts) for each in store.spans("p", trace_id(n))] for n in kept} == kept
    connection = store._writer.connection
    assert indexes_that_hold(store, b"xyl") == []
    for name, sizes in connection.execute("select block, sizes from block_body").fetchall():
        assert all(SECRET.encode() not in part for part in read_parts(connection, name)), sizes
    store.close()
    for file in tmp_path.iterdir():
        assert SECRET.encode() not in file.read_bytes()


def test_readers_do_not_answer_from_a_block_as_it_was_before_an_erasure(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    store.append([arrival(*turn(1, "gone", SECRET), *turn(2, "stays"), *turn(3, "stays"))])
    maintain(store)
    ids = [trace_id(n) for n in (1, 2, 3)]
    before = store.spans_of("p", ids)  # now the block is kept unpacked
    store.delete_session("p", session_key("p", "gone"), requested_ns=1)
    assert set(store.spans_of("p", ids)) == {trace_id(2), trace_id(3)}
    maintain(store)
    assert store.spans_of("p", ids) == {each: before[each] for each in ids[1:]}
    kept = store._kept.blocks._blocks
    assert kept
    assert all(SECRET.encode() not in part for block in kept.values() for part in block.parts)
    store.close()


def indexes_that_hold(store: SqliteStore, trigram: bytes) -> list[str]:
    """Text indexes whose pages still hold it: deleted rows hide a trigram from the vocabulary before it is gone.

    A page writes a term without what it shares with the one before: none of the others may begin with its letter.
    """
    return [
        index
        for index in ("name_text", "input_1", "output_1")
        for (block,) in store._writer.connection.execute(f"select block from {index}_data")
        if trigram in block
    ]


def test_erasing_goes_on_after_a_restart(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    store.append([arrival(*turn(n, "gone", SECRET)) for n in range(1, 700)])
    deletion = store.delete_session("p", session_key("p", "gone"), requested_ns=1)
    assert deletion is not None
    store.maintain()
    store.close()
    store = SqliteStore.open(tmp_path / "t.db")
    assert store.trace("p", trace_id(699)) is None
    [result] = store.append([arrival(*turn(699, "gone"))])
    assert result.refused_deleted == 2  # type: ignore[union-attr]
    maintain(store)
    assert store._writer.connection.execute("select count(*) from trace").get == 0
    assert store._writer.connection.execute("select count(*) from block").get == 0
    found = store.deletion(deletion.id)
    assert found is not None
    assert found.erased
    store.close()


THEIRS = {
    "session": "Sqxjwv-Session",
    "other id": "Oqxjwv-Thread",
    "user": "Uqxjwv@Mail.org",
    "tool": "Tqxjwv_tool",
    "agent": "Aqxjwv agent",
    "model": "Mqxjwv-model",
    "environment": "Eqxjwv",
    "tag": "Gqxjwv tag",
    "metadata key": "Kqxjwv",
    "metadata": "Vqxjwv value",
    "said": "Wqxjwv was said",
    "answered": "Rqxjwv was answered",
    "span name": "Nqxjwv call",
    "label": "Lqxjwv label",
    "annotation": "Dqxjwv name",
    "explanation": "Pqxjwv because",
}
"""What one session alone holds: all of it must go, from every table, index, block and page."""


def their_turn(n: int, latency: int = 10**9) -> list[Span]:
    attributes: dict[str, Any] = {
        "gen_ai.conversation.id": THEIRS["other id"],
        "tool.name": THEIRS["tool"],
        "agent.name": THEIRS["agent"],
        "llm.model_name": THEIRS["model"],
        "deployment.environment": THEIRS["environment"],
        "tag.tags": [THEIRS["tag"]],
        "metadata": json.dumps({THEIRS["metadata key"]: {"a": [THEIRS["metadata"]]}, "long": THEIRS["metadata"] * 50}),
    }
    said = f"{THEIRS['said']} {n} " + "and so on " * n * 20
    spans = turn(n, THEIRS["session"], said, THEIRS["answered"], user=THEIRS["user"], latency=latency, **attributes)
    spans[0].name = THEIRS["span name"]
    call = Span()
    call.CopyFrom(spans[1])
    call.span_id = b"tool----"
    call.attributes[2].value.string_value = "TOOL"
    return [*spans, call]


def theirs_in_files(folder: Path) -> dict[str, list[str]]:
    """Which of it stands where, as written or folded."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.iterdir()):
        held = file.read_bytes()
        for what, secret in THEIRS.items():
            if secret.encode() in held or folded(secret).encode() in held:
                found.setdefault(file.name, []).append(what)
    return found


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("kind", ["session", "user"])
def test_nothing_that_was_theirs_alone_stays_in_any_table(tmp_path: Path, kind: str, *, settled: bool) -> None:
    store = SqliteStore.open(tmp_path / "t.db", random_bytes=Random(1).randbytes)
    for n in range(1, 40, 2):
        # So many names that few of them are deleted: else SQLite merges the index by itself.
        metadata = json.dumps({f"k{i}": f"value {i} of {n}" for i in range(20)})
        others = {"tag.tags": ["kept"], "metadata": metadata, "tool.name": "kept_tool"}
        store.append([arrival(*their_turn(n), *turn(n + 1, "stays", f"other words {n}", user="bob", **others))])
    store.append([arrival(*their_turn(1, latency=9 * 10**9))])
    key = session_key("p", THEIRS["session"])
    session = AnnotationTarget("session", "p", session_id=THEIRS["session"])
    trace = AnnotationTarget("trace", "p", trace_id=trace_id(3))
    span = AnnotationTarget("span", "p", trace_id=trace_id(5), span_id=b"agent---")
    for n, target in enumerate((session, trace, span)):
        said = (THEIRS["annotation"], "human", THEIRS["label"], 0.5, THEIRS["explanation"], "me", "")
        store.put_annotation(Annotation(str(n), target, *said, created_ns=1, updated_ns=1))
    store.mark_seen("p", "me", [key], seen_ns=1)
    store.index_pending()
    if settled:
        maintain(store)
    else:
        store._writer.checkpoint()
    assert set(theirs_in_files(tmp_path)["t.db"]) >= {"session", "user", "tool", "tag", "metadata", "label"}
    assert set(indexes_that_hold(store, b"xjw")) == {"name_text", "input_1", "output_1"}
    if kind == "session":
        deletion = store.delete_session("p", key, requested_ns=1)
    else:
        deletion = store.delete_user("p", THEIRS["user"], requested_ns=1)
    assert deletion is not None
    maintain(store)
    done = store.deletion(deletion.id)
    assert done is not None
    assert done.erased
    assert theirs_in_files(tmp_path) == {}
    connection = store._writer.connection
    for block, sizes in connection.execute("select block, sizes from block_body").fetchall():
        assert all(b"qxjwv" not in part for part in read_parts(connection, block)), sizes
    assert indexes_that_hold(store, b"xjw") == []
    assert not connection.execute("select count(*) from seen").get
    assert [row.session_id for row in store.sessions(SessionQuery("p")).rows] == ["stays"]
    store.close()
    assert theirs_in_files(tmp_path) == {}
