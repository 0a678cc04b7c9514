import asyncio

import grpc
import pytest
from google.rpc.error_details_pb2 import RetryInfo
from google.rpc.status_pb2 import Status
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest, ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from receiving import receiving, request

from threadline.ingest.budget import REQUEST_BYTES
from threadline.model.limits import Limits
from threadline.server.receive_grpc import grpc_server

TRACES = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
LIMIT = 2**20


@pytest.fixture(scope="module")
def shared():
    with receiving(Limits(body_bytes_max=LIMIT), with_grpc=True) as server:
        yield server


@pytest.fixture
def server(shared):
    shared.store.arrivals.clear()
    return shared


def call(server, body, method=TRACES, metadata=(), compression=None):
    with grpc.insecure_channel(server.grpc_address) as channel:
        return channel.unary_unary(method)(body, metadata=metadata, compression=compression, timeout=20)


def failure(server, *args, **options):
    with pytest.raises(grpc.RpcError) as caught:
        call(server, *args, **options)
    error = caught.value
    status = Status()
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status.ParseFromString(value)
    return error, status


@pytest.mark.parametrize("compression", [None, grpc.Compression.Gzip, grpc.Compression.Deflate])
def test_spans_are_kept_byte_for_byte(server, compression):
    body = request(1, 2, session_id="s")
    assert call(server, body, compression=compression) == b""
    assert server.store.arrivals[0].body == body
    seen = server.last
    assert (seen.transport, seen.path, seen.status, seen.answer) == ("grpc", TRACES, 200, "ok")
    assert (seen.spans, seen.bytes, seen.projects, seen.session_id_key) == (2, len(body), ["shop"], "session.id")


def test_one_unreadable_span_is_rejected_alone(server):
    body = request(1, 2).replace(b"span", b"\xff\xff\xff\xff", 1)
    partial = ExportTraceServiceResponse.FromString(call(server, body)).partial_success
    assert (partial.rejected_spans, "not UTF-8" in partial.error_message) == (1, True)
    assert len(server.store.span_names) == 1


@pytest.mark.parametrize(
    ("key", "value", "project"),
    [("x-project-name", "from metadata", "from metadata"), ("x-project-name-bin", "ärger".encode(), "ärger")],
)
def test_the_project_in_metadata(server, key, value, project):
    call(server, request(1), metadata=((key, value),))
    assert server.store.projects == {project}


def test_bad_data_is_invalid_argument(server):
    error, status = failure(server, b"\xff")
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert (status.code, status.message, len(status.details)) == (3, error.details(), 0)
    assert server.last.status == 400


def test_a_message_of_the_limit_passes_and_one_byte_more_is_resource_exhausted_for_good(server):
    base = request(1)
    length = LIMIT - len(base) - 5
    head = bytes([15 << 3 | 2, length & 127 | 128, length >> 7 & 127 | 128, length >> 14 & 127 | 128, length >> 21])
    body = base + head + bytes(length)
    assert call(server, body) == b""
    for compression in (None, grpc.Compression.Gzip):
        error, status = failure(server, body + b"\0", compression=compression)
        assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert not status.details


def test_no_room_is_unavailable_and_says_when_to_repeat():
    with receiving(Limits(budget_bytes=REQUEST_BYTES + 10), with_grpc=True) as server:
        error, status = failure(server, request(1))
        info = RetryInfo()
        assert error.code() is grpc.StatusCode.UNAVAILABLE
        assert status.details[0].Unpack(info)
        assert info.retry_delay.seconds == 1
        assert (server.last.status, "budget_bytes" in server.last.answer) == (503, True)
        assert server.ingest.counters.requests_refused == 1


def test_a_store_that_fails_is_unavailable(server):
    server.store.fails = True
    try:
        error, status = failure(server, request(1))
    finally:
        server.store.fails = False
    assert (error.code(), error.details()) == (grpc.StatusCode.UNAVAILABLE, "the disk is full")
    assert len(status.details) == 1


def test_a_fault_of_ours_is_internal(server, monkeypatch, caplog):
    async def fails(*_args, **_options):
        raise RuntimeError("a bug")

    monkeypatch.setattr(server.ingest, "submit", fails)
    assert failure(server, request(1))[0].code() is grpc.StatusCode.INTERNAL
    assert "a bug" in caplog.text


def test_logs_and_metrics_are_answered_honestly(server):
    logs = ExportLogsServiceRequest()
    logs.resource_logs.add().scope_logs.add().log_records.add()
    method = "/opentelemetry.proto.collector.logs.v1.LogsService/Export"
    partial = ExportLogsServiceResponse.FromString(call(server, logs.SerializeToString(), method)).partial_success
    assert partial.rejected_log_records == 1
    method = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"
    assert call(server, ExportMetricsServiceRequest().SerializeToString(), method) == b""


def test_unknown_methods_are_noticed(server):
    error, _ = failure(server, b"", method="/opentelemetry.proto.collector.profiles.v1.ProfilesService/Export")
    assert error.code() is grpc.StatusCode.UNIMPLEMENTED
    assert (server.last.status, server.last.path[-22:]) == (404, "ProfilesService/Export")


def test_the_real_exporter(server):
    exporter = OTLPSpanExporter(server.grpc_address, insecure=True, headers={"x-project-name": "real"})
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with provider.get_tracer("tests").start_as_current_span("from the exporter"):
        pass
    provider.shutdown()
    assert (server.store.span_names, server.store.projects) == (["from the exporter"], {"real"})


def test_a_port_in_use_is_an_os_error(server):
    async def bind():
        await grpc_server(server.ingest, server.arrivals, Limits(), host="127.0.0.1", port=server.grpc.port)

    with pytest.raises(OSError, match="cannot bind"):
        asyncio.run(bind())
