"""A session as a pure function of its turns."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot
from made import S, trace

from threadline.model.session import CountedSet, Session
from threadline.model.trace import ToolUse
from threadline.sessions.totals import (
    active_ns,
    idle_before_ns,
    in_order,
    nearest_rank,
    preview,
    session_key,
    summarise,
    turns_of,
)


def test_the_key_is_opaque_and_never_changes():
    assert session_key("default", "chat-1") == snapshot("jjlgszqscgmzvmntdenousowti")
    assert session_key("default", "😀/../%2F") == snapshot("qdzmmsyadf22dygnqxvgbscmxm")
    assert len({session_key(*each) for each in (("a", "bc"), ("ab", "c"), ("", "abc"), ("abc", ""))}) == 4
    assert session_key("p", "\ud800") != session_key("p", "\ud801")


@pytest.mark.parametrize(
    ("count", "p", "rank"),
    [(1, 0.5, 1), (2, 0.5, 1), (3, 0.5, 2), (20, 0.95, 19), (21, 0.95, 20), (100, 0.95, 95), (100_000, 0.95, 95_000)],
)
def test_nearest_rank(count, p, rank):
    assert nearest_rank(range(1, count + 1), p) == rank


def test_nearest_rank_of_nothing():
    assert nearest_rank([], 0.5) is None


@given(st.integers(1, 5_000), st.integers(1, 100))
def test_nearest_rank_is_the_ceiling(count, percent):
    assert nearest_rank(range(1, count + 1), percent / 100) == -(-count * percent // 100)
    assert math.ceil(count * percent / 100 - 1e-9) == -(-count * percent // 100)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (None, None),
        ("", None),
        (" \n ", None),
        (" a \n\t b ", "a b"),
        ("x" * 280, "x" * 280),
        ("x" * 281, "x" * 280),
        ("😀" * 281, "😀" * 280),
        (" " * 10_000 + "late", "late"),
        ("a" + " " * 10_000 + "b", "a b"),
        ("a\x00b", "a\x00b"),
    ],
)
def test_previews(text, shown):
    assert preview(text) == shown


@given(st.text(alphabet="ab \n", max_size=5_000))
def test_a_preview_is_the_begin_of_the_collapsed_text(text):
    assert (preview(text) or "") == " ".join(text.split())[:280]


def test_order_and_pauses():
    late, early, tied, timeless = trace(1, 90), trace(2, 10, 20), trace(3, 10, 12), trace(4, None)
    turns = turns_of([timeless, late, tied, early])
    assert [(turn.index, turn.trace.trace_id[0], turn.idle_before_ns) for turn in turns] == [
        (1, 2, None),
        (2, 3, -10 * S),
        (3, 1, 78 * S),
        (4, 4, None),
    ]
    assert idle_before_ns(timeless, late) is None


@pytest.mark.parametrize(
    ("spans", "active"),
    [
        ([(0 + 1, 11)], 10),
        ([(1, 11), (310, 320)], 319),
        ([(1, 11), (311, 321)], 20),
        ([(1, 11), (312, 322), (10_000, 10_010)], 30),
        ([(1, 1000), (2, 3), (400, 401)], 602),
    ],
)
def test_active_time_leaves_out_pauses_of_five_minutes(spans, active):
    assert active_ns([trace(n, *each) for n, each in enumerate(spans)]) == active * S


def test_a_whole_session():
    turns = [
        trace(
            1,
            10,
            12,
            input=None,
            output="first  answer",
            user_id="ana",
            models=("m2", "m1"),
            tools=(ToolUse("t", 2, 1),),
            prompt_tokens=5,
            total_tokens=7,
            cost_nano=3,
            session_id_source="session.id",
            status=2,
        ),
        trace(
            2,
            20,
            25,
            input="second question",
            output=None,
            user_id="bo",
            tools=(ToolUse("s", 1, 0), ToolUse("t", 1, 0)),
            metadata='{"a": 1}',
            unpriced_spans=1,
            tags=("x",),
            status=1,
        ),
    ]
    assert summarise(turns[::-1]) == snapshot(
        Session(
            id="mzvegqempzidz4bwntqf4djtwy",
            project="p",
            session_id="s",
            session_id_source="session.id",
            start_ns=10000000000,
            last_activity_ns=25000000000,
            duration_ns=15000000000,
            active_ns=15000000000,
            turn_count=2,
            span_count=2,
            error_count=1,
            last_turn_status=1,
            first_input="second question",
            last_output="first answer",
            user_ids=CountedSet(values=("ana", "bo"), count=2),
            models=CountedSet(values=("m1", "m2"), count=2),
            tools=(ToolUse(name="s", calls=1, errors=0), ToolUse(name="t", calls=3, errors=1)),
            tool_count=2,
            agents=CountedSet(values=(), count=0),
            tags=CountedSet(values=("x",), count=1),
            environments=CountedSet(values=(), count=0),
            services=CountedSet(values=(), count=0),
            metadata='{"a": 1}',
            prompt_tokens=5,
            completion_tokens=0,
            cache_read_tokens=0,
            total_tokens=7,
            cost_nano=3,
            cost_complete=False,
            latency_p50_ns=2000000000,
            latency_p95_ns=5000000000,
            hits=None,
        )
    )
    assert summarise(turns) == summarise(turns[::-1])


def test_a_session_without_any_time():
    found = summarise([trace(1, None), trace(2, None)])
    assert (found.start_ns, found.last_activity_ns, found.duration_ns, found.active_ns) == (None, None, None, None)
    assert (found.latency_p50_ns, found.cost_nano, found.cost_complete, found.turn_count) == (None, None, True, 2)


def test_sets_show_the_first_twenty_and_count_all():
    found = summarise([trace(n, n, models=(f"m{n:03}",), tools=(ToolUse(f"t{n:03}", 1, 0),)) for n in range(1, 31)])
    assert found.models == CountedSet(tuple(f"m{n:03}" for n in range(1, 21)), 30)
    assert (len(found.tools), found.tool_count) == (20, 30)


TURNS = st.lists(
    st.builds(
        trace,
        st.integers(1, 200),
        st.none() | st.integers(1, 2_000),
        input=st.none() | st.text(max_size=3),
        output=st.none() | st.text(max_size=3),
        cost_nano=st.none() | st.integers(0, 9),
        metadata=st.none() | st.sampled_from(["{}", '{"a": 1}']),
        session_id_source=st.sampled_from("kl"),
        user_id=st.none() | st.sampled_from("ab"),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda turn: turn.trace_id,
)


@given(TURNS, st.randoms())
def test_the_order_of_turns_never_matters(turns, rng):
    shuffled = turns[:]
    rng.shuffle(shuffled)
    assert summarise(turns) == summarise(shuffled)
    assert in_order(turns) == in_order(shuffled)
    found = summarise(turns)
    if found.duration_ns is not None:
        assert 0 <= found.active_ns <= found.duration_ns
