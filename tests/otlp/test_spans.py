import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from messages import SPAN_ID, TRACE_ID, field, nested, pair, request, span
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList
from opentelemetry.proto.trace.v1.trace_pb2 import Span as SpanMessage
from opentelemetry.proto.trace.v1.trace_pb2 import Status

from threadline.model.limits import Limits
from threadline.model.span import Event, Link, Resource, Scope, Span
from threadline.otlp.spans import SpanRejected, parse_span
from threadline.otlp.wire import RawSpan, read_request

LIMITS = Limits()


def parse(message, limits=LIMITS):
    return parse_span(RawSpan(b"", b"", b"", b"", message.SerializeToString()), limits)


def rejection(message, limits=LIMITS):
    with pytest.raises(SpanRejected) as caught:
        parse(message, limits)
    return str(caught.value)


def with_value(**value):
    return span(attributes=[KeyValue(key="k", value=AnyValue(**value))])


def test_a_whole_span():
    message = span(
        parent_span_id=SPAN_ID,
        kind=3,
        trace_state="a=b",
        flags=0x101,
        status=Status(code=2, message="boom"),
        attributes=[pair("a", "1"), pair("b", "2"), pair("a", "3")],
        events=[SpanMessage.Event(name="e", time_unix_nano=5, attributes=[pair("x", "y")], dropped_attributes_count=1)],
        links=[SpanMessage.Link(trace_id=TRACE_ID, span_id=SPAN_ID, attributes=[pair("l", "m")])],
        dropped_attributes_count=1,
        dropped_events_count=2,
        dropped_links_count=3,
    )
    outer = request(message, resource=[("service.name", "shop")])
    outer.resource_spans[0].schema_url = "r-url"
    outer.resource_spans[0].scope_spans[0].schema_url = "s-url"
    outer.resource_spans[0].scope_spans[0].scope.version = "1"
    [raw] = read_request(outer.SerializeToString(), LIMITS)
    assert parse_span(raw) == Span(
        trace_id=TRACE_ID,
        span_id=(1).to_bytes(8, "big"),
        parent_span_id=SPAN_ID,
        name="span 1",
        start_ns=1_795_000_000_000_000_000,
        end_ns=1_795_000_001_000_000_000,
        resource=Resource({"service.name": "shop"}, "r-url"),
        scope=Scope("tests", "1", {}, "s-url"),
        kind=3,
        status_code=2,
        status_message="boom",
        attributes={"a": "3", "b": "2"},
        events=(Event("e", 5, {"x": "y"}, 1),),
        links=(Link(TRACE_ID, SPAN_ID, {"l": "m"}),),
        trace_state="a=b",
        flags=0x101,
        dropped_attributes_count=1,
        dropped_events_count=2,
        dropped_links_count=3,
    )


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"string_value": ""}, ""),
        ({"string_value": "nul \0 and more"}, "nul \0 and more"),
        ({"bool_value": False}, False),
        ({"bool_value": True}, True),
        ({"int_value": 0}, 0),
        ({"int_value": -(2**63)}, -(2**63)),
        ({"double_value": math.inf}, math.inf),
        ({"bytes_value": b"\xff\0"}, b"\xff\0"),
        ({}, None),
        (
            {"array_value": ArrayValue(values=[AnyValue(int_value=1), AnyValue(), AnyValue(string_value="x")])},
            [1, None, "x"],
        ),
        ({"array_value": ArrayValue()}, []),
        ({"kvlist_value": KeyValueList(values=[pair("a", "b"), KeyValue(key="c")])}, {"a": "b", "c": None}),
    ],
)
def test_every_kind_of_value(value, read):
    found = parse(with_value(**value)).attributes["k"]
    assert (found, type(found)) == (read, type(read))


def test_not_a_number_is_kept():
    assert math.isnan(parse(with_value(double_value=math.nan)).attributes["k"])


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        ({"trace_id": b""}, "its trace_id has 0 bytes instead of 16"),
        ({"trace_id": bytes(15)}, "its trace_id has 15 bytes instead of 16"),
        ({"trace_id": bytes(16)}, "its trace_id is all zero"),
        ({"span_id": b"1"}, "its span_id has 1 bytes instead of 8"),
        ({"span_id": bytes(9)}, "its span_id has 9 bytes instead of 8"),
        ({"span_id": bytes(8)}, "its span_id is all zero"),
        ({"parent_span_id": b"12"}, "its parent_span_id has 2 bytes instead of 8"),
    ],
)
def test_invalid_ids_reject_the_span(ids, reason):
    assert rejection(span(**ids)) == reason


