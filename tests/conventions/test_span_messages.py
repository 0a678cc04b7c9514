"""Messages with all their parts."""

from made_spans import messages

from threadline.conventions import SpanMessages
from threadline.model.message import (
    AudioPart,
    Document,
    FilePart,
    ImagePart,
    Message,
    ReasoningPart,
    TextPart,
    ToolCallPart,
)

KIND = "openinference.span.kind"


def sent(prefix="llm.input_messages", **fields):
    return {KIND: "LLM"} | {f"{prefix}.{key}": value for key, value in fields.items()}


def of(*contents):
    attributes = {KIND: "LLM", "llm.input_messages.0.message.role": "user"}
    for number, content in enumerate(contents):
        for key, value in content.items():
            attributes[f"llm.input_messages.0.message.contents.{number}.{key}"] = value
    (message,) = messages(attributes).input
    return message.parts


def test_parts():
    assert of(
        {"message_content.type": "text", "message_content.text": "look"},
        {"message_content.type": "image", "message_content.image.image.url": "https://x/a.png"},
        {
            "message_content.type": "audio",
            "message_content.audio.audio.url": "s3://x/a.wav",
            "message_content.audio.audio.mime_type": "audio/wav",
            "message_content.audio.audio.transcript": "hello",
        },
        {"message_content.type": "video", "message_content.video.video.url": "https://x/a.mp4"},
        {
            "message_content.type": "document",
            "message_content.document.document.url": "https://x/a.pdf",
            "message_content.document.document.mime_type": "application/pdf",
            "message_content.document.document.name": "a.pdf",
        },
        {"message_content.type": "reasoning", "message_content.text": "hm"},
        {"message_content.type": "reasoning", "message_content.encrypted_content": "xyz"},
        {
            "message_content.type": "tool_use",
            "tool_call.id": "c1",
            "tool_call.function.name": "weather",
            "tool_call.function.arguments": '{"city": "Paris"}',
        },
    ) == (
        TextPart("look"),
        ImagePart("https://x/a.png"),
        AudioPart("s3://x/a.wav", "audio/wav", "hello"),
        FilePart("https://x/a.mp4"),
        FilePart("https://x/a.pdf", "application/pdf", "a.pdf"),
        ReasoningPart("hm"),
        ReasoningPart(""),
        ToolCallPart("weather", '{"city": "Paris"}', "c1"),
    )


def test_empty_values_make_no_ghosts():
    attributes = {
        KIND: "LLM",
        "llm.input_messages.0.message.role": "user",
        "llm.input_messages.0.message.content": "Hi",
        "llm.input_messages.0.message.contents.0.message_content.image": None,
        "llm.input_messages.0.message.tool_calls.0.tool_call.id": None,
        "llm.input_messages.0.message.tool_calls.1.tool_call.id": "alone",
        "llm.input_messages.5.message.name": None,
    }
    assert messages(attributes).input == (Message("user", (TextPart("Hi"),)),)


def test_sparse_indices_keep_their_order_and_cost_nothing():
    attributes = {
        KIND: "LLM",
        "llm.input_messages.148.message.role": "user",
        "llm.input_messages.148.message.content": "third",
        "llm.input_messages.999999999999.message.role": "user",
        "llm.input_messages.999999999999.message.content": "last",
        "llm.input_messages.20.message.role": "assistant",
        "llm.input_messages.20.message.content": "first",
        "llm.input_messages.9999999999999.message.content": "an index of 13 digits is none",
    }
    assert [part.text for message in messages(attributes).input for part in message.parts] == ["first", "third", "last"]


def test_content_and_contents_together():
    base = {KIND: "LLM", "llm.output_messages.0.message.role": "assistant"}
    text = "llm.output_messages.0.message.contents.0.message_content.text"
    content = "llm.output_messages.0.message.content"
    assert messages(base | {content: "a", text: "a"}).output[0].parts == (TextPart("a"),)
    assert messages(base | {content: "a", text: "b"}).output[0].parts == (TextPart("a"), TextPart("b"))


