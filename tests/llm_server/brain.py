"""What the stand-in for a model says: simple rules, always the same answer to the same messages."""

import json
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

NAME = re.compile(r"\b(?:i'?m|i am|my name is)\s+([A-Za-z]+)", re.IGNORECASE)
NOT_NAMES = {"a", "an", "the", "planning", "going", "not", "sorry", "looking"}
TOKEN_CHARACTERS = 4


@dataclass(frozen=True)
class Message:
    """A message, whatever the API it came by."""

    role: str
    text: str


@dataclass(frozen=True)
class Tool:
    """A tool that the caller offers."""

    name: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class Said:
    """An answer: text, or one tool call."""

    text: str = ""
    tool: str | None = None
    arguments: str = "{}"

    @property
    def tokens(self) -> int:
        return tokens(self.text or self.arguments)


def text_of(content: object) -> str:
    """The words of a message's content, which may be a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return " ".join(str(part.get("text", "")) for part in parts if isinstance(part, dict))


def tokens(text: str) -> int:
    """A rule of thumb that everyone can recompute."""
    return max(1, len(text) // TOKEN_CHARACTERS)


def prompt_tokens(messages: list[Message]) -> int:
    return sum(4 + tokens(message.text) for message in messages)


def fingerprint(messages: list[Message]) -> str:
    """An id that follows from what was said."""
    said = json.dumps([[message.role, message.text] for message in messages])
    return blake2b(said.encode(), digest_size=8).hexdigest()


def answer(messages: list[Message], tools: list[Tool]) -> Said:
    """A tool call where a tool's name is in the question, a quoted result after it, else some words."""
    last = messages[-1] if messages else Message("user", "")
    if last.role in {"tool", "function"}:
        return Said(f"I looked it up: {last.text}")
    question = last.text.lower()
    for tool in tools:
        if any(word in question for word in tool.name.lower().split("_") if len(word) > 3):
            return Said(tool=tool.name, arguments=json.dumps(arguments_for(tool, last.text)))
    return Said(words_for(question, messages))


def arguments_for(tool: Tool, question: str) -> dict[str, Any]:
    """The last capitalised word of the question for every text, a number for every number."""
    named = re.findall(r"\b[A-Z][a-z]+\b", question)
    values = {"integer": 2, "number": 2.5, "boolean": True, "array": []}
    return {
        name: values.get(schema.get("type", "string"), named[-1] if named else "Paris")
        for name, schema in tool.properties.items()
    }


def words_for(question: str, messages: list[Message]) -> str:
    name = known_name(messages)
    if "my name" in question and "?" in question:
        return f"Your name is {name}." if name else "You have not told me your name yet."
    if NAME.search(question) and name:
        return f"Hello {name}! How can I help you?"
    context = next((message.text for message in messages if "documents" in message.text.lower()), "")
    if context and "return" in question:
        return "You can return it within 30 days."
    return f"You said: {question.strip()[:120]}"


def known_name(messages: list[Message]) -> str | None:
    """The name that a user last gave."""
    for message in reversed(messages):
        found = NAME.search(message.text) if message.role == "user" else None
        if found and found[1].lower() not in NOT_NAMES:
            return found[1].capitalize()
    return None
