"""The messages of one OpenInference span, with every part that a person may want to see."""

from collections.abc import Mapping

from threadline.conventions.convention import SpanMessages
from threadline.conventions.envelope import tool_result
from threadline.conventions.json_text import NOT_JSON, begins_like_json, read_json, write_json
from threadline.conventions.openinference.documents import documents_of
from threadline.conventions.openinference.keys import NONE, Lists, in_order, lists
from threadline.conventions.openinference.parts import Fields, content_parts, tool_call
from threadline.conventions.openinference.texts import input_side, output_side
from threadline.conventions.openinference.words import INPUT_MESSAGES, OUTPUT_MESSAGES, input_places, output_places
from threadline.conventions.roles import ASSISTANT, USER, role_of
from threadline.model.message import FilePart, ImagePart, Message, Part, TextPart, ToolCallPart
from threadline.model.span import Span
from threadline.model.values import Attributes, Value

__all__ = ["read_messages"]

_OWN = "message."
_OWN_BEGINS = len(_OWN)


def read_messages(span: Span) -> SpanMessages:
    """See `Convention.read_messages`."""
    attributes = span.attributes
    get = attributes.get
    kind = str(get("openinference.span.kind") or "").strip().upper()
    is_tool = kind == "TOOL"
    name = get("tool.name")
    listed = lists(attributes, 2)
    return SpanMessages(
        input=_messages(listed, INPUT_MESSAGES) or _prompts(attributes, listed),
        output=_messages(listed, OUTPUT_MESSAGES) or _choices(attributes, listed),
        documents=documents_of(listed),
        query=_text(get("reranker.query"))
        or (input_side(attributes, input_places(attributes)).text if kind == "RETRIEVER" else None),
        tool_name=(_text(name) or span.name) if is_tool else None,
        tool_call_id=_text(get("tool.id")) or _text(get("tool_call.id")) if is_tool else None,
        tool_arguments=(_text(get("input.value")) or _text(get("tool.parameters"))) if is_tool else None,
        tool_result=_tool_result(attributes) if is_tool else None,
        tools_offered=_tools_offered(listed),
    )


def _messages(listed: Lists, prefix: str) -> tuple[Message, ...]:
    messages = [_message(fields) for fields in in_order(listed.get(prefix, NONE))]
    return tuple([message for message in messages if message is not None])


def _message(fields: Mapping[str, Value]) -> Message | None:
    if len(fields) == 2:  # nearly every message: a role and its words
        content, role = fields.get("message.content"), fields.get("message.role")
        if type(content) is str and content and type(role) is str:
            return Message(role_of(role) or USER, (TextPart(content),))
    own: Fields = {key[_OWN_BEGINS:]: value for key, value in fields.items() if key.startswith(_OWN)}
    listed = lists(own, 1)
    role = role_of(own.get("role"))
    parts: list[Part] = list(content_parts(own, listed))
    if "tool_calls." in listed:
        calls = [tool_call(call) for call in in_order(listed["tool_calls."])]
        seen = {part.id for part in parts if isinstance(part, ToolCallPart) and part.id}
        parts += [call for call in calls if call is not None and call.id not in seen]
    legacy = _text(own.get("function_call_name"))
    if legacy is not None:
        parts.append(ToolCallPart(legacy, _text(own.get("function_call_arguments_json")) or ""))
    answers = _text(own.get("tool_call_id"))
    if answers is not None and role == USER:
        role = "tool"  # Anthropic and Gemini send results in the name of the user
    if not role and not parts:
        return None
    return Message(
        role=role or (ASSISTANT if any(isinstance(part, ToolCallPart) for part in parts) else USER),
        parts=tuple(parts),
        name=_text(own.get("name")),
        tool_call_id=answers,
    )


def _prompts(attributes: Attributes, listed: Lists) -> tuple[Message, ...]:
    """Legacy completions, and what stands beside `input.value`: pictures and documents."""
    texts = [_text(each.get("prompt.text")) for each in in_order(listed.get("llm.prompts.", NONE))]
    unflattened = attributes.get("llm.prompts")
    if not texts and isinstance(unflattened, list):
        texts = [_text(each) for each in unflattened]
    messages = [Message(USER, (TextPart(text),)) for text in texts if text]
    if not messages:
        shown = _beside(attributes, listed, "input")
        said = input_side(attributes, input_places(attributes)).text if shown else None
        if shown:
            messages = [Message(USER, (*((TextPart(said),) if said else ()), *shown))]
    return tuple(messages)


def _choices(attributes: Attributes, listed: Lists) -> tuple[Message, ...]:
    texts = [_text(each.get("completion.text")) for each in in_order(listed.get("llm.choices.", NONE))]
    messages = [Message(ASSISTANT, (TextPart(text),)) for text in texts if text]
    if not messages:
        shown = _beside(attributes, listed, "output")
        answer = output_side(attributes, output_places(attributes)).text if shown else None
        if shown:
            messages = [Message(ASSISTANT, (*((TextPart(answer),) if answer else ()), *shown))]
    return tuple(messages)


def _beside(attributes: Attributes, listed: Lists, side: str) -> tuple[Part, ...]:
    """`input.images`, `output.documents` and the like, of semantic conventions 0.1.42."""
    parts: list[Part] = []
    for fields in _listed(attributes, listed, f"{side}.images"):
        url = _text(fields.get("image.url")) or _text(fields.get("url"))
        if url:
            parts.append(ImagePart(url, _text(fields.get("image.mime_type")) or _text(fields.get("mime_type"))))
    for fields in _listed(attributes, listed, f"{side}.documents"):
        url = _text(fields.get("document.url")) or _text(fields.get("url"))
        name = _text(fields.get("document.name")) or _text(fields.get("name"))
        if url or name:
            mime = _text(fields.get("document.mime_type")) or _text(fields.get("mime_type"))
            parts.append(FilePart(url or "", mime, name))
    return tuple(parts)


def _listed(attributes: Attributes, listed: Lists, key: str) -> list[Mapping[str, Value]]:
    """Objects under a key: flattened, as a list of maps, or as JSON; a bare string is an address."""
    flat = in_order(listed.get(key + ".", NONE))
    if flat:
        return flat
    value: Value = attributes.get(key)
    if isinstance(value, str):
        read = read_json(value)
        value = [value] if read is NOT_JSON else read
    if not isinstance(value, list):
        return []
    return [item if isinstance(item, dict) else {"url": item} for item in value if isinstance(item, (dict, str))]


def _tool_result(attributes: Attributes) -> str | None:
    """What the tool answered; out of the message that a framework wrapped around it."""
    value = attributes.get("output.value")
    read = read_json(value) if isinstance(value, str) and begins_like_json(value) else value
    return tool_result(read) or _text(value)


def _tools_offered(listed: Lists) -> tuple[str, ...]:
    schemas = (_text(each.get("tool.json_schema")) for each in in_order(listed.get("llm.tools.", NONE)))
    return tuple(schema for schema in schemas if schema)


def _text(value: Value) -> str | None:
    if isinstance(value, str):
        return value or None
    if value is None or isinstance(value, bytes):
        return None
    return write_json(value)
