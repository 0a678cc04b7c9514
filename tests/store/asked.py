"""Random queries over what `traces.py` makes, and random annotations on it."""

from typing import Any as Anything

from hypothesis import strategies as st
from traces import BASE, NEEDLES, SECOND

from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.query.ast import Node, Not, Number, Said, Scope, Term
from threadline.query.shape import all_of, any_of

__all__ = ["annotations", "queries", "turn_queries"]

WORDS: dict[str, tuple[str, ...]] = {
    "user": ("u1", "U2", "u*", "*", "absent", "*3"),
    "model": ("gpt-4o-mini", "GPT*", "*2", "m?", "[m]2"),
    "tool": ("t1", "T*", "*", "t2"),
    "agent": ("a1", "A*", "n*", "*"),
    "tag": ("vip", "VIP", "ärger", "hello\\*", "hello*", "*", "urgent", "absent"),
    "env": ("prod", "DEV", "*"),
    "service": ("service of p", "service*", "*`*"),
    "kind": ("llm", "TOOL", "t*", "evaluator", "*"),
    "status": ("ok", "error", "unset"),
}
HAS = ("error", "annotation", "image", "audio", "file", "tool", "user", "cost")
METADATA = (
    ("a", "1"),
    ("A", "*"),
    ("b", "x"),
    ("B", "X*"),
    ("b", "x\\*"),
    ("a.b", "ä*"),
    ("A.b", "true"),
    ("a", "2.50"),
    ("c", "*"),
)
LABELS = ("good", "GOOD", "b*", "*", "")
NUMBERS = {
    "turns": (0, 1, 2, 3, 5),
    "tokens": (0, 5, 12, 2**53, 2**63 - 1),
    "cost": (0, 250_000_000, 2**60, 2**63 - 1),
    "latency": (0, 5, SECOND, 400 * SECOND, 2**62),
    "duration": (0, 5, 30 * SECOND, 1_000 * SECOND),
}
NAMED = ("A", "é", "u1", "vip", "0000000000000001", "00000000", "ffffffff", "ÄRGER", "x", "rue", "1")
OPERATORS = ("<", "<=", "=", ">=", ">")


def _term(field: str, value: str, key: str = "") -> Term:
    return Term(field, value, key, pattern="*" in value.replace("\\*", ""))  # type: ignore[arg-type]


def _words(*fields: str) -> st.SearchStrategy[Node]:
    return st.sampled_from([_term(field, value) for field in fields for value in WORDS[field]])


def _plain(term: Term) -> Term:
    return term if term.pattern else Term(term.field, term.value.replace("\\*", "*"), term.key)


def _numbers(*fields: str) -> st.SearchStrategy[Node]:
    return st.sampled_from([(field, value) for field in fields for value in NUMBERS[field]]).flatmap(
        lambda chosen: st.sampled_from(OPERATORS).map(lambda operator: Number(chosen[0], operator, chosen[1]))  # type: ignore[arg-type]
    )


def _said() -> st.SearchStrategy[Node]:
    texts = st.sampled_from((*NEEDLES, *NAMED))
    return st.builds(Said, texts, st.sampled_from(("either", "either", "user", "assistant")))


def _annotated() -> st.SearchStrategy[Node]:
    names = st.sampled_from(("quality", "tag", "Quality"))
    labels = st.sampled_from(LABELS)
    scores = st.builds(
        lambda operator, value, key: Number("annotation", operator, value, key),
        st.sampled_from(OPERATORS),
        st.sampled_from((0.0, 0.5, 1)),
        names,
    )
    return st.one_of(st.builds(lambda key, label: _term("annotation", label, key), names, labels), scores)


def _has(*what: str) -> st.SearchStrategy[Node]:
    return st.sampled_from([Term("has", each) for each in what])


def _metadata() -> st.SearchStrategy[Node]:
    return st.sampled_from([_term("metadata", value, key) for key, value in METADATA])


def _tree(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def groups(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        some = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(inner.map(Not), some.map(all_of), some.map(any_of))

    return st.recursive(leaves.map(lambda node: _plain(node) if isinstance(node, Term) else node), groups, max_leaves=4)


SPAN = st.one_of(
    _words("model", "tool", "agent", "env", "service", "kind", "status"),
    _has("error", "annotation"),
    _numbers("tokens", "cost", "latency"),
    _annotated(),
)


def turn_queries() -> st.SearchStrategy[Node]:
    """As inside `turn:( )`."""
    leaves = st.one_of(
        _words(*WORDS),
        _has(*HAS),
        _numbers("tokens", "cost", "latency"),
        _annotated(),
        _metadata(),
        _said(),
        _tree(SPAN).map(lambda node: Scope("span", node)),
    )
    return _tree(leaves)


def queries() -> st.SearchStrategy[Node]:
    """As in a list of sessions."""
    leaves = st.one_of(
        _words(*WORDS),
        _has(*HAS),
        _numbers(*NUMBERS),
        _annotated(),
        _metadata(),
        _said(),
        _said(),
        _tree(SPAN).map(lambda node: Scope("span", node)),
        turn_queries().map(lambda node: Scope("turn", node)),
        turn_queries().map(lambda node: Scope("turn", node)),
    )
    return _tree(leaves)


@st.composite
def annotations(draw: st.DrawFn) -> list[Annotation]:
    """On sessions, traces and spans that may be there."""
    random: Anything = draw(st.randoms(use_true_random=False))
    found = []
    for number in range(draw(st.integers(0, 5))):
        trace_id = random.randint(1, 6).to_bytes(16, "big")
        span_id = bytes([1, 1, 1, 1, 1, 1, random.randint(1, 6), random.randint(0, 1)])
        target = random.choice(
            [
                AnnotationTarget("session", "p", session_id=random.choice(["A", "B", "C"])),
                AnnotationTarget("trace", "p", trace_id=trace_id),
                AnnotationTarget("span", "p", trace_id=trace_id, span_id=span_id),
            ]
        )
        label = random.choice(["good", "Good", "bad", "urgent", "", None])
        score = random.choice([None, 0.0, 0.5, 1.0])
        name = random.choice(["quality", "tag"])
        fixed = {"explanation": None, "author": "me", "identifier": str(number), "created_ns": BASE, "updated_ns": BASE}
        found.append(Annotation(str(number), target, name, "human", label, score, **fixed))
    return found
