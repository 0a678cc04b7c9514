import contextlib
import gzip
import json
import resource
import socket
import sys
import threading
import time
import zlib

import httpx
import pytest
import zstandard
from google.rpc.status_pb2 import Status
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest, ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from receiving import receiving, request

from threadline.model.limits import Limits
from threadline.server import limited_protocol

PROTOBUF = {"content-type": "application/x-protobuf"}
JSON = {"content-type": "application/json"}
SPAN = {"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174", "name": "json"}


@pytest.fixture(scope="module")
def shared():
    with receiving(Limits(body_bytes_max=2**20, spans_per_request_max=1_000)) as server:
        yield server


@pytest.fixture
def server(shared):
    shared.store.arrivals.clear()
    return shared


def post(server, content, headers=PROTOBUF, path="/v1/traces", **options):
    return httpx.post(server.url + path, content=content, headers=headers, **options)


def status_of(answer):
    assert answer.headers["content-type"] == "application/x-protobuf"
    return Status.FromString(answer.content)


@pytest.mark.parametrize("path", ["/v1/traces", "/api/public/otel/v1/traces"])
def test_protobuf_is_kept_and_answered_in_protobuf(server, path):
    body = request(1, 2, session_id="s")
    answer = post(server, body, path=path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/x-protobuf"
    assert server.store.arrivals[0].body == body
    seen = server.last
    assert (seen.path, seen.transport, seen.encoding, seen.bytes) == (path, "http", "protobuf", len(body))
    assert (seen.spans, seen.rejected, seen.projects, seen.session_id_key) == (2, 0, ["shop"], "session.id")
    assert (seen.status, seen.answer, seen.cure) == (200, "ok", None)
    assert seen.time == "2026-11-18T11:06:40Z"


def test_json_is_kept_and_answered_in_json(server):
    body = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [SPAN]}]}]})
    answer = post(server, body, {"content-type": "Application/JSON; charset=utf-8"})
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"{}", "application/json")
    assert server.store.span_names == ["json"]


def test_partial_success(server):
    answer = post(server, request(1, 0))
    partial = ExportTraceServiceResponse.FromString(answer.content).partial_success
    assert (answer.status_code, partial.rejected_spans) == (200, 1)
    assert partial.error_message == "1 of 2 spans were not kept: its span_id is all zero (1)."
    body = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [SPAN, {**SPAN, "spanId": "00"}]}]}]})
    assert post(server, body, JSON).json()["partialSuccess"]["rejectedSpans"] == "1"
    assert (server.last.rejected, server.last.answer[:9]) == (1, "1 of 2 sp")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
        ("identity", bytes),
    ],
)
def test_encodings(server, encoding, pack):
    answer = post(server, pack(request(1)), {**PROTOBUF, "content-encoding": encoding})
    assert answer.status_code == 200
    assert server.store.arrivals[0].body == request(1)
    assert server.last.encoding == f"protobuf, {encoding}"


def test_a_body_in_chunks_without_a_length(server):
    body = request(*range(1, 200))
    parts = (body[at : at + 1_000] for at in range(0, len(body), 1_000))
    assert post(server, parts).status_code == 200
    assert len(server.store.span_names) == 199
    assert server.last.bytes == len(body)


def test_an_empty_request(server):
    assert post(server, b"").content == b""
    assert post(server, b"{}", JSON).content == b"{}"


@pytest.mark.parametrize(
    ("header", "project"),
    [
        (b"from header", "from header"),
        ("ärger ✓".encode(), "ärger ✓"),
        (b"\xe4rger", "ärger"),
        (b"\xa0", "\xa0"),
    ],
)
def test_the_project_header(server, header, project):
    post(server, request(1), [("content-type", "application/x-protobuf"), (b"x-project-name", header)])
    assert server.store.projects == {project}


@pytest.mark.parametrize("name", [" ", " a ", "\u00a0", "a" * 256])
def test_a_project_is_named_exactly_as_its_resource_says(server, name):
    post(server, request(1, project=name))
    assert server.store.projects == {name}


def test_what_cannot_be_decoded_is_400_in_the_requests_encoding(server):
    answer = post(server, b"\xff")
    status = status_of(answer)
    assert (answer.status_code, status.code) == (400, 3)
    assert "not an ExportTraceServiceRequest" in status.message
    answer = post(server, b"[]", JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, 3)
    answer = post(server, b"plain", {**PROTOBUF, "content-encoding": "gzip"})
    assert answer.status_code == 400
    assert "Content-Encoding" in server.last.cure
    assert "retry-after" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "cure"),
    [
        ({"content-type": "text/plain"}, "http/protobuf"),
        ({"content-type": ""}, "http/protobuf"),
        ({"content-type": "application/grpc"}, "4317"),
        ({**PROTOBUF, "content-encoding": "br"}, "COMPRESSION"),
    ],
)
def test_unknown_types_and_encodings_are_415(server, headers, cure):
    answer = post(server, b"x", headers)
    assert answer.status_code == 415
    assert cure in server.last.cure
    assert server.last.status == 415


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_405(server, method):
    answer = httpx.request(method, server.url + "/v1/traces")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["code"] == 12


