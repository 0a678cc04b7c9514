"""Coloured pieces."""

import pytest
from hypothesis import example, given
from query_texts import ANY_TEXT
from query_trees import trees

from threadline.query import Node, tokens, write
from threadline.query.parse import LENGTH_MAX


def pieces(text: str) -> list[tuple[str, str]]:
    return [(token.kind, text[token.start : token.end]) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" refund  late ", [("text", "refund"), ("text", "late")]),
        ('"a b" -c', [("phrase", '"a b"'), ("operator", "-"), ("text", "c")]),
        ('tool:a,"b c"', [("field", "tool:"), ("value", "a"), ("operator", ","), ("value", '"b c"')]),
        ("turns:>5", [("field", "turns:"), ("operator", ">"), ("number", "5")]),
        ("latency:1s..2s", [("field", "latency:"), ("number", "1s..2s")]),
        ("annotation.q:<0.5", [("field", "annotation.q:"), ("operator", "<"), ("number", "0.5")]),
        ("annotation.q:good", [("field", "annotation.q:"), ("value", "good")]),
        ('metadata."a b":x', [("field", 'metadata."a b":'), ("value", "x")]),
        ("a OR b", [("text", "a"), ("operator", "OR"), ("text", "b")]),
        ("a OR", [("text", "a"), ("operator", "OR")]),
        (
            "span:(tool:x)",
            [("field", "span:"), ("parenthesis", "("), ("field", "tool:"), ("value", "x"), ("parenthesis", ")")],
        ),
        ("user:", [("field", "user:")]),
        ("annotation.q:", [("field", "annotation.q:")]),
        ('tag:"a b', [("field", "tag:"), ("error", '"a b')]),
        ("turns:abc x", [("field", "turns:"), ("error", "abc"), ("text", "x")]),
        ("turns:>abc", [("field", "turns:"), ("operator", ">"), ("error", "abc")]),
        ('a "b', [("text", "a"), ("error", '"b')]),
        ("usr:x", [("text", "usr:x")]),
    ],
)
def test_pieces(text: str, found: list[tuple[str, str]]):
    assert pieces(text) == found


def covered(text: str) -> str:
    """The text without its pieces, once it is sure that they stand in order and apart."""
    left, at = [], 0
    for token in tokens(text):
        assert at <= token.start < token.end <= len(text)
        left.append(text[at : token.start])
        at = token.end
    return "".join([*left, text[at:]])


@given(ANY_TEXT)
@example("x" * (LENGTH_MAX + 5))
def test_only_spaces_are_left_over(text: str):
    assert covered(text).strip() == ""


@given(trees())
def test_a_right_query_has_no_wrong_piece(node: Node):
    assert [token for token in tokens(write(node)) if token.kind == "error"] == []
