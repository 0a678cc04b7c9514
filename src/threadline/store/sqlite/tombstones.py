"""What was deleted, as salted hashes: later spans of it are refused, and the file does not say whose they were."""

from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b

import msgspec

from threadline.otlp.export import join
from threadline.otlp.wire import read_request
from threadline.store.contract import STORED, Arrival
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.transaction import Writer

__all__ = ["Tombstones", "TraceKey", "doomed_traces", "without"]

TraceKey = tuple[str, bytes]
"""(project, trace id)"""

_encode = msgspec.msgpack.Encoder().encode


class Tombstones:
    """Salted hashes per trace and per end user."""

    def __init__(self, connection: Database, random_bytes: Callable[[int], bytes]) -> None:
        salt = connection.execute("select value from meta where name = 'salt'").get
        if salt is None:
            salt = random_bytes(32)
            connection.execute("insert into meta (name, value) values ('salt', ?)", (salt,))
        self._salt: bytes = salt
        self._connection = connection

    def bury_traces(self, traces: Iterable[TraceKey]) -> None:
        """Refuse these from now on."""
        self._bury(self._hash("trace", *key) for key in traces)

    def bury_user(self, project: str, user_id: str) -> None:
        """Refuse this end user from now on."""
        self._bury([self._hash("user", project, user_id)])

    def holds_trace(self, key: TraceKey) -> bool:
        """Whether this trace was deleted."""
        return self._holds(self._hash("trace", *key))

    def holds_user(self, project: str, user_id: str) -> bool:
        """Whether this end user was deleted."""
        return self._holds(self._hash("user", project, user_id))

    def _bury(self, hashes: Iterable[bytes]) -> None:
        self._connection.executemany("insert or ignore into tombstone (hash) values (?)", [(each,) for each in hashes])

    def _holds(self, digest: bytes) -> bool:
        return self._connection.execute("select 1 from tombstone where hash = ?", (digest,)).get is not None

    def _hash(self, kind: str, project: str, value: str | bytes) -> bytes:
        return blake2b(_encode((kind, project, value)), key=self._salt, digest_size=16).digest()


def doomed_traces(
    writer: Writer, tombstones: Tombstones, users: Mapping[TraceKey, Collection[str]]
) -> tuple[set[TraceKey], set[TraceKey]]:
    """Of the arriving traces, each with the end users it names: those deleted, and those that now become so."""
    deleted: set[TraceKey] = set()
    named: set[TraceKey] = set()
    known: dict[tuple[str, str], bool] = {}
    for key, names in users.items():
        project, trace_id = key
        row = writer.connection.execute(
            "select session from trace where project = ? and trace_id = ?", (writer.projects.get(project), trace_id)
        ).fetchone()
        if (row is not None and row[0] in writer.erasing) or (row is None and tombstones.holds_trace(key)):
            deleted.add(key)
        else:
            for name in names:
                place = (project, name)
                if place not in known:
                    known[place] = tombstones.holds_user(*place)
                if known[place]:
                    named.add(key)
    return deleted, named


def without(arrival: Arrival, refused: set[TraceKey]) -> Arrival:
    """The arrival without these traces: not even its body holds them."""
    spans = [span for span in arrival.spans if (span.project, span.trace_id) not in refused]
    if len(spans) == len(arrival.spans):
        return arrival
    raws = read_request(arrival.body, STORED)
    body = join([raws[span.ordinal] for span in spans])
    return Arrival(body, [msgspec.structs.replace(span, ordinal=i) for i, span in enumerate(spans)])
