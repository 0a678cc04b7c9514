"""Values that begin as one types, the most frequent first."""

from threadline.query.ast import Term
from threadline.query.pattern import literal
from threadline.sessions.text import folded
from threadline.store.contract import FacetValue, SessionQuery
from threadline.store.facet_names import offered
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.facets import OF_SESSIONS, Counted
from threadline.store.sqlite.names import PAIR
from threadline.store.sqlite.query_values import form_of
from threadline.store.sqlite.selection import Selection, select
from threadline.store.sqlite.session_row import METADATA

__all__ = ["values"]

KEYS_MAX = 1_000
"""Keys of metadata that are counted."""

BEGINNING = """select w.value, count(*) as sessions from value w
cross join session_value v on v.project = w.project and v.kind = w.kind and v.value = w.value
where w.project = ? and w.kind = ? and {which} group by w.value order by sessions desc, w.value limit ?"""
UNDER_KEY = """select substr(w.value, instr(w.value, ?) + 1) as part, count(distinct v.session) as sessions from value w
cross join session_value v on v.project = w.project and v.kind = w.kind and v.value = w.value
where w.project = ? and w.kind = ? and {which} group by part order by sessions desc, part limit ?"""


def values(connection: Database, project: str, facet: str, prefix: str, limit: int) -> list[FacetValue]:
    """See the contract."""
    name, key = offered(facet)
    selection = select(connection, SessionQuery(project))
    if selection is None or limit <= 0:
        return []
    if name in {"annotation", "tag"}:
        counted = Counted(connection, project, selection)
        return _beginning(counted.annotated(key) if name == "annotation" else counted.all(name), prefix, limit)
    if name == "metadata" and key is None:
        return _beginning(_keys(connection, selection), prefix, limit)
    form = form_of(Term("metadata" if name == "metadata" else "user", literal(prefix) + "*", key or "", pattern=True))
    if form is None:
        return []
    which = form.sql("w.folded")
    if name == "metadata":
        sql, before = UNDER_KEY, (PAIR, selection.project, METADATA)
    else:
        sql, before = BEGINNING, (selection.project, OF_SESSIONS[name])  # type: ignore[assignment]
    rows = connection.execute(sql.format(which=which.text), (*before, *which.arguments, limit))
    return [FacetValue(value, sessions) for value, sessions in rows]


def _beginning(counts: dict[str, int], prefix: str, limit: int) -> list[FacetValue]:
    wanted = folded(prefix)
    found = sorted((value for value in counts if folded(value).startswith(wanted)), key=lambda v: (-counts[v], v))
    return [FacetValue(value, counts[value]) for value in found[:limit]]


def _keys(connection: Database, selection: Selection) -> dict[str, int]:
    """Sessions of each key of metadata: keys stand together, so that one jumps from each to the next."""
    place = (selection.project, METADATA)
    found: dict[str, int] = {}
    after = ""
    while len(found) < KEYS_MAX:
        value = connection.execute(
            "select min(value) from session_value where project = ? and kind = ? and value >= ?", (*place, after)
        ).get
        if value is None:
            break
        key = value.partition(PAIR)[0]
        after = key + chr(ord(PAIR) + 1)
        found[key] = connection.execute(
            """select count(distinct session) from session_value
            where project = ? and kind = ? and value >= ? and value < ?""",
            (*place, key + PAIR, after),
        ).get
    return found
