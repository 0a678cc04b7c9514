"""Kinds, models, tokens, tools and the rest of an OpenInference span."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_spans import LIMITS, START_NS, facts, span, texts

from threadline.conventions import project_of, read_facts, read_messages, read_texts
from threadline.model.limits import Limits
from threadline.model.span import Event, Link, Resource

KIND = "openinference.span.kind"


@pytest.mark.parametrize(
    ("sent", "kind"),
    [("LLM", "LLM"), ("agent", "AGENT"), ("Tool", "TOOL"), ("decision", "DECISION"), ("Novel", "NOVEL"), (3, "")],
)
def test_kinds_compare_without_case_and_unknown_ones_stay(sent, kind):
    assert facts({KIND: sent}).kind == kind


def test_a_span_of_no_convention():
    found = facts({"http.method": "GET", "session.id": "s"}, name="GET /")
    assert (found.kind, found.model, found.carries_tokens, found.input_rank) == ("", None, False, 9)
    assert found.session_ids[0].value == "s"
    assert texts({"http.method": "GET"}) is None


@pytest.mark.parametrize(
    ("attributes", "model"),
    [
        ({"llm.model_name": "m", "llm.response.model_name": "r"}, "m"),
        ({"llm.response.model_name": "r", "llm.request.model_name": "q", KIND: "LLM"}, "r"),
        ({"llm.request.model_name": "q", KIND: "LLM"}, "q"),
        ({"embedding.model_name": "e", KIND: "EMBEDDING"}, "e"),
        ({"reranker.model_name": "k", KIND: "RERANKER"}, "k"),
        ({"llm.model_name": "", KIND: "LLM"}, None),
        ({"llm.model_name": 5, KIND: "LLM"}, None),
    ],
)
def test_model(attributes, model):
    assert facts(attributes).model == model


@pytest.mark.parametrize(
    ("attributes", "counts"),
    [
        ({"prompt": 3, "completion": 2, "total": 5}, (3, 2, 5, True)),
        ({"prompt": "3", "completion": 2.0}, (3, 2, None, True)),
        ({"total": 7}, (None, None, 7, True)),
        ({"prompt": 0}, (0, None, None, True)),
        ({"prompt": 2**63 - 1, "completion": -1, "total": 1e300}, (None, None, None, False)),
        ({"prompt": float("nan")}, (None, None, None, False)),
        ({"prompt": 2**53 - 1}, (2**53 - 1, None, None, True)),
        ({}, (None, None, None, False)),
    ],
)
def test_tokens(attributes, counts):
    found = facts({KIND: "LLM"} | {f"llm.token_count.{key}": value for key, value in attributes.items()})
    assert (found.prompt_tokens, found.completion_tokens, found.total_tokens, found.carries_tokens) == counts


def test_cached_tokens_and_reported_cost():
    found = facts({KIND: "LLM", "llm.token_count.prompt_details.cache_read": 4, "llm.cost.total": 0.25})
    assert (found.cache_read_tokens, found.reported_cost_nano) == (4, 250_000_000)
    assert facts({KIND: "LLM", "llm.token_count.prompt_details.cache_input": 4}).cache_read_tokens == 4
    halves = {KIND: "LLM", "llm.cost.prompt": 0.1, "llm.cost.completion": 1}
    assert facts(halves).reported_cost_nano == 1_100_000_000
    assert facts(halves | {"llm.cost.total": 3}).reported_cost_nano == 3_000_000_000
    assert facts(halves | {"llm.cost.total": float("nan")}).reported_cost_nano == 1_100_000_000
    assert facts({KIND: "LLM", "llm.cost.prompt": "free"}).reported_cost_nano is None


def test_tools_and_agents():
    assert facts({KIND: "TOOL", "tool.name": "weather"}).tool == "weather"
    assert facts({KIND: "TOOL"}, name="lookup").tool == "lookup"
    assert facts({KIND: "LLM", "tool.name": "weather"}).tool is None
    assert facts({KIND: "AGENT"}, name="helper").agent == "helper"
    assert facts({KIND: "agent", "agent.name": "Ana"}, name="run").agent == "Ana"
    assert facts({KIND: "LLM", "agent.name": "Ana"}).agent == "Ana"
    assert facts({KIND: "LLM"}).agent is None


@pytest.mark.parametrize(
    ("sent", "tags"),
    [
        (["b", "a", "b"], ("b", "a", "b")),
        (["a", 1, " ", None], ("a",)),
        ('["a", "b"]', ("a", "b")),
        ("a", ("a",)),
        ([], ()),
        (5, ()),
    ],
)
def test_tags(sent, tags):
    assert facts({KIND: "LLM", "tag.tags": sent}).tags == tags


def test_limits_on_facts():
    limits = Limits(fact_characters_max=3, tags_per_span_max=2, metadata_bytes_max=10)
    found = facts(
        {KIND: "toolong", "llm.model_name": "modelname", "tag.tags": ["aaaa", "b", "c"], "agent.name": "agentname"},
        name="namename",
        status_message="statusmessage",
        resource={"service.name": "servicename", "deployment.environment": "production"},
        limits=limits,
    )
    shown = (found.name, found.status_message, found.kind, found.model, found.agent, found.service, found.environment)
    assert shown == ("nam", "sta", "TOO", "mod", "age", "ser", "pro")
    assert found.tags == ("aaa", "b")
    assert facts({"metadata": '{"a": 12}'}, limits=limits).metadata == '{"a": 12}'
    assert facts({"metadata": '{"a": 123}'}, limits=limits).metadata == '{"a": 123}'
    assert facts({"metadata": '{"a": 1234}'}, limits=limits).metadata is None
    assert facts({"metadata": '{"a": "é"}'}, limits=limits).metadata is None


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ({"metadata": '{"a": 1}'}, '{"a": 1}'),
        ({"metadata": {"a": 1}}, '{"a":1}'),
        ({"metadata.a": 1, "metadata.b": ["x"]}, '{"a":1,"b":["x"]}'),
        ({"metadata": "{}"}, None),
        ({"metadata": "[1]"}, None),
        ({"metadata": "{broken"}, None),
        ({"metadata": '{"a": NaN}'}, '{"a": NaN}'),
        ({}, None),
    ],
)
def test_metadata(attributes, kept):
    assert facts(attributes).metadata == kept


def test_environment_and_service():
    found = facts({"deployment.environment.name": "own"}, resource={"deployment.environment": "test"})
    assert found.environment == "test"
    assert facts({"deployment.environment.name": "own"}).environment == "own"
    assert facts({}, resource={"deployment.environment.name": "a", "deployment.environment": "b"}).environment == "a"
    assert facts({}, resource={"service.name": " chat "}).service == "chat"


def test_first_token():
    events = (Event("other", 5), Event("First Token Stream Event", 20), Event("First Token Stream Event", 10))
    assert facts({KIND: "LLM"}, events=events).first_token_ns == 10
    assert facts({KIND: "LLM"}, events=(Event("other", 5),)).first_token_ns is None


@pytest.mark.parametrize(
    ("times", "folded"),
    [
        ((0, 0), (0, 0)),
        ((0, 7), (7, 7)),
        ((7, 0), (7, 0)),
        ((9, 7), (9, 7)),
        ((2**64 - 1, 2**64 - 1), (2**63 - 1, 2**63 - 1)),
        ((2**63 - 1, 2**63), (2**63 - 1, 2**63 - 1)),
    ],
)
def test_odd_times(times, folded):
    found = facts({}, start_ns=times[0], end_ns=times[1])
    assert (found.start_ns, found.end_ns) == folded


def test_carriers_of_annotations():
    link = Link(b"t" * 16, b"p" * 8)
    assert facts({KIND: "EVALUATOR"}, links=(link,)).annotates
    assert facts({KIND: "evaluator", "session.id": "s", "session.annotations.0.annotation.name": "good"}).annotates
    assert facts({KIND: "EVALUATOR", "evaluations.0.evaluation.name": "good"}).annotates
    assert not facts({KIND: "EVALUATOR", "session.id": "s"}).annotates
    assert not facts({KIND: "LLM", "annotations.0.annotation.name": "good"}, links=(link,)).annotates


@pytest.mark.parametrize(
    ("attribute", "header", "project"),
    [
        ("demo", "mine", "mine"),
        ("demo", None, "demo"),
        ("demo", "", "demo"),
        ("demo", "  ", "  "),
        (None, None, "default"),
        ("", None, "default"),
        (" ", None, " "),
        (5, None, "default"),
        (" a/b ", None, " a/b "),
    ],
)
def test_project(attribute, header, project):
    assert project_of(Resource({"openinference.project.name": attribute, "service.name": "never"}), header) == project


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(max_size=9)
    | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
JSON_TEXTS = st.sampled_from(
    [
        '{"a":',
        "[[[",
        '{"messages": [[1, 2], ["user", "Hi"], {"role": []}]}',
        '{"question": {"content": [null, 3]}}',
        "{}",
    ]
)
KEYS = st.sampled_from(
    [
        KIND,
        "input.value",
        "output.value",
        "input.mime_type",
        "output.mime_type",
        "metadata",
        "metadata.thread_id",
        "tag.tags",
        "session.id",
        "user.id",
        "llm.model_name",
        "llm.token_count.prompt",
        "llm.token_count.total",
        "llm.cost.total",
        "llm.prompts",
        "llm.prompts.0.prompt.text",
        "llm.input_messages.0.message.role",
        "llm.input_messages.0.message.content",
        "llm.input_messages.1.message.contents.0.message_content.text",
        "llm.input_messages.1.message.contents.0.message_content.image",
        "llm.input_messages.1.message.tool_calls.7.tool_call.function.name",
        "llm.input_messages..message",
        "llm.output_messages.-1.message.role",
        "llm.output_messages.5",
        "llm.output_messages.5.message.content",
        "retrieval.documents.0.document.score",
        "retrieval.documents.0.document.content",
        "input.images",
        "output.documents.0.document.url",
        "tool.name",
        "service.name",
    ]
)
ATTRIBUTES = st.dictionaries(KEYS, VALUES | JSON_TEXTS | st.sampled_from(["LLM", "TOOL", "user", "application/json"]))


@given(ATTRIBUTES, ATTRIBUTES)
def test_nothing_a_sender_writes_breaks_the_reading(attributes, resource):
    made = span(attributes, resource=resource, name="x")
    found, said = read_facts(made, size=1, digest=b"", limits=LIMITS)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=type(found)) == found
    assert read_texts(made, LIMITS) == said
    msgspec.json.encode(read_messages(made))
    assert (said is None) == (found.input_rank == found.output_rank == 9)
    assert found.start_ns == START_NS
