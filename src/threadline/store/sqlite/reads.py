"""Reads of sessions, turns, traces and spans within one snapshot."""

from collections.abc import Callable, Sequence
from typing import Any

from threadline.model.facts import SpanFacts
from threadline.model.session import Session, StoredTrace, Turn
from threadline.sessions.totals import idle_before_ns, session_key
from threadline.store.contract import ProjectSummary, StoredSpan
from threadline.store.sqlite import segments
from threadline.store.sqlite.blocks import raw_spans
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.kept import Kept, TracePlace
from threadline.store.sqlite.lists import project_row
from threadline.store.sqlite.segments import Entry
from threadline.store.sqlite.session_row import COLUMNS, OTHER_ID, to_session
from threadline.store.sqlite.texts import PLAIN, from_text
from threadline.store.sqlite.trace_row import decode_record, start_of

__all__ = [
    "TRACE",
    "kept_entries",
    "order",
    "outline",
    "projects",
    "session",
    "session_by_id",
    "session_row",
    "session_trace_ids",
    "spans",
    "spans_of",
    "to_trace",
    "trace",
    "trace_facts",
    "trace_place",
    "trace_projects",
    "trace_turn_index",
    "turn_index",
    "turns",
    "turns_of_rows",
]

TRACE = """select t.trace_id, t.record, x.input, x.output, x.input_mime, x.output_mime, s.key, t.filed_under, t.id,
t.place from trace t left join turn_text x on x.trace = t.id left join session s on s.id = t.session"""
"""What `to_trace` reads."""

NOT_ERASED = "t.session is null or s.id is not null"
"""Turns of a deleted session stay until they are erased, out of sight."""


def projects(connection: Database) -> list[ProjectSummary]:
    """All projects by name."""
    rows = connection.execute(
        """select p.name, p.sessions, p.traces, p.spans, p.traces_without_session,
          (select max(last_activity) from session where project = p.id),
          (select max(end) from trace where project = p.id and session is null)
        from project p where p.traces > 0 order by p.name"""
    ).fetchall()
    return [
        ProjectSummary(name, sessions, traces, spans, alone, max(filter(None, ends), default=None))
        for name, sessions, traces, spans, alone, *ends in rows
    ]


def session_row(connection: Database, project: str, key: str) -> tuple[int, int] | None:
    """(row, turn count) of a session, if the project holds it."""
    return connection.execute(  # type: ignore[no-any-return]
        "select s.id, s.turn_count from session s join project p on p.id = s.project where s.key = ? and p.name = ?",
        (_bound(key), _bound(project)),
    ).fetchone()


def _bound(text: str) -> str:
    """What can be bound: a lone surrogate is in no stored text, so it may become anything that is neither."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not text.isascii() else text


def session(connection: Database, project: str, key: str) -> Session | None:
    """One session by its key."""
    row = connection.execute(f"select {COLUMNS} from session where key = ?", (_bound(key),)).fetchone()  # noqa: S608
    if row is None or row[2] != project_row(connection, project):
        return None
    return to_session(row, project)


def session_by_id(connection: Database, project: str, session_id: str) -> Session | None:
    """By the application's own id, else by another id that one of its traces carries: the latest such session."""
    found = session(connection, project, session_key(project, session_id))
    if found is not None:
        return found
    row = connection.execute(
        """select s.key from session_value v join session s on s.id = v.session join project p on p.id = v.project
        where p.name = ? and v.kind = ? and v.value = ? order by s.last_activity desc, s.key desc limit 1""",
        (_bound(project), OTHER_ID, _bound(session_id)),
    ).fetchone()
    return None if row is None else session(connection, project, row[0])


def to_trace(row: tuple[Any, ...], project: str) -> StoredTrace:
    """A trace as answered, from TRACE."""
    trace_id, record, input_, output, input_mime, output_mime, key, filed_under = row[:8]
    return StoredTrace(
        project=project,
        trace_id=trace_id,
        record=decode_record(record),
        input=from_text(input_),
        output=from_text(output),
        input_mime_type=input_mime or PLAIN,
        output_mime_type=output_mime or PLAIN,
        session_key=key or filed_under,
    )


