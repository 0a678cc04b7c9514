from threadline.model.session import StoredTrace
from threadline.model.trace import TraceRecord
from threadline.server.trace_facts import TraceFacts


class Counting:
    """A store that counts how often the facts of a trace are read."""

    def __init__(self) -> None:
        self.reads = 0
        self.commits = 0

    def trace_facts(self, project: str, trace_id: bytes) -> list[object]:
        self.reads += 1
        return []


def trace(trace_id: bytes) -> StoredTrace:
    record = TraceRecord(bytes(8), "name", None, None, None, 0, "", 1, is_turn=True)
    return StoredTrace("p", trace_id, record, None, None)


def test_facts_are_read_again_after_a_commit_and_for_another_trace():
    store = Counting()
    facts = TraceFacts(store, lambda: store.commits)

    for wanted in (b"a", b"a", b"b", b"b", b"a"):
        facts.of(trace(wanted))
    assert store.reads == 3
    store.commits += 1
    facts.of(trace(b"a"))
    assert store.reads == 4
