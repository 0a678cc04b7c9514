"""POST /v1/responses, streaming or not."""

import json
from collections.abc import Iterator
from typing import Any

from brain import Message, Said, Tool, answer, fingerprint, prompt_tokens, text_of

CREATED = 1_795_000_000


def respond(body: dict[str, Any]) -> dict[str, Any] | Iterator[str]:
    """The answer, or the events of a stream."""
    messages = read_input(body.get("input", ""))
    offered = [tool for tool in body.get("tools", []) if tool.get("type") == "function"]
    tools = [Tool(tool["name"], (tool.get("parameters") or {}).get("properties", {})) for tool in offered]
    said, token = answer(messages, tools), fingerprint(messages)
    response = whole(body, item(said, token), prompt_tokens(messages), said.tokens, token)
    return stream(response) if body.get("stream") else response


def read_input(given: object) -> list[Message]:
    if isinstance(given, str):
        return [Message("user", given)]
    messages = []
    for entry in given if isinstance(given, list) else []:
        if entry.get("type") == "function_call_output":
            messages.append(Message("tool", text_of(entry.get("output"))))
        elif entry.get("type", "message") == "message":
            messages.append(Message(entry["role"], text_of(entry.get("content"))))
    return messages


def item(said: Said, token: str) -> dict[str, Any]:
    if said.tool:
        called = {"call_id": f"call_{token}", "name": said.tool, "arguments": said.arguments}
        return {"type": "function_call", "id": f"fc_{token}", "status": "completed", **called}
    content = [{"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}]
    return {"type": "message", "id": f"msg_{token}", "role": "assistant", "status": "completed", "content": content}


def whole(body: dict[str, Any], output: dict[str, Any], prompt: int, completion: int, token: str) -> dict[str, Any]:
    used = {
        "input_tokens": prompt,
        "input_tokens_details": {"cached_tokens": prompt // 4},
        "output_tokens": completion,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": prompt + completion,
    }
    return {
        "id": f"resp_{token}",
        "object": "response",
        "created_at": CREATED,
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "instructions": body.get("instructions"),
        "model": f"{body['model']}-2026-01-01",
        "output": [output],
        "parallel_tool_calls": True,
        "previous_response_id": body.get("previous_response_id"),
        "tool_choice": "auto",
        "tools": body.get("tools", []),
        "temperature": 1.0,
        "top_p": 1.0,
        "metadata": {},
        "usage": used,
    }


def stream(response: dict[str, Any]) -> Iterator[str]:
    """The events that matter to a reader: begun, the item, done."""
    output = response["output"][0]
    events: list[tuple[str, dict[str, Any]]] = [
        ("response.created", {"response": {**response, "status": "in_progress", "output": [], "usage": None}}),
        ("response.output_item.added", {"output_index": 0, "item": {**output, "status": "in_progress"}}),
    ]
    if output["type"] == "message":
        place = {"item_id": output["id"], "output_index": 0, "content_index": 0}
        text = output["content"][0]["text"]
        events += [
            ("response.output_text.delta", {**place, "delta": f"{word} ", "logprobs": []}) for word in text.split(" ")
        ]
        events.append(("response.output_text.done", {**place, "text": text, "logprobs": []}))
    events.append(("response.output_item.done", {"output_index": 0, "item": output}))
    events.append(("response.completed", {"response": response}))
    for number, (kind, fields) in enumerate(events):
        yield f"event: {kind}\ndata: {json.dumps({'type': kind, 'sequence_number': number, **fields})}\n\n"
