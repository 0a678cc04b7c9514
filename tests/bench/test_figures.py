"""A figure is printed beside its target and says whether it was reached."""

import pytest
from bench.figures import Figure, at_least, at_most, percentile, table


@pytest.mark.parametrize(("share", "expected"), [(0.5, 5), (0.95, 10), (0.1, 1), (1.0, 10)])
def test_percentile_is_nearest_rank(share, expected):
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == expected


def test_table_shows_targets_and_verdicts():
    figures = [
        at_least("ingest", 12_345.6, "spans/s", 10_000, "a note"),
        at_most("list", 9.5, "ms", 8),
        Figure("other", 1, "s"),
    ]
    assert table(figures) == (
        "what    measured    target  unit             note\n"
        "ingest    12,346  ≥ 10,000  spans/s  ok      a note\n"
        "list        9.50       ≤ 8  ms       MISSED\n"
        "other          1            s"
    )


def test_a_peer_stands_beside_ours():
    assert table(
        [Figure("start", 1.5, "s"), Figure("x", 2, "s")], {"start": Figure("start", 16, "s", note="n")}, "phoenix"
    ) == (
        "what   threadline  phoenix  unit  note\n"
        "start        1.50       16  s     n\n"
        "x               2        -  s     not measured there"
    )
