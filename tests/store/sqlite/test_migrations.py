"""The schema's steps: once each, forward only, and no other program's file."""

from pathlib import Path

import apsw
import pytest
from conversation import arrival, turn

from threadline.errors import StoreFailed
from threadline.store.contract import SessionQuery
from threadline.store.sqlite import SqliteStore
from threadline.store.sqlite.connection import open_writer
from threadline.store.sqlite.migrations import APPLICATION_ID, Migration, read_migrations


def test_the_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in read_migrations()] == list(range(1, len(read_migrations()) + 1))


def test_a_new_file_has_the_settings_that_cannot_change_later(tmp_path: Path) -> None:
    SqliteStore.open(tmp_path / "t.db").close()
    connection = apsw.Connection(str(tmp_path / "t.db"))
    found = {
        name: connection.pragma(name)
        for name in ("page_size", "auto_vacuum", "journal_mode", "application_id", "user_version")
    }
    connection.close()
    assert found == {
        "page_size": 8192,
        "auto_vacuum": 2,
        "journal_mode": "wal",
        "application_id": APPLICATION_ID,
        "user_version": len(read_migrations()),
    }


def test_the_writer_syncs_fully_and_overwrites_what_it_deletes(tmp_path: Path) -> None:
    connection = open_writer(tmp_path / "t.db", read_migrations())
    found = {name: connection.pragma(name) for name in ("synchronous", "fullfsync", "secure_delete")}
    connection.close()
    assert found == {"synchronous": 2, "fullfsync": 1, "secure_delete": 1}


@pytest.mark.parametrize("version", range(1, len(read_migrations()) + 1))
def test_data_of_each_earlier_version_is_still_there(tmp_path: Path, version: int) -> None:
    """Made by the code of today on the schema of then: a version whose columns changed brings its own maker."""
    open_writer(tmp_path / "t.db", read_migrations()[:version]).close()
    store = SqliteStore.open(tmp_path / "t.db")
    store.append([arrival(*turn(1))])
    store.close()
    store = SqliteStore.open(tmp_path / "t.db")
    assert [each.session_id for each in store.sessions(SessionQuery("p")).rows] == ["s"]
    store.close()


def test_a_further_step_is_applied_once(tmp_path: Path) -> None:
    SqliteStore.open(tmp_path / "t.db").close()
    next_number = len(read_migrations()) + 1
    steps = [
        *read_migrations(),
        Migration(next_number, "create table more (a int) strict; insert into more values (1)"),
    ]
    for _ in range(2):
        connection = open_writer(tmp_path / "t.db", steps)
        assert connection.execute("select a from more").fetchall() == [(1,)]
        assert connection.pragma("user_version") == next_number
        connection.close()


def test_a_failed_step_changes_nothing(tmp_path: Path) -> None:
    SqliteStore.open(tmp_path / "t.db").close()
    number = len(read_migrations()) + 1
    steps = [*read_migrations(), Migration(number, "create table more (a int) strict; insert into nowhere values (1)")]
    with pytest.raises(StoreFailed):
        open_writer(tmp_path / "t.db", steps)
    connection = open_writer(tmp_path / "t.db", read_migrations())
    assert connection.execute("select 1 from sqlite_schema where name = 'more'").get is None
    connection.close()


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    SqliteStore.open(tmp_path / "t.db").close()
    connection = apsw.Connection(str(tmp_path / "t.db"))
    connection.pragma("user_version", 999)
    connection.close()
    with pytest.raises(StoreFailed) as caught:
        SqliteStore.open(tmp_path / "t.db")
    assert caught.value.code == "newer_database"
    with pytest.raises(StoreFailed):  # and the lock was let go
        SqliteStore.open(tmp_path / "t.db")


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "t.db"))
    connection.execute("create table theirs (a)")
    connection.close()
    with pytest.raises(StoreFailed) as caught:
        SqliteStore.open(tmp_path / "t.db")
    assert caught.value.code == "not_a_threadline_file"
    (tmp_path / "u.db").write_text("no database, but long enough to be read as one" * 100)
    with pytest.raises(StoreFailed) as caught:
        SqliteStore.open(tmp_path / "u.db")
    assert caught.value.code == "data_unreadable"


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-lock")}


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize(
    ("made", "code"),
    [
        ("create table theirs (a)", "not_a_threadline_file"),
        ("pragma user_version = 3", "not_a_threadline_file"),
        ("pragma application_id = 7", "not_a_threadline_file"),
        (f"pragma application_id = {APPLICATION_ID}; pragma user_version = 999", "newer_database"),
    ],
)
def test_a_refused_file_keeps_every_byte(tmp_path: Path, journal: str, made: str, code: str) -> None:
    connection = apsw.Connection(str(tmp_path / "t #1?.db"))
    connection.pragma("journal_mode", journal)
    connection.execute(made)
    connection.close()
    before = _contents(tmp_path)
    with pytest.raises(StoreFailed) as caught:
        SqliteStore.open(tmp_path / "t #1?.db")
    assert caught.value.code == code
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_refused_file_in_use_keeps_every_byte(tmp_path: Path, journal: str) -> None:
    connection = apsw.Connection(str(tmp_path / "t.db"))
    connection.pragma("journal_mode", journal)
    connection.execute("create table theirs (a); begin immediate; insert into theirs values (1)")
    before = _contents(tmp_path)
    with pytest.raises(StoreFailed) as caught:
        SqliteStore.open(tmp_path / "t.db")
    assert caught.value.code == "not_a_threadline_file"
    after = _contents(tmp_path)
    connection.close()
    shared_memory = "t.db-shm"  # readers mark there what they read
    assert {**after, shared_memory: b""} == {**before, shared_memory: b""}


def test_a_file_whose_making_was_cut_short_is_made(tmp_path: Path) -> None:
    (tmp_path / "t.db").touch()
    SqliteStore.open(tmp_path / "t.db").close()
    connection = apsw.Connection(str(tmp_path / "u.db"))
    connection.pragma("journal_mode", "wal")
    connection.close()
    SqliteStore.open(tmp_path / "u.db").close()


def test_a_crash_of_ours_is_taken_up(tmp_path: Path) -> None:
    """Copied while open, as a power cut leaves it: the header says nothing yet, the WAL does."""
    store = SqliteStore.open(tmp_path / "t.db")
    store.append([arrival(*turn(1))])
    for end in ("", "-wal"):
        (tmp_path / f"u.db{end}").write_bytes((tmp_path / f"t.db{end}").read_bytes())
    store.close()
    again = SqliteStore.open(tmp_path / "u.db")
    assert [each.session_id for each in again.sessions(SessionQuery("p")).rows] == ["s"]
    again.close()


def test_a_hot_journal_is_rolled_back_first(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "t.db"))
    connection.execute("create table theirs (a, b)")
    connection.execute("pragma cache_size = 1; begin immediate")
    connection.executemany("insert into theirs values (?, zeroblob(4000))", [(n,) for n in range(50)])
    for end in ("", "-journal"):
        (tmp_path / f"u.db{end}").write_bytes((tmp_path / f"t.db{end}").read_bytes())
    connection.close()
    with pytest.raises(StoreFailed) as caught:
        SqliteStore.open(tmp_path / "u.db")
    assert caught.value.code == "not_a_threadline_file"
