"""The written grammar (`grammar.lark`), made a parser once, when the first query comes."""

from functools import cache

from lark import Lark

__all__ = ["parser", "terminals"]


@cache
def parser() -> Lark:
    """An LALR parser: linear in the query's length. Any number of threads may use it."""
    return Lark.open_from_package(
        "threadline.query", "grammar.lark", parser="lalr", lexer="contextual", maybe_placeholders=False
    )


@cache
def terminals() -> dict[str, str]:
    """By name, the regular expression of each terminal."""
    return {terminal.name: terminal.pattern.to_regexp() for terminal in parser().terminals}
