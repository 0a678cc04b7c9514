"""Trees of queries as Hypothesis makes them: all that can be written, in the shape that parsing gives."""

from hypothesis import strategies as st

from threadline.query.ast import Node, Not, Number, Said, Scope, Term
from threadline.query.fields import FIELDS, HAS_OF_SPAN, Place
from threadline.query.pattern import literal
from threadline.query.shape import all_of, any_of

ODD = "aB\"\\*:(),.<>=-0 \t\u00e9\u0130\U0001f600'|OR"
TEXTS = st.text(st.sampled_from(ODD), min_size=1, max_size=8) | st.text(min_size=1, max_size=6)
KEYS = st.text(st.sampled_from('ab.": ()\\é'), min_size=1, max_size=5) | st.text(min_size=1, max_size=4)
SIDES = st.sampled_from(("either", "user", "assistant"))
OPERATORS = st.sampled_from(("<", "<=", "=", ">=", ">"))
PATTERNS = st.lists(st.text(st.sampled_from(ODD), max_size=4), min_size=2, max_size=4).map(
    lambda parts: "*".join(literal(part) for part in parts)
)


def words(place: Place) -> st.SearchStrategy[Node]:
    """Terms that compare words."""
    names = [name for name, field in FIELDS.items() if place in field.places and field.kind in {"word", "score"}]
    plain = st.sampled_from([name for name in names if not FIELDS[name].keyed])
    keyed = st.sampled_from([name for name in names if FIELDS[name].keyed])
    values = st.tuples(TEXTS | st.just(""), st.just(False)) | st.tuples(PATTERNS, st.just(True))
    return st.builds(lambda name, value: Term(name, value[0], "", value[1]), plain, values) | st.builds(
        lambda name, key, value: Term(name, value[0], key, value[1]), keyed, KEYS, values
    )


def choices(place: Place) -> st.SearchStrategy[Node]:
    """`has:` and `status:`."""
    has = HAS_OF_SPAN if place == "span" else FIELDS["has"].choices
    pairs = [("has", what) for what in has] + [("status", what) for what in FIELDS["status"].choices]
    return st.sampled_from(pairs).map(lambda pair: Term(pair[0], pair[1]))


def numbers(place: Place) -> st.SearchStrategy[Node]:
    """Terms that compare numbers."""
    names = [
        name for name, field in FIELDS.items() if place in field.places and field.kind in {"count", "money", "time"}
    ]
    whole = st.integers(0, 2**63 - 1) | st.sampled_from((0, 10**9, 90 * 10**9, 86_400 * 10**9, 1_500_000))
    scores = st.floats(allow_nan=False, allow_infinity=False)
    return st.builds(Number, st.sampled_from(names), OPERATORS, whole) | st.builds(
        Number, st.just("annotation"), OPERATORS, scores, KEYS
    )


def trees(place: Place = "session") -> st.SearchStrategy[Node]:
    """Whole queries, few terms deep."""
    leaves = words(place) | choices(place) | numbers(place)
    if place != "span":
        leaves |= st.builds(Said, TEXTS, SIDES)
        leaves |= st.builds(Scope, st.just("span"), st.deferred(lambda: trees("span")))
    if place == "session":
        leaves |= st.builds(Scope, st.just("turn"), st.deferred(lambda: trees("turn")))
    return st.recursive(leaves, groups, max_leaves=6)


def groups(inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Of trees a larger one."""
    several = st.lists(inside, min_size=2, max_size=4)
    return several.map(all_of) | several.map(any_of) | inside.map(lambda n: n.node if isinstance(n, Not) else Not(n))
