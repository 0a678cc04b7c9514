"""Sessions and turns in which a text stands: a walk for common texts, the index for rare ones.

A walk in the list's order fills a page of a common text after a few turns; of a rare one it would read
everything. So it reads a bounded number of turns and then asks the index, which is quick where few match.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from threadline.model.session import Hits, Session, TextHit, Turn
from threadline.sessions.text import find, window
from threadline.store.contract import Page
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.lists import SessionWalk
from threadline.store.sqlite.reads import session_row, turn_index, turns_of_rows
from threadline.store.sqlite.session_row import to_session
from threadline.store.sqlite.text_index import Needle, candidates
from threadline.store.sqlite.texts import PLAIN, Sides, from_text, read_sides

__all__ = ["CANDIDATES_MAX", "matching_sessions", "search_session", "sessions_with_text"]

WALKED_TURNS = 300
"""Turns read before the index is asked: about 2 ms."""
WALKED_PER_HIT = 20
"""So many more for each session found: a walk that soon fills its page goes on."""
CANDIDATES_MAX = 4_000
"""Candidates confirmed at once: about 20 ms. With more, the walk goes on among the candidates."""
LISTED_MAX = 200_000
"""Candidates listed to speed up the walk; a text with more is so common that the walk ends soon."""
HITS_MAX = 1_000
ROLES = ("user", "assistant")

TURNS = """select t.id, t.trace_id, x.input, x.output from trace t left join turn_text x on x.trace = t.id
where t.session = ? order by t.place, t.trace_id"""
TEXTS = """select x.trace, x.input, x.output from json_each(?) among
cross join turn_text x on x.trace = among.value"""
SESSIONS = """select t.id, t.session from json_each(?) among
cross join trace t on t.id = among.value where t.session is not null"""


class Found:
    """A session's matching turns."""

    __slots__ = ("count", "first")

    def __init__(self) -> None:
        self.count = 0
        self.first: TextHit | None = None

    def hits(self) -> Hits | None:
        """As answered; None when there is none."""
        return None if self.first is None else Hits(self.count, self.first)


def sessions_with_text(walk: SessionWalk) -> Page[Session]:
    """The next page of the walk's sessions in which its text stands."""
    if walk.project is None:
        return Page([], None)
    limit = walk.query.limit
    page: list[tuple[tuple[Any, ...], Hits]] = []
    for row, hits in _matching(walk, Needle(walk.query.text or ""), limit + 1):
        page.append((row, hits))
        if len(page) > limit:
            break
    sessions = [to_session(row, walk.query.project, hits) for row, hits in page[:limit]]
    return Page(sessions, walk.cursor_after(page[limit - 1][0]) if len(page) > limit else None)


def matching_sessions(walk: SessionWalk) -> list[int]:
    """Rows of all sessions of the walk in which its text stands."""
    return [row[0] for row, _ in _matching(walk, Needle(walk.query.text or ""), 500)]


def _matching(walk: SessionWalk, needle: Needle, step: int) -> Iterator[tuple[tuple[Any, ...], Hits]]:
    """Session rows in order with their hits."""
    connection, project = walk.connection, walk.project
    if project is None:
        return
    budget = WALKED_TURNS
    last: tuple[Any, ...] | None = None
    for row in walk.walk(step):
        budget -= row[7]
        if budget < 0:
            break
        last = row
        hits = _scan(connection, row[0], needle, None)
        if hits is not None:
            budget += WALKED_PER_HIT
            yield row, hits
    else:
        return
    if last is not None:
        walk.go_on_after(last)
    few = candidates(connection, project, needle, CANDIDATES_MAX)
    if few is not None:
        found = _by_session(connection, _confirm(connection, few, needle))
        walk.narrow(found)
        for row in walk.walk(step):
            yield row, _hits(connection, row[0], found[row[0]], needle)
        return
    listed = candidates(connection, project, needle, LISTED_MAX)
    among = None if listed is None else set(listed)
    for row in walk.walk(step):
        hits = _scan(connection, row[0], needle, among)
        if hits is not None:
            yield row, hits


