"""Canonical text."""

import pytest
from hypothesis import given
from query_trees import trees

from threadline.query import Node, Said, parse, write


@given(trees())
def test_what_is_written_is_read_again(node: Node):
    assert parse(write(node)) == node


@given(trees("turn"))
def test_of_traces_too(node: Node):
    assert parse(write(node), "turn") == node


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("  refund   late ", "refund late"),
        ('"refund"', "refund"),
        ('"re fund"', '"re fund"'),
        ("https://x.y", '"https://x.y"'),
        ('"OR"', '"OR"'),
        ("USER:Ada", "user:Ada"),
        ("(a OR (b OR c)) (d e)", "(a OR b OR c) d e"),
        ("tool:a OR tool:b", "tool:a,tool:b".replace(",tool:", ",")),
        ("-(tool:a OR tool:b) x", "-tool:a,b x"),
        ("-(-(a))", "a"),
        ("turns:5..10", "turns:>=5 turns:<=10"),
        ("turns:=5 tokens:1.5k", "turns:5 tokens:1500"),
        ("cost:>$0.50 cost:2", "cost:>0.5 cost:2"),
        ("latency:>0.25s latency:90s latency:<1500ms", "latency:>250ms latency:90s latency:<1.5s"),
        ("duration:>1h30m duration:<48h", "duration:>90m duration:<2d"),
        ("said-by:user a (b -c)", "said-by:user a b -c"),
        ("(said-by:user a) b", "(said-by:user a) b"),
        ("said-by:user a OR said-by:assistant a", "said-by:user a OR said-by:assistant a"),
        ('annotation."tone of voice":"very good"', 'annotation."tone of voice":"very good"'),
        ('tag:a\\*b tag:"x y*"', 'tag:"a\\*b" tag:"x y*"'),
        ("turn:( a  span:( tool:x ) )", "turn:(a span:(tool:x))"),
    ],
)
def test_one_way_to_say_it(typed: str, written: str):
    assert write(parse(typed)) == written
    assert parse(written) == parse(typed)


def test_a_side_stays_with_its_text():
    assert parse("said-by:user a (said-by:assistant b)") == parse("(said-by:user a) (said-by:assistant b)")
    assert parse("said-by:user -a") == parse("-(said-by:user a)")
    assert parse("said-by:USER a") == Said("a", "user")
