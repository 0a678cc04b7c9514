"""One trace's record: rules 3, 5 and 6, whatever the order of arrival."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import fact, record, sid

from threadline.model.facts import SessionIdCandidate
from threadline.model.trace import ToolUse
from threadline.sessions.fold import SET_MAX, fold


def test_the_root_is_the_earliest_span_without_a_parent():
    assert record(fact("b", start=5), fact("a", start=5), fact("c", "a", start=1)).root_span_id == sid("a")


def test_else_the_earliest_whose_parent_has_not_arrived():
    assert record(fact("a", "gone", start=5), fact("b", "lost", start=4), fact("c", "a", start=1)).name == "b"


def test_else_in_a_cycle_the_earliest_of_all():
    assert record(fact("a", "b", start=5), fact("b", "c", start=4), fact("c", "a", start=6)).name == "b"
    assert record(fact("a", "a")).name == "a"


def test_a_span_that_is_its_own_parent_is_no_root_beside_an_orphan():
    assert record(fact("a", "a", start=1), fact("b", "gone", start=9)).name == "b"


@pytest.mark.parametrize(
    ("spans", "session"),
    [
        ([fact("r"), fact("c", "r", session=[(0, "child")])], "child"),
        ([fact("r", session=[(0, "root")], start=9), fact("c", "r", session=[(0, "child")])], "root"),
        ([fact("r", session=[(2, "root")]), fact("c", "r", session=[(1, "child")])], "child"),
        ([fact("r"), fact("a", "r", 5, session=[(0, "late")]), fact("b", "r", 4, session=[(0, "early")])], "early"),
        ([fact("r"), fact("b", "r", 5, session=[(0, "b")]), fact("a", "r", 5, session=[(0, "a")])], "a"),
        ([fact("r", session=[(1, "x"), (0, "y")])], "y"),
        ([fact("r")], None),
    ],
)
def test_which_session_a_trace_belongs_to(spans, session):
    assert record(*spans).session_id == session


def test_other_session_ids_are_kept_once_each():
    found = record(
        fact("r", session=[(0, "S"), (3, "S"), (5, "T")]),
        fact("c", "r", session=[(0, "Q"), (1, "T"), (2, "U")]),
    )
    assert (found.session_id, found.session_id_source) == ("S", "key0")
    assert found.other_session_ids == (
        SessionIdCandidate(0, "key0", "Q"),
        SessionIdCandidate(1, "key1", "T"),
        SessionIdCandidate(2, "key2", "U"),
    )


@pytest.mark.parametrize(
    ("root", "child", "status", "message"),
    [
        ((0, ""), (0, ""), 0, ""),
        ((1, ""), (2, "boom"), 1, ""),
        ((0, ""), (2, "boom"), 2, "boom"),
        ((2, "own"), (2, "boom"), 2, "own"),
        ((2, ""), (2, "boom"), 2, "boom"),
        ((0, "ignored"), (0, ""), 0, ""),
        ((1, "fine"), (0, ""), 1, "fine"),
    ],
)
def test_status(root, child, status, message):
    found = record(
        fact("r", status=root[0], status_message=root[1]), fact("c", "r", status=child[0], status_message=child[1])
    )
    assert (found.status, found.status_message) == (status, message)


@pytest.mark.parametrize(
    ("times", "start", "end", "latency"),
    [
        ([(5, 9)], 5, 9, 4),
        ([(5, 0)], 5, 5, None),
        ([(9, 5)], 9, 9, None),
        ([(0, 0)], None, None, None),
        ([(0, 0), (3, 4)], 3, 4, None),
        ([(5, 9), (2, 20)], 2, 20, 4),
        ([(5, 9), (30, 0)], 5, 30, 4),
        ([(5, 5)], 5, 5, 0),
    ],
)
def test_times(times, start, end, latency):
    spans = [fact(f"s{n}", "s0" if n else None, *each) for n, each in enumerate(times)]
    found = record(*spans)
    assert (found.start_ns, found.end_ns, found.latency_ns) == (start, end, latency)


def test_the_name_and_the_user_are_the_roots_first():
    assert record(fact("r", name="", start=2), fact("c", "r", name="inner", start=3)).name == "inner"
    spans = [fact("r"), fact("a", "r", 2, user_id="ana", user_rank=3), fact("b", "r", 9, user_id="bo", user_rank=0)]
    assert record(*spans).user_id == "bo"
    assert record(fact("r", user_id="root", user_rank=8), *spans[1:]).user_id == "root"
    tied = [fact("r"), fact("a", "r", 5, user_id="late", user_rank=0), fact("b", "r", 2, user_id="early", user_rank=0)]
    assert record(*tied).user_id == "early"


def test_sets_tools_and_metadata():
    found = record(
        fact("r", agent="Z", tags=("y", "x"), service="web", environment="test", start=2),
        fact("a", "r", tool="t2", kind="TOOL", status=2, model="m2", start=5, metadata='{"a": 1}'),
        fact("b", "r", tool="t1", kind="TOOL", model="m1", start=4, metadata='{"b": 1}', tags=("x",)),
        fact("c", "r", tool="t2", kind="TOOL", agent="A"),
    )
    assert (found.models, found.agents, found.tags) == (("m1", "m2"), ("A", "Z"), ("x", "y"))
    assert (found.services, found.environments) == (("web",), ("test",))
    assert found.tools == (ToolUse("t1", 1, 0), ToolUse("t2", 2, 1))
    assert found.metadata == '{"b": 1}'


def test_a_set_has_a_limit():
    spans = [fact(f"{n}", model=f"m{n:05}", tool=f"t{n:05}") for n in range(SET_MAX + 1)]
    found = record(*spans)
    assert (len(found.models), len(found.tools)) == (SET_MAX, SET_MAX)
    assert found.models[-1] == f"m{SET_MAX - 1:05}"


def counts(*spans):
    found = record(*spans)
    return found.prompt_tokens, found.completion_tokens, found.total_tokens


def test_tokens_count_unless_a_descendant_carries_them():
    agent = {"prompt_tokens": 10, "completion_tokens": 5}
    assert counts(fact("a", **agent)) == (10, 5, 15)
    assert counts(fact("a", **agent), fact("b", "a", kind="LLM")) == (10, 5, 15)
    assert counts(fact("a", **agent), fact("b", "a"), fact("c", "b", total_tokens=7)) == (0, 0, 7)
    assert counts(fact("a", **agent), fact("b", "a", prompt_tokens=0)) == (0, 0, 0)
    assert counts(fact("a", **agent), fact("b", **agent)) == (20, 10, 30)
    assert counts(fact("r"), fact("a", "r", **agent), fact("b", "r", prompt_tokens=1, total_tokens=9)) == (11, 5, 24)


def test_tokens_in_cycles_are_neither_lost_nor_doubled():
    assert counts(fact("a", "a", prompt_tokens=3)) == (3, 0, 3)
    cycle = [fact("a", "b", 1, prompt_tokens=3), fact("b", "a", 2, prompt_tokens=4)]
    assert counts(*cycle) == (4, 0, 4)


def cost(*spans):
    found = record(*spans)
    return found.cost_nano, found.unpriced_spans


def test_sums_end_at_63_bits_in_any_order():
    spans = [fact(f"{n:04}", start=n, prompt_tokens=2**53 - 1, reported_cost_nano=10**18) for n in range(1_025)]
    spans.append(fact("last", completion_tokens=1))
    for _ in range(3):
        random.shuffle(spans)
        found = record(*spans)
        assert (found.prompt_tokens, found.completion_tokens, found.total_tokens) == (2**63 - 1, 1, 2**63 - 1)
        assert found.cost_nano == 2**63 - 1
    assert cost(*[fact(str(n), reported_cost_nano=10**18) for n in range(9)]) == (9 * 10**18, 0)


def test_cost_is_counted_once():
    priced = {"prompt_tokens": 1, "computed_cost_nano": 5}
    assert cost(fact("a")) == (None, 0)
    assert cost(fact("a", prompt_tokens=1)) == (None, 1)
    assert cost(fact("a", **priced)) == (5, 0)
    assert cost(fact("a", **priced), fact("b", prompt_tokens=1)) == (5, 1)
    assert cost(fact("a", reported_cost_nano=7)) == (7, 0)
    assert cost(fact("a", reported_cost_nano=7, **priced)) == (7, 0)
    assert cost(fact("a", reported_cost_nano=7), fact("b", "a", **priced)) == (7, 0)
    assert cost(fact("a", **priced), fact("b", "a", reported_cost_nano=7)) == (7, 0)
    assert cost(fact("a", reported_cost_nano=9), fact("b", "a", reported_cost_nano=7)) == (7, 0)
    assert cost(fact("a", reported_cost_nano=7), fact("b", **priced)) == (12, 0)
    assert cost(fact("a", reported_cost_nano=0)) == (0, 0)


def test_a_report_that_does_not_count_covers_nobody():
    spans = [
        fact("a", reported_cost_nano=9),
        fact("b", "a", reported_cost_nano=7, prompt_tokens=1),
        fact("c", "a", prompt_tokens=1, computed_cost_nano=5),
    ]
    assert cost(*spans) == (12, 0)


def test_time_of_models_and_tools_is_a_union():
    found = record(
        fact("r", start=1, end=100),
        fact("a", "r", 10, 20, kind="LLM"),
        fact("b", "r", 15, 30, kind="LLM"),
        fact("c", "r", 16, 18, kind="LLM"),
        fact("d", "r", 40, 50, kind="LLM"),
        fact("e", "r", 60, 0, kind="LLM"),
        fact("f", "r", 60, 55, kind="LLM"),
        fact("g", "r", 0, 0, kind="LLM"),
        fact("h", "r", 5, 7, kind="TOOL"),
    )
    assert (found.llm_ns, found.tool_ns) == (30, 2)


def test_first_token():
    assert record(fact("r", start=5), fact("a", "r", 6, first_token_ns=9)).first_token_ns == 4
    assert record(fact("r", start=5), fact("a", "r", 6, first_token_ns=3)).first_token_ns is None
    assert record(fact("r", start=0, end=0, first_token_ns=3)).first_token_ns is None


LLMS = [
    fact("x", "r", 3, kind="LLM", input_rank=2, output_rank=2),
    fact("y", "r", 5, kind="LLM", input_rank=2, output_rank=2),
]


@pytest.mark.parametrize(
    ("spans", "sides"),
    [
        ([fact("r", input_rank=1, output_rank=3), *LLMS], ("r", "r")),
        ([fact("r", input_rank=4, output_rank=4), *LLMS], ("x", "y")),
        ([fact("r"), *LLMS], ("x", "y")),
        ([fact("r"), fact("w", "r", 1, kind="LLM"), *LLMS, fact("z", "r", 9, kind="LLM", output_rank=4)], ("x", "y")),
        ([fact("r", input_rank=4, output_rank=4), fact("c", "r", 2, input_rank=1, output_rank=1)], ("r", "r")),
        ([fact("r"), fact("c", "r", 2, kind="CHAIN", input_rank=1, output_rank=1)], (None, None)),
        ([fact("r"), fact("c", "r", 2, kind="AGENT", input_rank=1, output_rank=1)], ("c", "c")),
    ],
)
def test_which_span_supplies_each_side(spans, sides):
    found = record(*spans)
    assert (found.input_span_id, found.output_span_id) == tuple(name and sid(name) for name in sides)


def test_a_carrier_of_annotations_is_no_turn():
    assert not record(fact("r", kind="EVALUATOR", annotates=True)).is_turn
    assert record(fact("r", kind="AGENT"), fact("e", "r", kind="EVALUATOR", annotates=True)).is_turn


def test_a_hundred_thousand_spans_in_one_line_fold():
    last = 100_000
    spans = [fact(f"{n:06}", f"{n - 1:06}" if n else None, n + 1, prompt_tokens=1) for n in range(last)]
    spans.append(fact(f"{last:06}", f"{last - 1:06}", last + 1, prompt_tokens=3, reported_cost_nano=2))
    random.Random(1).shuffle(spans)
    found = record(*spans)
    assert (found.prompt_tokens, found.cost_nano, found.span_count) == (3, 2, last + 1)
    ring = [fact(f"{n:06}", f"{(n + 1) % last:06}", n + 1, prompt_tokens=1) for n in range(last)]
    assert record(*ring).prompt_tokens == 1


NAMES = [f"n{n}" for n in range(7)]


@st.composite
def traces(draw):
    spans = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True)):
        start = draw(st.integers(0, 4))
        optional = {
            "prompt_tokens": draw(st.none() | st.integers(0, 9)),
            "completion_tokens": draw(st.none() | st.integers(0, 9)),
            "reported_cost_nano": draw(st.none() | st.integers(0, 9)),
            "computed_cost_nano": draw(st.none() | st.integers(0, 9)),
            "session": draw(st.none() | st.lists(st.tuples(st.integers(0, 3), st.sampled_from("AB")), max_size=2)),
        }
        carries = optional["prompt_tokens"] is not None or optional["completion_tokens"] is not None
        spans.append(
            fact(
                name,
                draw(st.none() | st.sampled_from([*NAMES, "gone"])),
                start,
                draw(st.sampled_from([0, start, start + 3])),
                carries_tokens=carries,
                kind=draw(st.sampled_from(["", "LLM", "TOOL", "AGENT"])),
                name=draw(st.sampled_from(["", name])),
                status=draw(st.integers(0, 2)),
                user_id=draw(st.none() | st.sampled_from("xy")),
                user_rank=draw(st.integers(0, 2)),
                model=draw(st.none() | st.sampled_from("mn")),
                metadata=draw(st.none() | st.sampled_from(["{}", '{"a": 1}'])),
                input_rank=draw(st.sampled_from([1, 2, 3, 4, 9])),
                output_rank=draw(st.sampled_from([1, 2, 3, 4, 9])),
                **{key: value for key, value in optional.items() if value is not None},
            )
        )
    return spans


@given(traces(), st.randoms())
def test_the_order_of_arrival_never_matters(spans, rng):
    shuffled = spans[:]
    rng.shuffle(shuffled)
    assert fold({f.span_id: f for f in spans}) == fold({f.span_id: f for f in shuffled})


@given(traces())
def test_tokens_and_cost_against_the_rule_word_for_word(spans):
    """Descendants by walking every span up, in a tree whose cycles are cut above their earliest span."""
    held = {f.span_id: f for f in spans}
    parents = {f.span_id: f.parent_span_id for f in spans if f.parent_span_id in held}

    def chain(span_id):
        seen = []
        while span_id in parents and parents[span_id] not in seen and len(seen) <= len(held):
            span_id = parents[span_id]
            seen.append(span_id)
        return seen

    for start in list(parents):
        around = chain(start)
        if start in around:
            cycle = around[: around.index(start) + 1]
            del parents[min(cycle, key=lambda each: (held[each].start_ns, each))]
    above = {span_id: set(chain(span_id)) - {span_id} for span_id in held}

    def lowest(chosen):
        return {a for a in chosen if not any(a in above[b] for b in chosen)}

    carrying = lowest({f.span_id for f in spans if f.carries_tokens})
    reporting = {f.span_id for f in spans if f.reported_cost_nano is not None}
    counted = lowest(reporting)
    covered = {a for a in carrying if a in reporting or above[a] & counted or any(a in above[b] for b in reporting)}
    known = [held[a].reported_cost_nano for a in counted]
    known += [held[a].computed_cost_nano for a in carrying - covered if held[a].computed_cost_nano is not None]
    found = fold(held)
    assert found.prompt_tokens == sum(held[a].prompt_tokens or 0 for a in carrying)
    assert found.completion_tokens == sum(held[a].completion_tokens or 0 for a in carrying)
    assert found.cost_nano == (sum(known) if known else None)
    assert found.unpriced_spans == sum(held[a].computed_cost_nano is None for a in carrying - covered)


def test_kinds_and_content_are_those_of_any_span() -> None:
    found = record(
        fact("a", kind="AGENT", content=("image",)),
        fact("b", "a", kind="LLM", content=("audio", "image")),
        fact("c", "a"),
    )
    assert (found.kinds, found.content) == (("AGENT", "LLM"), ("audio", "image"))
