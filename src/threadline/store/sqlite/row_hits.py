"""Where the words of a query stand in the sessions of a page: `query.hits`, over what is stored."""

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from threadline.model.session import Hits, NameMatch, Session
from threadline.model.trace import TraceRecord
from threadline.query.ast import Said
from threadline.query.evaluate import TRACE_ID, TurnFacts, says
from threadline.query.hits import HITS_MAX, NAMES_MAX, find_any, name_texts, trace_match, turn_hit, wanted_texts
from threadline.query.shape import all_of
from threadline.sessions.text import folded
from threadline.store.contract import SessionQuery
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.names import PAIR
from threadline.store.sqlite.query_text import TextSearch
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.reads import turn_index
from threadline.store.sqlite.session_row import METADATA, OTHER_ID, TAG, USER
from threadline.store.sqlite.texts import from_text

__all__ = ["RowHits"]

FIELDS = {OTHER_ID: "session_id", USER: "user", TAG: "tag", METADATA: "metadata"}
"""Kind -> `NameMatch.field`, in the order in which they are told."""
NAMES = "select value from session_value where session = ? and kind = ? order by value"
TURNS = """select t.trace_id, x.input, x.output from trace t indexed by trace_turn
left join turn_text x on x.trace = t.id
where t.session = ? order by t.place, t.trace_id"""
SOME = """select t.place, t.trace_id, x.input, x.output from json_each(?) j
cross join trace t on t.id = j.value left join turn_text x on x.trace = t.id
order by t.place, t.trace_id"""
NO_RECORD = TraceRecord(b"", "", None, None, None, 0, "", 0, is_turn=True)
"""What was said is told without."""


class RowHits:
    """Of one query."""

    def __init__(self, connection: Database, search: TextSearch, query: SessionQuery) -> None:
        self._connection = connection
        asked = [*([Said(query.text)] if query.text else []), *([query.query] if query.query is not None else [])]
        self._together, self._anywhere = wanted_texts(all_of(asked) if asked else None)
        self._names = name_texts(query.query)
        self._needles = [said.text for said in self._names]
        self._known = self._by_session([search.turns_that_say(said) for said in self._anywhere])

    def put(self, row: int, session: Session) -> Session:
        """The session with its hits and the names that matched."""
        if not self._anywhere:
            return session
        return msgspec.structs.replace(session, hits=self._hits(row), matched=self._matched(row, session))

    def _by_session(self, found: Sequence[Sequence[int] | None]) -> dict[int, list[int]] | None:
        """Turns that say any of it, by session row; None when they are too many to be known."""
        if any(turns is None for turns in found):
            return None
        traces = sorted({trace for turns in found if turns is not None for trace in turns})
        rows = self._connection.execute(
            """select t.id, t.session from json_each(?) j cross join trace t on t.id = j.value
            where t.session is not null""",
            (listed(traces),),
        )
        by_session: dict[int, list[int]] = {}
        for trace, session in rows:
            by_session.setdefault(session, []).append(trace)
        return by_session

    def _turns(self, session: int) -> Iterator[tuple[int, TurnFacts]]:
        """(index, turn) of the turns that may say it."""
        if self._known is None:
            rows = self._connection.execute(TURNS, (session,))
            for index, (trace_id, input_, output) in enumerate(rows, start=1):
                yield index, TurnFacts(trace_id, NO_RECORD, from_text(input_), from_text(output))
            return
        among = self._known.get(session)
        if among is None:
            return
        for place, trace_id, input_, output in self._connection.execute(SOME, (listed(among),)).fetchall():
            index = turn_index(self._connection, session, place, trace_id)
            yield index, TurnFacts(trace_id, NO_RECORD, from_text(input_), from_text(output))

    def _hits(self, session: int) -> Hits | None:
        together, some = 0, 0
        first: tuple[int, TurnFacts, Sequence[Said]] | None = None
        for index, turn in self._turns(session):
            if self._together and all(says(said, turn) for said in self._together):
                if not together:
                    first = index, turn, self._together
                together += 1
                if together == HITS_MAX:
                    break
            elif not together and any(says(said, turn) for said in self._anywhere):
                if not some:
                    first = index, turn, self._anywhere
                some += 1
        if first is None:
            return None
        shown = turn_hit(*first)
        return None if shown is None else Hits(min(together or some, HITS_MAX), shown)

    def _matched(self, row: int, session: Session) -> tuple[NameMatch, ...]:
        found = list(islice(self._traces(row, session.id), NAMES_MAX))
        if len(found) < NAMES_MAX and self._names:
            for field, key, value in self._values(row, session):
                ranges = find_any(value, self._needles)
                if ranges:
                    found.append(NameMatch(field, key, value, ranges))
                    if len(found) == NAMES_MAX:
                        break
        return tuple(found)

    def _traces(self, session: int, key: str) -> Iterator[NameMatch]:
        if not any(TRACE_ID.fullmatch(folded(said.text)) for said in self._names):
            return
        rows = self._connection.execute(
            "select trace_id from trace where session = ? order by place, trace_id", (session,)
        )
        for index, (trace_id,) in enumerate(rows.fetchall(), start=1):
            yield from trace_match(self._names, trace_id, index)
        filed = self._connection.execute("select trace_id from trace where filed_under = ? order by trace_id", (key,))
        for (trace_id,) in filed.fetchall():
            yield from trace_match(self._names, trace_id, None)

    def _values(self, row: int, session: Session) -> Iterator[tuple[str, str, str]]:
        yield "session_id", "", session.session_id
        for kind, field in FIELDS.items():
            values = [value for (value,) in self._connection.execute(NAMES, (row, kind))]
            if kind == METADATA:
                pairs = sorted((key, value) for key, _, value in (each.partition(PAIR) for each in values))
                yield from ((field, key, value) for key, value in pairs)
            else:
                yield from ((field, "", value) for value in values if value != session.session_id or kind != OTHER_ID)
