"""The SQL of lists, as it is run: values bound, each sort from its index."""

from pathlib import Path

import apsw
import pytest
from conversation import arrival, turn

from threadline.store.contract import SESSION_SORTS, SessionQuery
from threadline.store.sqlite import SqliteStore
from threadline.store.sqlite.database import quoted
from threadline.store.sqlite.session_row import COLUMNS
from threadline.store.sqlite.session_sql import After, Read, Sql, Stretch, conditions, stretch_sql, stretches


def test_the_first_page() -> None:
    query = SessionQuery("p")
    where = conditions(query, 7)
    assert where == Sql("s.project = ?", (7,))
    found = stretch_sql(query, where, Stretch(skewed=False, nulls=False), 0, None, Read(51))
    assert found == Sql(
        f"select {COLUMNS} from session s indexed by session_last_activity where s.project = ? "
        "and s.last_activity is not null order by s.last_activity desc, s.tie desc limit ?",
        (7, 51),
    )


def test_a_later_page_of_a_narrowed_query() -> None:
    query = SessionQuery("p'; --", sort="cost_usd", descending=False, since_ns=5, until_ns=2**70)
    where = conditions(query, 7, [3, 4])
    now = 1_000
    found = stretch_sql(query, where, Stretch(skewed=True, nulls=False), now, After(9, 8), Read(11, indexed=False))
    assert found == Sql(
        f"select {COLUMNS} from session s not indexed where s.project = ? and s.last_activity >= ? "
        "and s.start_time < ? and s.id in (select value from json_each(?)) and s.last_activity > ? "
        "and s.cost is not null and (s.cost, s.tie) > (?, ?) order by s.cost asc, s.tie asc limit ?",
        (7, 5, 2**63 - 1, "[3, 4]", now + 300 * 10**9, 9, 8, 11),
    )


@pytest.mark.parametrize("sort", SESSION_SORTS)
def test_each_sort_is_answered_from_its_index_without_sorting(tmp_path: Path, sort: str) -> None:
    store = SqliteStore.open(tmp_path / "t.db")
    store.append([arrival(*turn(1))])
    with store._readers.snapshot() as connection:
        for _, nulls in stretches(sort, 0):
            query = SessionQuery("p", sort=sort, now_ns=10**18)
            after = After(None if nulls else 5, 3)
            stretch = Stretch(skewed=False, nulls=nulls)
            found = stretch_sql(query, conditions(query, 1), stretch, 10**18, after, Read(10))
            plan = [row[3] for row in connection.execute(f"explain query plan {found.text}", found.arguments)]
            assert plan[0].startswith("SEARCH s USING INDEX session_")
            assert not [line for line in plan if "TEMP B-TREE" in line]
    store.close()


@pytest.mark.parametrize("name", ["plain", "back`tick", 'dou"ble', "sin'gle", "back\\slash", "$0", "a b;--", "日本"])
def test_identifiers_are_quoted(name: str) -> None:
    connection = apsw.Connection(":memory:")
    connection.execute(f"create table {quoted(name)} (a)")
    assert connection.execute("select name from sqlite_schema").get == name
    connection.close()


def test_an_identifier_cannot_hold_nul() -> None:
    with pytest.raises(ValueError, match="NUL"):
        quoted("a\0b")
