"""Some of a query's sessions: a sample that stays the same, and keys for work in bulk."""

from threadline.model.session import Session
from threadline.store.contract import SessionQuery
from threadline.store.sampling import sampled
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.query_text import TextSearch
from threadline.store.sqlite.query_values import listed
from threadline.store.sqlite.row_hits import RowHits
from threadline.store.sqlite.selection import select
from threadline.store.sqlite.session_row import COLUMNS, to_session

__all__ = ["sample", "session_keys"]

LOOK_S = 4.0
"""How long sessions are looked at one by one: a sample of some and a change of some would both be wrong."""


def session_keys(connection: Database, query: SessionQuery, limit: int) -> list[str]:
    """See the contract."""
    selection = select(connection, query, look_s=LOOK_S)
    if selection is None or limit <= 0:
        return []
    text, arguments = selection.sessions
    rows = connection.execute(f"select s.key from {text} order by s.key limit ?", (*arguments, limit))  # noqa: S608
    return [key for (key,) in rows]


def sample(connection: Database, query: SessionQuery, seed: str, size: int) -> list[Session]:
    """See the contract."""
    selection = select(connection, query, look_s=LOOK_S)
    if selection is None:
        return []
    text, arguments = selection.sessions
    keys = [key for (key,) in connection.execute(f"select s.key from {text}", arguments)]  # noqa: S608 - constants
    columns = ", ".join(f"s.{column}" for column in COLUMNS.split(", "))
    rows = connection.execute(
        f"select {columns} from json_each(?) j cross join session s on s.key = j.value order by j.key",  # noqa: S608
        (listed(sampled(keys, seed, size)),),
    ).fetchall()
    hits = RowHits(connection, TextSearch(connection, selection.project, query.project), query)
    return [hits.put(row[0], to_session(row, query.project)) for row in rows]
