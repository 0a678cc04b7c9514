import gzip
import json

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from threadline.demo import post

NOW_NS = 1_795_359_600_123_456_789


class Recorder:
    """A server that takes everything, after saying that it is busy so many times."""

    def __init__(self, busy: int = 0) -> None:
        self.busy = busy
        self.spans = 0
        self.reviews: list[dict[str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.busy:
            self.busy -= 1
            return httpx.Response(503, headers={"Retry-After": "0"})
        if request.url.path == "/v1/annotations":
            self.reviews.append(json.loads(request.content))
            return httpx.Response(201, json={})
        body = ExportTraceServiceRequest.FromString(gzip.decompress(request.content))
        self.spans += sum(len(scope.spans) for resource in body.resource_spans for scope in resource.scope_spans)
        return httpx.Response(200)


@pytest.fixture
def served_by(monkeypatch: pytest.MonkeyPatch):
    def serve(recorder: Recorder) -> None:
        transport = httpx.MockTransport(recorder)
        monkeypatch.setattr(post.httpx, "Client", lambda **given: client(transport=transport, **given))

    client = httpx.Client
    return serve


def test_every_span_is_sent_and_sessions_are_reviewed(served_by):
    recorder = Recorder()
    served_by(recorder)

    post.send("http://threadline.test", NOW_NS)

    assert recorder.spans == sum(len(each.spans) for each in post.conversations(NOW_NS))
    assert {review["annotator_kind"] for review in recorder.reviews} == {"human"}
    assert len(recorder.reviews) > 3


def test_a_busy_server_is_asked_again(served_by):
    recorder = Recorder(busy=3)
    served_by(recorder)

    post.send("http://threadline.test", NOW_NS)

    assert recorder.spans > 1_000


def test_a_server_that_stays_busy_is_an_error(served_by):
    served_by(Recorder(busy=100))

    with pytest.raises(httpx.HTTPStatusError):
        post.send("http://threadline.test", NOW_NS)
