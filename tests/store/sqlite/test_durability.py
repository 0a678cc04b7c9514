"""The promise of an acknowledgement: synced before it is given, whole or not at all, and there after a kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from conversation import arrival, turn

from threadline.errors import Conflict, StoreFailed
from threadline.sessions.totals import session_key
from threadline.store.contract import AppendResult, SessionQuery
from threadline.store.memory import MemoryStore
from threadline.store.sqlite import SqliteStore, traces

VFS = "watched"


class Log:
    """What was written and synced, in order; `fail_at` breaks the n-th write or sync from now."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self.fail_in: int | None = None
        self.error: type[Exception] = apsw.IOError

    def note(self, event: str, name: str) -> None:
        self.events.append((event, name.rsplit("-", 1)[-1]))
        if self.fail_in is not None:
            self.fail_in -= 1
            if self.fail_in < 0:
                raise self.error("injected")


class WatchedFile(apsw.VFSFile):
    def __init__(self, vfs: str, name: Any, flags: list[int], log: Log) -> None:
        super().__init__(vfs, name, flags)
        self.log = log
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.log.note("write", self.name)
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.log.note("sync", self.name)
        super().xSync(flags)


class WatchedVFS(apsw.VFS):
    def __init__(self, log: Log) -> None:
        self.log = log
        super().__init__(VFS, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        return WatchedFile("", name, flags, self.log)


@pytest.fixture
def log() -> Iterator[Log]:
    found = Log()
    vfs = WatchedVFS(found)
    yield found
    vfs.unregister()


def test_the_wal_is_synced_after_its_last_write_before_append_answers(tmp_path: Path, log: Log) -> None:
    store = SqliteStore.open(tmp_path / "t.db", vfs=VFS)
    for n in range(1, 6):
        log.events.clear()
        store.append([arrival(*turn(n)), arrival(*turn(n + 100, "other"))])
        of_wal = [event for event, name in log.events if name == "wal"]
        assert of_wal[-1] == "sync"
        assert of_wal.count("sync") == 1
        assert "write" in of_wal
    store.close()


def state(store: Any) -> Any:
    """All that is answered, for comparing."""
    sessions = store.sessions(SessionQuery("p", limit=1000)).rows
    return (
        store.projects(),
        sessions,
        [list(store.turns("p", each.id)) for each in sessions],
        store.stats(SessionQuery("p")),
    )


@pytest.mark.parametrize("error", [apsw.IOError, apsw.FullError])
def test_a_failed_commit_leaves_the_state_as_it_was(tmp_path: Path, log: Log, error: type[Exception]) -> None:
    store = SqliteStore.open(tmp_path / "t.db", vfs=VFS, small_session_max=2)
    store.append([arrival(*turn(n, f"s{n % 2}")) for n in range(1, 8)])
    log.error = error
    failures = 0
    for n in range(400):
        before = state(store)
        log.fail_in = n
        [answer] = store.append([arrival(*turn(100 + n, "s1", "words " * 50), *turn(1, "moved", latency=10**10))])
        log.fail_in = None
        if isinstance(answer, AppendResult):
            break
        failures += 1
        assert isinstance(answer, StoreFailed)
        assert state(store) == before
    assert 2 < failures < 400
    reference = MemoryStore()
    reference.append([arrival(*turn(n, f"s{n % 2}")) for n in range(1, 8)])
    reference.append([arrival(*turn(100 + n, "s1", "words " * 50), *turn(1, "moved", latency=10**10))])
    assert state(store) == state(reference)
    store.close()


def test_only_the_culprit_of_a_group_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    fold = traces.fold

    def breaking(spans: Any) -> Any:
        record = fold(spans)
        if record.session_id == "bad":
            raise apsw.ConstraintError("injected")
        return record

    monkeypatch.setattr(traces, "fold", breaking)
    answers = store.append([arrival(*turn(1, "a")), arrival(*turn(2, "bad")), arrival(*turn(3, "new"), project="q")])
    assert [type(each) for each in answers] == [AppendResult, StoreFailed, AppendResult]
    assert [each.session_id for each in store.sessions(SessionQuery("p")).rows] == ["a"]
    assert [each.name for each in store.projects()] == ["p", "q"]
    store.close()


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
from conversation import arrival, turn
from threadline.store.sqlite import SqliteStore, traces
store = SqliteStore.open(Path({file!r}), small_session_max=4)
n = 0
while True:
    n += 1
    store.append([arrival(*turn(n, f"s{{n % 5}}"))])
    print(n, flush=True)
    if n % 7 == 0:
        store.index_pending()
        store.maintain(settle_all=True)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    code = KILLED.format(path=[str(Path(__file__).parent.parent), *sys.path], file=str(tmp_path / "t.db"))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = 0
    for line in process.stdout:
        acknowledged = int(line)
        if acknowledged >= 60:
            os.kill(process.pid, signal.SIGKILL)
            break
    rest = process.stdout.read()
    process.stdout.close()
    process.wait()
    acknowledged = max([acknowledged, *map(int, rest.split())])
    store = SqliteStore.open(tmp_path / "t.db", small_session_max=4)
    kept = sum(each.turn_count for each in store.sessions(SessionQuery("p")).rows)
    assert kept in {acknowledged, acknowledged + 1}
    reference = MemoryStore()
    reference.append([arrival(*turn(n, f"s{n % 5}")) for n in range(1, kept + 1)])
    assert state(store) == state(reference)
    assert len(list(store.spans("p", store.session_trace_ids("p", session_key("p", "s1"))[0]))) == 2
    store.close()


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    with pytest.raises(Conflict) as caught:
        SqliteStore.open(tmp_path / "t.db")
    assert caught.value.code == "data_in_use"
    store.close()
    SqliteStore.open(tmp_path / "t.db").close()


def test_a_reader_does_not_stop_the_writer(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    store.append([arrival(*turn(1))])
    with store._readers.snapshot() as connection:
        assert connection.execute("select count(*) from trace").get == 1
        store.append([arrival(*turn(2))])
        store.maintain(settle_all=True)
        assert connection.execute("select count(*) from trace").get == 1
    assert store.session("p", session_key("p", "s")).turn_count == 2
    store.close()
