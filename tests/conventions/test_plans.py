"""What is remembered of keys stays bounded, and changes nothing."""

import pytest
from made_spans import facts

from threadline.conventions import plans
from threadline.conventions.plans import Plans
from threadline.conventions.registry import CONVENTIONS

KIND = "openinference.span.kind"


def test_the_same_keys_share_a_plan():
    made = Plans(CONVENTIONS)
    plan = made.of({KIND: "LLM", "session.id": "a"})
    assert made.of({KIND: "TOOL", "session.id": None}) is plan
    assert made.of({"session.id": "a", KIND: "LLM"}) is not plan
    assert (plan.session_keys, plan.user_keys, plan.has_metadata) == (((0, "session.id"),), (), False)
    assert plan.convention is CONVENTIONS[0]
    assert made.of({"http.method": "GET"}).convention is None


@pytest.mark.parametrize(
    ("attributes", "remembered"),
    [
        ({f"key {number}": 1 for number in range(128)}, True),
        ({f"key {number}": 1 for number in range(129)}, False),
        ({"k" * 8_192: 1}, True),
        ({"k" * 8_193: 1}, False),
    ],
)
def test_many_or_long_keys_are_read_each_time(attributes, remembered):
    made = Plans(CONVENTIONS)
    assert (made.of(attributes) is made.of(attributes)) == remembered


def test_plans_are_forgotten_when_there_are_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plans, "_REMEMBERED_MAX", 2)
    made = Plans(CONVENTIONS)
    first = made.of({"a": 1})
    made.of({"b": 1})
    assert made.of({"a": 1}) is first
    made.of({"c": 1})
    assert made.of({"a": 1}) is not first


def test_a_plan_holds_for_other_values_under_the_same_keys():
    keys = {KIND: "LLM", "llm.model_name": "m", "llm.token_count.prompt": 3, "session.id": "s", "metadata.a": 1}
    found = facts(keys)
    other = facts(dict.fromkeys(keys))
    assert (found.model, found.prompt_tokens, found.session_ids[0].value, found.metadata) == ("m", 3, "s", '{"a":1}')
    assert (other.model, other.prompt_tokens, other.session_ids, other.metadata) == (None, None, (), '{"a":null}')
