"""Which attribute holds the session id: the one precedence list, for every convention.

An instrumentation that changes its key, or a new one, is one line here. Sources: OpenInference
`spec/semantic_conventions.md`, OpenTelemetry GenAI `gen_ai.conversation.id`, and recordings of each producer.
Never a session: `langsmith.trace.session_*` (a project) and `mcp.session.id` (a transport).
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from threadline.conventions.json_text import without_surrogates
from threadline.model.facts import SessionIdCandidate
from threadline.model.values import Attributes

__all__ = ["METADATA_KEYS", "PRECEDENCE", "identifier", "session_ids", "session_keys"]

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


def session_keys(keys: Collection[str]) -> Sequence[tuple[int, str]]:
    """(rank, key) of those that may hold a session id, the strongest first."""
    return tuple([(rank, key) for rank, key in enumerate(PRECEDENCE) if key in keys])


def session_ids(
    attributes: Attributes,
    ranked: Sequence[tuple[int, str]],
    metadata: Mapping[str, Any] | None,
    characters_max: int,
    *,
    behind: int = 0,
) -> tuple[tuple[SessionIdCandidate, ...], str]:
    """All session ids that the attributes carry, best first, and the best key that holds one that is too long.

    `ranked` is what `session_keys` answers for the attributes, `metadata` the object inside the attribute
    `metadata`, already read. `behind` is added to each rank: len(PRECEDENCE) for a resource, 0 for a span.
    """
    if metadata is not None:
        return _with_metadata(attributes, ranked, metadata, characters_max, behind)
    if not behind and len(ranked) == 1:  # nearly every span: half the time of what follows
        rank, key = ranked[0]
        text = identifier(attributes[key])
        if text is not None and len(text) <= characters_max:
            return (SessionIdCandidate(rank, key, text),), ""
    prefix = "resource:" if behind else ""
    found: list[SessionIdCandidate] = []
    too_long = ""
    for rank, key in ranked:
        text = identifier(attributes[key])
        if text is None:
            continue
        if len(text) <= characters_max:
            found.append(SessionIdCandidate(behind + rank, prefix + key, text))
        else:
            too_long = too_long or prefix + key
    return tuple(found), too_long


def _with_metadata(
    attributes: Attributes,
    ranked: Sequence[tuple[int, str]],
    metadata: Mapping[str, Any],
    characters_max: int,
    behind: int,
) -> tuple[tuple[SessionIdCandidate, ...], str]:
    prefix = "resource:" if behind else ""
    carried = [(rank, key, attributes[key]) for rank, key in ranked]
    carried += [(rank, key, metadata[name]) for rank, key, name in _METADATA if name in metadata]
    read = [(behind + rank, prefix + key, identifier(value)) for rank, key, value in carried]
    # A producer may send the same id flattened and inside the object: a set, so that it counts once.
    texts = sorted({(rank, key, text) for rank, key, text in read if text is not None})
    found = [SessionIdCandidate(*each) for each in texts if len(each[2]) <= characters_max]
    too_long = [key for _, key, text in texts if len(text) > characters_max]
    return tuple(found), too_long[0] if too_long else ""
