"""One request's bytes to an `Arrival`, pure: it may run in a child process."""

from collections import Counter
from hashlib import sha256

import msgspec

from threadline.conventions import PriceTable, project_of, read_facts, read_resource
from threadline.conventions.prices import BUILT_IN
from threadline.model.limits import Limits
from threadline.model.span import Resource, Scope
from threadline.otlp.json import to_protobuf
from threadline.otlp.spans import SpanRejected, parse_resource, parse_scope, parse_span_of
from threadline.otlp.wire import RawGroup, read_groups
from threadline.store.contract import Arrival, ArrivedSpan

__all__ = ["Decoded", "decode"]

REASONS_NAMED = 5
DIGEST_BYTES = 8


class Decoded(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a request holds. `message` says why spans were rejected, '' when none was."""

    arrival: Arrival
    span_count: int
    """Spans in the request, rejected ones included."""
    rejected: int
    message: str
    projects: tuple[str, ...]
    """Sorted."""
    session_id_key: str | None
    """The best-ranked key under which a span carries a session id."""


def decode(
    body: bytes, content: str, header_project: str | None, limits: Limits, prices: PriceTable = BUILT_IN
) -> Decoded:
    """Read an inflated body. `content` is `protobuf` or `json`; `header_project` the x-project-name.

    Raises UndecodableBody or TooLarge for a request that cannot be read as a whole; a span that cannot
    be kept is counted in `rejected`. From protobuf, `arrival.body` is `body` itself.
    """
    reasons: Counter[str] = Counter()
    if content == "json":
        body, _, reasons = to_protobuf(body, limits)
    reading = _Reading(body, header_project, limits, prices, reasons)
    for group in read_groups(body, limits):
        reading.group(group)
    rejected = reasons.total()
    return Decoded(
        Arrival(body, reading.spans),
        len(reading.spans) + rejected,
        rejected,
        _message(reasons, len(reading.spans) + rejected),
        tuple(sorted(reading.projects)),
        reading.session_id_key,
    )


class _Reading:
    """One walk through the spans of a body."""

    def __init__(
        self, body: bytes, header_project: str | None, limits: Limits, prices: PriceTable, reasons: Counter[str]
    ) -> None:
        self.view = memoryview(body)
        self.header_project = header_project
        self.limits = limits
        self.prices = prices
        self.reasons = reasons
        self.spans: list[ArrivedSpan] = []
        self.projects: set[str] = set()
        self.ordinal = 0
        self.session_id_key: str | None = None
        self.session_id_rank = 1_000_000

    def group(self, group: RawGroup) -> None:
        """The spans that share a resource and a scope."""
        limits = self.limits
        try:
            resource = parse_resource(group.resource, group.resource_schema_url, limits)
            scope = parse_scope(group.scope, group.scope_schema_url, limits)
        except SpanRejected as rejection:
            self.reject(group, str(rejection))
            return
        project = project_of(resource, self.header_project)
        most = limits.project_characters_max
        if len(project) > most:
            self.reject(group, f"its project name has more than {most} characters (project_characters_max)")
            return
        self.read_spans(group, resource, scope, project)

    def reject(self, group: RawGroup, reason: str) -> None:
        """All its spans, for one reason."""
        self.reasons[reason] += len(group.ranges)
        self.ordinal += len(group.ranges)

    def read_spans(self, group: RawGroup, resource: Resource, scope: Scope, project: str) -> None:
        limits, prices, view, add = self.limits, self.prices, self.view, self.spans.append
        # SHA-256 because processors have it built in: half the time of BLAKE2b.
        shared_digest = sha256(_shared_bytes(group), usedforsecurity=False)
        shared = read_resource(resource, limits)
        ordinal, kept_before = self.ordinal, len(self.spans)
        for start, end in group.ranges:
            data = view[start:end]
            try:
                span = parse_span_of(data, resource, scope, limits)
            except SpanRejected as rejection:
                self.reasons[str(rejection)] += 1
            else:
                digest = shared_digest.copy()
                digest.update(data)
                facts, texts = read_facts(
                    span,
                    size=end - start,
                    digest=digest.digest()[:DIGEST_BYTES],
                    limits=limits,
                    prices=prices,
                    shared=shared,
                )
                ids = facts.session_ids
                if ids and ids[0].rank < self.session_id_rank:
                    self.session_id_rank, self.session_id_key = ids[0].rank, ids[0].key
                add(ArrivedSpan(project, span.trace_id, ordinal, facts, texts))
            ordinal += 1
        self.ordinal = ordinal
        if len(self.spans) > kept_before:
            self.projects.add(project)


def _shared_bytes(group: RawGroup) -> bytes:
    # Each part behind its length, so that no two groups of parts give the same bytes.
    return b"".join([len(part).to_bytes(4, "little") + part for part in group[:4]])


def _message(reasons: Counter[str], spans: int) -> str:
    if not reasons:
        return ""
    named = [f"{reason} ({count})" for reason, count in reasons.most_common(REASONS_NAMED)]
    if len(reasons) > REASONS_NAMED:
        named.append(f"and {len(reasons) - REASONS_NAMED} other reasons")
    return f"{reasons.total()} of {spans} spans were not kept: {'; '.join(named)}."
