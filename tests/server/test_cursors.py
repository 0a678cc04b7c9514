import pytest
from hypothesis import given
from hypothesis import strategies as st

from threadline.errors import InvalidInput
from threadline.server.cursors import from_cursor, to_cursor


@given(st.tuples(st.text(), st.integers(-(2**63), 2**63 - 1), st.binary()))
def test_a_place_survives(place: tuple[str, int, bytes]):
    cursor = to_cursor(place)

    assert from_cursor(cursor, tuple[str, int, bytes]) == place
    assert cursor.isascii()
    assert not set(cursor) & set("+/=&?#")


@given(st.text())
def test_anything_else_is_refused(text: str):
    with pytest.raises(InvalidInput):
        from_cursor(text + "!", tuple[str, int, bytes])
