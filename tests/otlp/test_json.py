import contextlib
import json
import math
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from threadline.errors import TooLarge, UndecodableBody
from threadline.model.limits import Limits
from threadline.otlp.json import to_protobuf
from threadline.otlp.spans import parse_span
from threadline.otlp.wire import read_request

LIMITS = Limits()
GOOD = {"traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "eee19b7ec3c1b174", "name": "good"}


def body(*spans, **resource_spans):
    whole = {"resourceSpans": [{"scopeSpans": [{"scope": {"name": "tests"}, "spans": spans}], **resource_spans}]}
    return json.dumps(whole).encode()


def converted(data, limits=LIMITS):
    found = to_protobuf(data, limits)
    return [parse_span(raw, limits) for raw in read_request(found.body, limits)], found


def value(written):
    [span], _ = converted(body({**GOOD, "attributes": [{"key": "k", "value": written}]}))
    return span.attributes["k"]


def reason(span):
    """Why a span is rejected beside a good one."""
    spans, found = converted(body(span, GOOD))
    assert [one.name for one in spans] == ["good"]
    assert found.rejected == 1
    [why] = found.reasons
    return why


def test_a_whole_request_equals_its_protobuf_form():
    data = {
        "resourceSpans": [
            {
                "resource": {
                    "attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}],
                    "droppedAttributesCount": 1,
                },
                "schemaUrl": "r",
                "scopeSpans": [
                    {
                        "schemaUrl": "s",
                        "scope": {
                            "name": "n",
                            "version": "v",
                            "attributes": [{"key": "a", "value": {"boolValue": True}}],
                        },
                        "spans": [
                            {
                                **GOOD,
                                "parentSpanId": "EEE19B7EC3C1B173",
                                "traceState": "a=b",
                                "flags": 257,
                                "kind": 2,
                                "startTimeUnixNano": "1544712660000000000",
                                "endTimeUnixNano": 1544712661000000001,
                                "droppedAttributesCount": 1,
                                "droppedEventsCount": 2,
                                "droppedLinksCount": 3,
                                "status": {"code": 2, "message": "no"},
                                "attributes": [{"key": "k", "value": {"intValue": "-9223372036854775808"}}],
                                "events": [
                                    {"timeUnixNano": "5", "name": "e", "attributes": [], "droppedAttributesCount": 4}
                                ],
                                "links": [
                                    {
                                        "traceId": GOOD["traceId"],
                                        "spanId": GOOD["spanId"],
                                        "traceState": "c",
                                        "flags": 1,
                                        "droppedAttributesCount": 5,
                                    }
                                ],
                            }
                        ],
                    }
                ],
            }
        ]
    }
    expected = ExportTraceServiceRequest()
    group = expected.resource_spans.add(schema_url="r")
    group.resource.dropped_attributes_count = 1
    group.resource.attributes.add(key="service.name").value.string_value = "shop"
    inner = group.scope_spans.add(schema_url="s")
    inner.scope.name, inner.scope.version = "n", "v"
    inner.scope.attributes.add(key="a").value.bool_value = True
    ids = {"trace_id": bytes.fromhex(GOOD["traceId"]), "span_id": bytes.fromhex(GOOD["spanId"])}
    span = inner.spans.add(
        **ids,
        parent_span_id=bytes.fromhex("eee19b7ec3c1b173"),
        name="good",
        trace_state="a=b",
        flags=257,
        kind=2,
        start_time_unix_nano=1544712660000000000,
        end_time_unix_nano=1544712661000000001,
        dropped_attributes_count=1,
        dropped_events_count=2,
        dropped_links_count=3,
    )
    span.status.code, span.status.message = 2, "no"
    span.attributes.add(key="k").value.int_value = -(2**63)
    span.events.add(time_unix_nano=5, name="e", dropped_attributes_count=4)
    span.links.add(**ids, trace_state="c", flags=1, dropped_attributes_count=5)
    found = to_protobuf(json.dumps(data).encode(), LIMITS)
    assert ExportTraceServiceRequest.FromString(found.body) == expected
    assert (found.rejected, found.reasons) == (0, {})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"stringValue": ""}, ""),
        ({"intValue": 28235}, 28235),
        ({"intValue": "9007199254740993"}, 9007199254740993),
        ({"intValue": 5.0}, 5),
        ({"doubleValue": 1}, 1.0),
        ({"doubleValue": "Infinity"}, math.inf),
        ({"doubleValue": "-Infinity"}, -math.inf),
        ({"doubleValue": "1.5"}, 1.5),
        ({"doubleValue": None}, None),
        ({"bytesValue": "aGk="}, b"hi"),
        ({"bytesValue": "-_8"}, b"\xfb\xff"),
        ({"arrayValue": {"values": [{"stringValue": "a"}, {}, None, {"arrayValue": {}}]}}, ["a", None, None, []]),
        ({"kvlistValue": {"values": [{"key": "a", "value": {"intValue": 1}}, {"key": "b"}]}}, {"a": 1, "b": None}),
        ({}, None),
        (None, None),
        ({"futureValue": 1}, None),
    ],
)
def test_values(written, read):
    found = value(written)
    assert (found, type(found)) == (read, type(read))


