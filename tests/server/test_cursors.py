from base64 import urlsafe_b64encode
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from live import Live
from spans import request, turn

from threadline.errors import InvalidInput
from threadline.server.cursors import from_cursor, to_cursor
from threadline.sessions.totals import session_key

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@given(st.tuples(st.text(), st.integers(-(2**63), 2**63 - 1), st.binary()), st.lists(st.text()))
def test_a_place_survives(place: tuple[str, int, bytes], scope: list[str]):
    cursor = to_cursor(place, *scope)

    assert from_cursor(cursor, tuple[str, int, bytes], *scope) == place
    assert cursor.isascii()
    assert not set(cursor) & set("+/=&?#")


@given(st.text())
def test_anything_else_is_refused(text: str):
    with pytest.raises(InvalidInput):
        from_cursor(text + "!", tuple[str, int, bytes])


@given(st.lists(st.text()), st.lists(st.text()))
def test_another_list_is_refused(scope: list[str], other: list[str]):
    cursor = to_cursor("place", *scope)
    if scope != other:
        with pytest.raises(InvalidInput):
            from_cursor(cursor, str, *other)


def lists(live: Live) -> list[tuple[str, dict[str, object]]]:
    """Every list that has a second page."""
    found: list[tuple[str, dict[str, object]]] = [("/v1/projects", {})]
    for number, project in enumerate(("one", "two")):
        first = 7_000 + number * 100
        spans = [turn(first + n, f"c{n % 2}", f"question {n} again", "well", start_s=n * 10) for n in range(8)]
        live.send(request(*spans, project=project))
        for name in ("a", "b"):
            target = {"kind": "trace", "project": project, "trace_id": f"{first:032x}"}
            live.client.post("/v1/annotations", json={"target": target, "name": name, "label": "x"})
        base = f"/v1/projects/{project}"
        found += [
            (f"{base}/sessions", {}),
            (f"{base}/sessions", {"sort": "start_time"}),
            (f"{base}/sessions", {"text": "again"}),
            (f"{base}/traces", {}),
            (f"{base}/traces", {"text": "again"}),
            (f"{base}/traces/{first:032x}/spans", {}),
            (f"{base}/annotation-names", {}),
            ("/v1/annotations", {"target": f"trace/{project}/{first:032x}"}),
        ]
        for session in ("c0", "c1"):
            path = f"{base}/sessions/{session_key(project, session)}"
            found += [
                (f"{path}/turns", {}),
                (f"{path}/transcript", {}),
                (f"{path}/search", {"q": "question"}),
                (f"{path}/search", {"q": "again"}),
            ]
    return found


def answer(live: Live, path: str, asked: dict[str, object], cursor: str) -> str:
    got = live.client.get(path, params={**asked, "limit": 1, "cursor": cursor})
    return "page" if got.status_code == 200 else got.json()["code"]


def test_cursors_are_good_for_their_own_list_alone(live: Live):
    given_by = [(path, asked, live.get(path, limit=1, **asked)["next_cursor"]) for path, asked in lists(live)]
    given_by = [each for each in given_by if each[2] is not None]
    assert len(given_by) > 20

    for path, asked, _ in given_by:
        for other_path, other_asked, cursor in given_by:
            own = (path, asked) == (other_path, other_asked)
            assert answer(live, path, asked, cursor) == ("page" if own else "invalid_cursor"), (path, other_path)


def test_a_cursor_with_a_character_changed_is_a_page_or_invalid(live: Live):
    random = Random(7)
    for path, asked in lists(live)[:13]:
        cursor = live.get(path, limit=1, **asked)["next_cursor"]
        for place in range(0, len(cursor or ""), 2):
            changed = cursor[:place] + random.choice(ALPHABET) + cursor[place + 1 :]
            assert answer(live, path, asked, changed) in {"page", "invalid_cursor"}, (path, changed)


@pytest.mark.parametrize("number", [-1, 2**53, 2**63 - 1, 2**64 - 1])
def test_a_place_beyond_any_list_is_refused(live: Live, number: int):
    path = next(path for path, _ in lists(live) if path.endswith("/turns"))
    key = path.split("/")[-2]
    cursor = to_cursor((bytes(16), number), "turns", "one", key)
    assert answer(live, path, {}, cursor) == "invalid_cursor"
    nothing = urlsafe_b64encode(msgspec.msgpack.encode([number, number])).decode()
    assert answer(live, path, {}, nothing) == "invalid_cursor"