def _scan(connection: Database, session: int, needle: Needle, among: set[int] | None) -> Hits | None:
    """The hits of one session, its turns read in order (`among`: only these can match)."""
    found = Found()
    if among is None:
        rows = connection.execute(TURNS, (session,))
        for index, (_, trace_id, input_, output) in enumerate(rows, start=1):
            sides = Sides(from_text(input_), from_text(output), PLAIN, PLAIN)
            _count(found, needle, sides, trace_id, index)
            if found.count >= HITS_MAX:
                break
        return found.hits()
    rows = connection.execute("select id, trace_id from trace where session = ? order by place, trace_id", (session,))
    for index, (pk, trace_id) in enumerate(rows, start=1):
        if pk in among:
            _count(found, needle, read_sides(connection, pk), trace_id, index)
            if found.count >= HITS_MAX:
                break
    return found.hits()


def _count(found: Found, needle: Needle, sides: Sides, trace_id: bytes, index: int) -> None:
    side = needle.side(sides)
    if side is None:
        return
    found.count += 1
    if found.first is None:
        text = sides[side] or ""
        shown, ranges = window(text, find(text, needle.text))
        found.first = TextHit(trace_id, index, ROLES[side], shown, ranges)


def _by_session(connection: Database, ids: Sequence[int]) -> dict[int, list[int]]:
    """These traces by session row."""
    found: dict[int, list[int]] = {}
    for pk, session in connection.execute(SESSIONS, (str(list(ids)),)):
        found.setdefault(session, []).append(pk)
    return found


def _confirm(connection: Database, ids: Sequence[int], needle: Needle) -> list[int]:
    """The candidate traces that do say it."""
    return [
        pk
        for pk, input_, output in connection.execute(TEXTS, (str(list(ids)),))
        if needle.side(Sides(from_text(input_), from_text(output), PLAIN, PLAIN)) is not None
    ]


def _hits(connection: Database, session: int, ids: Sequence[int], needle: Needle) -> Hits:
    """Of confirmed traces."""
    rows = [connection.execute("select place, trace_id, id from trace where id = ?", (pk,)).fetchone() for pk in ids]
    place, trace_id, pk = min(rows)
    found = Found()
    _count(
        found,
        needle,
        read_sides(connection, pk),
        trace_id,
        turn_index(connection, session, place, trace_id),
    )
    if found.first is None:
        raise AssertionError("a confirmed candidate matches")
    return Hits(min(len(ids), HITS_MAX), found.first)


def search_session(connection: Database, project: str, key: str, text: str, limit: int) -> list[Turn]:
    """Its matching turns, oldest first."""
    needle = Needle(text)
    found = session_row(connection, project, key)
    if found is None or not needle.form or limit <= 0:
        return []
    session, count = found
    project_pk = connection.execute("select project from session where id = ?", (session,)).get
    few = candidates(connection, project_pk, needle, CANDIDATES_MAX) if count > WALKED_TURNS else None
    matching: list[int] = []
    for pk in _turn_rows(connection, session, few):
        if needle.side(read_sides(connection, pk)) is not None:
            matching.append(pk)
            if len(matching) >= limit:
                break
    return turns_of_rows(connection, project, session, matching)


def _turn_rows(connection: Database, session: int, among: Sequence[int] | None) -> Iterator[int]:
    """Its turns in order, all or those among candidates."""
    if among is None:
        for row in connection.execute("select id from trace where session = ? order by place, trace_id", (session,)):
            yield row[0]
        return
    rows = []
    for pk in among:
        row = connection.execute(
            "select place, trace_id, id from trace where id = ? and session = ?", (pk, session)
        ).fetchone()
        if row is not None:
            rows.append(row)
    for row in sorted(rows):
        yield row[2]
