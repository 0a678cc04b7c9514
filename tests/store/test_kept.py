"""Saved views, seen marks and the names a project labels with, in every store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conversation import arrival, turn
from stores import STORES, open_store

from threadline.model.view import AnnotationSetting, SavedView
from threadline.sessions.totals import session_key


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    opened = open_store(request.param, tmp_path)
    yield opened
    opened.close()


def view(number: int, name: str = "Failures", **fields: Any) -> SavedView:
    known: dict[str, Any] = {
        "query": "has:error",
        "columns": ("cost",),
        "sort": "-cost_usd",
        "time_range": "7d",
        "author": "ann",
    }
    return SavedView(f"v{number}", fields.pop("project", "p"), name, **known, created_ns=number, updated_ns=number)


def test_views_come_by_name_then_id(store: Any) -> None:
    for each in (view(2, "b"), view(3, "a"), view(1, "b"), view(4, "a", project="q")):
        assert store.put_view(each) == each
    assert [each.id for each in store.views("p")] == ["v3", "v1", "v2"]
    assert store.views("none") == []


def test_a_view_written_again_keeps_when_it_was_created(store: Any) -> None:
    store.put_view(view(1))
    changed = msgspec.structs.replace(view(1), name="é\x00`$0", columns=(), created_ns=9, updated_ns=9)
    expected = msgspec.structs.replace(changed, created_ns=1)
    assert store.put_view(changed) == expected
    assert list(store.views("p")) == [expected]


def test_a_view_is_deleted_in_its_own_project_alone(store: Any) -> None:
    store.put_view(view(1))
    assert not store.delete_view("q", "v1")
    assert store.delete_view("p", "v1")
    assert not store.delete_view("p", "v1")
    assert store.views("p") == []


def test_the_first_time_a_session_was_seen_stays(store: Any) -> None:
    store.mark_seen("p", "ann", ["a", "b"], seen_ns=5)
    store.mark_seen("p", "ann", ["b", "c", "c"], seen_ns=7)
    store.mark_seen("p", "bob", ["a"], seen_ns=9)
    assert store.seen("p", "ann", ["c", "b", "x"]) == {"c": 7, "b": 5}
    assert store.seen("p", "bob", ["a", "b"]) == {"a": 9}
    assert store.seen("q", "ann", ["a"]) == {}


def test_a_deleted_session_was_never_seen(store: Any) -> None:
    store.append([arrival(*turn(1, "gone"), *turn(2, "stays"))])
    keys = [session_key("p", name) for name in ("gone", "stays")]
    store.mark_seen("p", "ann", keys, seen_ns=5)
    store.delete_session("p", keys[0], requested_ns=1)
    assert store.seen("p", "ann", keys) == {keys[1]: 5}


def test_settings_of_annotation_names(store: Any) -> None:
    quality = AnnotationSetting("p", "quality", "categorical", labels=("good", "bad"), description="How was it?")
    score = AnnotationSetting("p", "a score", "numeric", minimum=0.0, maximum=1.0)
    for each in (quality, score, AnnotationSetting("q", "quality", "text")):
        assert store.put_annotation_setting(each) == each
    assert list(store.annotation_settings("p")) == [score, quality]
    changed = AnnotationSetting("p", "quality", "text")
    store.put_annotation_setting(changed)
    assert list(store.annotation_settings("p")) == [score, changed]
    assert store.delete_annotation_setting("p", "quality")
    assert not store.delete_annotation_setting("p", "quality")
    assert list(store.annotation_settings("p")) == [score]
    assert len(store.annotation_settings("q")) == 1
