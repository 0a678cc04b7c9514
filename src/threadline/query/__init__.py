"""The query language: one written grammar, read once on the server. Pure."""

from threadline.query.ast import All, Any, Node, Not, Number, Said, Scope, Term
from threadline.query.error import QueryError
from threadline.query.evaluate import SessionFacts, TurnFacts, holds, turn_holds
from threadline.query.hits import hits, matched
from threadline.query.parse import parse
from threadline.query.suggest import Suggestion, suggest
from threadline.query.tokens import Token, tokens
from threadline.query.write import write

__all__ = [
    "All",
    "Any",
    "Node",
    "Not",
    "Number",
    "QueryError",
    "Said",
    "Scope",
    "SessionFacts",
    "Suggestion",
    "Term",
    "Token",
    "TurnFacts",
    "hits",
    "holds",
    "matched",
    "parse",
    "suggest",
    "tokens",
    "turn_holds",
    "write",
]
