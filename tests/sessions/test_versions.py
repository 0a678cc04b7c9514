"""Which of two versions of a span stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import fact

from threadline.sessions.versions import replaces


def version(end, size, data, resource=b""):
    return fact("s", start=1, end=end, size=size, digest=b"%d/%d/%b/%b" % (end, size, data, resource)), data


def stays(*versions):
    held = versions[0]
    for arrived in versions[1:]:
        if replaces(arrived[0], held[0], lambda arrived=arrived: arrived[1], lambda held=held: held[1]):
            held = arrived
    return held


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (version(5, 1, b"a"), version(0, 9, b"b")),
        (version(6, 1, b"a"), version(5, 9, b"b")),
        (version(5, 2, b"a"), version(5, 1, b"b")),
        (version(5, 2, b"b"), version(5, 2, b"a")),
        (version(5, 2, b"a", b"r2"), version(5, 2, b"a", b"r1")),
    ],
)
def test_the_better_stays_in_both_orders(better, worse):
    assert stays(better, worse) == better
    assert stays(worse, better) == better


def test_the_same_version_never_asks_for_bytes():
    def refuse():
        raise AssertionError

    same = fact("s")
    assert not replaces(same, same, refuse, refuse)
    assert replaces(fact("s", end=9, digest=b"x"), fact("s", end=8, digest=b"y"), refuse, refuse)


VERSIONS = st.builds(
    version, st.sampled_from([0, 5, 6]), st.integers(1, 3), st.sampled_from([b"a", b"b"]), st.sampled_from([b"", b"r"])
)


@given(st.lists(VERSIONS, min_size=1, max_size=6), st.randoms())
def test_any_order_ends_with_the_same_version(versions, rng):
    shuffled = versions[:]
    rng.shuffle(shuffled)
    assert stays(*versions) == stays(*shuffled)
