"""`span:( … )`: conditions on one span, by its class `c` and its row `r`."""

from threadline.query.ast import All, Any, Node, Not, Number, Term
from threadline.query.evaluate import status_word
from threadline.store.sqlite.condition import FALSE, TRUE, Condition, both, decided, either, looked_up, negated
from threadline.store.sqlite.query_annotations import any_annotation, labelled, on_span, scored
from threadline.store.sqlite.query_values import Asked, listed, term_fits
from threadline.store.sqlite.session_sql import Sql

__all__ = ["COLUMNS", "span_condition", "spans_with", "statuses"]

COLUMNS = {
    "model": "model",
    "tool": "tool",
    "agent": "agent",
    "env": "environment",
    "service": "service",
    "kind": "kind",
}
"""Field -> column of span_class."""
STATUSES = (0, 1, 2)


def span_condition(asked: Asked, node: Node) -> Condition:  # noqa: PLR0911 - one each
    """What SQL knows of a span; annotations are known of its trace alone."""
    match node:
        case Not():
            return negated(span_condition(asked, node.node))
        case All():
            return both([span_condition(asked, each) for each in node.nodes])
        case Any():
            return either([span_condition(asked, each) for each in node.nodes])
        case Number(field="annotation"):
            return _annotated(asked, scored(asked, node))
        case Number():
            column = f"r.{node.field}"
            return decided(Sql(f"({column} is not null and {column} {node.operator} ?)", (node.value,)))
        case Term():
            return _term(asked, node)
        case _:
            return decided(FALSE)


def _term(asked: Asked, term: Term) -> Condition:
    match term.field, term.value:
        case "annotation", _:
            return _annotated(asked, labelled(asked, term))
        case "has", "annotation":
            return _annotated(asked, any_annotation(asked))
        case "has", what:
            return decided(statuses("c.status", Term("status", what)))
        case "status", _:
            return decided(statuses("c.status", term))
        case _:
            return decided(_of_class(asked, term))


def _annotated(asked: Asked, which: Sql) -> Condition:
    return looked_up(on_span(asked, which), FALSE, _never)


def _never(_: int) -> bool:
    raise AssertionError("spans are looked at with their trace")


def statuses(column: str, term: Term) -> Sql:
    """A column of OpenTelemetry's status: what it does not define is unset."""
    held = [status for status in STATUSES if term_fits(term, status_word(status))]
    if 0 in held:
        others = [str(status) for status in STATUSES if status not in held]
        return Sql(f"{column} not in ({', '.join(others)})", ()) if others else TRUE
    if len(held) == 1:
        return Sql(f"{column} = {held[0]}", ())  # as the index over failed turns asks for it
    return Sql(f"{column} in ({', '.join(map(str, held))})", ()) if held else FALSE


def _of_class(asked: Asked, term: Term) -> Sql:
    column = COLUMNS.get(term.field)
    if column is None:
        return FALSE
    there = asked.connection.execute(
        f"select distinct {column} from span_class where project = ? and {column} <> ''",  # noqa: S608 - a constant
        (asked.project,),
    )
    values = [value for (value,) in there if term_fits(term, value)]
    return Sql(f"c.{column} in (select value from json_each(?))", (listed(values),)) if values else FALSE  # noqa: S608


def spans_with(asked: Asked, node: Node, which: Sql, *, of: str) -> Sql:
    """Whether a row (`s.id` or `t.id`) has a span that `which`, made of the node, holds for."""
    by_class = "r." not in which.text
    classes = _classes(asked, which if by_class else _of_classes(asked, node).upper)
    if not classes:
        return FALSE
    among = Sql(f"r.class in ({', '.join(map(str, classes))})", ())
    spans = Sql("span_row r", ())
    if not by_class:
        apart = _beside_class(asked, node)
        if apart is None:
            spans = Sql("span_row r cross join span_class c on c.id = r.class", ())
        rest = which if apart is None else apart
        among = Sql(f"{among.text} and {rest.text}", rest.arguments)
    if not asked.by_row:
        column = "session" if of == "s.id" else "trace"
        return Sql(f"{of} in (select r.{column} from {spans.text} where {among.text})", among.arguments)  # noqa: S608
    if of == "t.id":
        return Sql(f"exists (select 1 from {spans.text} where r.trace = t.id and {among.text})", among.arguments)  # noqa: S608
    return Sql(
        f"""exists (select 1 from trace o cross join {spans.text}
        where o.session = s.id and r.trace = o.id and {among.text})""",  # noqa: S608 - made here
        among.arguments,
    )


def _beside_class(asked: Asked, node: Node) -> Sql | None:
    """What a span's row has to meet besides being of the right class; None where class and row are asked together."""
    parts = [span_condition(asked, each) for each in (node.nodes if isinstance(node, All) else (node,))]
    of_rows = [part for part in parts if "r." in part.upper.text]
    if any(part.rest is not None for part in parts) or any("c." in part.upper.text for part in of_rows):
        return None
    return both(of_rows).upper


def _classes(asked: Asked, which: Sql) -> list[int]:
    if which == FALSE:
        return []
    sql = f"select c.id from span_class c where c.project = ? and {which.text}"  # noqa: S608 - made here
    return [number for (number,) in asked.connection.execute(sql, (asked.project, *which.arguments))]


def _of_classes(asked: Asked, node: Node) -> Condition:
    """What the class alone knows."""
    match node:
        case Not():
            return negated(_of_classes(asked, node.node))
        case All():
            return both([_of_classes(asked, each) for each in node.nodes])
        case Any():
            return either([_of_classes(asked, each) for each in node.nodes])
        case Number() | Term(field="annotation") | Term(field="has", value="annotation"):
            return looked_up(TRUE, FALSE, _never)
        case _:
            return span_condition(asked, node)
