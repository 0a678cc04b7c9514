"""What an OTLP receiver answers: an Export…ServiceResponse or a google.rpc.Status, in the request's own encoding.

Specification: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.10.0/docs/specification.md
"""

from typing import Any

import msgspec
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import RetryInfo
from google.rpc.status_pb2 import Status
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

from threadline.errors import ThreadlineError

__all__ = ["failure", "retry_after_s", "status_message", "success"]

MESSAGE_CHARACTERS_MAX = 4_096
_SIGNALS: dict[str, tuple[Any, str, str]] = {
    "traces": (ExportTraceServiceResponse, "rejected_spans", "rejectedSpans"),
    "logs": (ExportLogsServiceResponse, "rejected_log_records", "rejectedLogRecords"),
    "metrics": (ExportMetricsServiceResponse, "rejected_data_points", "rejectedDataPoints"),
}


def success(signal: str, rejected: int, message: str, *, json: bool) -> bytes:
    """The response to `traces`, `logs` or `metrics`; partial_success is unset when nothing was rejected."""
    response, field, json_field = _SIGNALS[signal]
    message = message[:MESSAGE_CHARACTERS_MAX]
    if json:
        if not rejected and not message:
            return b"{}"
        return msgspec.json.encode({"partialSuccess": {json_field: str(rejected), "errorMessage": message}})
    if not rejected and not message:
        return b""
    built: bytes = response(partial_success={field: rejected, "error_message": message}).SerializeToString()
    return built


def retry_after_s(error: ThreadlineError) -> int | None:
    """In how many seconds to repeat; None when repeating is of no use."""
    if error.http_status not in {429, 502, 503, 504}:  # the only ones an OTLP client repeats
        return None
    seconds: int = getattr(error, "retry_after_s", 1)
    return seconds


def status_message(error: ThreadlineError) -> Status:
    """The error as google.rpc.Status, with RetryInfo where repeating is right."""
    status = Status(code=error.grpc_status, message=error.message[:MESSAGE_CHARACTERS_MAX])
    seconds = retry_after_s(error)
    if seconds is not None:
        detail = AnyMessage()
        detail.Pack(RetryInfo(retry_delay=Duration(seconds=seconds)))
        status.details.append(detail)
    return status


def failure(error: ThreadlineError, *, json: bool) -> bytes:
    """The error as the body of an HTTP response."""
    if not json:
        serialised: bytes = status_message(error).SerializeToString()
        return serialised
    status: dict[str, object] = {"code": error.grpc_status, "message": error.message[:MESSAGE_CHARACTERS_MAX]}
    seconds = retry_after_s(error)
    if seconds is not None:
        status["details"] = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds}s"}]
    return msgspec.json.encode(status)
