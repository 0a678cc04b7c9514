"""Which words each side of an OpenInference span says, and how sure that is."""

import pytest
from made_spans import facts, texts

from threadline.model.limits import Limits

JSON = "application/json"
I, O = "llm.input_messages", "llm.output_messages"  # noqa: E741


def sides(attributes):
    found, said = facts(attributes), texts(attributes)
    if said is None:
        return (found.input_rank, None), (found.output_rank, None)
    return (found.input_rank, said.input), (found.output_rank, said.output)


@pytest.mark.parametrize(
    ("attributes", "side"),
    [
        ({"input.value": "Hi"}, (1, "Hi")),
        ({"input.value": "Hi", "input.mime_type": "text/plain"}, (1, "Hi")),
        ({"input.value": " {not json} "}, (1, " {not json} ")),
        ({"input.value": '["a"'}, (1, '["a"')),
        ({"input.value": '"quoted"'}, (1, '"quoted"')),
        ({"input.value": '{"a": 1}', "input.mime_type": "text/plain"}, (1, '{"a": 1}')),
        ({"input.value": 42}, (1, "42")),
        ({"input.value": True}, (1, "true")),
        ({"input.value": '{"question": "Hi"}'}, (3, "Hi")),
        ({"input.value": '{"question": "Hi"}', "input.mime_type": JSON}, (3, "Hi")),
        ({"input.value": {"question": "Hi"}}, (3, "Hi")),
        ({"input.value": '"Hi"', "input.mime_type": JSON}, (3, "Hi")),
        ({"input.value": '{"rows": 1}'}, (4, '{"rows": 1}')),
        ({"input.value": '{"rows": ', "input.mime_type": JSON}, (4, '{"rows": ')),
        ({"input.value": {"rows": 1}}, (4, '{"rows":1}')),
        ({"input.value": ""}, (9, None)),
        ({"input.value": "  "}, (9, None)),
        ({"input.value": b"raw"}, (9, None)),
        ({"input.value": None}, (9, None)),
        ({}, (9, None)),
        ({"input.value": "__REDACTED__"}, (1, "__REDACTED__")),
        ({f"{I}.0.message.role": "user", f"{I}.0.message.content": "Hi"}, (2, "Hi")),
        (
            {"input.value": '{"question": "x"}', f"{I}.0.message.role": "user", f"{I}.0.message.content": "Hi"},
            (2, "Hi"),
        ),
        ({"input.value": "plain", f"{I}.0.message.role": "user", f"{I}.0.message.content": "Hi"}, (1, "plain")),
        (
            {
                f"{I}.2.message.role": "user",
                f"{I}.2.message.content": "early",
                f"{I}.10.message.role": "Human",
                f"{I}.10.message.content": "late",
                f"{I}.11.message.role": "assistant",
                f"{I}.11.message.content": "no",
            },
            (2, "late"),
        ),
        (
            {
                f"{I}.0.message.role": "user",
                f"{I}.0.message.content": "Hi",
                f"{I}.1.message.role": "user",
                f"{I}.1.message.tool_call_id": "c1",
                f"{I}.1.message.content": "14C",
            },
            (2, "Hi"),
        ),
        (
            {
                f"{I}.0.message.role": "user",
                f"{I}.0.message.contents.1.message_content.text": "second",
                f"{I}.0.message.contents.0.message_content.text": "first",
                f"{I}.0.message.contents.2.message_content.image.image.url": "https://x/y.png",
            },
            (2, "first\nsecond"),
        ),
        (
            {
                f"{I}.0.message.role": "user",
                f"{I}.0.message.contents.0.message_content.type": "image",
                f"{I}.0.message.contents.0.message_content.image.image.url": "https://x/y.png",
                f"{I}.0.message.contents.1.message_content.audio.audio.url": "https://x/y.wav",
            },
            (2, "[image] [audio]"),
        ),
        (
            {
                f"{I}.0.message.role": "user",
                f"{I}.0.message.contents.0.message_content.text": "Hi",
                f"{I}.0.message.contents.0.message_content.image": None,
            },
            (2, "Hi"),
        ),
        ({f"{I}.0.message.role": "system", f"{I}.0.message.content": "be", "input.value": '{"x": 1}'}, (9, None)),
        ({"llm.prompts.0.prompt.text": "a", "llm.prompts.1.prompt.text": "b"}, (2, "b")),
        ({"llm.prompts": ["a", "b"]}, (2, "b")),
        ({f"{I}.99999999999999999999.message.role": "user", f"{I}.x.message.content": "?"}, (9, None)),
    ],
)
def test_input(attributes, side):
    assert sides(attributes)[0] == side


