"""POST /v1/chat/completions, streaming or not."""

import json
from collections.abc import Iterator
from typing import Any

from brain import Message, Said, Tool, answer, fingerprint, prompt_tokens, text_of

CREATED = 1_795_000_000


def respond(body: dict[str, Any]) -> dict[str, Any] | Iterator[str]:
    """The answer, or the lines of a stream."""
    messages = [Message(m["role"], text_of(m.get("content"))) for m in body["messages"]]
    offered = [tool["function"] for tool in body.get("tools", []) if tool.get("type") == "function"]
    tools = [Tool(tool["name"], tool.get("parameters", {}).get("properties", {})) for tool in offered]
    said = answer(messages, tools)
    common = {"id": f"chatcmpl-{fingerprint(messages)}", "created": CREATED, "model": f"{body['model']}-2026-01-01"}
    used = usage(messages, said)
    if body.get("stream"):
        wants_usage = (body.get("stream_options") or {}).get("include_usage")
        return stream(common, said, fingerprint(messages), used if wants_usage else None)
    choice = {"index": 0, "message": as_message(said, messages), "logprobs": None, "finish_reason": finish(said)}
    return {**common, "object": "chat.completion", "choices": [choice], "usage": used}


def finish(said: Said) -> str:
    return "tool_calls" if said.tool else "stop"


def as_message(said: Said, messages: list[Message]) -> dict[str, Any]:
    if said.tool is None:
        return {"role": "assistant", "content": said.text, "refusal": None}
    function = {"name": said.tool, "arguments": said.arguments}
    call = {"id": f"call_{fingerprint(messages)}", "type": "function", "function": function}
    return {"role": "assistant", "content": None, "refusal": None, "tool_calls": [call]}


def usage(messages: list[Message], said: Said) -> dict[str, Any]:
    prompt = prompt_tokens(messages)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": said.tokens,
        "total_tokens": prompt + said.tokens,
        "prompt_tokens_details": {"cached_tokens": prompt // 4, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }


def stream(common: dict[str, Any], said: Said, token: str, used: dict[str, Any] | None) -> Iterator[str]:
    """Server-sent lines, a word at a time."""

    def line(delta: dict[str, Any], finish_reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        chunk = {**common, "object": "chat.completion.chunk", "choices": [choice]}
        return f"data: {json.dumps(chunk)}\n\n"

    yield line({"role": "assistant", "content": None if said.tool else ""})
    if said.tool:
        half = len(said.arguments) // 2
        function = {"name": said.tool, "arguments": ""}
        yield line({"tool_calls": [{"index": 0, "id": f"call_{token}", "type": "function", "function": function}]})
        for part in (said.arguments[:half], said.arguments[half:]):
            yield line({"tool_calls": [{"index": 0, "function": {"arguments": part}}]})
    else:
        words = said.text.split(" ")
        for place, word in enumerate(words):
            yield line({"content": word + (" " if place < len(words) - 1 else "")})
    yield line({}, finish(said))
    if used is not None:
        chunk = {**common, "object": "chat.completion.chunk", "choices": [], "usage": used}
        yield f"data: {json.dumps(chunk)}\n\n"
    yield "data: [DONE]\n\n"
