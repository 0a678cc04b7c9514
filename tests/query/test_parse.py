"""What each term says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_texts import ANY_TEXT

from threadline.query import All, Any, Node, Not, Number, QueryError, Said, Scope, Term, parse
from threadline.query.fields import FIELDS, KINDS
from threadline.query.grammar import terminals

S = 10**9
USD = 10**9


def term(field, value, key="", *, pattern=False):
    return Term(field, value, key, pattern)


TERMS = [
    ("user:ada@example.com", term("user", "ada@example.com")),
    ("model:llama3:8b", term("model", "llama3:8b")),
    ("model:gpt-5*", term("model", "gpt-5*", pattern=True)),
    ("tool:*", term("tool", "*", pattern=True)),
    ("tool:get(x)", term("tool", "get(x)")),
    ("agent:planner", term("agent", "planner")),
    ('tag:"a b"', term("tag", "a b")),
    ('tag:""', term("tag", "")),
    ('tag:"say \\"hi\\""', term("tag", 'say "hi"')),
    ('tag:5"', term("tag", '5"')),
    ("tag:a\\*b", term("tag", "a*b")),
    ("tag:a\\*b*", term("tag", "a\\*b*", pattern=True)),
    ("tag:C:\\dir", term("tag", "C:\\dir")),
    ("tag:C:\\dir\\*", term("tag", "C:\\dir*")),
    ("env:production", term("env", "production")),
    ("service:check-out", term("service", "check-out")),
    ("kind:retriever", term("kind", "retriever")),
    ("has:annotation", term("has", "annotation")),
    ('has:"IMAGE"', term("has", "image")),
    ("status:Error", term("status", "error")),
    ("Status:ok", term("status", "ok")),
    ("metadata.plan:pro", term("metadata", "pro", "plan")),
    ("metadata.a.b:1.5", term("metadata", "1.5", "a.b")),
    ('metadata."a:b c":x', term("metadata", "x", "a:b c")),
    ("annotation.quality:good", term("annotation", "good", "quality")),
    ("annotation.quality:5", term("annotation", "5", "quality")),
    ('annotation.quality:"<0.5"', term("annotation", "<0.5", "quality")),
    ("annotation.quality:*", term("annotation", "*", "quality", pattern=True)),
    ("annotation.quality:<0.5", Number("annotation", "<", 0.5, "quality")),
    ("annotation.quality:=-1e-3", Number("annotation", "=", -0.001, "quality")),
    ("turns:5", Number("turns", "=", 5)),
    ("turns:=5", Number("turns", "=", 5)),
    ("turns:>5", Number("turns", ">", 5)),
    ("turns:>=5", Number("turns", ">=", 5)),
    ("turns:<5", Number("turns", "<", 5)),
    ("turns:<=5", Number("turns", "<=", 5)),
    ("tokens:10k", Number("tokens", "=", 10_000)),
    ("tokens:>1.5M", Number("tokens", ">", 1_500_000)),
    ("cost:>0.5", Number("cost", ">", USD // 2)),
    ("cost:<$0.000000001", Number("cost", "<", 1)),
    ("latency:250ms", Number("latency", "=", S // 4)),
    ("latency:>3s", Number("latency", ">", 3 * S)),
    ("duration:1m30s", Number("duration", "=", 90 * S)),
    ("duration:<1.5h", Number("duration", "<", 5400 * S)),
    ("duration:2d", Number("duration", "=", 2 * 86_400 * S)),
]


@pytest.mark.parametrize(("text", "node"), TERMS)
def test_a_term(text: str, node: Node):
    assert parse(text) == node
    assert parse(f"  ( {text} ) ") == node
    assert parse(f"-{text}") == Not(node)


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("turns:5..10", (Number("turns", ">=", 5), Number("turns", "<=", 10))),
        ("tokens:1k..2k", (Number("tokens", ">=", 1000), Number("tokens", "<=", 2000))),
        ("cost:$1..$1.5", (Number("cost", ">=", USD), Number("cost", "<=", 3 * USD // 2))),
        ("latency:1s..1m30s", (Number("latency", ">=", S), Number("latency", "<=", 90 * S))),
        ("annotation.q:-1..0.5", (Number("annotation", ">=", -1, "q"), Number("annotation", "<=", 0.5, "q"))),
    ],
)
def test_a_range_has_both_ends(text: str, nodes: tuple[Node, ...]):
    assert parse(text) == All(nodes)
    assert parse(f"-{text}") == Not(All(nodes))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("refund", ["refund"]),
        ("refund late", ["refund", "late"]),
        ('"refund late"', ["refund late"]),
        ('"say \\"no\\" C:\\\\x C:\\y"', ['say "no" C:\\x C:\\y']),
        ("10:30", ["10:30"]),
        ("https://shop.example:8443/a?b=c#d", ["https://shop.example:8443/a?b=c#d"]),
        ("foo:bar host:80 error:timeout hash:ab end:5", ["foo:bar", "host:80", "error:timeout", "hash:ab", "end:5"]),
        ("user.name:ada", ["user.name:ada"]),
        ("tools://x", ["tools://x"]),
        ("users", ["users"]),
        ("annotation.", ["annotation."]),
        ('{"error": "rate limit", "n": 5}', ['{"error":', "rate limit", ",", "n", ":", "5}"]),
        ('level=info msg="request failed"', ["level=info", 'msg="request', 'failed"']),
        ("f() g(x(y)) h(a, b)", ["f()", "g(x(y))", "h", "a,", "b"]),
        ("--verbose - a -> b", ["--verbose", "-", "a", "->", "b"]),
        ("or and NOT ORDER", ["or", "and", "NOT", "ORDER"]),
        ('"OR"', ["OR"]),
        ("4bf92f35-77b3", ["4bf92f35-77b3"]),
        ("ada@example.com", ["ada@example.com"]),
        ("C:\\Users", ["C:\\Users"]),
        ("退款\u3000Größe", ["退款", "Größe"]),
    ],
)
def test_what_is_no_term_is_text(text: str, said: list[str]):
    found = parse(text)
    assert found == (All(tuple(Said(each) for each in said)) if len(said) > 1 else Said(said[0]))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        (" \n\t ", None),
        ("a b", All((Said("a"), Said("b")))),
        ("a OR b", Any((Said("a"), Said("b")))),
        ("a b OR c", Any((All((Said("a"), Said("b"))), Said("c")))),
        ("a (b OR c)", All((Said("a"), Any((Said("b"), Said("c")))))),
        ('a OR(b c) OR"d"', Any((Said("a"), All((Said("b"), Said("c"))), Said("d")))),
        ("(a b) c", All((Said("a"), Said("b"), Said("c")))),
        ("-(a b)", Not(All((Said("a"), Said("b"))))),
        ("-(-a)", Said("a")),
        ("tool:a,b", Any((term("tool", "a"), term("tool", "b")))),
        ('-tool:a,"b c",d*', Not(Any((term("tool", "a"), term("tool", "b c"), term("tool", "d*", pattern=True))))),
        ("tool:a,b OR x", Any((term("tool", "a"), term("tool", "b"), Said("x")))),
        ("span:(tool:x status:error)", Scope("span", All((term("tool", "x"), term("status", "error"))))),
        ("TURN:( x -span:( has:error ) )", Scope("turn", All((Said("x"), Not(Scope("span", term("has", "error"))))))),
        ("said-by:user a", Said("a", "user")),
        ("said-by:user turn:(a)", Scope("turn", Said("a", "user"))),
    ],
)
def test_how_terms_join(text: str, node: Node | None):
    assert parse(text) == node


def test_one_side_for_a_whole_group():
    assert parse("a said-by:assistant (b OR -c)") == All(
        (Said("a", "assistant"), Any((Said("b", "assistant"), Not(Said("c", "assistant")))))
    )
    assert parse("a OR said-by:user b") == Any((Said("a"), Said("b", "user")))


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_each_field_is_a_query(name: str):
    field = FIELDS[name]
    example = f"{field.example} x" if field.kind == "side" else field.example
    for place in field.places[:2]:
        if place != "span":
            parse(example, place)
    if "span" in field.places:
        parse(f"span:({example})")


def test_the_grammar_knows_the_same_fields():
    written = " ".join(terminals().values())
    assert [name for name in FIELDS if name not in written] == []
    for name, field in FIELDS.items():
        group = {
            "word": "WORD_FIELD",
            "choice": "CHOICE_FIELD",
            "side": "SIDE",
            "scope": "SCOPE",
            "score": "ANNOTATION",
        }
        terminal = "METADATA" if name == "metadata" else group.get(field.kind, "NUMBER_FIELD")
        assert name in terminals()[terminal]
    assert tuple(sorted(KINDS)) == KINDS


def error_of(text: str) -> QueryError | None:
    try:
        parse(text)
    except QueryError as wrong:
        return wrong
    return None


@given(ANY_TEXT)
def test_any_text_is_a_query_or_an_error_with_a_place(text: str):
    wrong = error_of(text)
    if wrong is not None:
        assert 1 <= wrong.column <= len(text) + 1
        assert 1 <= wrong.length <= max(1, len(text) - wrong.column + 1)
        assert wrong.code == "invalid_query"
        assert wrong.message.endswith((".", "?"))


HARD = [
    "a(",
    "(",
    '"',
    "x((((",
    "1..",
    "\\",
    "a.",
    "-a ",
    "a OR ",
    "a:",
    ' "',
    "metadata.",
    'metadata."\\"',
    "f(g(x)",
    "*",
]


@pytest.mark.parametrize("piece", HARD)
@pytest.mark.parametrize("before", ["", "turns:", "user:", "annotation.x:1"])
@pytest.mark.timeout(2)
def test_no_text_takes_long(before: str, piece: str):
    """A few ms where a backtracking expression would take minutes."""
    error_of((before + piece * 4_096)[:4_096])


PLAIN_WORD = st.from_regex(r'[^\s"\\()*:<>-][^\s"\\()*:]*', fullmatch=True).filter(lambda word: word != "OR")


@given(st.lists(PLAIN_WORD, max_size=50))
def test_plain_words_can_always_be_read(words):
    # The page asks for their list without waiting to be told so: ui/src/features/query/terms.ts, surelyReadable.
    parse(" ".join(words))
