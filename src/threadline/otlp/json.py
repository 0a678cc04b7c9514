"""OTLP/JSON to a protobuf request, so that everything behind it knows one form.

Each span is converted alone, so that one bad span is rejected alone. Specification:
https://github.com/open-telemetry/opentelemetry-proto/blob/v1.10.0/docs/specification.md#json-protobuf-encoding
lowerCamelCase names, ids in hex of either case, enums as integers only, unknown names ignored.
A lone surrogate (U+D800), which no UTF-8 can hold, becomes U+FFFD.
"""

import re
from collections import Counter
from typing import NamedTuple

import msgspec

from threadline.errors import TooLarge, UndecodableBody
from threadline.model.limits import Limits
from threadline.otlp.export import length_delimited
from threadline.otlp.json_span import JsonInvalid, resource_bytes, scope_bytes, span_bytes

__all__ = ["Converted", "refuse_bomb", "to_protobuf"]

_COMMAS_UNCHECKED = 200_000
"""So many elements cost at most 20 MB before they are looked at."""
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{},]', re.DOTALL)
_ESCAPE = re.compile(
    rb"\\(?:u([dD][89abAB][0-9a-fA-F]{2})(\\u[dD][c-fC-F][0-9a-fA-F]{2})?|u([dD][c-fC-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
"""An escape in JSON text: (1) a high surrogate, (2) the low one that belongs to it, (3) a low one alone."""
_SPANS_DEPTH = 6
"""{resourceSpans: [ {scopeSpans: [ {spans: [ are six brackets: deeper elements are not built at once."""


_ABSENT = msgspec.Raw(b"null")


class Converted(NamedTuple):
    """A request in protobuf, without the spans that could not be converted."""

    body: bytes
    rejected: int
    reasons: Counter[str]
    """How often each reason held."""


class _ScopeSpans(msgspec.Struct, gc=False):
    scope: msgspec.Raw = _ABSENT
    spans: list[msgspec.Raw] | None = None
    schemaUrl: str | None = None  # noqa: N815  its name in OTLP/JSON


class _ResourceSpans(msgspec.Struct, gc=False):
    resource: msgspec.Raw = _ABSENT
    scopeSpans: list[_ScopeSpans | None] | None = None  # noqa: N815
    schemaUrl: str | None = None  # noqa: N815


class _Request(msgspec.Struct, gc=False):
    resourceSpans: list[_ResourceSpans | None] | None = None  # noqa: N815


_decode = msgspec.json.Decoder(_Request).decode


def to_protobuf(body: bytes, limits: Limits) -> Converted:
    """The request as protobuf. Raises UndecodableBody and TooLarge.

    UndecodableBody also when not one span of a request is in the form the specification asks for.
    """
    body = body.removeprefix(b"\xef\xbb\xbf")  # RFC 8259 lets a reader ignore a byte order mark
    refuse_bomb(body, limits)
    try:
        request = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        try:
            request = _decode(_ESCAPE.sub(_without_lone_surrogate, body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _undecodable(str(error)) from None
    conversion = _Conversion(limits)
    parts = [conversion.resource_spans(group) for group in request.resourceSpans or () if group is not None]
    if conversion.rejected and conversion.rejected == conversion.spans:
        raise _undecodable(f"span: {next(iter(conversion.reasons))}")
    return Converted(b"".join(parts), conversion.rejected, conversion.reasons)


class _Conversion:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.spans = self.rejected = 0
        self.reasons: Counter[str] = Counter()

    def resource_spans(self, group: _ResourceSpans) -> bytes:
        scopes = [scope for scope in group.scopeSpans or () if scope is not None]
        try:
            parts = (
                [length_delimited(1, resource_bytes(group.resource, self.limits))]
                if group.resource is not _ABSENT
                else []
            )
        except JsonInvalid as error:
            self.reject(sum(len(scope.spans or ()) for scope in scopes), f"its resource: {error}")
            return b""
        parts += [length_delimited(2, self.scope_spans(scope)) for scope in scopes]
        if group.schemaUrl:
            parts.append(length_delimited(3, group.schemaUrl.encode()))
        return length_delimited(1, b"".join(parts))

    def scope_spans(self, group: _ScopeSpans) -> bytes:
        spans = group.spans or ()
        try:
            parts = []
            if group.scope is not _ABSENT:
                parts.append(length_delimited(1, scope_bytes(group.scope, self.limits)))
        except JsonInvalid as error:
            self.reject(len(spans), f"its scope: {error}")
            return b""
        if self.spans + len(spans) > self.limits.spans_per_request_max:
            raise _too_many(self.limits.spans_per_request_max)
        for span in spans:
            try:
                parts.append(length_delimited(2, span_bytes(span, self.limits)))
            except JsonInvalid as error:
                self.reject(1, str(error))
            else:
                self.spans += 1
        if group.schemaUrl:
            parts.append(length_delimited(3, group.schemaUrl.encode()))
        return b"".join(parts)

    def reject(self, count: int, reason: str) -> None:
        self.spans += count
        self.rejected += count
        if count:
            self.reasons[reason] += count


def refuse_bomb(body: bytes, limits: Limits) -> None:
    """Raise TooLarge when the arrays around the spans hold more elements than so many spans can need."""
    if body.count(b",") <= _COMMAS_UNCHECKED:
        return
    spans_max = limits.spans_per_request_max
    depth = elements = 0
    for token in _TOKEN.finditer(body):
        character = body[token.start()]
        if character in b"[{":
            depth += 1
        elif character in b"]}":
            depth -= 1
        elif character == 44 and depth <= _SPANS_DEPTH:  # a comma between elements that are built at once
            elements += 1
            if elements > 8 * (spans_max + 1):  # as in wire.py: a span has at most 7 fields around it
                raise _too_many(spans_max)


def _without_lone_surrogate(escape: re.Match[bytes]) -> bytes:
    lone = escape[3] or (escape[1] and not escape[2])
    return rb"\ufffd" if lone else escape[0]


def _undecodable(what: str) -> UndecodableBody:
    return UndecodableBody(
        "undecodable_body", f"The body is not an ExportTraceServiceRequest in OTLP/JSON: {what[:256]}"
    )


def _too_many(limit: int) -> TooLarge:
    return TooLarge(
        "too_many_spans",
        f"The request holds more than {limit} spans (spans_per_request_max). Send smaller batches.",
    )
