"""The reference store: every span version in dicts, every answer computed from scratch. For tests and reading."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from threadline.errors import InvalidInput, ThreadlineError
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.facts import SpanFacts, SpanTexts
from threadline.model.limits import Limits
from threadline.model.session import Session, StoredTrace, Turn
from threadline.otlp.export import join
from threadline.otlp.wire import RawSpan, read_request
from threadline.query.ast import Said, Scope
from threadline.query.evaluate import SessionFacts, TurnFacts, holds, turn_holds
from threadline.query.hits import hits, matched
from threadline.query.shape import all_of
from threadline.sessions.fold import fold
from threadline.sessions.text import find
from threadline.sessions.totals import in_order, session_key, summarise, turns_of
from threadline.sessions.versions import replaces
from threadline.store.annotation_names import names_in_use
from threadline.store.contract import (
    SESSION_SORTS,
    STORED,
    AnnotationNameUse,
    AppendResult,
    Arrival,
    Deletion,
    Differences,
    Facets,
    FacetValue,
    Page,
    ProjectSummary,
    SessionQuery,
    Stats,
    StoredSpan,
    TraceQuery,
)
from threadline.store.cursor import SessionCursor, TraceCursor, query_hash, read_cursor, write_cursor
from threadline.store.memory_figures import differences, facets, stats, values
from threadline.store.memory_kept import MemoryKept
from threadline.store.memory_order import figures, newest_first, place_of, session_order, skewed, trace_order, value_of
from threadline.store.sampling import sampled

__all__ = ["MemoryStore"]


class Kept(msgspec.Struct):
    """One span as kept."""

    facts: SpanFacts
    texts: SpanTexts | None
    raw: RawSpan

    def span_bytes(self) -> bytes:
        """The span's own bytes."""
        return self.raw.span


