"""Terms over annotations: on a session, its turns, or their spans."""

from threadline.query.ast import Number, Term
from threadline.sessions.totals import session_key
from threadline.store.sqlite.condition import FALSE, Condition, decided, either
from threadline.store.sqlite.query_values import Asked, form_of, listed
from threadline.store.sqlite.session_sql import Sql

__all__ = ["TAG", "any_annotation", "labelled", "on_session", "on_span", "on_trace", "scored"]

TAG = "tag"
SESSIONS_LISTED = 2_000
"""Annotated sessions found by their keys; more are found by their ids, row by row."""


def any_annotation(asked: Asked) -> Sql:
    """Any at all. Like those below a condition on a row `a` of annotation."""
    return Sql("a.project = ?", (asked.name,))


def labelled(asked: Asked, term: Term, *, name: str | None = None, filled: bool = False) -> Sql:
    """With a label that the term asks for; a missing one is empty. `filled`: none that is empty."""
    form = form_of(term)
    if form is None:
        return FALSE
    label = form.sql("coalesce(a.folded_label, '')")
    empty = " and a.label <> ''" if filled else ""
    return Sql(
        f"a.project = ? and a.name = ? and {label.text}{empty}",
        (asked.name, _storable(term.key if name is None else name), *label.arguments),
    )


def scored(asked: Asked, number: Number) -> Sql:
    """With a score that the comparison holds for."""
    return Sql(
        f"a.project = ? and a.name = ? and a.score {number.operator} ?",
        (asked.name, _storable(number.key), number.value),
    )


def _storable(name: str) -> str:
    """A lone surrogate is in no stored text, so it may become anything that is not there."""
    return name.encode("utf-8", "replace").decode() if not name.isascii() else name


def on_session(asked: Asked, which: Sql, *, spans: bool = True) -> Condition:
    """Whether a session, one of its turns, or (`spans`) one of their spans has such an annotation."""
    kinds = "a.kind <> 'session'" if spans else "a.kind = 'trace'"
    if asked.by_row:
        below = Sql(
            f"""exists (select 1 from trace t cross join annotation a on a.trace_id = t.trace_id
            where t.session = s.id and {kinds} and {which.text})""",  # noqa: S608 - made here
            which.arguments,
        )
        return either([decided(_of_session(which)), decided(below)])
    below = Sql(
        f"""s.id in (select t.session from annotation a
        cross join trace t on t.project = ? and t.trace_id = a.trace_id
        where a.trace_id is not null and t.session is not null and {kinds} and {which.text})""",  # noqa: S608 - made here
        (asked.project, *which.arguments),
    )
    return either([decided(_sessions(asked, which)), decided(below)])


def _of_session(which: Sql) -> Sql:
    return Sql(
        f"""exists (select 1 from annotation a where a.session_id = s.session_id and a.kind = 'session'
        and {which.text})""",  # noqa: S608 - made here
        which.arguments,
    )


def _sessions(asked: Asked, which: Sql) -> Sql:
    ids = asked.connection.execute(
        f"""select distinct a.session_id from annotation a where a.session_id is not null and a.kind = 'session'
        and {which.text} limit ?""",  # noqa: S608 - made here
        (*which.arguments, SESSIONS_LISTED + 1),
    ).fetchall()
    if not ids:
        return FALSE
    if len(ids) > SESSIONS_LISTED:
        return _of_session(which)
    keys = listed([session_key(asked.name, session_id) for (session_id,) in ids])
    return Sql("s.id in (select o.id from json_each(?) k cross join session o on o.key = k.value)", (keys,))


def on_trace(asked: Asked, which: Sql, *, spans: bool = True) -> Condition:
    """Whether a trace, or (`spans`) one of its spans, has such an annotation."""
    kinds = "a.kind <> 'session'" if spans else "a.kind = 'trace'"
    if asked.by_row:
        return decided(
            Sql(
                f"exists (select 1 from annotation a where a.trace_id = t.trace_id and {kinds} and {which.text})",  # noqa: S608
                which.arguments,
            )
        )
    return decided(
        Sql(
            f"""t.trace_id in (select a.trace_id from annotation a
            where a.trace_id is not null and {kinds} and {which.text})""",  # noqa: S608 - made here
            which.arguments,
        )
    )


def on_span(asked: Asked, which: Sql) -> Sql:
    """Whether a span of the row's trace has such an annotation: that is all the row knows."""
    return Sql(
        f"""r.trace in (select o.id from annotation a cross join trace o on o.project = ? and o.trace_id = a.trace_id
        where a.kind = 'span' and {which.text})""",  # noqa: S608 - made here
        (asked.project, *which.arguments),
    )
