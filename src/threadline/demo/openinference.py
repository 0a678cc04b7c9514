"""Attributes as the OpenInference instrumentors write them.

https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md (semconv 0.1.42), and checked
against what openinference-instrumentation-openai 0.1.66 and -langchain 0.1.80 send.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from threadline.demo.draft import Value
from threadline.demo.script import Document, Tool, as_json

__all__ = ["ChatMessage", "ModelCall", "RequestedCall", "document_attributes", "model_attributes"]


class RequestedCall(msgspec.Struct, frozen=True):
    """A tool call as a model asks for it."""

    id: str
    name: str
    arguments: str


class ChatMessage(msgspec.Struct, frozen=True):
    """One message of a chat request or answer."""

    role: str
    content: str = ""
    image: str | None = None
    reasoning: str = ""
    calls: tuple[RequestedCall, ...] = ()
    tool_call_id: str | None = None

    def as_openai(self) -> dict[str, Any]:
        """As the chat completions API has it."""
        content: object = self.content or None
        if self.image:
            content = [
                {"type": "text", "text": self.content},
                {"type": "image_url", "image_url": {"url": self.image}},
            ]
        message: dict[str, Any] = {"role": self.role, "content": content}
        if self.calls:
            message["tool_calls"] = [
                {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
                for call in self.calls
            ]
        if self.tool_call_id:
            message["tool_call_id"] = self.tool_call_id
        return message


class ModelCall(msgspec.Struct, frozen=True):
    """One call of a model; `answer` is None when it failed."""

    model: str
    history: Sequence[ChatMessage]
    tools: Mapping[str, Tool]
    answer: ChatMessage | None
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int


def provider_of(model: str) -> str:
    """Whose model it is."""
    if model.startswith("claude"):
        return "anthropic"
    return "google" if model.startswith("gemini") else "openai"


def model_attributes(call: ModelCall) -> dict[str, Value]:
    """Of an LLM span."""
    messages = [message.as_openai() for message in call.history]
    schemas = [tool_schema(name, tool) for name, tool in call.tools.items()]
    body = {"model": call.model, "messages": messages, "stream": True, "tools": [*schemas]}
    attributes: dict[str, Value] = {
        "llm.system": provider_of(call.model),
        "input.value": as_json({key: value for key, value in body.items() if value != []}),
        "input.mime_type": "application/json",
        "llm.invocation_parameters": as_json({"model": call.model, "stream": True}),
        "llm.model_name": call.model,
    }
    for place, schema in enumerate(schemas):
        attributes[f"llm.tools.{place}.tool.json_schema"] = as_json(schema)
    for place, message in enumerate(call.history):
        attributes |= message_attributes(f"llm.input_messages.{place}", message)
    if call.answer:
        finish = "tool_calls" if call.answer.calls else "stop"
        choice = {"index": 0, "message": call.answer.as_openai(), "finish_reason": finish}
        attributes |= {
            "output.value": as_json({"model": call.model, "choices": [choice]}),
            "output.mime_type": "application/json",
            "llm.token_count.prompt": call.prompt_tokens,
            "llm.token_count.completion": call.completion_tokens,
            "llm.token_count.total": call.prompt_tokens + call.completion_tokens,
            "llm.token_count.prompt_details.cache_read": call.cached_tokens,
            "llm.finish_reason": finish,
        }
        if call.answer.reasoning:
            attributes["llm.token_count.completion_details.reasoning"] = len(call.answer.reasoning) // 4
        attributes |= message_attributes("llm.output_messages.0", call.answer)
    return attributes | {"openinference.span.kind": "LLM"}


def message_attributes(prefix: str, message: ChatMessage) -> dict[str, Value]:
    """One message, flattened."""
    attributes: dict[str, Value] = {f"{prefix}.message.role": message.role}
    parts: list[tuple[str, str, str]] = []
    if message.reasoning:
        parts.append(("reasoning", "text", message.reasoning))
    if message.image:
        parts += [("text", "text", message.content), ("image", "image.image.url", message.image)]
    elif message.reasoning and message.content:
        parts.append(("text", "text", message.content))
    elif message.content:
        attributes[f"{prefix}.message.content"] = message.content
    for place, (kind, key, value) in enumerate(parts):
        attributes[f"{prefix}.message.contents.{place}.message_content.type"] = kind
        attributes[f"{prefix}.message.contents.{place}.message_content.{key}"] = value
    for place, call in enumerate(message.calls):
        attributes[f"{prefix}.message.tool_calls.{place}.tool_call.id"] = call.id
        attributes[f"{prefix}.message.tool_calls.{place}.tool_call.function.name"] = call.name
        attributes[f"{prefix}.message.tool_calls.{place}.tool_call.function.arguments"] = call.arguments
    if message.tool_call_id:
        attributes[f"{prefix}.message.tool_call_id"] = message.tool_call_id
    return attributes


def tool_schema(name: str, tool: Tool) -> dict[str, Any]:
    """A tool as it is offered to a model."""
    properties = {parameter: {"type": "string"} for parameter in tool.parameters}
    parameters = {"type": "object", "properties": properties, "required": list(tool.parameters)}
    return {
        "type": "function",
        "function": {"name": name, "description": tool.description, "parameters": parameters},
    }


def document_attributes(prefix: str, documents: Sequence[Document]) -> dict[str, Value]:
    """Retrieved or reranked documents, flattened."""
    attributes: dict[str, Value] = {}
    for place, document in enumerate(documents):
        attributes[f"{prefix}.{place}.document.id"] = document.id
        attributes[f"{prefix}.{place}.document.content"] = document.text
        attributes[f"{prefix}.{place}.document.score"] = document.score
        attributes[f"{prefix}.{place}.document.metadata"] = as_json({"source": document.source})
    return attributes