def test_not_a_number():
    assert math.isnan(value({"doubleValue": "NaN"}))
    with pytest.raises(UndecodableBody):  # json.dumps writes a bare NaN, which is not JSON
        converted(body({**GOOD, "attributes": [{"key": "k", "value": {"doubleValue": math.nan}}]}))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"traceId": "7e3t7e3t7e0AAAAAAAAAaA=="}, "traceId is not hexadecimal (base64 is not OTLP/JSON)"),
        ({"spanId": "abc"}, "spanId is not hexadecimal (base64 is not OTLP/JSON)"),
        ({"traceId": 5}, "traceId is not a string"),
        ({"kind": "SPAN_KIND_SERVER"}, "kind is not an integer"),
        ({"kind": True}, "kind is not an integer"),
        ({"kind": 1.5}, "kind is not an integer"),
        ({"status": "ok"}, "status is not an object"),
        ({"attributes": {"a": "b"}}, "attributes is not an array"),
        ({"attributes": ["a"]}, "attributes is not an object"),
        ({"attributes": [{"key": "a", "value": "b"}]}, "value is not an object"),
        ({"attributes": [{"key": "a", "value": {"stringValue": 1}}]}, "stringValue is not a string"),
        ({"attributes": [{"key": "a", "value": {"intValue": "1e3"}}]}, "intValue is not an integer"),
        ({"attributes": [{"key": "a", "value": {"bytesValue": "?"}}]}, "bytesValue is not base64"),
        ({"attributes": [{"key": "a", "value": {"boolValue": "true"}}]}, "boolValue is not true or false"),
        ({"attributes": [{"key": "a", "value": {"doubleValue": "much"}}]}, "doubleValue is not a number"),
        ({"attributes": [{"key": "a", "value": {"arrayValue": []}}]}, "arrayValue is not an object"),
    ],
)
def test_a_span_in_the_wrong_form_is_rejected_alone(fields, why):
    assert reason({**GOOD, **fields}) == why


@pytest.mark.parametrize(
    "fields", [{"startTimeUnixNano": -1}, {"flags": 2**32}, {"startTimeUnixNano": 10**30}, {"kind": 2**31}]
)
def test_numbers_out_of_range_reject_the_span(fields):
    assert reason({**GOOD, **fields})


def test_nesting_at_the_limit_and_one_deeper():
    limits = Limits(attribute_depth_max=3)

    def nested(depth):
        inner = {"stringValue": "deep"}
        for _ in range(depth):
            inner = {"arrayValue": {"values": [inner]}}
        return {**GOOD, "attributes": [{"key": "k", "value": inner}]}

    assert converted(body(nested(3)), limits)[0][0].attributes == {"k": [[["deep"]]]}
    assert to_protobuf(body(nested(4), GOOD), limits).rejected == 1


def test_endless_nesting_is_refused():
    for text in (b'{"resourceSpans":' + b"[" * 100_000, body(GOOD).replace(b'"good"', b"[" * 5_000 + b"]" * 5_000)):
        with pytest.raises(UndecodableBody):
            to_protobuf(text, LIMITS)


