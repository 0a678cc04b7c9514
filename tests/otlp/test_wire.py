import contextlib
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from messages import field, request, span
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import InstrumentationScope
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span

from threadline.errors import TooLarge, UndecodableBody
from threadline.model.limits import Limits
from threadline.otlp.export import join
from threadline.otlp.wire import RawSpan, read_groups, read_request

LIMITS = Limits()
FEW = Limits(spans_per_request_max=3)

texts = st.text(max_size=20)
spans = st.builds(
    Span,
    trace_id=st.binary(max_size=17),
    span_id=st.binary(max_size=9),
    name=texts,
    start_time_unix_nano=st.integers(0, 2**64 - 1),
    flags=st.integers(0, 2**32 - 1),
)
scope_spans = st.builds(
    ScopeSpans,
    scope=st.builds(InstrumentationScope, name=texts, version=texts),
    spans=st.lists(spans, max_size=4),
    schema_url=texts,
)
resource_spans = st.builds(
    ResourceSpans,
    resource=st.builds(Resource, dropped_attributes_count=st.integers(0, 9)),
    scope_spans=st.lists(scope_spans, max_size=3),
    schema_url=texts,
)
requests = st.builds(ExportTraceServiceRequest, resource_spans=st.lists(resource_spans, max_size=3))


def parsed_whole(body):
    return [
        RawSpan(
            group.resource.SerializeToString(),
            group.schema_url.encode(),
            inner.scope.SerializeToString(),
            inner.schema_url.encode(),
            one.SerializeToString(),
        )
        for group in ExportTraceServiceRequest.FromString(body).resource_spans
        for inner in group.scope_spans
        for one in inner.spans
    ]


@given(requests)
def test_cutting_equals_protobufs_own_parse(message):
    body = message.SerializeToString()
    assert read_request(body, LIMITS) == parsed_whole(body)


@given(requests)
def test_cutting_and_joining_loses_nothing(message):
    cut = read_request(message.SerializeToString(), LIMITS)
    joined = join(cut)
    assert read_request(joined, LIMITS) == cut == parsed_whole(joined)


@given(st.binary(max_size=200))
def test_random_bytes_give_spans_or_the_named_errors(body):
    with contextlib.suppress(UndecodableBody, TooLarge):
        read_request(body, FEW)


def test_a_body_cut_at_any_byte_gives_its_first_spans_or_is_refused():
    whole = b"".join(request(span(1), span(2)).SerializeToString() for _ in range(2))
    spans_of_whole = read_request(whole, LIMITS)
    refused = 0
    for end in range(len(whole)):
        try:
            found = read_request(whole[:end], LIMITS)
        except UndecodableBody:
            refused += 1
        else:
            assert found == spans_of_whole[: len(found)]
    assert refused == len(whole) - 2  # only the empty body and its first half are whole


def test_the_fields_of_a_group_may_come_in_any_order_and_in_parts():
    one, two = span(1).SerializeToString(), span(2).SerializeToString()
    first = Resource(dropped_attributes_count=1).SerializeToString()
    second = Resource(dropped_attributes_count=2).SerializeToString()
    scopes = field(2, one) + field(3, b"scope-url") + field(2, two) + field(1, b"\n\x01s")
    body = field(1, field(2, scopes) + field(1, first) + field(3, b"old-url") + field(3, b"url") + field(1, second))
    shared = (first + second, b"url", b"\n\x01s", b"scope-url")
    assert read_request(body, LIMITS) == [RawSpan(*shared, one), RawSpan(*shared, two)] == parsed_like(body)


def parsed_like(body):
    """As parsed_whole, with the resource's two halves as they were sent."""
    merged = parsed_whole(body)
    assert Resource.FromString(merged[0].resource).dropped_attributes_count == 2
    halves = b"\x10\x01\x10\x02"
    return [RawSpan(halves, *raw[1:]) for raw in merged]


def test_unknown_fields_of_any_kind_are_passed_over():
    known = request(span(1)).SerializeToString()
    unknown = b"\x78\xff\x01" + b"\x7d1234" + b"\x7912345678" + field(15, b"?") + b"\x82\x7d\x03abc"
    assert read_request(unknown + known + unknown, LIMITS) == read_request(known, LIMITS)


@pytest.mark.parametrize(
    "body", [b"\x0b", b"\x00\x00", b"\x02\x00", b"\xff" * 20, b"\x08" + b"\xff" * 11, b"\x09123", b"\x0a\x05"]
)
def test_broken_structure_is_undecodable(body):
    with pytest.raises(UndecodableBody):
        read_groups(body, LIMITS)


def test_so_many_spans_pass_and_one_more_is_refused_by_name():
    assert len(read_request(request(*map(span, (1, 2, 3))).SerializeToString(), FEW)) == 3
    across_groups = b"".join(request(span(number)).SerializeToString() for number in (1, 2, 3, 4))
    assert len(read_request(across_groups[: len(across_groups) * 3 // 4], FEW)) == 3
    with pytest.raises(TooLarge, match=r"more than 3 spans .spans_per_request_max"):
        read_request(across_groups, FEW)


def test_each_span_may_stand_in_groups_of_its_own():
    message = ExportTraceServiceRequest()
    for number in (1, 2, 3):
        group = message.resource_spans.add(schema_url="r")
        group.resource.dropped_attributes_count = 1
        inner = group.scope_spans.add(schema_url="s", spans=[span(number)])
        inner.scope.name = "s"
    assert len(read_request(message.SerializeToString(), FEW)) == 3


@pytest.mark.parametrize(
    "bomb",
    [
        field(1, field(2, b"\x12\x00" * 2**22)),  # 4 million empty spans
        field(1, b"\x12\x00" * 2**22),  # empty ScopeSpans
        b"\x0a\x00" * 2**22,  # empty ResourceSpans
        field(1, b"\x0a\x00" * 2**22),  # empty parts of one resource
        b"\x78\x00" * 2**22,  # unknown fields
    ],
    ids=["spans", "scope_spans", "resource_spans", "resource", "unknown"],
)
def test_a_bomb_is_refused_before_it_costs_memory(bomb):
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="spans_per_request_max"):
            read_groups(bomb, Limits(spans_per_request_max=5_000))
        assert tracemalloc.get_traced_memory()[1] < len(bomb)
    finally:
        tracemalloc.stop()