def turns(connection: Database, project: str, key: str, from_turn: int, limit: int) -> list[Turn]:
    """Turns from a place on; one more is read for the gap before the first."""
    found = session_row(connection, project, key)
    if found is None or limit <= 0:
        return []
    pk, count = found
    first = from_turn if from_turn > 0 else max(1, count + 1 + from_turn) if from_turn < 0 else 1
    if first > count:
        return []
    skipped = max(first - 2, 0)
    ids = _places(connection, pk, skipped, limit + (first - 1 - skipped), count)
    rows = [connection.execute(f"{TRACE} where t.id = ?", (trace,)).fetchone() for trace in ids]
    traces = [to_trace(row, project) for row in rows]
    result: list[Turn] = []
    for index, each in enumerate(traces, start=skipped + 1):
        if index >= first:
            before = traces[index - skipped - 2] if index - skipped >= 2 else None
            result.append(Turn(index, each, idle_before_ns(before, each)))
    return result


def _places(connection: Database, session_pk: int, skipped: int, limit: int, count: int) -> list[int]:
    """Trace rows of turns in order, counted off along the index from the nearer end."""
    if skipped <= count // 2:
        sql = "select id from trace where session = ? order by place, trace_id limit ? offset ?"
        return [row[0] for row in connection.execute(sql, (session_pk, limit, skipped))]
    limit = min(limit, count - skipped)
    sql = "select id from trace where session = ? order by place desc, trace_id desc limit ? offset ?"
    rows = [row[0] for row in connection.execute(sql, (session_pk, limit, count - skipped - limit))]
    return rows[::-1]


def turns_of_rows(connection: Database, project: str, session_pk: int, ids: Sequence[int]) -> list[Turn]:
    """Turns of these trace rows, in the order given."""
    result = []
    for pk in ids:
        row = connection.execute(f"{TRACE} where t.id = ?", (pk,)).fetchone()
        before = connection.execute(
            f"{TRACE} where t.session = ? and (t.place, t.trace_id) < (?, ?) "
            "order by t.place desc, t.trace_id desc limit 1",
            (session_pk, row[9], row[0]),
        ).fetchone()
        found = to_trace(row, project)
        gap = idle_before_ns(to_trace(before, project) if before else None, found)
        result.append(Turn(turn_index(connection, session_pk, row[9], row[0]), found, gap))
    return result


def turn_index(connection: Database, session_pk: int, place: int, trace_id: bytes) -> int:
    """1-based, counted along the index."""
    return connection.execute(  # type: ignore[no-any-return]
        "select count(*) + 1 from trace where session = ? and (place, trace_id) < (?, ?)",
        (session_pk, place, trace_id),
    ).get


def outline(connection: Database, project: str, key: str) -> list[tuple[int | None, int | None, int, bool]]:
    """(start, latency, status, whether its trace is annotated) of every turn, oldest first."""
    found = session_row(connection, project, key)
    if found is None:
        return []
    rows = connection.execute(
        """select place, latency, status, exists (
          select 1 from annotation a where a.project = ?2 and a.trace_id = trace.trace_id and a.kind = 'trace')
        from trace where session = ?1 order by place, trace_id""",
        (found[0], _bound(project)),
    )
    return [(start_of(place), latency, status, bool(annotated)) for place, latency, status, annotated in rows]


def session_trace_ids(connection: Database, project: str, key: str) -> list[bytes]:
    """Trace ids of its turns, oldest first."""
    found = session_row(connection, project, key)
    if found is None:
        return []
    sql = "select trace_id from trace where session = ? order by place, trace_id"
    return [row[0] for row in connection.execute(sql, (found[0],))]


