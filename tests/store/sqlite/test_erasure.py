"""Deleted text is in no file any more; other sessions' spans in the same blocks are as they were."""

from pathlib import Path

import pytest
from conversation import arrival, trace_id, turn

from threadline.sessions.totals import session_key
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
    assert secret_trigrams(store) == []
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


def secret_trigrams(store: SqliteStore) -> list[str]:
    found = []
    for side in ("input", "output"):
        sql = f"select term from {side}_1_terms where term in ('xyl', 'uar', 'rtz')"
        found += [term for (term,) in store._writer.connection.execute(sql)]
    return found


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
