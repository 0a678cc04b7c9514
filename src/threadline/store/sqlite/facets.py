"""Values of the chosen sessions, and how many sessions have each."""

from collections import Counter
from typing import NamedTuple

from threadline.query.evaluate import TAG
from threadline.sessions.totals import session_key
from threadline.store.contract import Differences, Facet, Facets, FacetValue, SessionQuery
from threadline.store.differences import ranked
from threadline.store.facet_names import FACETS
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.selection import Looked, Selection, select
from threadline.store.sqlite.session_row import KIND, KINDS, TOOL
from threadline.store.sqlite.session_row import TAG as TAGS
from threadline.store.sqlite.session_sql import Sql

__all__ = ["OF_SESSIONS", "Counted", "differences", "facets", "facets_of"]

OF_SESSIONS = KINDS | {"kind": KIND}
"""Facet -> `session_value.kind`."""
LOOKED_UP = 6
"""Values are looked up session by session where no more than one session of so many is chosen."""

ON_TRACES = """select distinct t.session, a.name, coalesce(a.label, ''), a.kind from annotation a
cross join trace t on t.project = ? and t.trace_id = a.trace_id
where a.project = ? and a.kind <> 'session' and {which} and t.session in (select id from session)"""
ON_SESSIONS = """select distinct a.session_id, a.name, coalesce(a.label, '') from annotation a
where a.project = ? and a.kind = 'session' and {which}"""


class Labelled(NamedTuple):
    """An annotation with a label, by the session that it or its target belongs to."""

    session: int
    name: str
    label: str
    kind: str


def facets(connection: Database, query: SessionQuery, limit: int, looked: Looked | None = None) -> Facets:
    """See the contract."""
    selection = select(connection, query, looked=looked)
    if selection is None:
        return Facets({facet: Facet([], 0) for facet in FACETS})
    return facets_of(connection, query.project, selection, limit)


def facets_of(connection: Database, project: str, selection: Selection, limit: int) -> Facets:
    """Of the sessions chosen."""
    counted = Counted(connection, project, selection)
    return Facets({facet: counted.top(facet, max(limit, 0)) for facet in FACETS}, selection.complete)


class Counted:
    """Sessions of each value, of the sessions chosen."""

    def __init__(self, connection: Database, project: str, selection: Selection) -> None:
        self._connection = connection
        self._project = project
        self._selection = selection
        self._labelled = self._annotations("a.label is not null")

    def top(self, facet: str, limit: int) -> Facet:
        """The most frequent values."""
        if facet in {"annotation", "tag"} and self._labelled:
            counts = self.all(facet)
            values = sorted(counts, key=lambda value: (-counts[value], value))[:limit]
            return Facet([FacetValue(value, counts[value]) for value in values], len(counts))
        if facet == "annotation":
            return Facet([], 0)
        calls = ", sum(v.n) as calls, sum(v.errors) as errors" if facet == "tool" else ", null as calls, null as errors"
        counts_sql = self._counts(facet, calls)
        rows = self._connection.execute(
            f"""with counts as materialized ({counts_sql.text})
            select value, sessions, calls, errors, (select count(*) from counts) from counts
            order by sessions desc, value limit ?""",  # noqa: S608 - made here
            (*counts_sql.arguments, max(limit, 1)),
        ).fetchall()
        return Facet([FacetValue(*row[:4]) for row in rows[:limit]], rows[0][4] if rows else 0)

    def all(self, facet: str) -> dict[str, int]:
        """Every value."""
        if facet == "annotation":
            return Counter(f"{name}:{label}" for _, name, label in {each[:3] for each in self._labelled})
        sql = self._counts(facet, "")
        counts: dict[str, int] = dict(self._connection.execute(*sql).fetchall())
        if facet == "tag":
            for label in self._tags_by_people():
                counts[label] = counts.get(label, 0) + 1
        return counts

    def annotated(self, name: str | None) -> dict[str, int]:
        """Names of annotations, or the labels under a name."""
        if name is None:
            names = self._annotations("1")
            return Counter(each.name for each in {each._replace(label="", kind="") for each in names})
        said = {each._replace(kind="") for each in self._labelled if each.name == name}
        return Counter(each.label for each in said)

    def _counts(self, facet: str, beside: str) -> Sql:
        kind, selection = OF_SESSIONS[facet], self._selection
        read = f"select v.value as value, count(*) as sessions{beside}"
        if not selection.whole and selection.chosen * LOOKED_UP < selection.of:
            return Sql(
                f"""{read} from chosen w cross join session_value v on v.session = w.id and v.kind = {kind}
                group by v.value""",
                (),
            )
        index = "session_value_tool" if kind == TOOL else "session_value_value"
        among = selection.has("v.session")
        return Sql(
            f"{read} from session_value v indexed by {index} where v.project = ? and v.kind = {kind} "
            f"and {among.text} group by v.value",
            (selection.project, *among.arguments),
        )

    def _annotations(self, which: str) -> list[Labelled]:
        rows = self._connection.execute(ON_TRACES.format(which=which), (self._selection.project, self._project))
        found = [Labelled(*row) for row in rows]
        named = self._connection.execute(ON_SESSIONS.format(which=which), (self._project,)).fetchall()
        keys = {session_key(self._project, session_id): session_id for session_id, _, _ in named}
        of_key = self._connection.execute(
            "select o.key, o.id from json_each(?) k cross join session o on o.key = k.value", (listed(list(keys)),)
        )
        row_of = {keys[key]: row for key, row in of_key}
        found += [
            Labelled(row_of[session_id], name, label, "session")
            for session_id, name, label in named
            if session_id in row_of
        ]
        if self._selection.whole or not found:
            return found
        among = self._selection.has("j.value")
        rows = self._connection.execute(
            f"select j.value from json_each(?) j where {among.text}",  # noqa: S608 - made there
            (listed([each.session for each in found]), *among.arguments),
        )
        chosen = {row for (row,) in rows}
        return [each for each in found if each.session in chosen]

    def _tags_by_people(self) -> list[str]:
        """A label for each session that has it as a tag by annotation alone."""
        said = {(a.session, a.label) for a in self._labelled if a.name == TAG and a.kind != "span" and a.label}
        sql = f"select exists (select 1 from session_value where session = ? and kind = {TAGS} and value = ?)"  # noqa: S608
        return [label for session, label in said if not self._connection.execute(sql, (session, label)).get]


def differences(connection: Database, query: SessionQuery, limit: int) -> Differences:
    """See the contract."""
    around = SessionQuery(query.project, since_ns=query.since_ns, until_ns=query.until_ns)
    universe = select(connection, around)
    if universe is None:
        return Differences(0, 0, [])
    counted = Counted(connection, query.project, universe)
    every = {facet: counted.all(facet) for facet in FACETS}
    selection = select(connection, query)
    if selection is None:
        inside: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    else:
        chosen = Counted(connection, query.project, selection)
        inside = {facet: chosen.all(facet) for facet in FACETS}
    count = 0 if selection is None else selection.chosen
    both = {
        facet: (
            inside[facet],
            {value: n - inside[facet].get(value, 0) for value, n in every[facet].items()},
        )
        for facet in FACETS
    }
    outside = universe.chosen - count
    complete = selection is None or selection.complete
    return Differences(count, outside, ranked(both, count, outside, limit), complete)
