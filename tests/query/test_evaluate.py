"""What each term means."""

import msgspec
import pytest
from hypothesis import given
from query_trees import trees

from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.facts import SessionIdCandidate, SpanFacts
from threadline.model.session import NameMatch, StoredTrace
from threadline.query import Node, Not, SessionFacts, TurnFacts, hits, holds, matched, parse, turn_holds
from threadline.query.hits import NAMES_MAX, find_any
from threadline.sessions.fold import fold
from threadline.sessions.totals import summarise

S = 10**9
FIRST, SECOND = bytes.fromhex("4bf92f35" + "77b34da6a3ce929d0e0e4736"), b"\x22" * 16


def span(name: str, start: int, end: int, **fields) -> SpanFacts:
    known = {"status": 0, "status_message": "", "kind": "", "size": 1, "digest": name.encode()}
    tokens = {"carries_tokens": True} if "total_tokens" in fields else {}
    span_id = name.encode().rjust(8, b"0")
    parent = None if name == "root" else b"0000root"
    facts = {"span_id": span_id, "parent_span_id": parent, "start_ns": start * S, "end_ns": end * S, "name": name}
    return SpanFacts(**(facts | known | tokens | fields))


def note(name: str, label=None, score=None, *, trace=None, on=None) -> Annotation:
    kind = "span" if on else "trace" if trace else "session"
    span_id = on.encode().rjust(8, b"0") if on else None
    target = AnnotationTarget(kind, "p", None if trace else "chat/1", trace, span_id)
    return Annotation(f"{name}{label}{score}", target, name, "human", label, score, None, "me", "", 0, 0)


def turn(trace_id: bytes, said: str, answered: str, spans: list[SpanFacts], *annotations: Annotation) -> TurnFacts:
    record = fold({each.span_id: each for each in spans})
    return TurnFacts(trace_id, record, said, answered, tuple(spans), annotations)


def session(*turns: TurnFacts, annotations: tuple[Annotation, ...] = ()) -> SessionFacts:
    stored = [StoredTrace("p", each.trace_id, each.record, each.input, each.output) for each in turns]
    return SessionFacts(summarise(stored), turns, annotations)


ID = SessionIdCandidate(0, "session.id", "chat/1")
OTHER = SessionIdCandidate(1, "langfuse.session.id", "lf-77")
ROOT = {"session_ids": (ID, OTHER), "user_id": "Ada@Example.com", "tags": ("Beta",), "environment": "prod"}
TURNS = (
    turn(
        FIRST,
        "Where is my Straße order?",
        "Let me look it up.",
        [
            span("root", 10, 14, **ROOT, metadata='{"plan": "Pro", "cart": {"items": [1.50, 2]}, "ok": true}'),
            span("look", 11, 12, kind="TOOL", tool="search", status=2, service="shop"),
            span("ask", 12, 13, kind="LLM", model="gpt-5-mini", total_tokens=1000, reported_cost_nano=5 * 10**8),
        ],
        note("quality", "Good", 0.9, trace=FIRST),
        note("tag", "vip", trace=FIRST),
        note("check", None, 0.1, trace=FIRST, on="ask"),
        note("tag", "inner", trace=FIRST, on="ask"),
    ),
    turn(
        SECOND,
        "It never came, refund please",
        "Refunded.",
        [
            span("root", 20, 21, session_ids=(ID,), status=1, agent="planner", content=("image",)),
            span("look", 20, 0, kind="TOOL", tool="search"),
        ],
    ),
)
FACTS = session(*TURNS, annotations=(note("quality", "bad"), note("tag", "Kept")))


@pytest.mark.parametrize(
    "text",
    [
        "user:ada@example.com user:ADA* -user:ada",
        "model:gpt-5* model:*mini model:gpt-5-mini -model:gpt-5",
        "tool:search tool:* -tool:fetch tool:fetch,search agent:planner",
        "tag:beta tag:VIP tag:kept -tag:inner -tag:x",
        "env:prod service:shop kind:llm kind:TOOL -kind:chain",
        "has:annotation has:image -has:audio -has:file has:tool has:user has:cost",
        "status:error status:ok -status:unset has:error",
        "turns:2 turns:>1 -turns:>2 turns:1..5 tokens:1000 tokens:>=1k cost:0.5 -cost:>0.5",
        "latency:4s latency:>3s duration:11s -duration:<10s",
        "annotation.quality:good annotation.quality:BAD annotation.quality:>0.5 -annotation.quality:>0.95",
        "annotation.check:<0.5 annotation.check:* -annotation.check:good -annotation.Quality:good",
        "metadata.plan:pro metadata.PLAN:p* metadata.cart.items:1.50 metadata.cart.items:2 metadata.ok:true",
        "-metadata.cart:* -metadata.items:2 -metadata.plan:1",
        "refund order STRASSE",
        '"chat/1" lf-77 ada@ex bet "1.50"',
        "4bf92f35 4BF92F3577 -4bf92f3 -77b34da6 -vip -plan",
        "said-by:user refund straße -look",
        "said-by:assistant refund look -please -ada",
        "turn:(refund status:ok -order) -turn:(refund order)",
        "turn:(tag:vip -tag:inner -tag:kept annotation.quality:good -annotation.quality:bad annotation.check:*)",
        "turn:(has:tool has:cost tokens:1k latency:4s) turn:(-has:cost tokens:0 -latency:<1s)",
        "turn:(-has:annotation agent:planner has:image latency:1s)",
        "turn:(span:(tool:search status:error) span:(model:gpt* tokens:1k cost:0.5 latency:1s))",
        "-turn:(ada) turn:(4bf92f3577b34da6a3ce929d0e0e4736)",
        "span:(tool:search has:error service:shop) -span:(tool:search status:ok) span:(tool:search status:unset)",
        "-span:(kind:llm has:error) span:(has:annotation annotation.check:<0.5 kind:LLM) -span:(annotation.quality:*)",
        "span:(tool:search -latency:>=0s) -span:(tool:search tokens:>=0) -span:(tool:search cost:>=0)",
        "span:(env:prod -kind:* -tool:*) span:(agent:planner)",
        "(nothing OR refund) -(nothing OR never2)",
    ],
)
def test_all_of_these_hold(text: str):
    alone = () if {"(", '"'} & set(text) or "said-by" in text else text.split()
    for piece in (text, *alone):
        node = parse(piece)
        assert node is not None
        assert holds(node, FACTS), piece