def trace(connection: Database, project: str, trace_id: bytes) -> StoredTrace | None:
    """One trace."""
    row = connection.execute(
        f"{TRACE} join project p on p.id = t.project where p.name = ? and t.trace_id = ? and ({NOT_ERASED})",
        (_bound(project), trace_id),
    ).fetchone()
    return None if row is None else to_trace(row, project)


def trace_projects(connection: Database, trace_id: bytes) -> list[str]:
    """The projects that hold this trace id, by name."""
    rows = connection.execute(
        f"""select p.name from project p join trace t on t.project = p.id and t.trace_id = ?
        left join session s on s.id = t.session where {NOT_ERASED} order by p.name""",  # noqa: S608 - a constant
        (trace_id,),
    )
    return [row[0] for row in rows]


def trace_turn_index(connection: Database, project: str, trace_id: bytes) -> int | None:
    """Its place in its session."""
    row = connection.execute(
        """select s.id, t.place from trace t join project p on p.id = t.project join session s on s.id = t.session
        where p.name = ? and t.trace_id = ?""",
        (_bound(project), trace_id),
    ).fetchone()
    return None if row is None else turn_index(connection, row[0], row[1], trace_id)


def trace_place(connection: Database, project: str, trace_id: bytes) -> TracePlace | None:
    """Where a trace that is not deleted stands, and in which state."""
    row = connection.execute(
        f"""select t.id, t.trace_id, t.version from trace t join project p on p.id = t.project
        left join session s on s.id = t.session where p.name = ? and t.trace_id = ? and ({NOT_ERASED})""",  # noqa: S608 - a constant
        (_bound(project), trace_id),
    ).fetchone()
    return None if row is None else TracePlace(*row)


def kept_entries(connection: Database, place: TracePlace, kept: Kept) -> list[Entry]:
    """The spans of a trace that stay, folded or not, by (start, span id). Not to be changed."""
    entries = kept.entries(place)
    if entries is None:

        def raw(entry: Entry) -> Callable[[], bytes]:
            return lambda: next(found for _, found in raw_spans(connection, [entry.address], kept.blocks)).span

        merged = segments.merge(segments.read(connection, place.row), raw)
        entries = sorted(merged.spans.values(), key=order)
        kept.keep(place, entries)
    return entries


def order(entry: Entry) -> tuple[int, bytes]:
    """By (start, span id)."""
    return entry.facts.start_ns, entry.facts.span_id


def trace_facts(connection: Database, kept: Kept, project: str, trace_id: bytes) -> list[SpanFacts]:
    """By (start, span id)."""
    place = trace_place(connection, project, trace_id)
    return [] if place is None else [entry.facts for entry in kept_entries(connection, place, kept)]


def spans(
    connection: Database, kept: Kept, project: str, trace_id: bytes, span_ids: Sequence[bytes] | None
) -> list[StoredSpan]:
    """As received, by (start, span id)."""
    place = trace_place(connection, project, trace_id)
    if place is None:
        return []
    entries = kept_entries(connection, place, kept)
    if span_ids is not None:
        wanted = set(span_ids)
        entries = [entry for entry in entries if entry.facts.span_id in wanted]
    return _stored(connection, kept, [entries])[0]


def spans_of(
    connection: Database, kept: Kept, project: str, trace_ids: Sequence[bytes]
) -> dict[bytes, list[StoredSpan]]:
    """Of several traces, each block read once."""
    places = [trace_place(connection, project, trace_id) for trace_id in dict.fromkeys(trace_ids)]
    held = [place for place in places if place is not None]
    found = _stored(connection, kept, [kept_entries(connection, place, kept) for place in held])
    return {place.trace_id: spans for place, spans in zip(held, found, strict=True)}


def _stored(connection: Database, kept: Kept, traces: Sequence[Sequence[Entry]]) -> list[list[StoredSpan]]:
    raws = dict(raw_spans(connection, [entry.address for entries in traces for entry in entries], kept.blocks))
    return [[StoredSpan(raws[entry.address], entry.facts) for entry in entries] for entries in traces]
