"""Percentiles of which only a window is read: equal to those of all latencies sorted."""

from collections.abc import Iterable, Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from threadline.sessions.totals import nearest_rank
from threadline.store.sqlite import turn_latencies
from threadline.store.sqlite.session_figures import numbers
from threadline.store.sqlite.turn_latencies import EVERY, BucketLatencies, Latencies, Percentiles, Window, window_of

latencies = st.lists(st.one_of(st.integers(0, 20), st.integers(0, 2**52)), max_size=60)
windows = st.one_of(
    st.just(EVERY), st.tuples(*[st.integers(0, 25)] * 3).map(lambda each: Window(*sorted(each))), st.none()
)


def through(buckets: Mapping[int, Sequence[int]], window: Window) -> Percentiles:
    """As the store reads them."""
    low, high, cut = window
    read = {
        bucket: BucketLatencies(
            len(values),
            len([value for value in values if value < low]),
            [float(value) for value in values if value >= low and (value <= high or value >= cut)],
        )
        for bucket, values in buckets.items()
    }

    def every(asked: Iterable[int]) -> dict[int, list[float]]:
        return {bucket: [float(value) for value in buckets[bucket]] for bucket in asked}

    return Latencies(read, window, every).percentiles()


@given(buckets=st.dictionaries(st.integers(-1, 5), latencies, max_size=4), window=windows)
def test_a_window_tells_as_much_as_everything(buckets: dict[int, list[int]], window: Window | None) -> None:
    together = sorted(value for values in buckets.values() for value in values)
    if window is None:  # where the window would truly lie
        places = [together[int(p * len(together))] for p in (0.4, 0.6, 0.8)] if together else [0, 0, 0]
        window = Window(*places)
    assert through(buckets, window) == Percentiles(
        nearest_rank(together, 0.5),
        nearest_rank(together, 0.95),
        {bucket: nearest_rank(sorted(values), 0.95) for bucket, values in buckets.items()},
    )


def test_a_window_lies_around_the_median_and_over_the_highest() -> None:
    assert window_of([float(n) for n in range(turn_latencies.SAMPLE_MIN - 1)]) == EVERY
    assert window_of([float(n) for n in range(10_000)]) == Window(4_600, 5_400, 9_000)


def test_numbers_that_no_float_holds_stay_integers() -> None:
    assert numbers("[]") == []
    assert [type(each) for each in numbers(f"[1, {2**53 - 1}]")] == [float, float]
    assert numbers(f"[1, {2**53 + 1}]") == [1, 2**53 + 1]
    assert numbers(f"[{-(2**53) - 1}]") == [-(2**53) - 1]
