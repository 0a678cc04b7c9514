"""Walks by cursor while data arrives, and cursors that nobody gave."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from conversation import arrival, trace_id, turn
from stores import STORES, open_store
from traces import BASE, SECOND

from threadline.errors import InvalidInput
from threadline.store import cursor as cursors
from threadline.store.contract import SESSION_SORTS, SessionQuery, TraceQuery
from threadline.store.sqlite import search, trace_list

NOW = BASE + 10**6 * SECOND
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SEARCHES = {
    "no text": (None, 1_500, 4_000),
    "text, walked": ("hello", 1_500, 4_000),
    "text, candidates": ("hello", 4, 4_000),
    "text, walked among candidates": ("hello", 4, 0),
}
SESSIONS = 16


@pytest.fixture(params=STORES)
def store(request: Any, tmp_path: Path) -> Iterator[Any]:
    opened = open_store(request.param, tmp_path)
    yield opened
    opened.close()


class Sender:
    """Adds turns to sessions, opens new ones, and moves turns from one session to another."""

    def __init__(self, store: Any, random: Random) -> None:
        self.store = store
        self.random = random
        self.number = 1_000

    def more(self, shown: list[str]) -> None:
        names = [f"s{n}" for n in range(SESSIONS // 2)]
        shown = [name for name in shown if name in names]
        self._turn(self.random.choice(shown or names))
        self._turn(self.random.choice(names))
        self._turn(f"new {self.number}")
        moved = self.random.randrange(SESSIONS // 2)
        other = self.random.choice(names)
        self.store.append([arrival(*turn(moved + 1, other, latency=self.random.randint(900, 2_000) * SECOND))])
        self.store.fold_pending()

    def _turn(self, session: str) -> None:
        self.number += 1
        start = BASE + self.random.randrange(10**5) * SECOND
        tokens = {"llm.token_count.completion": self.random.randrange(99)}
        self.store.append([arrival(*turn(self.number, session, start=start, **tokens))])


@pytest.mark.parametrize("searched", SEARCHES)
@pytest.mark.parametrize("sort", SESSION_SORTS)
@pytest.mark.parametrize("descending", [True, False])
def test_a_walk_shows_no_session_twice_while_data_arrives(
    store: Any, sort: str, searched: str, monkeypatch: pytest.MonkeyPatch, *, descending: bool
) -> None:
    text, walked, candidates = SEARCHES[searched]
    monkeypatch.setattr(search, "WALKED_TURNS", walked)
    monkeypatch.setattr(search, "CANDIDATES_MAX", candidates)
    for n in range(SESSIONS):
        store.append([arrival(*turn(n + 1, f"s{n}", **{"llm.token_count.completion": n, "latency": (n + 1) * SECOND}))])
    sender = Sender(store, Random(f"{sort} {descending}"))
    query = SessionQuery("p", sort=sort, descending=descending, limit=2, now_ns=NOW, text=text)
    seen: list[str] = []
    page = store.sessions(query)
    while True:
        seen += [row.session_id for row in page.rows]
        if page.next_cursor is None:
            break
        sender.more(seen)
        page = store.sessions(msgspec.structs.replace(query, cursor=page.next_cursor))
    assert len(set(seen)) == len(seen)
    assert {f"s{n}" for n in range(SESSIONS // 2, SESSIONS)} <= set(seen)


def test_what_arrives_again_changes_nothing_for_a_walk(store: Any) -> None:
    for n in range(6):
        store.append([arrival(*turn(n + 1, f"s{n}"))])
    query = SessionQuery("p", sort="start_time", descending=False, limit=4)
    page = store.sessions(query)
    for n in range(6):
        store.append([arrival(*turn(n + 1, f"s{n}"))])
    rest = store.sessions(msgspec.structs.replace(query, cursor=page.next_cursor))
    assert [row.session_id for row in rest.rows] == ["s4", "s5"]


@pytest.mark.parametrize("text", [None, "hello"])
@pytest.mark.parametrize("walked", [1, 1_500])
def test_a_walk_shows_no_trace_twice_when_starts_change(
    store: Any, text: str | None, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace_list, "WALKED_TRACES", walked)
    for n in range(12):
        store.append([arrival(*turn(n + 1, "s", start=BASE + (n + 100) * SECOND))])
    query = TraceQuery("p", text=text, limit=3)
    seen: list[bytes] = []
    page = store.traces(query)
    while True:
        seen += [row.trace_id for row in page.rows]
        if page.next_cursor is None:
            break
        earlier, _ = turn(int.from_bytes(seen[-2], "big"), "s", start=BASE + len(seen) * SECOND)
        earlier.span_id = b"earlier-"
        store.append([arrival(earlier, *turn(len(seen) + 100, "s"))])
        store.fold_pending()
        page = store.traces(msgspec.structs.replace(query, cursor=page.next_cursor))
    assert seen == [trace_id(n) for n in range(12, 0, -1)]


def test_walks_go_on_after_a_restart(tmp_path: Path) -> None:
    first = open_store("sqlite", tmp_path)
    for n in range(4):
        first.append([arrival(*turn(n + 1, f"s{n}"))])
    query = SessionQuery("p", descending=False, limit=2)
    cursor = first.sessions(query).next_cursor
    first.close()
    second = open_store("sqlite", tmp_path)
    second.append([arrival(*turn(50, "s0"))])
    rest = second.sessions(msgspec.structs.replace(query, cursor=cursor)).rows
    second.close()
    assert [row.session_id for row in rest] == ["s2", "s3"]


def pages(store: Any) -> list[tuple[Any, Any, str]]:
    """Queries of every kind, each with what answers it and a cursor that it gave."""
    for n in range(5):
        store.append([arrival(*turn(n + 1, f"s{n}", start=BASE + n * SECOND if n else 0))])
    found = []
    for read, query in (
        *((store.sessions, SessionQuery("p", sort=sort, limit=2, now_ns=NOW)) for sort in SESSION_SORTS),
        (store.sessions, SessionQuery("p", limit=2, now_ns=NOW, text="hello")),
        (store.traces, TraceQuery("p", limit=2)),
        (store.traces, TraceQuery("p", limit=2, text="hello")),
    ):
        cursor = read(query).next_cursor
        assert cursor is not None
        found.append((read, query, cursor))
    return found


def turn_page(read: Any, query: Any, cursor: str) -> str:
    try:
        read(msgspec.structs.replace(query, cursor=cursor))
    except InvalidInput as error:
        return error.code
    return "page"


def test_a_cursor_with_any_character_changed_is_a_page_or_invalid(store: Any) -> None:
    random = Random(1)
    for read, query, cursor in pages(store):
        for place in range(len(cursor)):
            for other in (random.choice(ALPHABET), random.choice(ALPHABET), random.choice("!=~ \x00ÿ\ud800")):
                changed = cursor[:place] + other + cursor[place + 1 :]
                assert turn_page(read, query, changed) in {"page", "invalid_cursor"}
            assert turn_page(read, query, cursor[:place]) in {"page", "invalid_cursor"}


@pytest.mark.parametrize("number", [2**64 - 1, 2**63, -(2**63), 2**63 - 1, -1, 0])
def test_a_cursor_with_any_number_is_a_page_or_invalid(store: Any, number: int) -> None:
    for read, query, cursor in pages(store):
        made = cursors.read_cursor(cursor, query)
        for name in made.__struct_fields__:
            if name not in {"query", "key", "trace_id", "skewed"}:
                forged = cursors.write_cursor(msgspec.structs.replace(made, **{name: number}))
                assert turn_page(read, query, forged) in {"page", "invalid_cursor"}
                if not -(2**63) < number < 2**63:
                    assert turn_page(read, query, forged) == "invalid_cursor"
