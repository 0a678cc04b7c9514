"""The one precedence list: every key, in order, wherever it stands."""

import json
from itertools import pairwise

import pytest
from made_spans import facts

from threadline.conventions.session_ids import METADATA_KEYS, PRECEDENCE
from threadline.model.facts import SessionIdCandidate
from threadline.model.limits import Limits

EXPECTED = (
    "session.id",
    "langfuse.session.id",
    "gen_ai.conversation.id",
    "traceloop.association.properties.session_id",
    "ai.telemetry.metadata.sessionId",
    "ai.telemetry.metadata.session_id",
    "ai.telemetry.metadata.threadId",
    "lmnr.association.properties.session_id",
    "langsmith.metadata.session_id",
    "langsmith.metadata.conversation_id",
    "langsmith.metadata.thread_id",
    "mlflow.trace.session",
    "gcp.vertex.agent.session_id",
    "metadata.session_id",
    "metadata.sessionId",
    "metadata.conversation_id",
    "metadata.thread_id",
    "ai.settings.context.sessionId",
    "langfuse.trace.metadata.langfuse_session_id",
    "langfuse.observation.metadata.langfuse_session_id",
    "session_id",
    "conversation_id",
    "thread_id",
)


def test_the_list_is_the_documented_one():
    assert PRECEDENCE == EXPECTED


@pytest.mark.parametrize("key", EXPECTED)
def test_each_key_counts(key):
    rank = EXPECTED.index(key)
    assert facts({key: "chat"}).session_ids == (SessionIdCandidate(rank, key, "chat"),)


@pytest.mark.parametrize("key", EXPECTED)
def test_each_key_counts_on_the_resource_after_all_others(key):
    on_both = facts({"thread_id": "own"}, resource={key: "shared"}).session_ids
    assert [(c.key, c.value) for c in on_both] == [("thread_id", "own"), (f"resource:{key}", "shared")]


@pytest.mark.parametrize(("stronger", "weaker"), list(pairwise(EXPECTED)))
def test_the_stronger_key_wins_and_the_other_is_kept(stronger, weaker):
    assert [c.value for c in facts({weaker: "b", stronger: "a"}).session_ids] == ["a", "b"]


@pytest.mark.parametrize("key", METADATA_KEYS)
def test_metadata_as_json_and_as_a_map(key):
    for value in (json.dumps({key: "chat", "x": 1}), {key: "chat"}):
        assert [(c.key, c.value) for c in facts({"metadata": value}).session_ids] == [(f"metadata.{key}", "chat")]
    on_resource = facts({}, resource={"metadata": json.dumps({key: "chat"})}).session_ids
    assert [(c.key, c.value) for c in on_resource] == [(f"resource:metadata.{key}", "chat")]


def test_metadata_over_its_limit_still_names_the_session():
    found = facts({"metadata": json.dumps({"thread_id": "t", "pad": "x" * 20_000})})
    assert [c.value for c in found.session_ids] == ["t"]
    assert found.metadata is None


@pytest.mark.parametrize("text", ["no json", "[1]", '{"session_id": ', "null", '"session_id"'])
def test_metadata_that_is_no_object(text):
    assert facts({"metadata": text}).session_ids == ()


@pytest.mark.parametrize(
    ("value", "counts_as"),
    [
        ("  chat 1\n", "chat 1"),
        (12345, "12345"),
        (0, "0"),
        (-7, "-7"),
        ("😀", "😀"),
        ("../..", "../.."),
        ("[Scrubbed", "[Scrubbed"),
        ("none", "none"),
        (True, None),
        (1.5, None),
        ("", None),
        (" ", None),
        ("None", None),
        ("null", None),
        ("<null>", None),
        ("undefined", None),
        ("[Scrubbed due to 'session']", None),
        ("__REDACTED__", None),
        ("<REDACTED>", None),
        (None, None),
        (["a"], None),
        (b"a", None),
        ({"a": "b"}, None),
    ],
)
def test_what_counts_as_an_id(value, counts_as):
    found = facts({"session.id": value, "thread_id": "other"}).session_ids
    assert [c.value for c in found] == ([] if counts_as is None else [counts_as]) + ["other"]


def test_at_the_limit_and_one_past_it():
    at = facts({"session.id": f" {'x' * 4096} "})
    assert ([len(c.value) for c in at.session_ids], at.session_id_too_long) == ([4096], "")
    past = facts({"session.id": "x" * 4097, "thread_id": "t"}, resource={"session.id": "y" * 4097})
    assert ([c.value for c in past.session_ids], past.session_id_too_long) == (["t"], "session.id")
    assert facts({"session.id": "abc"}, limits=Limits(session_id_characters_max=2)).session_id_too_long == "session.id"
    assert facts({}, resource={"session.id": "y" * 4097}).session_id_too_long == "resource:session.id"


@pytest.mark.parametrize("key", ["langsmith.trace.session_id", "langsmith.trace.session_name", "mcp.session.id"])
def test_never_a_session(key):
    assert facts({key: "x"}, resource={key: "x"}).session_ids == ()


def test_a_lone_surrogate_is_replaced():
    assert facts({"metadata": '{"thread_id": "a\\ud800"}'}).session_ids[0].value == "a\ufffd"
