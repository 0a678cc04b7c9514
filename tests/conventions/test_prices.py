"""Prices: data, dated, overridable; money is whole."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_spans import LIMITS, facts, span

from threadline.conventions.prices import BUILT_IN, PriceTable
from threadline.conventions.registry import read_facts
from threadline.errors import InvalidInput


def ns(year, month, day):
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 10**9


NOW = ns(2026, 11, 1)
TABLE = json.loads(files("threadline.conventions").joinpath("prices.json").read_bytes())


def cost(model, at=NOW, table=BUILT_IN, **counts):
    return table.cost_nano(model, at, **({"prompt": 1_000_000, "completion": 0} | counts))


def test_every_model_has_dated_prices_and_a_source():
    names = [name for model in TABLE["models"] for name in (model["model"], *model.get("aliases", ()))]
    assert len(names) == len(set(names))
    for model in TABLE["models"]:
        source = TABLE["sources"][model["provider"]]
        assert source["url"].startswith("https://")
        assert source["checked"] >= "2026-01-01"
        assert source["seen_in"]
        assert all(url.startswith("https://") for url in source["seen_in"])
        dates = [price["from"] for price in model["prices"]]
        assert dates == sorted(set(dates))
        assert all(price["input"] >= price.get("cache_read", 0) for price in model["prices"])


@pytest.mark.parametrize(
    ("model", "usd"),
    [
        ("gpt-4o-mini", 0.15),
        ("gpt-4o-mini-2024-07-18", 0.15),
        ("GPT-4o", 2.5),
        ("gpt-4o-2024-05-13", 5),
        ("openai/gpt-4o", 2.5),
        ("openrouter/openai/gpt-5.4-mini", 0.75),
        ("azure/gpt-4.1", 2),
        ("claude-sonnet-4-5-20250929", 3),
        ("anthropic/claude-opus-4.8", 5),
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", 1),
        ("claude-3-5-sonnet@20240620", 3),
        ("claude-opus-4-1-20250805", 15),
        ("models/gemini-2.5-flash", 0.3),
        ("gemini-2.5-flash-lite", 0.1),
        ("gpt-4-0613", 30),
        ("command-r-plus-08-2024", 2.5),
        ("grok-4-0709", 3),
        ("deepseek-chat", 0.14),
        ("text-embedding-3-small", 0.02),
        ("gpt-5.6", 4),
        ("gpt-6.1-terra", 1),
        ("anthropic/claude-opus-5.5", 4),
        ("claude-haiku-5-5", 0.1),
        ("google/gemini-3.8-flash", 0.75),
        ("mistral-small-2603", 0.15),
        ("mistral-medium-latest", 1.5),
        ("ministral-8b-latest", 0.15),
        ("ministral-8b-2410", 0.1),
        ("devstral-latest", 0.4),
        ("command-r-03-2024", 0.5),
        ("x-ai/grok-4.20", 1.25),
        ("deepseek-v4-pro", 0.66),
        ("bedrock/us.amazon.nova-lite-v1:0", 0.06),
    ],
)
def test_names_find_their_price(model, usd):
    assert cost(model) == round(usd * 10**9)


@pytest.mark.parametrize(
    "model",
    ["", "gpt", "gpt-9", "gpt-4o-audio-preview", "gpt-5-x", "ollama/mistral-small-4", "groq/gpt-4o", "my-model"],
)
def test_names_that_are_another_model_have_none(model):
    assert cost(model) is None


def test_the_price_of_the_spans_start_counts():
    assert cost("o3", ns(2025, 6, 9)) == 10 * 10**9
    assert cost("o3", ns(2025, 6, 10) - 1) == 10 * 10**9
    assert cost("o3", ns(2025, 6, 10)) == 2 * 10**9
    assert cost("o3", 0) == 10 * 10**9
    assert cost("gemini-3.8-flash", ns(2027, 1, 1)) == 2 * cost("gemini-3.8-flash", ns(2027, 1, 1) - 1)
    assert cost("claude-sonnet-5-5", ns(2026, 10, 6), cache_read=10**6) == 200_000_000
    assert cost("claude-sonnet-5-5", ns(2026, 10, 7), cache_read=10**6) == 100_000_000


def test_cached_tokens_are_part_of_the_prompt():
    assert cost("gpt-4o", prompt=1000, completion=0, cache_read=400) == 600 * 2500 + 400 * 1250
    assert cost("claude-opus-4-8", prompt=1000, completion=10, cache_read=400, cache_write=100) == (
        500 * 5000 + 400 * 500 + 100 * 6250 + 10 * 25000
    )
    assert cost("gpt-4", prompt=10, completion=0, cache_read=4) == 10 * 30_000


def test_more_cached_tokens_than_prompt_come_on_top():
    assert cost("gpt-4o", prompt=100, completion=0, cache_read=400) == 100 * 2500 + 400 * 1250


def test_users_prices_go_over_the_built_in_ones():
    table = PriceTable.from_json(
        b'{"models": [{"model": "house-llm", "aliases": ["h"],'
        b' "prices": [{"from": "2020-01-01", "input": 1, "output": 2}]},'
        b'{"model": "gpt-4o", "prices": [{"from": "2020-01-01", "input": 1, "output": 1}]}]}'
    )
    assert [cost(model, table=table) for model in ("house-llm", "h", "gpt-4o", "gpt-4o-mini")] == [
        10**9,
        10**9,
        10**9,
        150_000_000,
    ]
    assert cost("gpt-4o") == 2_500_000_000


def test_a_table_is_a_parameter():
    table = PriceTable.from_json(
        b'{"models": [{"model": "x", "prices": [{"from": "2020-01-01", "input": 1, "output": 1}]}]}'
    )
    made = span({"llm.model_name": "x", "llm.token_count.prompt": 3})
    assert read_facts(made, size=1, digest=b"", limits=LIMITS, prices=table)[0].computed_cost_nano == 3000
    assert read_facts(made, size=1, digest=b"", limits=LIMITS)[0].computed_cost_nano is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"models": [{"model": "x", "prices": []}]}',
        b'{"models": [{"model": "x", "prices": [{"from": "soon", "input": 1, "output": 1}]}]}',
        b'{"models": [{"model": "x", "prices": [{"from": "2020-01-01", "input": -1, "output": 1}]}]}',
        b'{"models": [{"model": "x", "prices": [{"from": "2020-01-01", "inptu": 1, "output": 1}]}]}',
    ],
)
def test_a_file_that_cannot_be_read_says_so(data):
    with pytest.raises(InvalidInput) as error:
        PriceTable.from_json(data)
    assert error.value.code == "prices_unreadable"


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_rounded_once_half_to_even(prompt, completion, cached):
    per_token = [Fraction(rate).limit_denominator(10**9) for rate in ("0.435", "0.87", "0.003625")]
    plain = prompt - cached if cached <= prompt else prompt
    exact = (plain * per_token[0] + completion * per_token[1] + cached * per_token[2]) * 1000
    counts = {"prompt": prompt, "completion": completion, "cache_read": cached}
    assert BUILT_IN.cost_nano("deepseek-v4-pro", ns(2026, 6, 1), **counts) == round(exact)


def test_facts_carry_the_cost():
    found = facts({"llm.model_name": "gpt-4o", "llm.token_count.prompt": 10, "llm.token_count.completion": 2})
    assert found.computed_cost_nano == 10 * 2500 + 2 * 10_000
    assert facts({"llm.model_name": "gpt-4o"}).computed_cost_nano is None
    assert facts({"llm.model_name": "gpt-4o", "llm.token_count.total": 5}).computed_cost_nano is None


def test_a_cost_beyond_what_a_span_can_report_is_noise():
    assert cost("gpt-4o", prompt=400 * 10**12) == 10**18  # the greatest: a thousand million USD
    assert cost("gpt-4o", prompt=400 * 10**12 + 1) is None
    assert facts({"llm.model_name": "gpt-4o", "llm.token_count.prompt": 2**53 - 1}).computed_cost_nano is None
