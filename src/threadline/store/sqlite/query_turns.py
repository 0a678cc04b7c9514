"""`turn:( … )`, and queries over traces: conditions on one trace `t`."""

from collections.abc import Callable, Sequence

from threadline.query.ast import All, Any, Node, Not, Number, Said, Scope, Term
from threadline.query.evaluate import TRACE_ID, TurnFacts, turn_holds
from threadline.sessions.text import folded
from threadline.store.sqlite import segments
from threadline.store.sqlite.annotations import decode_annotation
from threadline.store.sqlite.blocks import raw_spans
from threadline.store.sqlite.condition import (
    FALSE,
    Check,
    Condition,
    both,
    bound,
    decided,
    either,
    looked_up,
    negated,
)
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.query_annotations import TAG, any_annotation, labelled, on_trace, scored
from threadline.store.sqlite.query_spans import span_condition, spans_with, statuses
from threadline.store.sqlite.query_text import TextSearch
from threadline.store.sqlite.query_values import Asked, session_has, session_holds
from threadline.store.sqlite.segments import Entry
from threadline.store.sqlite.session_row import CONTENT, METADATA, USER
from threadline.store.sqlite.session_row import TAG as TAGS
from threadline.store.sqlite.session_sql import Sql
from threadline.store.sqlite.trace_row import decode_record

__all__ = ["checked", "turn_condition"]

NUMBERS = {"tokens": "t.tokens", "cost": "t.cost", "latency": "t.latency"}
ANY_TOOL = Term("tool", "*", pattern=True)
OF_RECORD = {"user": USER, "tag": TAGS, "metadata": METADATA}
"""What only the record of a trace says; that no turn of a session says it, the session knows."""


def turn_condition(asked: Asked, search: TextSearch, node: Node) -> Condition:  # noqa: PLR0911 - one each
    """What SQL knows of a trace, and how to look up the rest."""
    match node:
        case Not():
            return negated(turn_condition(asked, search, node.node))
        case All():
            return both([turn_condition(asked, search, each) for each in node.nodes])
        case Any():
            return either([turn_condition(asked, search, each) for each in node.nodes])
        case Said():
            return _said(search, node)
        case Scope():
            return _span(asked, node)
        case Number(field="annotation"):
            return on_trace(asked, scored(asked, node))
        case Number():
            column = NUMBERS[node.field]
            return decided(Sql(f"({column} is not null and {column} {node.operator} ?)", (node.value,)))
        case Term():
            return _term(asked, node)


def _said(search: TextSearch, said: Said) -> Condition:
    """It was said in the trace, or names the trace itself."""
    spoken, form = search.in_turn(said), folded(said.text)
    if said.side != "either" or TRACE_ID.fullmatch(form) is None:
        return spoken
    first, last = (bytes.fromhex(form.ljust(32, digit)) for digit in "0f")
    return either([spoken, decided(Sql("t.trace_id between ? and ?", (first, last)))])


def _term(asked: Asked, term: Term) -> Condition:
    match term.field:
        case "annotation":
            return on_trace(asked, labelled(asked, term))
        case "has":
            return _has(asked, term)
        case "status":
            return decided(statuses("t.status", term))
        case "tag":
            tagged = on_trace(asked, labelled(asked, term, name=TAG, filled=True), spans=False)
            return either([tagged, _of_record(asked, term, session_holds(asked, TAGS, term, "t.session"))])
        case "user" | "metadata":
            return _of_record(asked, term, session_holds(asked, OF_RECORD[term.field], term, "t.session"))
        case _:
            return decided(spans_with(asked, term, span_condition(asked, term).upper, of="t.id"))


def _has(asked: Asked, term: Term) -> Condition:
    match term.value:
        case "error":
            return decided(Sql("t.status = 2", ()))
        case "annotation":
            return on_trace(asked, any_annotation(asked))
        case "cost":
            return decided(Sql("t.cost is not null", ()))
        case "tool":
            return decided(spans_with(asked, ANY_TOOL, span_condition(asked, ANY_TOOL).upper, of="t.id"))
        case "user":
            return _of_record(asked, term, session_has(asked, USER, "t.session"))
        case _:
            there = session_holds(asked, CONTENT, term, "t.session")
            return _of_record(asked, term, there)


def _of_record(asked: Asked, term: Term, in_session: Condition) -> Condition:
    """A look at the record, where the session says that one of its turns may have it."""
    alone = decided(Sql("t.session is null", ()))
    upper = either([alone, decided(in_session.upper)]).upper

    def check(trace: int) -> bool:
        trace_id, record = asked.connection.execute(
            "select trace_id, record from trace where id = ?", (trace,)
        ).fetchone()
        return turn_holds(term, TurnFacts(trace_id, decode_record(record)))

    return looked_up(upper, FALSE, check)


def _span(asked: Asked, scope: Scope) -> Condition:
    inner = span_condition(asked, scope.node)
    upper = spans_with(asked, scope.node, inner.upper, of="t.id")
    if inner.rest is None:
        return decided(upper)
    return looked_up(
        upper, spans_with(asked, scope.node, inner.lower, of="t.id"), lambda trace: _look_at_spans(asked, scope, trace)
    )


def _look_at_spans(asked: Asked, scope: Scope, trace: int) -> bool:
    """Of one trace, with what was said about them."""
    connection = asked.connection
    trace_id, record = connection.execute("select trace_id, record from trace where id = ?", (trace,)).fetchone()
    said = connection.execute(
        "select body from annotation where project = ? and trace_id = ? and kind = 'span'", (asked.name, trace_id)
    )
    annotations = tuple(decode_annotation(body) for (body,) in said)

    def raw(entry: Entry) -> Callable[[], bytes]:
        return lambda: next(found for _, found in raw_spans(connection, [entry.address])).span

    merged = segments.merge(segments.read(connection, trace), raw)
    spans = tuple(entry.facts for entry in merged.spans.values())
    return turn_holds(scope, TurnFacts(trace_id, decode_record(record), spans=spans, annotations=annotations))


def checked(connection: Database, condition: Condition) -> Check:
    """Whether any turn of a session, given by its row, meets a condition on turns."""
    columns, test = bound(condition.rest)
    read = "".join(f", {column.text}" for column in columns)
    arguments: Sequence[object] = [value for column in columns for value in column.arguments]
    sql = f"select t.id{read} from trace t where t.session = ? and {condition.upper.text}"  # noqa: S608 - made here

    def check(session: int) -> bool:
        rows = connection.execute(sql, (*arguments, session, *condition.upper.arguments)).fetchall()
        return any(test(row[0], row[1:]) for row in rows)

    return check
