from hypothesis import given
from hypothesis import strategies as st
from messages import pair, request, span
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.resource.v1.resource_pb2 import Resource

from threadline.model.limits import Limits
from threadline.otlp.export import join, length_delimited, with_project
from threadline.otlp.wire import read_request

PROJECT = "openinference.project.name"


def cut(*messages):
    return [raw for message in messages for raw in read_request(message.SerializeToString(), Limits())]


def projects(resource):
    return [pair.value.string_value for pair in Resource.FromString(resource).attributes if pair.key == PROJECT]


def test_neighbours_of_one_origin_share_a_group():
    first, second = request(span(1), resource=[("a", "b")]), request(span(2), resource=[("a", "b")])
    other_scope, other = request(span(3), resource=[("a", "b")], scope="other"), request(span(4))
    joined = ExportTraceServiceRequest.FromString(join(cut(first, second, other_scope, other)))
    shape = [[[one.name for one in inner.spans] for inner in group.scope_spans] for group in joined.resource_spans]
    assert shape == [[["span 1", "span 2"], ["span 3"]], [["span 4"]]]


def test_schema_urls_and_missing_parts_stay():
    message = request(span(1), scope="")
    message.resource_spans[0].schema_url = "r"
    message.resource_spans[0].scope_spans[0].schema_url = "s"
    message.resource_spans[0].scope_spans[0].ClearField("scope")
    message.resource_spans[0].ClearField("resource")
    assert ExportTraceServiceRequest.FromString(join(cut(message))) == message


def test_a_resource_that_means_the_same_project_stays_as_it_was():
    named = Resource(attributes=[pair(PROJECT, "shop"), pair("a", "b")]).SerializeToString()
    assert with_project(named, "shop") is named
    unnamed = Resource(attributes=[pair("a", "b")]).SerializeToString()
    assert with_project(unnamed, "default") is unnamed
    assert join(cut(request(span(1))), "default") == join(cut(request(span(1))))


def test_the_project_is_set_where_the_resource_means_another():
    twice = Resource(
        attributes=[pair(PROJECT, "a"), pair("kept", "b"), pair(PROJECT, "shop")], dropped_attributes_count=3
    ).SerializeToString()
    changed = with_project(twice, "shop")
    assert Resource.FromString(changed) == Resource(
        attributes=[pair("kept", "b"), pair(PROJECT, "shop")], dropped_attributes_count=3
    )
    assert projects(with_project(b"", "shop")) == ["shop"]
    assert projects(with_project(changed, "default")) == ["default"]


def test_join_sets_it_on_every_resource():
    joined = join(cut(request(span(1)), request(span(2), resource=[(PROJECT, "old")])), "new")
    assert [projects(raw.resource) for raw in read_request(joined, Limits())] == [["new"], ["new"]]


@given(st.integers(1, 15), st.binary(max_size=300))
def test_a_length_delimited_field(number, data):
    length = bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 127 | 128, len(data) >> 7])
    assert length_delimited(number, data) == bytes([number << 3 | 2]) + length + data
