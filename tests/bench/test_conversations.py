"""The load is what the figures are defined on: the same bytes for the same shape, sessions interleaved."""

from collections import Counter

import msgspec
import pytest
from bench.conversations import (
    ABSENT_COMMON_TRIGRAMS,
    ABSENT_WORD,
    COMMON_WORD,
    RARE_WORD,
    Shape,
    requests,
    session_id,
    spans,
    vocabulary,
)
from bench.load import prepare
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

SHAPE = Shape(sessions=60, at_once=20)


def session_of(span):
    return span.attributes[0].value.string_value


def value(span, key):
    return next((one.value.string_value for one in span.attributes if one.key == key), None)


def test_equal_shapes_make_equal_bytes():
    assert list(requests(SHAPE)) == list(requests(SHAPE))
    assert list(requests(SHAPE)) != list(requests(msgspec.structs.replace(SHAPE, seed=12)))


def test_names_tell_shapes_apart():
    changes = [
        {"sessions": 61}, {"first": 5}, {"turns": (2, 9)}, {"at_once": 21}, {"history_max": 4},
        {"roots_later": 3}, {"spans_per_request": 50}, {"project": "other"}, {"base_ns": 10**18}, {"seed": 3},
        {"varied": True}, {"days": 9},
    ]  # fmt: skip
    assert {next(iter(change)) for change in changes} == set(Shape.__struct_fields__)
    assert len({SHAPE.name, *(msgspec.structs.replace(SHAPE, **change).name for change in changes)}) == 13


def test_a_turn_is_one_trace_of_four_spans_below_one_root():
    traces: dict[bytes, list] = {}
    for span in spans(SHAPE):
        traces.setdefault(span.trace_id, []).append(span)
    for trace in traces.values():
        assert Counter(value(span, "openinference.span.kind") for span in trace) == Counter(
            ["AGENT", "CHAIN", "LLM", "TOOL"]
        )
        assert [span.name for span in trace if not span.parent_span_id] == ["agent"]
        assert {span.parent_span_id for span in trace} <= {b"", *(span.span_id for span in trace)}
        assert len({session_of(span) for span in trace}) == 1


def test_sessions_talk_at_once_and_each_in_order():
    roots = [span for span in spans(SHAPE) if not span.parent_span_id]
    assert {session_of(span) for span in roots} == {session_id(number) for number in range(60)}
    assert len({session_of(span) for span in roots[:20]}) > 5
    last: dict[str, int] = {}
    for root in roots:
        assert last.get(session_of(root), 0) < root.start_time_unix_nano
        last[session_of(root)] = root.start_time_unix_nano


def test_an_llm_call_resends_the_history_up_to_its_limit():
    shape = Shape(sessions=1, turns=(6, 6), at_once=1)
    for limit, expected in ((None, [1, 3, 5, 7, 9, 11]), (4, [1, 3, 4, 4, 4, 4])):
        calls = [
            one for one in spans(msgspec.structs.replace(shape, history_max=limit)) if one.name == "ChatCompletion"
        ]
        counts = [sum(one.key.endswith(".role") and "input" in one.key for one in call.attributes) for call in calls]
        assert counts == expected


@pytest.mark.parametrize("later", [0, 7])
def test_roots_come_later_and_nothing_is_missing(later):
    sent = list(spans(msgspec.structs.replace(SHAPE, roots_later=later)))
    assert sorted(one.SerializeToString() for one in sent) == sorted(one.SerializeToString() for one in spans(SHAPE))
    places = {one.trace_id: place for place, one in enumerate(sent) if not one.parent_span_id}
    first_child = {one.trace_id: place for place, one in reversed(list(enumerate(sent))) if one.parent_span_id}
    assert all((places[trace] > first_child[trace]) == bool(later) for trace in places)


def test_searched_words_stand_where_they_should():
    said = {session_of(one): "" for one in spans(Shape(sessions=1_010, turns=(1, 1)))}
    answers = []
    for one in spans(Shape(sessions=1_010, turns=(1, 1))):
        if not one.parent_span_id:
            said[session_of(one)] += value(one, "input.value") or ""
            answers.append(value(one, "output.value") or "")
    assert [session for session, text in said.items() if RARE_WORD in text] == [session_id(7), session_id(1_007)]
    assert 0.85 < sum(COMMON_WORD in answer for answer in answers) / len(answers) < 0.95
    everything = "\n".join([*said.values(), *answers])
    assert ABSENT_WORD not in everything
    assert ABSENT_COMMON_TRIGRAMS not in everything
    windows = [ABSENT_COMMON_TRIGRAMS[place : place + 3] for place in range(len(ABSENT_COMMON_TRIGRAMS) - 2)]
    assert all(any(window in word for word in vocabulary()) for window in windows)


def test_requests_hold_all_spans_of_one_project():
    counts = []
    for count, body in requests(SHAPE):
        (resource,) = ExportTraceServiceRequest.FromString(body).resource_spans
        assert {one.key: one.value.string_value for one in resource.resource.attributes}[
            "openinference.project.name"
        ] == "bench"
        assert len(resource.scope_spans[0].spans) == count
        counts.append(count)
    assert set(counts[:-1]) == {100}
    assert sum(counts) == len(list(spans(SHAPE)))


def test_a_prepared_load_holds_the_requests(tmp_path):
    load = prepare(SHAPE, tmp_path)
    assert [(place.spans, load.body(number)) for number, place in enumerate(load.places)] == list(requests(SHAPE))
    head, _, body = bytes(load.message(0)).partition(b"\r\n\r\n")
    assert head.splitlines()[0] == b"POST /v1/traces HTTP/1.1"
    assert f"content-length: {len(body)}".encode() in head.splitlines()
    assert prepare(SHAPE, tmp_path).span_count == load.span_count
