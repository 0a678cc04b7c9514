"""Sessions by bucket: as each one's first and last place say."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from threadline.store.series import Buckets
from threadline.store.sqlite.session_figures import SessionFigures
from threadline.store.sqlite.session_places import session_places

times = st.integers(0, 60)
nothing = SessionFigures(0, 0, 0, 0, None, [], [], [], [], [], [], [], [], [], 0, 0, 0, None)


@given(
    spans=st.lists(st.tuples(times, times).map(sorted), max_size=30),
    untimed=st.lists(st.one_of(st.none(), times), max_size=3),
    low=times,
    width=times,
    count=st.integers(1, 9),
    marked=st.sets(st.integers(0, 40), max_size=4),
)
def test_places(
    spans: list[list[int]], untimed: list[int | None], low: int, width: int, count: int, marked: set[int]
) -> None:
    series = Buckets(low, low + width, count)
    spans.sort(key=lambda span: span[1])
    rows = list(range(len(spans)))
    others = list(enumerate(untimed, start=100))
    figures = nothing._replace(
        rows=rows, starts=[start for start, _ in spans], lasts=[last for _, last in spans], untimed=others
    )
    found = session_places(figures, series, marked)
    one = {
        row: series.place(last) for row, (start, last) in enumerate(spans) if series.place(start) == series.place(last)
    }
    assert found.of == {row: place for row, place in one.items() if row not in marked}
    assert sorted(found.spread) == sorted({*rows, *(row for row, _ in others)} - set(found.of))
    assert +found.begun == Counter(map(series.place, [*figures.starts, *untimed]))
