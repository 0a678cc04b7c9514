"""Logs and metrics: how many records a request holds, so that the answer can say how many were not kept."""

import msgspec

from threadline.errors import UndecodableBody
from threadline.model.limits import Limits
from threadline.otlp.json import refuse_bomb
from threadline.otlp.wire import fields, read_groups

__all__ = ["count_records"]

_METRIC_DATA = frozenset({5, 7, 9, 10, 11})
"""Metric.gauge, sum, histogram, exponential_histogram, summary: in each, field 1 is data_points.
https://github.com/open-telemetry/opentelemetry-proto/blob/v1.10.0/opentelemetry/proto/metrics/v1/metrics.proto"""


def count_records(signal: str, body: bytes, limits: Limits, *, json: bool) -> int:
    """Log records of a `logs` request, data points of a `metrics` request.

    Raises UndecodableBody, and TooLarge past spans_per_request_max records (metrics: past so many metrics).
    """
    if json:
        return _count_json(signal, body, limits)
    # The three requests share the numbers of their outer fields: resource, scope, record.
    groups = read_groups(body, limits)
    if signal == "logs":
        return sum(len(group.ranges) for group in groups)
    try:
        return sum(_data_points(body, start, end) for group in groups for start, end in group.ranges)
    except IndexError:
        raise _undecodable(signal, "it ends within a field") from None


def _data_points(body: bytes, start: int, end: int) -> int:
    count = 0
    for number, first, last in fields(body, start, end):
        if number in _METRIC_DATA:
            count += sum(inner == 1 for inner, _, _ in fields(body, first, last))
    return count


class _ScopeRecords(msgspec.Struct, gc=False):
    logRecords: list[msgspec.Raw] | None = None  # noqa: N815  names in OTLP/JSON
    metrics: list[msgspec.Raw] | None = None


class _Records(msgspec.Struct, gc=False):
    scopeLogs: list[_ScopeRecords | None] | None = None  # noqa: N815
    scopeMetrics: list[_ScopeRecords | None] | None = None  # noqa: N815


class _Request(msgspec.Struct, gc=False):
    resourceLogs: list[_Records | None] | None = None  # noqa: N815
    resourceMetrics: list[_Records | None] | None = None  # noqa: N815


class _Points(msgspec.Struct, gc=False):
    dataPoints: list[msgspec.Raw] | None = None  # noqa: N815


class _Metric(msgspec.Struct, gc=False):
    gauge: _Points | None = None
    sum: _Points | None = None
    histogram: _Points | None = None
    exponentialHistogram: _Points | None = None  # noqa: N815
    summary: _Points | None = None


def _count_json(signal: str, body: bytes, limits: Limits) -> int:
    body = body.removeprefix(b"\xef\xbb\xbf")
    refuse_bomb(body, limits)
    try:
        request = msgspec.json.decode(body, type=_Request)
        if signal == "logs":
            return sum(
                len(scope.logRecords or ())
                for resource in request.resourceLogs or ()
                for scope in (resource and resource.scopeLogs) or ()
                if scope is not None
            )
        return sum(
            _json_points(metric)
            for resource in request.resourceMetrics or ()
            for scope in (resource and resource.scopeMetrics) or ()
            if scope is not None
            for metric in scope.metrics or ()
        )
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _undecodable(signal, str(error)[:256]) from None


def _json_points(raw: msgspec.Raw) -> int:
    metric = msgspec.json.decode(raw, type=_Metric)
    kinds = (metric.gauge, metric.sum, metric.histogram, metric.exponentialHistogram, metric.summary)
    return sum(len(points.dataPoints or ()) for points in kinds if points is not None)


def _undecodable(signal: str, what: str) -> UndecodableBody:
    return UndecodableBody("undecodable_body", f"The body is not an OTLP {signal} request: {what}.")