class MemoryStore(MemoryKept):
    """Implements the contract (contract.py) and no cleverness. Not for many spans, nor for many threads."""

    def __init__(
        self,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        super().__init__()
        self._limits = limits
        self._random_bytes = random_bytes
        self._traces: dict[tuple[str, bytes], dict[bytes, Kept]] = {}
        self._annotations: dict[str, Annotation] = {}
        self._deleted_traces: set[tuple[str, bytes]] = set()
        self._deleted_users: set[tuple[str, str]] = set()
        self._deletions: dict[str, Deletion] = {}
        self._commits = 0
        self._changed: dict[tuple[str, str], int] = {}
        """By session: the last commit that changed a figure that lists sort by."""
        self._moved: dict[tuple[str, bytes], int] = {}
        """By trace: the last commit that changed its start."""

    # writing

    def append(self, arrivals: Sequence[Arrival]) -> Sequence[AppendResult | ThreadlineError]:
        """See the contract."""
        before = self._all_sessions()
        starts = {place: self._start(place) for place in self._traces}
        for arrival in arrivals:
            for span in arrival.spans:
                if (span.project, span.facts.user_id) in self._deleted_users:
                    self._deleted_traces.add((span.project, span.trace_id))
                    self._traces.pop((span.project, span.trace_id), None)
        results = [self._keep(arrival) for arrival in arrivals]
        after = self._all_sessions()
        changed = sorted(place for place in {**before, **after} if before.get(place) != after.get(place))
        self._commits += 1
        for place in changed:
            if figures(before.get(place)) != figures(after.get(place)):
                self._changed[place] = self._commits
        for trace in self._traces:
            if trace not in starts or starts[trace] != self._start(trace):
                self._moved[trace] = self._commits
        return [
            AppendResult(kept, refused, tuple(place for place in changed if place[0] in projects))
            for kept, refused, projects in results
        ]

    def _keep(self, arrival: Arrival) -> tuple[int, int, set[str]]:
        raws = read_request(arrival.body, STORED) if arrival.spans else []
        kept = refused = 0
        for span in arrival.spans:
            place = (span.project, span.trace_id)
            if place in self._deleted_traces:
                refused += 1
                continue
            kept += 1
            new = Kept(span.facts, span.texts, raws[span.ordinal])
            held = self._traces.setdefault(place, {})
            old = held.get(span.facts.span_id)
            if old is None or replaces(new.facts, old.facts, new.span_bytes, old.span_bytes):
                held[span.facts.span_id] = new
        return kept, refused, {span.project for span in arrival.spans}

    def fold_pending(self) -> int:
        """Nothing is ever put off."""
        return 0

    def index_pending(self, rows_max: int = 4_000) -> int:  # noqa: ARG002
        """There is no index."""
        return 0

    def maintain(self, *, settle_all: bool = False) -> bool:  # noqa: ARG002
        """There is nothing to maintain."""
        return False

    # reading

    def projects(self) -> Sequence[ProjectSummary]:
        """See the contract."""
        found = []
        for name in sorted({project for project, _ in self._traces}):
            traces = self._project_traces(name)
            found.append(
                ProjectSummary(
                    name,
                    len(self._sessions_of(name)),
                    len(traces),
                    sum(trace.record.span_count for trace in traces),
                    sum(trace.record.session_id is None for trace in traces),
                    max((t.record.end_ns for t in traces if t.record.end_ns is not None), default=None),
                )
            )
        return found

    def sessions(self, query: SessionQuery) -> Page[Session]:
        """See the contract."""
        if query.sort not in SESSION_SORTS:
            raise InvalidInput("invalid_sort", f"Sort by one of {', '.join(SESSION_SORTS)}.")
        cursor = read_cursor(query.cursor, query) if query.cursor is not None else None
        now_ns = cursor.now_ns if isinstance(cursor, SessionCursor) else query.now_ns
        place = partial(place_of, query, now_ns)
        rows = sorted((self._listed(query, facts) for facts in self._selected(query)), key=place)
        if isinstance(cursor, SessionCursor):
            after = session_order(query, cursor.skewed, cursor.value, cursor.key)
            began = cursor.began
            rows = [r for r in rows if place(r) > after and self._changed.get((r.project, r.id), 0) <= began]
        page = rows[: query.limit]
        next_cursor = None
        if len(rows) > len(page) and page:
            last = page[-1]
            began = cursor.began if isinstance(cursor, SessionCursor) else self._commits
            next_cursor = write_cursor(
                SessionCursor(query_hash(query), began, now_ns, skewed(last, now_ns), value_of(query, last), last.id)
            )
        return Page(page, next_cursor)

    def session(self, project: str, key: str) -> Session | None:
        """See the contract."""
        traces = self._sessions_of(project).get(key)
        return None if traces is None else summarise(traces)

    def session_by_id(self, project: str, session_id: str) -> Session | None:
        """See the contract."""
        found = self.session(project, session_key(project, session_id))
        if found is not None:
            return found
        others = [
            summarise(traces)
            for traces in self._sessions_of(project).values()
            if any(other.value == session_id for trace in traces for other in trace.record.other_session_ids)
        ]
        return max(others, key=lambda each: (each.last_activity_ns or -1, each.id), default=None)

    def turns(self, project: str, key: str, *, from_turn: int = 1, limit: int = 50) -> Sequence[Turn]:
        """See the contract."""
        turns = self._turns(project, key)
        first = from_turn - 1 if from_turn > 0 else max(len(turns) + from_turn, 0) if from_turn < 0 else 0
        return turns[first : first + max(limit, 0)]

    def outline(self, project: str, key: str) -> Sequence[tuple[int | None, int | None, int, bool]]:
        """See the contract."""
        targets = (each.target for each in self._annotations.values())
        annotated = {target.trace_id for target in targets if target.kind == "trace" and target.project == project}
        return [
            (
                turn.trace.record.start_ns,
                turn.trace.record.latency_ns,
                turn.trace.record.status,
                turn.trace.trace_id in annotated,
            )
            for turn in self._turns(project, key)
        ]

    def search_session(self, project: str, key: str, text: str, *, limit: int = 1_000) -> Sequence[Turn]:
        """See the contract."""
        return [turn for turn in self._turns(project, key) if _says(turn.trace, text)][: max(limit, 0)]

    def traces(self, query: TraceQuery) -> Page[StoredTrace]:
        """See the contract."""
        cursor = read_cursor(query.cursor, query) if query.cursor is not None else None
        found = (trace for trace in self._project_traces(query.project) if _selects(query, trace))
        if query.query is not None:
            node, annotations = query.query, self._annotated(query.project)[0]
            found = (trace for trace in found if turn_holds(node, self._turn_facts(trace, annotations)))
        rows = sorted(found, key=newest_first)
        if isinstance(cursor, TraceCursor):
            after = trace_order(cursor.start_ns, cursor.trace_id)
            began = cursor.began
            moved = self._moved
            rows = [r for r in rows if newest_first(r) > after and moved.get((r.project, r.trace_id), 0) <= began]
        page = rows[: query.limit]
        next_cursor = None
        if len(rows) > len(page) and page:
            began = cursor.began if isinstance(cursor, TraceCursor) else self._commits
            last = page[-1]
            next_cursor = write_cursor(TraceCursor(query_hash(query), began, last.record.start_ns, last.trace_id))
        return Page(page, next_cursor)

    def trace(self, project: str, trace_id: bytes) -> StoredTrace | None:
        """See the contract."""
        spans = self._traces.get((project, trace_id))
        if not spans:
            return None
        record = fold({span_id: kept.facts for span_id, kept in spans.items()})
        input_ = spans[record.input_span_id].texts if record.input_span_id is not None else None
        output = spans[record.output_span_id].texts if record.output_span_id is not None else None
        return StoredTrace(
            project,
            trace_id,
            record,
            input_.input if input_ is not None else None,
            output.output if output is not None else None,
            input_.input_mime_type if input_ is not None else "text/plain",
            output.output_mime_type if output is not None else "text/plain",
            session_key(project, record.session_id) if record.session_id is not None else None,
        )

    def trace_projects(self, trace_id: bytes) -> Sequence[str]:
        """See the contract."""
        return sorted(project for project, each in self._traces if each == trace_id)

    def trace_turn_index(self, project: str, trace_id: bytes) -> int | None:
        """See the contract."""
        trace = self.trace(project, trace_id)
        if trace is None or trace.session_key is None:
            return None
        turns = self._turns(project, trace.session_key)
        return next((turn.index for turn in turns if turn.trace.trace_id == trace_id), None)

    def trace_facts(self, project: str, trace_id: bytes) -> Sequence[SpanFacts]:
        """See the contract."""
        return [kept.facts for kept in self._spans(project, trace_id)]

    def spans(self, project: str, trace_id: bytes, span_ids: Sequence[bytes] | None = None) -> Sequence[StoredSpan]:
        """See the contract."""
        return [
            StoredSpan(kept.raw, kept.facts)
            for kept in self._spans(project, trace_id)
            if span_ids is None or kept.facts.span_id in span_ids
        ]

    def spans_of(self, project: str, trace_ids: Sequence[bytes]) -> Mapping[bytes, Sequence[StoredSpan]]:
        """See the contract."""
        return {trace_id: spans for trace_id in trace_ids if (spans := self.spans(project, trace_id))}

    def otlp(self, project: str, trace_ids: Sequence[bytes]) -> Iterator[bytes]:
        """See the contract."""
        for trace_id in trace_ids:
            spans = [kept.raw for kept in self._spans(project, trace_id)]
            if spans:
                yield join(spans, project)

    def session_trace_ids(self, project: str, key: str) -> Sequence[bytes]:
        """See the contract."""
        return [turn.trace.trace_id for turn in self._turns(project, key)]

    def stats(self, query: SessionQuery, *, buckets: int = 40) -> Stats:
        """See the contract."""
        return stats(query, list(self._selected(query)), buckets)

    def facets(self, query: SessionQuery, *, limit: int = 20) -> Facets:
        """See the contract."""
        return facets(list(self._selected(query)), limit)

    def differences(self, query: SessionQuery, *, limit: int = 50) -> Differences:
        """See the contract."""
        inside = list(self._selected(query))
        keys = {facts.session.id for facts in inside}
        around = SessionQuery(query.project, since_ns=query.since_ns, until_ns=query.until_ns)
        outside = [facts for facts in self._selected(around) if facts.session.id not in keys]
        return differences(inside, outside, limit)

    def sample(self, query: SessionQuery, *, seed: str, size: int) -> Sequence[Session]:
        """See the contract."""
        found = {facts.session.id: facts for facts in self._selected(query)}
        return [self._listed(query, found[key]) for key in sampled(found, seed, size)]

    def session_keys(self, query: SessionQuery, *, limit: int) -> Sequence[str]:
        """See the contract."""
        return sorted(facts.session.id for facts in self._selected(query))[: max(limit, 0)]

    def values(self, project: str, facet: str, prefix: str, *, limit: int = 10) -> Sequence[FacetValue]:
        """See the contract."""
        return values(self._facts(project).values(), facet, prefix, limit)

    # annotations

    def put_annotation(self, annotation: Annotation) -> Annotation:
        """See the contract."""
        for old in self._annotations.values():
            if _identity(old) == _identity(annotation):
                annotation = msgspec.structs.replace(annotation, id=old.id, created_ns=old.created_ns)
                break
        self._annotations[annotation.id] = annotation
        return annotation

    def annotation(self, annotation_id: str) -> Annotation | None:
        """See the contract."""
        return self._annotations.get(annotation_id)

    def annotations(self, targets: Sequence[AnnotationTarget]) -> Sequence[Annotation]:
        """See the contract."""
        found = [each for each in self._annotations.values() if each.target in targets]
        return sorted(found, key=lambda each: (each.name, each.created_ns, each.id))

    def annotation_names(self, project: str) -> Sequence[AnnotationNameUse]:
        """See the contract."""
        return names_in_use(each for each in self._annotations.values() if each.target.project == project)

    def delete_annotation(self, annotation_id: str) -> bool:
        """See the contract."""
        return self._annotations.pop(annotation_id, None) is not None

    # deletion

    def delete_session(self, project: str, key: str, *, requested_ns: int) -> Deletion | None:
        """See the contract."""
        if key not in self._sessions_of(project):
            return None
        return self._delete(project, "session", [key], [], requested_ns)

    def delete_user(self, project: str, user_id: str, *, requested_ns: int) -> Deletion:
        """See the contract."""
        named = [
            key
            for key, traces in self._sessions_of(project).items()
            if any(trace.record.user_id == user_id for trace in traces)
        ]
        alone = [
            trace_id
            for (name, trace_id), spans in self._traces.items()
            if name == project and any(kept.facts.user_id == user_id for kept in spans.values())
        ]
        self._deleted_users.add((project, user_id))
        return self._delete(project, "user", named, alone, requested_ns)

    def deletion(self, deletion_id: str) -> Deletion | None:
        """See the contract."""
        return self._deletions.get(deletion_id)

    def close(self) -> None:
        """See the contract."""
        self._traces.clear()

    # inside

    def _delete(
        self, project: str, kind: str, keys: Sequence[str], trace_ids: Sequence[bytes], requested_ns: int
    ) -> Deletion:
        doomed = {t.trace_id for t in self._project_traces(project) if t.session_key in keys} | set(trace_ids)
        self._annotations = {
            id_: each
            for id_, each in self._annotations.items()
            if each.target.project != project
            or (
                each.target.trace_id not in doomed
                and (each.target.session_id is None or session_key(project, each.target.session_id) not in keys)
            )
        }
        self.forget_seen(project, keys)
        spans = sum(len(self._traces.pop((project, trace_id))) for trace_id in doomed)
        self._deleted_traces |= {(project, trace_id) for trace_id in doomed}
        deletion = Deletion(
            self._random_bytes(16).hex(), project, kind, len(keys), len(doomed), spans, requested_ns, erased=True
        )
        self._deletions[deletion.id] = deletion
        return deletion

    def _project_traces(self, project: str) -> list[StoredTrace]:
        found = [self.trace(project, trace_id) for name, trace_id in self._traces if name == project]
        return [trace for trace in found if trace is not None]

    def _start(self, place: tuple[str, bytes]) -> int | None:
        trace = self.trace(*place)
        return None if trace is None else trace.record.start_ns

    def _sessions_of(self, project: str) -> dict[str, list[StoredTrace]]:
        found: dict[str, list[StoredTrace]] = {}
        for trace in self._project_traces(project):
            if trace.session_key is not None and trace.record.is_turn:
                found.setdefault(trace.session_key, []).append(trace)
        return found

    def _all_sessions(self) -> dict[tuple[str, str], list[StoredTrace]]:
        return {
            (project, key): in_order(traces)
            for project in {name for name, _ in self._traces}
            for key, traces in self._sessions_of(project).items()
        }

    def _turns(self, project: str, key: str) -> list[Turn]:
        return turns_of(self._sessions_of(project).get(key, []))

    def _spans(self, project: str, trace_id: bytes) -> list[Kept]:
        spans = self._traces.get((project, trace_id), {}).values()
        return sorted(spans, key=lambda kept: (kept.facts.start_ns, kept.facts.span_id))

    def _facts(self, project: str) -> dict[str, SessionFacts]:
        """All sessions of a project, by key."""
        found = {}
        of_traces, of_sessions = self._annotated(project)
        named = [trace for trace in self._project_traces(project) if not trace.record.is_turn]
        for key, traces in self._sessions_of(project).items():
            session = summarise(traces)
            turns = tuple(self._turn_facts(trace, of_traces) for trace in in_order(traces))
            filed = tuple(sorted(each.trace_id for each in named if each.session_key == key))
            found[key] = SessionFacts(session, turns, tuple(of_sessions.get(session.session_id, ())), filed)
        return found

    def _turn_facts(self, trace: StoredTrace, annotations: Mapping[bytes, Sequence[Annotation]]) -> TurnFacts:
        return TurnFacts(
            trace.trace_id,
            trace.record,
            trace.input,
            trace.output,
            tuple(self.trace_facts(trace.project, trace.trace_id)),
            tuple(annotations.get(trace.trace_id, ())),
        )

    def _annotated(self, project: str) -> tuple[dict[bytes, list[Annotation]], dict[str, list[Annotation]]]:
        """Annotations on traces and their spans by trace id, and on sessions by session id."""
        traces: dict[bytes, list[Annotation]] = {}
        sessions: dict[str, list[Annotation]] = {}
        for each in self._annotations.values():
            target = each.target
            if target.project != project:
                continue
            if target.kind == "session":
                sessions.setdefault(target.session_id or "", []).append(each)
            else:
                traces.setdefault(target.trace_id or b"", []).append(each)
        return traces, sessions

    def _selected(self, query: SessionQuery) -> Iterator[SessionFacts]:
        for facts in self._facts(query.project).values():
            session, records = facts.session, [turn.record for turn in facts.turns]
            since, until = query.since_ns, query.until_ns
            if since is not None and (session.last_activity_ns is None or session.last_activity_ns < since):
                continue
            if until is not None and (session.start_ns is None or session.start_ns >= until):
                continue
            if query.user_id is not None and all(record.user_id != query.user_id for record in records):
                continue
            if query.session_id is not None and query.session_id != session.session_id:
                others = {other.value for record in records for other in record.other_session_ids}
                if query.session_id not in others:
                    continue
            if query.text and not holds(Scope("turn", Said(query.text)), facts):
                continue
            if query.query is not None and not holds(query.query, facts):
                continue
            yield facts

    @staticmethod
    def _listed(query: SessionQuery, facts: SessionFacts) -> Session:
        """As a list answers it: with the places where the query's words stand."""
        asked = [*([Said(query.text)] if query.text else []), *([query.query] if query.query is not None else [])]
        return msgspec.structs.replace(
            facts.session,
            hits=hits(all_of(asked), facts) if asked else None,
            matched=matched(query.query, facts),
        )


def _says(trace: StoredTrace, text: str) -> bool:
    return any(said is not None and find(said, text) for said in (trace.input, trace.output))


def _identity(annotation: Annotation) -> tuple[object, ...]:
    return (
        annotation.target,
        annotation.name,
        annotation.annotator_kind,
        annotation.author,
        annotation.identifier,
    )


def _selects(query: TraceQuery, trace: StoredTrace) -> bool:
    record = trace.record
    if query.session is not None and (trace.session_key != query.session or not record.is_turn):
        return False
    if query.without_session and record.session_id is not None:
        return False
    if query.since_ns is not None and (record.end_ns is None or record.end_ns < query.since_ns):
        return False
    if query.until_ns is not None and (record.start_ns is None or record.start_ns >= query.until_ns):
        return False
    return not query.text or _says(trace, query.text)
