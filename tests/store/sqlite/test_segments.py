"""Segments: their blob and its dictionary, which must never change."""

from hashlib import sha256

from conversation import arrival, turn
from hypothesis import given
from hypothesis import strategies as st

from threadline.store.sqlite.segments import DICTIONARY, Entry, Segment, from_blob, to_blob


def test_the_dictionary_is_the_one_that_stored_segments_were_written_with() -> None:
    assert (
        sha256(DICTIONARY.as_bytes()).hexdigest() == "c2993bf8ae9d531966f5f6e6e2411af7724ff07152878be8a850d56eca7da771"
    )


addresses = st.tuples(st.integers(0, 2**40), st.integers(0, 1000), st.integers(0, 50_000))


@given(st.lists(st.tuples(addresses, st.integers(1, 9), st.text(max_size=30))), st.lists(addresses))
def test_a_segment_survives_its_blob(
    spans: list[tuple[tuple[int, int, int], int, str]], past: list[tuple[int, int, int]]
) -> None:
    entries = [Entry(*at, arrival(*turn(n, said=text)).spans[0].facts) for at, n, text in spans]
    segment = Segment(entries, past)
    assert from_blob(to_blob(segment)) == segment