def test_a_body_of_the_limit_passes_and_one_byte_more_is_413(server):
    limit = 2**20
    body = request(1)
    filled = body + _unknown(limit - len(body))
    assert len(filled) == limit
    assert post(server, filled).status_code == 200
    for content in (filled + b"\0", iter([filled, b"\0"])):
        answer = post(server, content)
        assert (answer.status_code, status_of(answer).code) == (413, 8)
        assert "body_bytes_max" in status_of(answer).message
    answer = post(server, gzip.compress(filled + b"\0"), {**PROTOBUF, "content-encoding": "gzip"})
    assert answer.status_code == 413
    assert "smaller batches" in server.last.cure


def _unknown(size):
    """A field that no OTLP message has, of so many bytes with its head of 5."""
    length = size - 5
    head = bytes([15 << 3 | 2, length & 127 | 128, length >> 7 & 127 | 128, length >> 14 & 127 | 128, length >> 21])
    return head + bytes(length)


def test_too_many_spans_are_413(server):
    assert post(server, request(*range(1, 1_001))).status_code == 200
    answer = post(server, request(*range(1, 1_002)))
    assert answer.status_code == 413
    assert "spans_per_request_max" in status_of(answer).message


def test_logs_and_metrics_are_answered_honestly(server):
    logs = ExportLogsServiceRequest()
    logs.resource_logs.add().scope_logs.add().log_records.add()
    answer = post(server, logs.SerializeToString(), path="/v1/logs")
    partial = ExportLogsServiceResponse.FromString(answer.content).partial_success
    assert (answer.status_code, partial.rejected_log_records) == (200, 1)
    assert "log records were not kept" in partial.error_message
    metrics = ExportMetricsServiceRequest()
    metrics.resource_metrics.add().scope_metrics.add().metrics.add().sum.data_points.add()
    answer = post(
        server, gzip.compress(metrics.SerializeToString()), {**PROTOBUF, "content-encoding": "gzip"}, "/v1/metrics"
    )
    assert (answer.status_code, b"data points" in answer.content) == (200, True)
    assert server.last.path == "/v1/metrics"
    assert post(server, b"{}", JSON, "/v1/metrics").content == b"{}"
    assert post(server, b"\xff", path="/v1/logs").status_code == 400
    assert post(server, bytes(2**20 + 1), path="/v1/logs").status_code == 413
    assert server.ingest.budget.used == 0


def test_the_real_exporter(server):
    exporter = OTLPSpanExporter(f"{server.url}/v1/traces", headers={"x-project-name": "real"})
    provider = TracerProvider(resource=Resource({"service.name": "s"}))
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with provider.get_tracer("tests").start_as_current_span("from the exporter"):
        pass
    provider.shutdown()
    assert (server.store.span_names, server.store.projects) == (["from the exporter"], {"real"})


def test_a_store_that_fails_is_503_to_be_repeated(server):
    server.store.fails = True
    try:
        answer = post(server, request(1))
    finally:
        server.store.fails = False
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    status = status_of(answer)
    assert (status.code, status.message, status.details[0].type_url) == (
        14,
        "the disk is full",
        "type.googleapis.com/google.rpc.RetryInfo",
    )


def test_a_fault_of_ours_is_500_with_a_status(server, monkeypatch, caplog):
    async def fails(*_args, **_options):
        raise RuntimeError("a bug")

    monkeypatch.setattr(server.ingest, "submit", fails)
    answer = post(server, request(1))
    assert (answer.status_code, status_of(answer).code) == (500, 13)
    assert "a bug" in caplog.text


def test_a_client_that_leaves_in_the_middle_gives_its_bytes_back(server):
    head = (
        b"POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 90000\r\n\r\n"
    )
    before = server.arrivals.number
    server.send(head, b"half", close=True)
    for _ in range(200):
        if server.arrivals.number > before:
            break
        time.sleep(0.01)
    assert server.last.status == 499
    assert server.ingest.budget.used == 0


def test_a_body_that_stops_coming_is_408():
    head = b"POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 90\r\n"
    with receiving(body_timeout_s=0.1) as server:
        answer = server.send(head + b"Connection: close\r\n\r\n", b"half")
        assert answer.startswith(b"HTTP/1.1 408")
        assert server.ingest.budget.used == 0


