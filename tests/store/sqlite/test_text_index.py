"""What the text index proposes, by side, of any length, while texts wait and after."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conversation import arrival, trace_id, turn

from threadline.store.sqlite import SqliteStore
from threadline.store.sqlite.text_index import Needle, candidates

TURNS = 30


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore.open(tmp_path / "t.db")
    for n in range(1, TURNS + 1):
        opened.append([arrival(*turn(n, f"s{n}", f"question {n}", "however, an answer"))])
    yield opened
    opened.close()


def proposed(store: SqliteStore, text: str, side: str, limit: int = TURNS) -> list[int] | None:
    return candidates(store._writer.connection, 1, Needle(text), limit, side)


def test_a_side_is_not_asked_for_the_words_of_the_other(store: SqliteStore) -> None:
    store.index_pending()
    assert proposed(store, "however", "user", 1) == []
    assert proposed(store, "however", "assistant", TURNS - 1) is None
    assert len(proposed(store, "however", "either") or ()) == TURNS
    assert proposed(store, "question", "assistant", 1) == []
    assert proposed(store, "question 17", "user") == proposed(store, "question 17", "either")


@pytest.mark.parametrize(("text", "side", "count"), [("17", "user", 1), ("17", "assistant", 0), ("r", "assistant", 30)])
def test_one_or_two_characters_are_found_at_the_end_of_a_side(
    store: SqliteStore, text: str, side: str, count: int
) -> None:
    store.index_pending()
    assert len(proposed(store, text, side) or ()) == count


def test_what_waits_is_proposed_and_counts(store: SqliteStore) -> None:
    assert len(proposed(store, "nobody said it", "user") or ()) == TURNS
    assert proposed(store, "nobody said it", "user", TURNS - 1) is None


def test_a_text_that_changed_is_found_as_it_is(store: SqliteStore) -> None:
    store.index_pending()
    store.append([arrival(*turn(7, "s7", "another request", "however", latency=9 * 10**9))])
    store.index_pending()
    row = store._writer.connection.execute("select id from trace where trace_id = ?", (trace_id(7),)).get
    assert proposed(store, "another", "user") == [row]
    assert proposed(store, "question 7", "user") == []
