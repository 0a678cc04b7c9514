import json

import msgspec
import pytest
from recording import request

from threadline.errors import TooLarge, UndecodableBody
from threadline.ingest.decode import Decoded, decode
from threadline.model.limits import Limits

LIMITS = Limits()


def read(message, header=None, limits=LIMITS):
    return decode(message.SerializeToString(), "protobuf", header, limits)


def test_when_all_is_kept_the_body_is_the_requests_own():
    body = request(1, 2, session_id="s1").SerializeToString()
    found = decode(body, "protobuf", None, LIMITS)
    assert found.arrival.body is body
    assert (found.span_count, found.rejected, found.message, found.projects) == (2, 0, "", ("shop",))
    assert found.session_id_key == "session.id"
    assert [(span.project, span.trace_id, span.ordinal, span.facts.span_id) for span in found.arrival.spans] == [
        ("shop", (1).to_bytes(16, "big"), 0, (1).to_bytes(8, "big")),
        ("shop", (1).to_bytes(16, "big"), 1, (2).to_bytes(8, "big")),
    ]


def test_ordinals_count_rejected_spans_too():
    message = request(1, 0, 2, 0, 3)
    message.MergeFrom(request(4, 5, project="x" * 257))
    message.MergeFrom(request(6))
    found = read(message)
    assert [span.ordinal for span in found.arrival.spans] == [0, 2, 4, 7]
    assert (found.span_count, found.rejected) == (8, 4)
    assert found.message == (
        "4 of 8 spans were not kept: its span_id is all zero (2); "
        "its project name has more than 256 characters (project_characters_max) (2)."
    )


def test_a_project_name_of_256_characters_is_kept():
    assert read(request(1, project="é" * 256)).projects == ("é" * 256,)


def test_the_project_of_header_resource_and_neither():
    assert read(request(1), header="from header").projects == ("from header",)
    assert read(request(1)).projects == ("shop",)
    assert read(request(1, project="")).projects == ("default",)


def test_a_resource_that_cannot_be_read_rejects_its_spans_alone():
    good = request(1).SerializeToString()
    bad = request(2, 3, project="bad").SerializeToString().replace(b"bad", b"\xff\xfe\xfd")
    found = decode(bad + good, "protobuf", None, LIMITS)
    assert [span.ordinal for span in found.arrival.spans] == [2]
    assert found.message.startswith("2 of 3 spans were not kept: its resource cannot be read")


def test_one_span_of_invalid_utf8_among_good_ones():
    message = request(1, 2, 3)
    message.resource_spans[0].scope_spans[0].spans[1].name = "broken"
    found = decode(message.SerializeToString().replace(b"broken", b"\xff\xfeoken"), "protobuf", None, LIMITS)
    assert [span.ordinal for span in found.arrival.spans] == [0, 2]
    assert found.message == "1 of 3 spans were not kept: it holds text that is not UTF-8 (1)."


def test_many_reasons_are_cut_short():
    message = request(*range(1, 9))
    for length, span in enumerate(message.resource_spans[0].scope_spans[0].spans):
        span.trace_id = b"x" * length
    assert read(message).message.endswith("; and 3 other reasons.")


def test_json_comes_out_as_protobuf():
    span = {"traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174", "name": "a"}
    data = {"resourceSpans": [{"scopeSpans": [{"spans": [span, {**span, "kind": "SERVER"}, {**span, "spanId": ""}]}]}]}
    found = decode(json.dumps(data).encode(), "json", None, LIMITS)
    assert (found.span_count, found.rejected, len(found.arrival.spans)) == (3, 2, 1)
    assert "kind is not an integer (1)" in found.message
    assert "its span_id has 0 bytes instead of 8 (1)" in found.message
    assert found.arrival.body.startswith(b"\x0a")


def digests(message):
    return [span.facts.digest for span in read(message).arrival.spans]


def test_the_digest_is_of_span_resource_and_scope():
    base = digests(request(1))
    assert digests(request(1)) == base
    assert digests(request(1, 2))[:1] == base
    changed = [request(1, name="other"), request(1, project="other"), request(1), request(1), request(1)]
    changed[2].resource_spans[0].schema_url = "u"
    changed[3].resource_spans[0].scope_spans[0].schema_url = "u"
    changed[4].resource_spans[0].scope_spans[0].scope.name = "u"
    assert len({digest for message in changed for digest in digests(message)} | set(base)) == 6


def test_it_survives_the_way_to_another_process():
    found = read(request(1, 2, session_id="s", input_value="hello", openinference_span_kind="CHAIN"))
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Decoded)
    assert again == found


def test_what_cannot_be_read_as_a_whole():
    with pytest.raises(UndecodableBody):
        decode(b"\xff", "protobuf", None, LIMITS)
    with pytest.raises(UndecodableBody):
        decode(b"[]", "json", None, LIMITS)
    with pytest.raises(TooLarge):
        read(request(1, 2, 3), limits=Limits(spans_per_request_max=2))