def test_a_lone_surrogate_becomes_the_replacement_character():
    [span], _ = converted(body({**GOOD, "name": "a\ud800b \U0001f600 \udc00\ud800\ud800 \\ud800"}))
    assert span.name == "a\ufffdb \U0001f600 \ufffd\ufffd\ufffd \\ud800"


def test_text_that_is_not_utf8_rejects_its_span_alone():
    spans, found = converted(body(GOOD, {**GOOD, "name": "bad"}).replace(b'"bad"', b'"\xff"'))
    assert [span.name for span in spans] == ["good"]
    assert found.reasons == {"it holds text that is not UTF-8": 1}


def test_unknown_names_and_a_byte_order_mark_are_ignored():
    data = body({**GOOD, "futureField": {"x": [1, 10**40]}}, futureGroup=1)
    [span], _ = converted(b"\xef\xbb\xbf" + data)
    assert span.name == "good"


def test_empty_requests():
    for data in (b"{}", b'{"resourceSpans":[]}', b'{"resourceSpans":null}', b'{"resourceSpans":[null,{}]}'):
        assert to_protobuf(data, LIMITS).rejected == 0
        assert converted(data)[0] == []
    assert converted(b'{"resourceSpans":[{"resource":null,"scopeSpans":[null,{"scope":null,"spans":null}]}]}')[0] == []


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"{", b'"x"', b'{"resourceSpans":{}}', b'{"resourceSpans":[1]}', b"\xff"]
)
def test_what_is_no_request_is_undecodable(data):
    with pytest.raises(UndecodableBody):
        to_protobuf(data, LIMITS)


def test_a_request_without_one_span_in_the_right_form_is_undecodable():
    with pytest.raises(UndecodableBody, match="attributes is not an array"):
        to_protobuf(body({**GOOD, "attributes": {}}, {**GOOD, "attributes": {}}), LIMITS)


def test_a_bad_resource_or_scope_rejects_its_spans():
    good = json.loads(body(GOOD))["resourceSpans"][0]
    for bad in ({**good, "resource": []}, {**good, "scopeSpans": [{"scope": 1, "spans": [GOOD, GOOD]}]}):
        found = to_protobuf(json.dumps({"resourceSpans": [bad, good]}).encode(), LIMITS)
        assert found.rejected == len(bad["scopeSpans"][0]["spans"])
        assert len(read_request(found.body, LIMITS)) == 1


def test_so_many_spans_pass_and_one_more_is_refused():
    limits = Limits(spans_per_request_max=3)
    assert len(converted(body(*[GOOD] * 3), limits)[0]) == 3
    with pytest.raises(TooLarge, match="spans_per_request_max"):
        to_protobuf(body(*[GOOD] * 4), limits)


@pytest.mark.parametrize(
    "bomb",
    [
        b'{"resourceSpans":[{"scopeSpans":[{"spans":[' + b"0," * 2_000_000 + b"0]}]}]}",
        b'{"resourceSpans":[{"scopeSpans":[' + b"{}," * 2_000_000 + b"{}]}]}",
        b'{"resourceSpans":[' + b"{}," * 2_000_000 + b"{}]}",
    ],
)
def test_a_bomb_is_refused_before_it_costs_memory(bomb):
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="spans_per_request_max"):
            to_protobuf(bomb, Limits(spans_per_request_max=5_000))
        assert tracemalloc.get_traced_memory()[1] < 2 * len(bomb)
    finally:
        tracemalloc.stop()


def test_commas_in_text_are_no_bomb():
    [span], _ = converted(body({**GOOD, "name": ',"' * 300_000}))
    assert len(span.name) == 600_000


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "traceId",
                        "spanId",
                        "attributes",
                        "key",
                        "value",
                        "events",
                        "stringValue",
                        "arrayValue",
                        "values",
                        "status",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_as_a_span_is_converted_or_rejected(anything):
    found = to_protobuf(body(GOOD, anything), LIMITS)
    assert len(read_request(found.body, LIMITS)) + found.rejected == 2


@given(st.binary(max_size=60))
def test_random_bytes_give_the_named_errors(data):
    with contextlib.suppress(UndecodableBody):
        to_protobuf(data, LIMITS)
