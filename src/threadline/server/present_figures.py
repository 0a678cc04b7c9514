"""Figures, facets and differences as the REST API answers them: pure, one function a shape."""

from collections.abc import Iterable

from threadline.query.ast import Term
from threadline.query.write import write
from threadline.server import shapes
from threadline.server.present import milliseconds, usd
from threadline.server.rfc3339 import format_ns
from threadline.store import contract

__all__ = ["differences", "facets", "stats"]

FIELDS = {"environment": "env"}
"""Facet -> field of the query language, where they differ."""
DISTRIBUTIONS = {
    "turns": ("turns", 1),
    "duration_ms": ("duration", 1e6),
    "cost_usd": ("cost", 1e9),
    "latency_ms": ("latency", 1e6),
}
"""Field of the answer -> the store's distribution, and how many of its units make one of ours."""


def stats(figures: contract.Stats) -> shapes.Stats:
    """Figures with their series and distributions."""
    return shapes.Stats(
        sessions=figures.sessions,
        sessions_with_errors=figures.sessions_with_errors,
        turns=figures.turns,
        turns_with_errors=figures.turns_with_errors,
        user_count=figures.user_count,
        prompt_tokens=figures.prompt_tokens,
        completion_tokens=figures.completion_tokens,
        total_tokens=figures.total_tokens,
        cost_usd=usd(figures.cost_nano),
        cost_complete=figures.cost_complete,
        turn_latency_p50_ms=milliseconds(figures.turn_latency_p50_ns),
        turn_latency_p95_ms=milliseconds(figures.turn_latency_p95_ns),
        session_duration_p50_ms=milliseconds(figures.session_duration_p50_ns),
        session_duration_p95_ms=milliseconds(figures.session_duration_p95_ns),
        series=[_bucket(bucket) for bucket in figures.series],
        distributions=shapes.Distributions(
            **{field: _ranges(figures.distributions.get(of, ()), unit) for field, (of, unit) in DISTRIBUTIONS.items()}
        ),
        drop_off=[shapes.DropOff(turns=turns, sessions=sessions) for turns, sessions in figures.drop_off],
        complete=figures.complete,
    )


def _bucket(bucket: contract.TimeBucket) -> shapes.Bucket:
    return shapes.Bucket(
        start_time=format_ns(bucket.start_ns),
        sessions=bucket.sessions,
        sessions_with_errors=bucket.sessions_with_errors,
        turns=bucket.turns,
        total_tokens=bucket.total_tokens,
        cost_usd=bucket.cost_nano / 1e9,
        earlier=bucket.earlier,
        later=bucket.later,
        users=bucket.users,
        latency_p95_ms=milliseconds(bucket.latency_p95_ns),
    )


def _ranges(steps: Iterable[contract.Range], unit: float) -> list[shapes.Range]:
    return [shapes.Range(low=step.low / unit, high=step.high / unit, sessions=step.sessions) for step in steps]


def facets(found: contract.Facets) -> shapes.Facets:
    """Facets in the order that the store gave them."""
    data = [
        shapes.Facet(
            name=name,
            values=[
                shapes.FacetValue(
                    value=one.value,
                    sessions=one.sessions,
                    calls=one.calls,
                    errors=one.errors,
                    query=_term(name, one.value),
                )
                for one in facet.values
            ],
            count=facet.count,
        )
        for name, facet in found.facets.items()
    ]
    return shapes.Facets(data=data, next_cursor=None, complete=found.complete)


def differences(found: contract.Differences) -> shapes.Differences:
    """Counts with their shares."""
    data = [
        shapes.Difference(
            facet=one.facet,
            value=one.value,
            inside=one.inside,
            outside=one.outside,
            inside_share=one.inside / found.inside if found.inside else 0.0,
            outside_share=one.outside / found.outside if found.outside else 0.0,
            query=_term(one.facet, one.value),
        )
        for one in found.values
    ]
    return shapes.Differences(
        inside=found.inside, outside=found.outside, data=data, next_cursor=None, complete=found.complete
    )


def _term(facet: str, value: str) -> str:
    """The query that selects a facet's value."""
    if facet == "annotation":
        name, _, label = value.partition(":")
        return write(Term(field="annotation", key=name, value=label))
    return write(Term(field=FIELDS.get(facet, facet), value=value))  # type: ignore[arg-type]  # a facet is a field
