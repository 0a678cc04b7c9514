"""Every file of the corpus of odd requests, through the real HTTP edge and into a store."""

import json

import httpx
import pytest
from google.rpc.status_pb2 import Status
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from receiving import receiving

from threadline.model.limits import Limits
from threadline.store.memory import MemoryStore

# file -> (HTTP status, rejected spans, spans the store holds of it afterwards)
EXPECTED = {
    "zero_trace_id.pb": (200, 1, 1),
    "zero_span_id.pb": (200, 1, 1),
    "short_ids.pb": (200, 3, 1),
    "duplicate_in_batch.pb": (200, 0, 1),
    "retry_1.pb": (200, 0, 1),
    "same_span_id_other_trace.pb": (200, 0, 2),
    "orphan_forever.pb": (200, 0, 1),
    "two_roots.pb": (200, 0, 2),
    "wide_5000.pb": (200, 0, 5_000),
    "end_before_start.pb": (200, 0, 1),
    "no_start.pb": (200, 0, 1),
    "no_times.pb": (200, 0, 1),
    "far_future.pb": (200, 0, 1),
    "ns_precision.pb": (200, 0, 1),
    "child_clock_skew.pb": (200, 0, 2),
    "session_conflict_in_trace.pb": (200, 0, 2),
    "session_leaf_only.pb": (200, 0, 2),
    "session_int_and_spaces.pb": (200, 0, 4),
    "session_other_project.pb": (200, 0, 1),
    "session_other_project_2.pb": (200, 0, 1),
    "session_unicode_long.pb": (200, 0, 1),
    "trace_id_reused_two_projects.pb": (200, 0, 1),
    "trace_id_reused_two_projects_2.pb": (200, 0, 1),
    "complex_values.pb": (200, 0, 1),
    "numbers.pb": (200, 0, 1),
    "huge_attr_2mb.pb": (200, 0, 1),
    "nul_and_surrogates.pb": (200, 0, 1),
    "attrs_5000.pb": (200, 0, 1),
    "empty.pb": (200, 0, 0),
    "garbage.pb": (400, 0, 0),
    "truncated.pb": (400, 0, 0),
    "logs_body_to_traces.pb": (200, 1, 0),
    "gzip_bomb_200mb.pb.gz": (413, 0, 0),
    "not_gzip.pb": (400, 0, 0),
    "json_spec.json": (200, 0, 1),
    "json_numbers.json": (200, 0, 1),
    "json_unknown_fields.json": (200, 0, 1),
    "json_base64_ids.json": (400, 0, 0),
    "json_enum_names.json": (400, 0, 0),
    "json_attrs_as_object.json": (400, 0, 0),
    "json_missing_value.json": (200, 0, 1),
    "json_array_root.json": (400, 0, 0),
    "json_utf8_bom.json": (200, 0, 1),
}


def test_every_file_of_the_corpus_is_expected_here(corpus):
    manifest = json.loads((corpus / "edge" / "MANIFEST.json").read_text())
    assert {entry["file"] for entry in manifest} == set(EXPECTED)


@pytest.fixture(scope="module")
def server():
    with receiving(store=MemoryStore(limits=Limits())) as running:
        yield running


@pytest.mark.parametrize("file", EXPECTED)
def test_edge(corpus, server, file):
    [entry] = [e for e in json.loads((corpus / "edge" / "MANIFEST.json").read_text()) if e["file"] == file]
    headers = {"content-type": entry["content_type"]}
    if "content_encoding" in entry:
        headers["content-encoding"] = entry["content_encoding"]
    status, rejected, kept = EXPECTED[file]
    body = (corpus / "edge" / file).read_bytes()
    for _ in range(2):  # a repetition changes nothing
        before = span_count(server.store)
        answer = httpx.post(f"{server.url}/v1/traces", content=body, headers=headers, timeout=60)
        assert answer.status_code == status
        assert answer.headers["content-type"] == entry["content_type"]
        read = _read_json if file.endswith(".json") else _read_protobuf
        assert read(answer) == (rejected if status == 200 else "status")
        assert span_count(server.store) - before == kept
        kept = 0


def span_count(store):
    return sum(project.span_count for project in store.projects())


def _read_protobuf(answer):
    if answer.status_code == 200:
        return ExportTraceServiceResponse.FromString(answer.content).partial_success.rejected_spans
    assert Status.FromString(answer.content).message
    return "status"


def _read_json(answer):
    if answer.status_code == 200:
        return int(answer.json().get("partialSuccess", {}).get("rejectedSpans", 0))
    assert answer.json()["message"]
    return "status"
