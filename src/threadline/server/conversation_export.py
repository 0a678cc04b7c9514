"""A conversation as others read it: Markdown for people, chat messages for fine-tuning, lines of JSON for datasets."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from threadline.model.message import (
    AudioPart,
    DocumentsPart,
    FilePart,
    ImagePart,
    JsonPart,
    ReasoningPart,
    TextPart,
    ToolResultPart,
)
from threadline.server import shapes

__all__ = ["chat_line", "markdown", "turn_lines"]

SIDES = {"user": "user", "assistant": "assistant", "system": "system", "developer": "developer", "tool": "tool"}
"""Roles of the chat format; another role speaks as the assistant, by name."""


def turn_lines(
    session: shapes.Session, turns: Iterable[shapes.Turn], said: Iterable[shapes.Message]
) -> Iterator[bytes]:
    """JSONL: a line for each turn, with its figures and its messages. Both come oldest first."""
    by_turn = groupby(said, key=lambda message: message.trace_id)
    waiting = next(by_turn, None)
    for turn in turns:
        messages: list[shapes.Message] = []
        if waiting is not None and waiting[0] == turn.trace_id:
            messages = list(waiting[1])
            waiting = next(by_turn, None)
        yield (
            msgspec.json.encode(
                {
                    "project": session.project,
                    "session_id": session.session_id,
                    "session": session.id,
                    "turn": turn,
                    "messages": messages,
                }
            )
            + b"\n"
        )


def chat_line(said: Iterable[shapes.Message]) -> bytes:
    """One line of OpenAI's fine-tuning format: `{"messages": [...]}`, calls answered by tool messages."""
    messages: list[dict[str, Any]] = []
    for message in said:
        messages += _chat(message, len(messages))
    return msgspec.json.encode({"messages": messages}) + b"\n"


def _chat(message: shapes.Message, place: int) -> Iterator[dict[str, Any]]:
    role = SIDES.get(message.role, "assistant")
    calls = [part for part in message.parts if isinstance(part, shapes.ToolCall)]
    results = [part for part in message.parts if isinstance(part, ToolResultPart)]
    content = _content(message.parts)
    if content or calls or not results:
        told: dict[str, Any] = {"role": "assistant" if calls else role, "content": content}
        if message.name and role != "tool":
            told["name"] = message.name
        if calls:
            told["tool_calls"] = [
                {
                    "id": call.id or f"call_{place}_{number}",
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments},
                }
                for number, call in enumerate(calls)
            ]
        yield told
    for number, call in enumerate(calls):
        if call.result is not None or call.error is not None:
            answered = call.result if call.result is not None else call.error
            yield {"role": "tool", "tool_call_id": call.id or f"call_{place}_{number}", "content": answered}
    for result in results:
        yield {"role": "tool", "tool_call_id": result.id or f"call_{place}", "content": result.result}


def _content(parts: Sequence[shapes.Part]) -> str | list[dict[str, Any]] | None:
    """A string where words are all there is, as the format's own examples have it."""
    told: list[dict[str, Any]] = []
    for part in parts:
        match part:
            case TextPart():
                told.append({"type": "text", "text": part.text})
            case JsonPart():
                told.append({"type": "text", "text": part.value})
            case ImagePart():
                told.append({"type": "image_url", "image_url": {"url": part.url}})
            case AudioPart(transcript=str()):
                told.append({"type": "text", "text": part.transcript})
            case AudioPart() | FilePart():
                told.append({"type": "text", "text": part.url})
            case _:
                pass  # calls and results have a place of their own; reasoning and documents are not sent back
    if all(one["type"] == "text" for one in told):
        return "\n\n".join(one["text"] for one in told) or None
    return told


def markdown(session: shapes.Session, said: Iterable[shapes.Message]) -> Iterator[str]:
    """The conversation to read, in pieces."""
    yield f"# {_title(session)}\n\n- Session: `{session.session_id}`\n- Project: {session.project}\n"
    if session.user_ids.values:
        yield f"- End user: {', '.join(session.user_ids.values)}\n"
    if session.start_time:
        yield f"- Start: {session.start_time}\n"
    turn = 0
    for message in said:
        if message.turn_index != turn:
            turn = message.turn_index
            yield f"\n## Turn {turn}\n"
        yield f"\n**{_speaker(message)}**\n\n"
        for part in message.parts:
            yield _paragraph(part)
        if message.error:
            yield f"Error: {message.error}\n\n"


def _title(session: shapes.Session) -> str:
    first = (session.first_input or session.session_id).strip().splitlines()
    return first[0][:120] if first else session.session_id


def _speaker(message: shapes.Message) -> str:
    role = {"user": "End user", "assistant": "Application", "system": "System prompt"}.get(message.role, message.role)
    name = message.agent or message.name
    return f"{role} ({name})" if name else role


def _paragraph(part: shapes.Part) -> str:  # noqa: PLR0911 - one for each kind of part
    match part:
        case TextPart():
            return f"{part.text}\n\n"
        case JsonPart():
            return _fenced(part.value, "json")
        case ImagePart():
            return f"![image]({part.url})\n\n"
        case AudioPart():
            return f"[audio]({part.url}) {part.transcript or ''}".rstrip() + "\n\n"
        case FilePart():
            return f"[{part.name or 'file'}]({part.url})\n\n"
        case shapes.ToolCall():
            answered = part.error if part.result is None else part.result
            result = "" if answered is None else f"Result ({part.status}):\n\n{_fenced(answered)}"
            return f"Tool `{part.name}`:\n\n{_fenced(part.arguments, 'json')}{result}"
        case ToolResultPart():
            return f"Result{f' of `{part.name}`' if part.name else ''}:\n\n{_fenced(part.result)}"
        case ReasoningPart():
            return "".join(f"> {line}\n" for line in part.text.splitlines()) + "\n"
        case DocumentsPart():
            return "".join(f"> {one.content[:1_000]}\n\n" for one in part.documents)


def _fenced(text: str, language: str = "") -> str:
    """In a fence longer than any inside."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}\n\n"