def test_no_number_matches_no_comparison():
    unknown = session(turn(FIRST, "a", "b", [span("root", 0, 0, session_ids=(ID,))]))
    for term in ("cost:>=0", "latency:<1d", "duration:>=0s", "annotation.x:<1", "annotation.x:>=1"):
        for text, expected in ((term, False), (f"-{term}", True)):
            node = parse(text)
            assert node is not None
            assert holds(node, unknown) is expected


def test_a_list_of_traces():
    texts = ("refund", "span:(status:error)")
    found = {text: [turn_holds(parse(text, "turn"), each) for each in TURNS] for text in texts}
    assert found == {"refund": [False, True], "span:(status:error)": [True, False]}


@given(trees())
def test_not_is_the_opposite(node: Node):
    assert holds(Not(node), FACTS) is not holds(node, FACTS)


def first_hit(text: str) -> tuple[int, int, str, list[str]] | None:
    found = hits(parse(text), FACTS)
    if found is None:
        return None
    first = found.first
    return found.count, first.turn_index, first.role, [first.text[start:end] for start, end in first.ranges]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("order", (1, 1, "user", ["order"])),
        ("STRASSE", (1, 1, "user", ["Straße"])),
        ("refund", (1, 2, "user", ["refund"])),
        ("never refund", (1, 2, "user", ["never", "refund"])),
        ("order refund", (2, 1, "user", ["order"])),
        ("order OR refund", (2, 1, "user", ["order"])),
        ("turn:(refund)", (1, 2, "user", ["refund"])),
        ("said-by:assistant refund", (1, 2, "assistant", ["Refund"])),
        ("-refund", None),
        ("tool:search", None),
        ("lf-77", None),
    ],
)
def test_hits(text: str, expected: object):
    assert first_hit(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chat", [("session_id", "", "chat/1", ((0, 4),))]),
        ("LF-77", [("session_id", "", "lf-77", ((0, 5),))]),
        ("ada ample", [("user", "", "Ada@Example.com", ((0, 3), (6, 11)))]),
        ("bet", [("tag", "", "Beta", ((0, 3),))]),
        ("pro", [("metadata", "plan", "Pro", ((0, 3),))]),
        ("-chat", []),
        ("said-by:user chat", []),
        ("turn:(chat)", []),
        ("tool:search", []),
    ],
)
def test_names(text: str, expected: list[tuple[object, ...]]):
    assert [(m.field, m.key, m.value, m.ranges) for m in matched(parse(text), FACTS)] == expected


def test_a_trace_id_names_its_trace_in_a_list_of_traces():
    traces = list(FACTS.turns)

    assert [each.trace_id for each in traces if turn_holds(parse("4BF92F357", scope="turn"), each)] == [FIRST]
    assert holds(parse(f"turn:({FIRST.hex()})"), FACTS)
    assert not holds(parse(f"turn:({FIRST.hex()} said-by:user)"), FACTS)


def test_a_trace_id_leads_to_its_turn():
    assert matched(parse("4BF92F357"), FACTS) == (NameMatch("trace_id", "", FIRST.hex(), ((0, 9),), FIRST, 1),)
    assert len(matched(parse("2" * 32 + " OR a OR o"), FACTS)) == NAMES_MAX


def test_ranges_that_overlap_are_one():
    assert find_any("abcabc", ["ab", "bc", "x"]) == ((0, 3), (3, 6))


def test_a_status_that_opentelemetry_does_not_know():
    odd = msgspec.structs.replace(TURNS[1], record=msgspec.structs.replace(TURNS[1].record, status=7))
    node = parse("status:unset", "turn")
    assert node is not None
    assert turn_holds(node, odd)