def test_an_announced_length_takes_nothing_from_others():
    with receiving(Limits(budget_bytes=2**21, body_bytes_max=2**21)) as server:
        host, port = server.url.removeprefix("http://").split(":")
        head = b"POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\n"
        with contextlib.ExitStack() as idle:
            for _ in range(3):
                connection = idle.enter_context(socket.create_connection((host, int(port)), timeout=10))
                connection.sendall(head + b"Content-Length: 2000000\r\n\r\nhalf")
            assert post(server, request(1)).status_code == 200


def test_a_full_budget_answers_503_at_once_and_memory_stays_flat():
    body = request(1, input_value="x" * 900_000)
    with receiving(Limits(budget_bytes=4 * 2**20, body_bytes_max=2**20)) as server:
        server.store.gate.clear()
        codes = []

        def send():
            codes.append(post(server, body, timeout=30).status_code)

        held = [threading.Thread(target=send) for _ in range(4)]
        for thread in held:
            thread.start()
        for _ in range(500):
            if server.ingest.budget.used > 4 * 900_000:
                break
            time.sleep(0.01)
        before = _peak_kib()
        with httpx.Client() as client:
            for _ in range(60):
                answer = client.post(server.url + "/v1/traces", content=body, headers=PROTOBUF)
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert codes == []
        assert _peak_kib() - before < 20 * 1024
        assert server.ingest.counters.requests_refused == 60
        server.store.gate.set()
        for thread in held:
            thread.join(20)
        assert codes == [200] * 4
        assert post(server, body).status_code == 200


def _peak_kib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def test_bombs_are_refused_at_the_default_limits_and_memory_stays_flat():
    spans = _field(1, _field(2, b"\x12\x00" * 8_000_000))
    packed = gzip.compress(spans)
    assert len(packed) < 20_000
    million = zlib.compressobj(wbits=31)
    part = million.compress(bytes(2**20)) + million.flush(zlib.Z_FULL_FLUSH)
    ten_gigabytes = part + part[10:] * (10 * 2**20 // len(part))
    del spans
    headers = {**PROTOBUF, "content-encoding": "gzip"}
    with receiving() as server:
        post(server, request(1))
        before = _peak_kib()
        for bomb, name in ((packed, "spans_per_request_max"), (ten_gigabytes, "body_bytes_max")):
            answer = post(server, bomb, headers, timeout=30)
            assert answer.status_code == 413
            assert name in status_of(answer).message
        # The inflated body may be held once, and once more while its parts are joined.
        assert _peak_kib() - before < 2 * 64 * 1024 + 20 * 1024


def _field(number, data):
    length, head = len(data), bytearray([number << 3 | 2])
    while length > 127:
        head.append(length & 127 | 128)
        length >>= 7
    return bytes([*head, length]) + data


def test_http2_and_tls_on_this_port_are_noticed(server):
    answer = server.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert b"Send gRPC to port 4317" in answer
    assert (server.last.answer, "4317" in server.last.cure) == ("HTTP/2 (gRPC) on the HTTP port", True)
    assert server.send(b"\x16\x03\x01\x02\x00\x01\x00") == b""
    assert (server.last.answer, "http://" in server.last.cure) == ("TLS on a port without TLS", True)


def test_two_requests_on_one_connection_are_answered_in_order(server):
    one = b"POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    answer = server.send(one + b"\r\n{}" + one.replace(b"json", b"xml") + b"Connection: close\r\n\r\n{}")
    assert answer.index(b"200 OK") < answer.index(b"415 Unsupported")


ENDLESS = {
    "one long header": b"X: " + b"a" * 2**20,
    "many headers": b"X: a\r\n" * 200_000,
    "a long address": b"",
    "trailers": b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX: "
    + b"a" * 2**20,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_is_around_a_body_has_a_limit(server, name: str):
    address = b"/v1/traces" + b"x" * (2**20 if name == "a long address" else 0)
    head = b"POST " + address + b" HTTP/1.1\r\nHost: localhost\r\n" + ENDLESS[name]
    answer = server.send_until_refused(head)

    assert answer.startswith(b"HTTP/1.1 431 "), answer[:80]
    assert b"64 KiB" in answer
    assert "a request whose headers are too large" in [arrival.answer for arrival in server.arrivals.last(2)]


def test_a_head_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limited_protocol, "HEAD_TIMEOUT_S", 0.2)
    with receiving() as server:
        assert server.send(b"") == b""
        assert server.send(b"POST /v1/traces HTTP/1.1\r\nHost: ") == b""


def test_a_body_in_the_smallest_chunks_is_read(server):
    body = request(1, text="x" * 200_000)
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n"
    head = b"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
    answer = server.send(head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n", chunks)

    assert answer.startswith(b"HTTP/1.1 200 ")
