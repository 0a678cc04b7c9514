"""What is said: scripts as the tables in `data/` hold them. `{{name}}` is filled from a row."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

__all__ = [
    "PROJECTS",
    "Agent",
    "Annotation",
    "Call",
    "Document",
    "Failure",
    "Guardrail",
    "Profile",
    "Retrieval",
    "Review",
    "Script",
    "Step",
    "Tool",
    "Turn",
    "as_json",
    "filled",
    "profiles",
    "read",
    "table",
]

PROJECTS = ("support-bot", "travel-agent", "docs-assistant", "language-tutor")
SLOT = re.compile(r"\{\{(\w+)\}\}")


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mistyped name in a table is an error."""


class Call(Struct, frozen=True):
    """A tool call and what came of it, taking between `ms[0]` and `ms[1]`."""

    tool: str
    arguments: dict[str, Any]
    result: Any = None
    error: str | None = None
    """`Type: message` when it failed."""
    ms: tuple[int, int] = (120, 900)


class Document(Struct, frozen=True):
    """One retrieved piece."""

    id: str
    score: float
    source: str
    text: str


class Retrieval(Struct, frozen=True):
    """A search in the documentation, with a reranker after it if asked."""

    query: str
    documents: list[Document]
    rerank: bool = False


class Agent(Struct, frozen=True):
    """A task handed to another agent, which may run in another service."""

    name: str
    service: str
    task: str
    steps: list["Step"]
    answer: str


class Step(Struct, frozen=True):
    """One answer of the model that asks for something: parallel calls, a retrieval or an agent."""

    calls: list[Call] = []
    retrieve: Retrieval | None = None
    agent: Agent | None = None


class Guardrail(Struct, frozen=True):
    """A check of what the person said."""

    name: str
    passed: bool
    reason: str


class Failure(Struct, frozen=True):
    """The model's own call fails: no answer."""

    type: str
    message: str


class Annotation(Struct, frozen=True):
    """What an evaluator says of the turn afterwards."""

    name: str
    label: str
    score: float
    explanation: str


class Turn(Struct, frozen=True):
    """One exchange. Where several texts are given, one is chosen."""

    user: str | list[str]
    steps: list[Step]
    assistant: str | list[str] = ""
    image: str | None = None
    reasoning: str = ""
    pause_s: tuple[int, int] = (5, 60)
    """Between the answer before and this question."""
    guardrail: Guardrail | None = None
    error: Failure | None = None
    status: str | None = None
    """When set, the application marked the turn as failed, in these words."""
    annotation: Annotation | None = None


class Review(Struct, frozen=True):
    """What a colleague wrote on the session."""

    name: str
    label: str
    explanation: str


class Script(Struct, frozen=True):
    """A conversation; each row makes one session of it."""

    name: str
    rows: list[dict[str, Any]]
    turns: list[Turn]
    model: str | None = None
    tags: list[str] = []
    metadata: dict[str, Any] = {}
    review: Review | None = None
    """Every second session has it: nobody reads them all."""
    history_messages_max: int = 200
    """How much of the history the application resends."""


class Tool(Struct, frozen=True):
    """A tool that a project's model is offered."""

    description: str
    parameters: list[str]


class Profile(Struct, frozen=True):
    """What the sessions of a project have in common; one of each list is chosen."""

    service: str
    agent: str
    style: str
    """`openai` or `langgraph`: how the instrumentation writes the turn's root."""
    environments: list[str]
    models: list[str]
    tags: list[str]
    metadata: dict[str, list[str]]
    system: str
    tools: dict[str, Tool]


T = TypeVar("T")


def table(name: str) -> bytes:
    """A file of `data/`."""
    return files("threadline.demo").joinpath("data", name).read_bytes()


def profiles() -> dict[str, Profile]:
    """The projects by name."""
    return msgspec.json.decode(table("projects.json"), type=dict[str, Profile])


def read(project: str) -> list[Script]:
    """A project's scripts."""
    return msgspec.json.decode(table(f"{project}.json"), type=list[Script])


def filled(value: T, row: Mapping[str, Any]) -> T:
    """The same structure with every `{{name}}` replaced; a text that is one slot alone takes the value itself."""
    return msgspec.convert(replaced(msgspec.to_builtins(value), row), type=type(value))


def replaced(value: Any, row: Mapping[str, Any]) -> Any:
    """`value` with its slots replaced, at every depth."""
    if isinstance(value, str):
        alone = SLOT.fullmatch(value)
        if alone and not isinstance(row[alone[1]], str):
            return row[alone[1]]
        return SLOT.sub(lambda slot: str(row[slot[1]]), value)
    if isinstance(value, list):
        return [replaced(item, row) for item in value]
    if isinstance(value, dict):
        return {key: replaced(item, row) for key, item in value.items()}
    return value


def as_json(value: object) -> str:
    """JSON as the SDKs write it: not escaped, with a space after each comma."""
    return json.dumps(value, ensure_ascii=False)
