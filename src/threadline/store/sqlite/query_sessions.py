"""Queries as conditions on one session `s`."""

from threadline.query.ast import All, Any, Node, Not, Number, Said, Scope, Term
from threadline.store.sqlite.condition import (
    FALSE,
    Condition,
    both,
    decided,
    either,
    looked_up,
    negated,
)
from threadline.store.sqlite.query_annotations import TAG, any_annotation, labelled, on_session, scored
from threadline.store.sqlite.query_spans import span_condition, spans_with
from threadline.store.sqlite.query_text import TextSearch
from threadline.store.sqlite.query_turns import checked, turn_condition
from threadline.store.sqlite.query_values import Asked, session_has, session_holds
from threadline.store.sqlite.session_row import (
    AGENT,
    CONTENT,
    ENVIRONMENT,
    KIND,
    METADATA,
    MODEL,
    SERVICE,
    STATUS,
    TOOL,
    USER,
)
from threadline.store.sqlite.session_row import TAG as TAGS
from threadline.store.sqlite.session_sql import Sql

__all__ = ["session_condition"]

NUMBERS = {
    "turns": "s.turn_count",
    "tokens": "s.total_tokens",
    "cost": "s.cost",
    "latency": "s.latency_p95",
    "duration": "s.duration",
}
VALUES = {
    "user": USER,
    "model": MODEL,
    "tool": TOOL,
    "agent": AGENT,
    "env": ENVIRONMENT,
    "service": SERVICE,
    "kind": KIND,
    "status": STATUS,
    "metadata": METADATA,
}
"""Field -> `session_value.kind`."""


def session_condition(asked: Asked, search: TextSearch, node: Node) -> Condition:  # noqa: PLR0911 - one each
    """What SQL knows of a session, and how to look up the rest."""
    match node:
        case Not():
            return negated(session_condition(asked, search, node.node))
        case All():
            return both([session_condition(asked, search, each) for each in node.nodes])
        case Any():
            return either([session_condition(asked, search, each) for each in node.nodes])
        case Said():
            return search.in_session(asked, node)
        case Scope(of="span"):
            return _span(asked, search, node)
        case Scope():
            return _turn(asked, search, node.node)
        case Number(field="annotation"):
            return on_session(asked, scored(asked, node))
        case Number():
            column = NUMBERS[node.field]
            return decided(Sql(f"({column} is not null and {column} {node.operator} ?)", (node.value,)))
        case Term():
            return _term(asked, node)


def _term(asked: Asked, term: Term) -> Condition:
    match term.field:
        case "annotation":
            return on_session(asked, labelled(asked, term))
        case "has":
            return _has(asked, term)
        case "tag":
            tagged = on_session(asked, labelled(asked, term, name=TAG, filled=True), spans=False)
            return either([session_holds(asked, TAGS, term), tagged])
        case field:
            return session_holds(asked, VALUES[field], term)


def _has(asked: Asked, term: Term) -> Condition:
    match term.value:
        case "error":
            return decided(Sql("s.error_count > 0", ()))
        case "annotation":
            return on_session(asked, any_annotation(asked))
        case "cost":
            return decided(Sql("s.cost is not null", ()))
        case "tool":
            return session_has(asked, TOOL)
        case "user":
            return session_has(asked, USER)
        case _:
            return session_holds(asked, CONTENT, term)


def _span(asked: Asked, search: TextSearch, scope: Scope) -> Condition:
    inner = span_condition(asked, scope.node)
    if inner.rest is None:
        return decided(spans_with(asked, scope.node, inner.upper, of="s.id"))
    return _turn(asked, search, scope)


def _turn(asked: Asked, search: TextSearch, node: Node) -> Condition:
    """Some turn meets the condition."""
    inner = turn_condition(asked, search, node)
    upper = _some_turn(asked, inner.upper)
    if inner.rest is None:
        return decided(upper)
    alone = inner if asked.by_row else turn_condition(asked._replace(by_row=True), search, node)
    return looked_up(upper, _some_turn(asked, inner.lower), checked(asked.connection, alone))


def _some_turn(asked: Asked, turn: Sql) -> Sql:
    if turn == FALSE:
        return FALSE
    if asked.by_row:
        return Sql(f"exists (select 1 from trace t where t.session = s.id and {turn.text})", turn.arguments)  # noqa: S608
    return Sql(
        f"s.id in (select t.session from trace t where t.project = ? and t.session is not null and {turn.text})",  # noqa: S608
        (asked.project, *turn.arguments),
    )
