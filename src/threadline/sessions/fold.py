"""The fold: from the facts of a trace's spans to its record. Pure, and the same for every order of arrival.

Nothing here recurses and nothing looks at a pair of spans twice, so that a trace of 100,000 spans, a chain
of 100,000 parents, a cycle and a span that is its own parent all fold in O(n log n).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from threadline.model.facts import NO_TEXT, SessionIdCandidate, SpanFacts
from threadline.model.trace import ToolUse, TraceRecord
from threadline.model.values import capped
from threadline.sessions.ancestry import Ancestry

__all__ = ["SET_MAX", "START_THEN_ID", "fold"]

SET_MAX = 1_000
"""Values that one trace adds to each of its sets: the first so many in order, a function of the set alone."""

ERROR = 2
START_THEN_ID = attrgetter("start_ns", "span_id")
READABLE = 3
"""The last rank that is words; rank 4 is JSON as it is."""


def fold(spans: Mapping[bytes, SpanFacts]) -> TraceRecord:
    """The record of a trace that holds these spans (by span id; at least one).

    Ties are decided by (start, span id), never by the order of the mapping.
    """
    facts = sorted(spans.values(), key=START_THEN_ID)
    root = _root(facts, spans)
    ancestry = Ancestry(facts, spans)
    session, others = _session(facts, root)
    status, status_message = _status(facts, root)
    counted = ancestry.lowest([f for f in facts if f.carries_tokens])
    prompt, completion, total, cache_read = _tokens(counted)
    cost_nano, unpriced = _cost(facts, counted, ancestry)
    start_ns = facts[0].start_ns or next((f.start_ns for f in facts if f.start_ns), None)
    sets = _sets(facts)
    return TraceRecord(
        root_span_id=root.span_id,
        name=root.name or next((f.name for f in facts if f.name), ""),
        start_ns=start_ns,
        end_ns=max(facts[-1].start_ns, *[f.end_ns for f in facts]) or None,
        latency_ns=root.latency_ns,
        status=status,
        status_message=status_message,
        span_count=len(facts),
        is_turn=not root.annotates,
        session_id=session.value if session else None,
        session_id_source=session.key if session else None,
        other_session_ids=others,
        user_id=_user(facts, root),
        models=sets.models,
        tools=_tools(facts),
        agents=sets.agents,
        tags=sets.tags,
        services=sets.services,
        environments=sets.environments,
        metadata=root.metadata or next((f.metadata for f in facts if f.metadata), None),
        prompt_tokens=prompt,
        completion_tokens=completion,
        total_tokens=total,
        cache_read_tokens=cache_read,
        cost_nano=cost_nano,
        unpriced_spans=unpriced,
        llm_ns=_covered_ns([f for f in facts if f.kind == "LLM"]),
        tool_ns=_covered_ns([f for f in facts if f.kind == "TOOL"]),
        first_token_ns=_first_token(facts, start_ns),
        input_span_id=_input_span(facts, root),
        output_span_id=_output_span(facts, root),
        kinds=sets.kinds,
        content=sets.content,
    )


def _root(facts: Sequence[SpanFacts], spans: Mapping[bytes, SpanFacts]) -> SpanFacts:
    """Without a parent; else of a parent that has not arrived; else (a cycle) any: the earliest of them."""
    orphan: SpanFacts | None = None
    for f in facts:
        if f.parent_span_id is None:
            return f
        if orphan is None and f.parent_span_id not in spans:
            orphan = f
    return orphan or facts[0]


def _session(
    facts: Sequence[SpanFacts], root: SpanFacts
) -> tuple[SessionIdCandidate | None, tuple[SessionIdCandidate, ...]]:
    """The key of highest precedence; within it the root's value, then the earliest span's."""
    alone = root.session_ids
    if len(alone) == 1 and all(f.session_ids in (alone, ()) for f in facts):
        return alone[0], ()  # nearly every trace
    best: dict[str, tuple[int, str]] = {}
    chosen: SessionIdCandidate | None = None
    for f in (root, *facts):
        for candidate in f.session_ids:
            if chosen is None or candidate.rank < chosen.rank:
                chosen = candidate
            place = (candidate.rank, candidate.key)
            if candidate.value not in best or place < best[candidate.value]:
                best[candidate.value] = place
    if chosen is None:
        return None, ()
    del best[chosen.value]
    others = sorted((rank, key, value) for value, (rank, key) in best.items())
    return chosen, tuple(SessionIdCandidate(rank, key, value) for rank, key, value in others[:SET_MAX])


def _status(facts: Sequence[SpanFacts], root: SpanFacts) -> tuple[int, str]:
    errors = [f for f in facts if f.status == ERROR]
    status = root.status or (ERROR if errors else 0)
    if status != ERROR:
        return status, root.status_message if root.status else ""
    if root.status == ERROR and root.status_message:
        return status, root.status_message
    return status, next((f.status_message for f in errors if f.status_message), "")


def _user(facts: Sequence[SpanFacts], root: SpanFacts) -> str | None:
    if root.user_id is not None:
        return root.user_id
    named = [f for f in facts if f.user_id is not None]
    return min(named, key=lambda f: f.user_rank).user_id if named else None  # min keeps the earliest of equals


class _Sets(NamedTuple):
    """What any of the spans names, each set in order."""

    kinds: tuple[str, ...]
    models: tuple[str, ...]
    agents: tuple[str, ...]
    tags: tuple[str, ...]
    services: tuple[str, ...]
    environments: tuple[str, ...]
    content: tuple[str, ...]


def _sets(facts: Sequence[SpanFacts]) -> _Sets:
    """In one walk: this is the hot path of receiving, and most spans name little."""
    kinds: set[str | None] = {f.kind for f in facts}
    services: set[str | None] = {f.service for f in facts}
    models: set[str | None] = set()
    agents: set[str | None] = set()
    tags: set[str | None] = set()
    environments: set[str | None] = set()
    content: set[str | None] = set()
    for f in facts:
        if f.model:
            models.add(f.model)
        if f.agent:
            agents.add(f.agent)
        if f.tags:
            tags.update(f.tags)
        if f.environment:
            environments.add(f.environment)
        if f.content:
            content.update(f.content)
    return _Sets(*map(_set, (kinds, models, agents, tags, services, environments, content)))


def _set(distinct: set[str | None]) -> tuple[str, ...]:
    if not distinct:
        return ()
    named = [value for value in distinct if value]
    if len(named) > 1:
        named.sort()
    return tuple(named[:SET_MAX])


def _tools(facts: Sequence[SpanFacts]) -> tuple[ToolUse, ...]:
    calls: dict[str, int] = {}
    errors: dict[str, int] = {}
    for f in facts:
        if f.tool:
            calls[f.tool] = calls.get(f.tool, 0) + 1
            errors[f.tool] = errors.get(f.tool, 0) + (f.status == ERROR)
    return tuple(ToolUse(name, calls[name], errors[name]) for name in sorted(calls)[:SET_MAX])


def _tokens(counted: Iterable[SpanFacts]) -> tuple[int, int, int, int]:
    """Sums over the spans that carry tokens and have no descendant that does."""
    prompt = completion = total = cache_read = 0
    for f in counted:
        own_prompt, own_completion = f.prompt_tokens or 0, f.completion_tokens or 0
        prompt += own_prompt
        completion += own_completion
        total += own_prompt + own_completion if f.total_tokens is None else f.total_tokens
        cache_read += f.cache_read_tokens or 0
    return capped(prompt), capped(completion), capped(total), capped(cache_read)


def _cost(facts: Sequence[SpanFacts], counted: Sequence[SpanFacts], ancestry: Ancestry) -> tuple[int | None, int]:
    """The cost in nano-USD (None when nothing is known) and how many counted spans have no price.

    A reported cost counts unless a descendant reports one. A span whose tokens count is covered when it, an
    ancestor whose report counts, or a descendant reports a cost; where none does its computed cost counts.
    """
    reporting = [f for f in facts if f.reported_cost_nano is not None]
    if not reporting:
        computed = [f.computed_cost_nano for f in counted if f.computed_cost_nano is not None]
        return (capped(sum(computed)) if computed else None), len(counted) - len(computed)
    reports = ancestry.lowest(reporting)
    known = [f.reported_cost_nano for f in reports if f.reported_cost_nano is not None]
    covered = {f.span_id for f in reporting} | ancestry.above(reporting) | ancestry.below(reports)
    unpriced = 0
    for f in counted:
        if f.span_id in covered:
            continue
        if f.computed_cost_nano is None:
            unpriced += 1
        else:
            known.append(f.computed_cost_nano)
    return (capped(sum(known)) if known else None), unpriced


def _covered_ns(facts: Iterable[SpanFacts]) -> int:
    """Time that at least one of them, sorted by start, covers; open and negative ones cover none."""
    covered = reached = 0
    for f in facts:
        if f.start_ns and f.end_ns > max(f.start_ns, reached):
            covered += f.end_ns - max(f.start_ns, reached)
            reached = f.end_ns
    return covered


def _first_token(facts: Sequence[SpanFacts], start_ns: int | None) -> int | None:
    first = min([f.first_token_ns for f in facts if f.first_token_ns], default=None)
    return None if first is None or start_ns is None or first < start_ns else first - start_ns


def _input_span(facts: Sequence[SpanFacts], root: SpanFacts) -> bytes | None:
    """The root's words; else the first LLM call's; else the root's JSON; else the first agent's words."""
    if root.input_rank <= READABLE:
        return root.span_id
    readable = [f for f in facts if f.input_rank <= READABLE]
    return _first_id((f for f in readable if f.kind == "LLM"), _json_of(root, root.input_rank), _agents(readable))


def _output_span(facts: Sequence[SpanFacts], root: SpanFacts) -> bytes | None:
    """The root's words; else the last LLM call's; else the root's JSON; else the first agent's."""
    if root.output_rank <= READABLE:
        return root.span_id
    readable = [f for f in facts if f.output_rank <= READABLE]
    calls = [f for f in readable if f.kind == "LLM"]
    return _first_id(reversed(calls), _json_of(root, root.output_rank), _agents(readable))


def _json_of(root: SpanFacts, rank: int) -> Iterator[SpanFacts]:
    if rank < NO_TEXT:
        yield root


def _agents(facts: Iterable[SpanFacts]) -> Iterator[SpanFacts]:
    return (f for f in facts if f.kind == "AGENT")


def _first_id(*preferences: Iterable[SpanFacts]) -> bytes | None:
    return next((f.span_id for preference in preferences for f in preference), None)