@pytest.mark.parametrize(
    ("attributes", "side"),
    [
        ({"output.value": "Hello"}, (1, "Hello")),
        ({"output.value": '{"output": "Hello"}', "output.mime_type": JSON}, (3, "Hello")),
        ({f"{O}.0.message.role": "assistant", f"{O}.0.message.content": "Hello"}, (2, "Hello")),
        ({f"{O}.0.message.role": "model", f"{O}.0.message.content": "Hello"}, (2, "Hello")),
        ({f"{O}.0.message.content": "Hello"}, (2, "Hello")),
        (
            {
                f"{O}.0.message.role": "assistant",
                f"{O}.0.message.content": "old",
                f"{O}.1.message.role": "user",
                f"{O}.1.message.content": "more?",
            },
            (9, None),
        ),
        (
            {
                f"{O}.0.message.role": "assistant",
                f"{O}.0.message.tool_calls.0.tool_call.function.name": "weather",
                "output.value": '{"choices": [{"message": {"tool_calls": []}}]}',
                "output.mime_type": JSON,
            },
            (9, None),
        ),
        (
            {
                f"{O}.0.message.role": "assistant",
                f"{O}.0.message.contents.0.message_content.type": "reasoning",
                f"{O}.0.message.contents.0.message_content.text": "hm",
                f"{O}.0.message.contents.1.message_content.type": "text",
                f"{O}.0.message.contents.1.message_content.text": "Hello",
            },
            (2, "Hello"),
        ),
        (
            {
                "output.value": "[\"ThoughtStep(type='thought')\"]",
                "output.mime_type": "text/plain",
                f"{O}.0.message.role": "model",
                f"{O}.0.message.content": "Hello",
            },
            (2, "Hello"),
        ),
        ({"llm.choices.0.completion.text": "Hello"}, (2, "Hello")),
    ],
)
def test_output(attributes, side):
    assert sides(attributes)[1] == side


def test_an_answer_in_json_says_so():
    said = texts({f"{O}.0.message.role": "assistant", f"{O}.0.message.content": '{"city": "Paris"}'})
    assert (said.output, said.output_mime_type) == ('{"city": "Paris"}', JSON)
    said = texts({"output.value": '{"city": "Paris"}', "output.mime_type": "text/plain"})
    assert said.output_mime_type == "text/plain"
    assert texts({"input.value": '{"rows": 1}'}).input_mime_type == JSON


@pytest.mark.parametrize(("text", "kept"), [("abcd", "abcd"), ("abcde", "abcd"), ("abcé", "abc"), ("😀😀", "😀")])
def test_each_side_is_cut_between_two_characters(text, kept):
    said = texts({"input.value": text, "output.value": text}, limits=Limits(text_bytes_max=4))
    assert (said.input, said.output) == (kept, kept)


def test_the_default_limit():
    assert len(texts({"input.value": "x" * 65536}).input) == 65536
    assert len(texts({"input.value": "x" * 65537}).input) == 65536


def test_thousands_of_messages_without_words_are_read_once():
    attributes = {f"{I}.{n}.message.role": "user" for n in range(5_000)}
    attributes |= {f"{I}.{n}.message.contents.0.message_content.type": "text" for n in range(5_000)}
    assert sides(attributes)[0] == (9, None)
