"""Figures of the reference store: each computed from scratch over the sessions given to it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from threadline.model.annotation import Annotation
from threadline.model.session import Session
from threadline.model.trace import TraceRecord
from threadline.model.values import capped
from threadline.query.evaluate import TAG, SessionFacts
from threadline.query.metadata import metadata_pairs
from threadline.sessions.text import folded
from threadline.sessions.totals import nearest_rank
from threadline.store.contract import (
    Differences,
    Facet,
    Facets,
    FacetValue,
    SessionQuery,
    Stats,
    TimeBucket,
)
from threadline.store.differences import ranked
from threadline.store.distributions import drop_off, ranges
from threadline.store.facet_names import Offered, offered
from threadline.store.series import Buckets, Counts

__all__ = ["differences", "facets", "stats", "values"]


def stats(query: SessionQuery, selected: Sequence[SessionFacts], buckets: int) -> Stats:
    """Of the sessions that a query selects."""
    sessions = [each.session for each in selected]
    records = [turn.record for each in selected for turn in each.turns]
    latencies = _known(record.latency_ns for record in records)
    durations = _known(session.duration_ns for session in sessions)
    costs = _known(session.cost_nano for session in sessions)
    turns = sorted(session.turn_count for session in sessions)
    return Stats(
        sessions=len(sessions),
        sessions_with_errors=sum(session.error_count > 0 for session in sessions),
        turns=len(records),
        turns_with_errors=sum(session.error_count for session in sessions),
        user_count=len(_users(records)),
        prompt_tokens=capped(sum(session.prompt_tokens for session in sessions)),
        completion_tokens=capped(sum(session.completion_tokens for session in sessions)),
        total_tokens=capped(sum(session.total_tokens for session in sessions)),
        cost_nano=capped(sum(costs)) if costs else None,
        cost_complete=all(session.cost_complete for session in sessions),
        turn_latency_p50_ns=nearest_rank(latencies, 0.5),
        turn_latency_p95_ns=nearest_rank(latencies, 0.95),
        session_duration_p50_ns=nearest_rank(durations, 0.5),
        session_duration_p95_ns=nearest_rank(durations, 0.95),
        series=_series(query, sessions, records, buckets) if sessions else (),
        distributions={
            "turns": ranges("turns", turns),
            "duration": ranges("duration", durations),
            "cost": ranges("cost", costs),
            "latency": ranges("latency", _known(session.latency_p95_ns for session in sessions)),
        },
        drop_off=drop_off(turns),
    )


def _known(figures: Iterable[int | None]) -> list[int]:
    return sorted(figure for figure in figures if figure is not None)


def _users(records: Iterable[TraceRecord]) -> set[str]:
    return {record.user_id for record in records if record.user_id is not None}


def _series(
    query: SessionQuery, sessions: Sequence[Session], records: Sequence[TraceRecord], count: int
) -> list[TimeBucket]:
    starts = [record.start_ns for record in records if record.start_ns is not None]
    series = Buckets(
        query.since_ns if query.since_ns is not None else min(starts, default=0),
        query.until_ns if query.until_ns is not None else max(starts, default=0) + 1,
        count,
    )
    for session in sessions:
        series.add(series.place(session.start_ns), Counts(1, int(session.error_count > 0)))
    held: dict[int, list[TraceRecord]] = defaultdict(list)
    for record in records:
        place = series.place(record.start_ns)
        series.add(place, Counts(0, 0, 1, record.total_tokens, record.cost_nano or 0))
        held[place].append(record)
    return series.series(
        {place: len(_users(inside)) for place, inside in held.items()},
        {place: nearest_rank(_known(r.latency_ns for r in inside), 0.95) for place, inside in held.items()},
    )


def _of_records(read: Callable[[TraceRecord], Iterable[str]]) -> Callable[[SessionFacts], set[str]]:
    return lambda facts: {value for turn in facts.turns for value in read(turn.record)}


def _annotations(facts: SessionFacts) -> list[Annotation]:
    return [*facts.annotations, *(each for turn in facts.turns for each in turn.annotations)]


def _tags(facts: SessionFacts) -> set[str]:
    """The application's, and the labels of annotations named `tag` on the session and its traces."""
    said = [each for each in _annotations(facts) if each.name == TAG and each.target.kind != "span"]
    return {each.label for each in said if each.label} | {tag for turn in facts.turns for tag in turn.record.tags}


VALUES: Mapping[str, Callable[[SessionFacts], set[str]]] = {
    "user": _of_records(lambda record: [] if record.user_id is None else [record.user_id]),
    "model": _of_records(lambda record: record.models),
    "tool": _of_records(lambda record: [tool.name for tool in record.tools]),
    "agent": _of_records(lambda record: record.agents),
    "tag": _tags,
    "environment": _of_records(lambda record: record.environments),
    "service": _of_records(lambda record: record.services),
    "kind": _of_records(lambda record: record.kinds),
    "annotation": lambda facts: {f"{a.name}:{a.label}" for a in _annotations(facts) if a.label is not None},
}
"""Facet -> a session's values."""


def _counts(facet: str, selected: Iterable[SessionFacts]) -> Counter[str]:
    return Counter(value for facts in selected for value in VALUES[facet](facts))


def _top(sessions: Mapping[str, int], limit: int) -> list[str]:
    return sorted(sessions, key=lambda value: (-sessions[value], value))[: max(limit, 0)]


def facets(selected: Sequence[SessionFacts], limit: int) -> Facets:
    """Of the sessions that a query selects."""
    found = {}
    for facet in VALUES:
        sessions = _counts(facet, selected)
        values = [
            FacetValue(value, sessions[value], *(_calls(value, selected) if facet == "tool" else (None, None)))
            for value in _top(sessions, limit)
        ]
        found[facet] = Facet(values, len(sessions))
    return Facets(found)


def _calls(name: str, selected: Iterable[SessionFacts]) -> tuple[int, int]:
    uses = [tool for facts in selected for turn in facts.turns for tool in turn.record.tools if tool.name == name]
    return sum(tool.calls for tool in uses), sum(tool.errors for tool in uses)


def differences(inside: Sequence[SessionFacts], outside: Sequence[SessionFacts], limit: int) -> Differences:
    """Of the sessions that a query selects, and the others of its project and time range."""
    counted = {facet: (_counts(facet, inside), _counts(facet, outside)) for facet in VALUES}
    return Differences(len(inside), len(outside), ranked(counted, len(inside), len(outside), limit))


def values(everything: Iterable[SessionFacts], facet: str, prefix: str, limit: int) -> list[FacetValue]:
    """Of all sessions of a project. Raises InvalidInput for a facet that there is not."""
    wanted, read = folded(prefix), _reader(offered(facet))
    sessions = Counter(value for facts in everything for value in read(facts) if folded(value).startswith(wanted))
    return [FacetValue(value, sessions[value]) for value in _top(sessions, limit)]


def _reader(asked: Offered) -> Callable[[SessionFacts], set[str]]:
    facet, key = asked
    if facet == "annotation":
        if key is None:
            return lambda facts: {each.name for each in _annotations(facts)}
        return lambda facts: {a.label for a in _annotations(facts) if a.name == key and a.label is not None}
    if facet == "metadata":
        return lambda facts: {
            name if key is None else value
            for turn in facts.turns
            for name, value in metadata_pairs(turn.record.metadata)
            if key is None or folded(name) == folded(key)
        }
    return VALUES[facet]