def test_tool_calls_and_what_answers_them():
    attributes = {
        KIND: "LLM",
        "llm.input_messages.0.message.role": "user",
        "llm.input_messages.0.message.tool_call_id": "c1",
        "llm.input_messages.0.message.content": "14C",
        "llm.input_messages.1.message.role": "tool",
        "llm.input_messages.1.message.name": "weather",
        "llm.input_messages.1.message.content": "15C",
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.tool_calls.1.tool_call.function.name": "second",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "first",
        "llm.output_messages.0.message.tool_calls.0.tool_call.id": "c2",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": "{}",
        "llm.output_messages.1.message.function_call_name": "legacy",
        "llm.output_messages.1.message.function_call_arguments_json": "{}",
    }
    read = messages(attributes)
    assert read.input == (
        Message("tool", (TextPart("14C"),), None, "c1"),
        Message("tool", (TextPart("15C"),), "weather"),
    )
    assert read.output == (
        Message("assistant", (ToolCallPart("first", "{}", "c2"), ToolCallPart("second", ""))),
        Message("assistant", (ToolCallPart("legacy", "{}"),)),
    )


def test_legacy_completions():
    read = messages({KIND: "LLM", "llm.prompts.0.prompt.text": "once", "llm.choices.0.completion.text": "upon"})
    assert read.input == (Message("user", (TextPart("once"),)),)
    assert read.output == (Message("assistant", (TextPart("upon"),)),)


def test_pictures_and_documents_beside_the_values():
    attributes = {
        KIND: "AGENT",
        "input.value": "look",
        "input.images.0.image.url": "https://x/a.png",
        "input.documents": '[{"url": "https://x/a.pdf", "name": "a"}]',
        "output.images": ["https://x/b.png"],
    }
    read = messages(attributes)
    assert read.input == (
        Message("user", (TextPart("look"), ImagePart("https://x/a.png"), FilePart("https://x/a.pdf", None, "a"))),
    )
    assert read.output == (Message("assistant", (ImagePart("https://x/b.png"),)),)


def test_tool_spans():
    wrapped = '{"type": "tool", "data": {"content": "14C", "tool_call_id": "c1"}}'
    attributes = {KIND: "TOOL", "tool.name": "weather", "tool.id": "c1", "input.value": '{"city": "Paris"}'}
    read = messages(attributes | {"output.value": wrapped, "output.mime_type": "application/json"})
    assert (read.tool_name, read.tool_call_id, read.tool_arguments, read.tool_result) == (
        "weather",
        "c1",
        '{"city": "Paris"}',
        "14C",
    )
    assert messages(attributes | {"output.value": '{"temp": 14}'}).tool_result == '{"temp": 14}'
    assert messages({KIND: "tool", "tool.parameters": "{}"}, name="lookup").tool_name == "lookup"


def test_documents():
    attributes = {
        KIND: "RETRIEVER",
        "input.value": "weather in Paris",
        "retrieval.documents.1.document.content": "b",
        "retrieval.documents.1.document.id": 7,
        "retrieval.documents.0.document.content": "a",
        "retrieval.documents.0.document.score": "0.5",
        "retrieval.documents.0.document.metadata": '{"x": 1}',
        "retrieval.documents.2.document.score": float("nan"),
    }
    read = messages(attributes)
    assert read.documents == (Document("a", None, 0.5, '{"x": 1}'), Document("b", "7"))
    assert read.query == "weather in Paris"
    reranked = {KIND: "RERANKER", "reranker.query": "q", "reranker.input_documents.0.document.content": "in"}
    assert (messages(reranked).query, messages(reranked).documents) == ("q", (Document("in"),))
    reranked["reranker.output_documents.0.document.content"] = "out"
    assert messages(reranked).documents == (Document("out"),)


def test_tools_offered_and_nothing_at_all():
    assert messages({KIND: "LLM", "llm.tools.0.tool.json_schema": "{}"}).tools_offered == ("{}",)
    assert messages({"http.method": "GET"}) == SpanMessages()
