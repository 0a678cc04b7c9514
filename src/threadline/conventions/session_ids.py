"""Which attribute holds the session id: the one precedence list, for every convention.

An instrumentation that changes its key, or a new one, is one line here. Sources: OpenInference
`spec/semantic_conventions.md`, OpenTelemetry GenAI `gen_ai.conversation.id`, and recordings of each producer.
Never a session: `langsmith.trace.session_*` (a project) and `mcp.session.id` (a transport).
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from threadline.conventions.json_text import without_surrogates
from threadline.model.facts import SessionIdCandidate
from threadline.model.values import Attributes

__all__ = ["METADATA_KEYS", "PRECEDENCE", "identifier", "session_ids"]

METADATA_KEYS = ("session_id", "sessionId", "conversation_id", "thread_id")
"""What counts inside the attribute `metadata` (a JSON object, or flattened as `metadata.KEY`)."""

PRECEDENCE = (
    "session.id",
    "langfuse.session.id",
    "gen_ai.conversation.id",
    "traceloop.association.properties.session_id",
    "ai.telemetry.metadata.sessionId",
    "ai.telemetry.metadata.session_id",
    "ai.telemetry.metadata.threadId",
    "lmnr.association.properties.session_id",
    "langsmith.metadata.session_id",
    "langsmith.metadata.conversation_id",
    "langsmith.metadata.thread_id",
    "mlflow.trace.session",
    "gcp.vertex.agent.session_id",
    *(f"metadata.{key}" for key in METADATA_KEYS),
    "ai.settings.context.sessionId",
    "langfuse.trace.metadata.langfuse_session_id",
    "langfuse.observation.metadata.langfuse_session_id",
    "session_id",
    "conversation_id",
    "thread_id",
)
"""Keys, the strongest first. A key's place is its rank; on the resource it ranks after all of these."""

_RANK = {key: rank for rank, key in enumerate(PRECEDENCE)}
_KEYS = frozenset(PRECEDENCE)
_METADATA = tuple((_RANK[f"metadata.{key}"], f"metadata.{key}", key) for key in METADATA_KEYS)

_ABSENT = frozenset({"", "None", "null", "<null>", "undefined", "__REDACTED__", "<REDACTED>"})
_SCRUBBED = "[Scrubbed due to"
"""How Logfire's scrubber begins what it writes instead of a value."""


def identifier(value: object) -> str | None:
    """The id that an attribute holds: strings and integers count, trimmed; None when it says none."""
    if type(value) is str:
        text = value.strip()
        if text in _ABSENT or (text[0] == "[" and text.startswith(_SCRUBBED)):
            return None
        return without_surrogates(text) if not text.isascii() else text
    if type(value) is int:
        return str(value)
    return None


def session_ids(
    attributes: Attributes,
    metadata: Mapping[str, Any] | None,
    resource: Attributes,
    resource_metadata: Mapping[str, Any] | None,
    characters_max: int,
) -> tuple[tuple[SessionIdCandidate, ...], str]:
    """All session ids that a span and its resource carry, best first, and the key of one that is too long.

    `metadata` is the object inside the attribute `metadata`, already read.
    """
    found: list[tuple[int, str, str]] = []
    too_long: list[tuple[int, str]] = []
    keys = _KEYS.intersection(attributes)
    if keys or metadata is not None:
        _collect(attributes, keys, metadata, 0, characters_max, found, too_long)
    if resource_metadata is not None or not _KEYS.isdisjoint(resource):
        keys = _KEYS.intersection(resource)
        _collect(resource, keys, resource_metadata, len(PRECEDENCE), characters_max, found, too_long)
    if len(found) > 1:
        found.sort()
    return (
        tuple([SessionIdCandidate(rank, key, value) for rank, key, value in found]),
        min(too_long)[1] if too_long else "",
    )


def _collect(  # noqa: PLR0917 - the two lists are where it writes
    attributes: Attributes,
    keys: AbstractSet[str],
    metadata: Mapping[str, Any] | None,
    behind: int,
    characters_max: int,
    found: list[tuple[int, str, str]],
    too_long: list[tuple[int, str]],
) -> None:
    carried = [(_RANK[key], key, attributes[key]) for key in keys]
    if metadata is not None:
        carried += [(rank, key, metadata[name]) for rank, key, name in _METADATA if name in metadata]
    prefix = "resource:" if behind else ""
    for rank, key, value in carried:
        text = identifier(value)
        if text is None:
            continue
        candidate = (behind + rank, prefix + key, text)
        if len(text) > characters_max:
            too_long.append(candidate[:2])
        elif candidate not in found:
            found.append(candidate)
