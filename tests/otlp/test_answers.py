import json

import pytest
from google.rpc.error_details_pb2 import RetryInfo
from google.rpc.status_pb2 import Status
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

from threadline.errors import Overloaded, StoreFailed, TooLarge, UndecodableBody
from threadline.otlp.answers import failure, retry_after_s, status_message, success


@pytest.mark.parametrize("signal", ["traces", "logs", "metrics"])
def test_partial_success_is_unset_when_all_was_kept(signal):
    assert success(signal, 0, "", json=False) == b""
    assert success(signal, 0, "", json=True) == b"{}"


def test_partial_success():
    response = ExportTraceServiceResponse.FromString(success("traces", 2, "why", json=False)).partial_success
    assert (response.rejected_spans, response.error_message) == (2, "why")
    response = ExportLogsServiceResponse.FromString(success("logs", 3, "why", json=False)).partial_success
    assert (response.rejected_log_records, response.error_message) == (3, "why")
    response = ExportMetricsServiceResponse.FromString(success("metrics", 4, "why", json=False)).partial_success
    assert (response.rejected_data_points, response.error_message) == (4, "why")


@pytest.mark.parametrize(
    ("signal", "field"),
    [("traces", "rejectedSpans"), ("logs", "rejectedLogRecords"), ("metrics", "rejectedDataPoints")],
)
def test_partial_success_in_json_has_64_bit_numbers_as_strings(signal, field):
    written = json.loads(success(signal, 2, "why", json=True))
    assert written == {"partialSuccess": {field: "2", "errorMessage": "why"}}


def test_an_error_to_be_repeated_says_when():
    error = Overloaded("ingest_budget_full", "full", retry_after_s=7)
    status = status_message(error)
    info = RetryInfo()
    assert (status.code, status.message, len(status.details)) == (14, "full", 1)
    assert status.details[0].Unpack(info)
    assert info.retry_delay.seconds == 7
    assert Status.FromString(failure(error, json=False)) == status
    assert json.loads(failure(error, json=True)) == {
        "code": 14,
        "message": "full",
        "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s"}],
    }
    assert retry_after_s(StoreFailed("store_failed", "disk full")) == 1


@pytest.mark.parametrize("error", [UndecodableBody("undecodable_body", "bad"), TooLarge("too_many_spans", "many")])
def test_an_error_that_stays_has_no_details(error):
    assert retry_after_s(error) is None
    assert Status.FromString(failure(error, json=False)) == Status(code=error.grpc_status, message=error.message)
    assert json.loads(failure(error, json=True)) == {"code": error.grpc_status, "message": error.message}
