"""A store that remembers what it was given, and requests to give it."""

import threading

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from threadline.errors import StoreFailed
from threadline.store.contract import AppendResult


class RecordingStore:
    """Keeps arrivals in a list. Set `gate` to hold commits back, `culprit` to fail one body, `raises` to fail all."""

    def __init__(self):
        self.commits = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.culprit = None
        self.raises = None
        self.refused = 0
        self.duties = []
        self.failing_duty = None
        self.left = {}
        self.threads = set()

    def append(self, arrivals):
        self.threads.add(threading.current_thread())
        self.entered.set()
        assert self.gate.wait(20)
        if self.raises is not None:
            raise self.raises
        self.commits.append(list(arrivals))
        return [self._answer(arrival) for arrival in arrivals]

    def _answer(self, arrival):
        if arrival.body == self.culprit:
            return StoreFailed("store_failed", "this one")
        touched = sorted({(span.project, f"key-{span.project}") for span in arrival.spans})
        return AppendResult(len(arrival.spans) - self.refused, self.refused, touched)

    def _duty(self, name):
        self.duties.append(name)
        if name == self.failing_duty:
            raise OSError(name)
        left = self.left.get(name, 0)
        self.left[name] = max(0, left - 1)
        return left

    def index_pending(self, rows_max=4_000):
        return self._duty("index")

    def fold_pending(self):
        return self._duty("fold")

    def maintain(self, *, settle_all=False):
        return bool(self._duty("maintain"))


def request(*span_ids, project="shop", trace=1, name="span", **attributes):
    message = ExportTraceServiceRequest()
    group = message.resource_spans.add()
    if project:
        group.resource.attributes.add(key="openinference.project.name").value.string_value = project
    spans = group.scope_spans.add().spans
    for span_id in span_ids:
        span = spans.add(
            trace_id=trace.to_bytes(16, "big"),
            span_id=span_id.to_bytes(8, "big"),
            name=name,
            start_time_unix_nano=1_795_000_000_000_000_000,
            end_time_unix_nano=1_795_000_001_000_000_000,
        )
        for key, value in attributes.items():
            span.attributes.add(key=key.replace("_", ".")).value.string_value = value
    return message
