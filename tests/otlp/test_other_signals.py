import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from threadline.errors import TooLarge, UndecodableBody
from threadline.model.limits import Limits
from threadline.otlp.other_signals import count_records

LIMITS = Limits()


def logs(count):
    message = ExportLogsServiceRequest()
    for _ in range(count):
        message.resource_logs.add().scope_logs.add().log_records.add(severity_text="INFO")
    return message.SerializeToString()


def metrics():
    message = ExportMetricsServiceRequest()
    scope = message.resource_metrics.add().scope_metrics.add()
    for kind in ("gauge", "sum", "histogram", "exponential_histogram", "summary"):
        points = getattr(scope.metrics.add(name=kind), kind).data_points
        points.add(), points.add()
    return message.SerializeToString()


def test_protobuf():
    assert count_records("logs", logs(3), LIMITS, json=False) == 3
    assert count_records("metrics", metrics(), LIMITS, json=False) == 10
    assert count_records("logs", b"", LIMITS, json=False) == 0


def test_json():
    data = {"resourceLogs": [None, {"scopeLogs": [None, {"logRecords": [{}, {"body": {}}]}, {}]}]}
    assert count_records("logs", json.dumps(data).encode(), LIMITS, json=True) == 2
    points = {"dataPoints": [{}, {}]}
    data = {"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"sum": points}, {"gauge": points}, {"name": "x"}]}]}]}
    assert count_records("metrics", json.dumps(data).encode(), LIMITS, json=True) == 4
    assert count_records("metrics", b"{}", LIMITS, json=True) == 0


def test_too_many():
    few = Limits(spans_per_request_max=3)
    assert count_records("logs", logs(3), few, json=False) == 3
    with pytest.raises(TooLarge):
        count_records("logs", logs(4), few, json=False)


@given(st.binary(max_size=100), st.booleans(), st.sampled_from(["logs", "metrics"]))
def test_random_bytes_give_the_named_errors(data, as_json, signal):
    with contextlib.suppress(UndecodableBody):
        count_records(signal, data, LIMITS, json=as_json)