@pytest.mark.parametrize("parent", [b"", bytes(8)])
def test_no_parent(parent):
    assert parse(span(parent_span_id=parent)).parent_span_id is None


def test_times_are_as_sent():
    found = parse(span(start_time_unix_nano=2**64 - 1, end_time_unix_nano=0))
    assert (found.start_ns, found.end_ns) == (2**64 - 1, 0)


def test_text_that_is_not_utf8_rejects_the_span():
    data = span().SerializeToString() + field(5, b"\xff\xfe")
    with pytest.raises(SpanRejected, match="not UTF-8"):
        parse_span(RawSpan(b"", b"", b"", b"", data), LIMITS)


def test_an_unreadable_resource_rejects_its_spans():
    for broken in (b"\xff", field(1, field(1, b"\xff"))):
        with pytest.raises(SpanRejected, match="its resource cannot be read"):
            parse_span(RawSpan(broken, b"", b"", b"", span().SerializeToString()), LIMITS)
        with pytest.raises(SpanRejected, match="its scope cannot be read"):
            parse_span(RawSpan(b"", b"", broken, b"", span().SerializeToString()), LIMITS)


def test_nesting_at_the_limit_and_one_deeper():
    limits = Limits(attribute_depth_max=3)
    deep = {"array_value": nested(2).array_value}
    parse(with_value(array_value=ArrayValue(values=[AnyValue(**deep)])), limits)
    deep = {"array_value": nested(3).array_value}
    reason = rejection(with_value(array_value=ArrayValue(values=[AnyValue(**deep)])), limits)
    assert reason == "an attribute is nested deeper than attribute_depth_max"


@pytest.mark.parametrize("depth", [50, 1_000, 20_000])
def test_nesting_beyond_what_protobuf_reads(depth):
    value = b""
    for _ in range(depth):
        value = field(5, field(1, value))
    data = span().SerializeToString() + field(9, field(1, b"k") + field(2, value))
    with pytest.raises(SpanRejected, match="attribute_depth_max"):
        parse_span(RawSpan(b"", b"", b"", b"", data), LIMITS)


def test_so_many_attributes_pass_and_one_more_rejects():
    limits = Limits(attributes_per_span_max=10)
    many = [pair(str(number), "") for number in range(11)]
    assert len(parse(span(attributes=many[:10]), limits).attributes) == 10
    assert rejection(span(attributes=many), limits) == "its span has more than 10 attributes (attributes_per_span_max)"


@pytest.mark.parametrize("limit", [10_000])
def test_the_default_limit_of_attributes(limit):
    empty = field(9, b"")
    whole = span().SerializeToString()
    raw = RawSpan(b"", b"", b"", b"", whole + empty * limit)
    assert parse_span(raw, LIMITS).attributes == {"": None}
    with pytest.raises(SpanRejected, match="10000 attributes"):
        parse_span(raw._replace(span=raw.span + empty), LIMITS)


@pytest.mark.parametrize(
    "part",
    [
        field(11, b""),  # an event
        field(11, field(3, b"")),  # an event's attribute: two
        field(13, b""),  # a link
        field(9, field(2, field(5, field(1, b"")))),  # an element of an array: two with its attribute
        field(9, field(2, field(6, field(1, b"")))),
    ],
)
def test_so_many_values_pass_and_one_more_rejects(part):
    limits = Limits(values_per_span_max=8, attributes_per_span_max=8)
    weight = 2 if len(part) > 2 else 1
    good = RawSpan(b"", b"", b"", b"", span().SerializeToString() + part * (8 // weight))
    parse_span(good, limits)
    with pytest.raises(SpanRejected, match=r"values_per_span_max"):
        parse_span(good._replace(span=good.span + part), limits)


def test_an_array_of_millions_is_refused_before_it_is_built():
    bomb = field(9, field(2, field(5, b"\x0a\x00" * 3_000_000)))
    with pytest.raises(SpanRejected, match="more than 1000000 values"):
        parse_span(RawSpan(b"", b"", b"", b"", span().SerializeToString() + bomb), LIMITS)


@given(st.binary(max_size=100), st.integers(0, 60))
def test_random_bytes_give_a_span_or_a_rejection(noise, at):
    whole = span(attributes=[pair("a", "b")]).SerializeToString()
    for data in (noise, whole[:at] + noise + whole[at:]):
        with contextlib.suppress(SpanRejected):
            parse_span(RawSpan(b"", b"", b"", b"", data), Limits(attributes_per_span_max=2))
