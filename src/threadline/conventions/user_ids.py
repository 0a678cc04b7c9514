"""Which attribute names the end user: one list for every convention, the strongest first."""

from threadline.conventions.session_ids import identifier
from threadline.model.facts import NO_TEXT
from threadline.model.values import Attributes

__all__ = ["PRECEDENCE", "user_id"]

PRECEDENCE = (
    "user.id",
    "langfuse.user.id",
    "traceloop.association.properties.user_id",
    "ai.telemetry.metadata.userId",
    "lmnr.association.properties.user_id",
    "langsmith.metadata.user_id",
    "mlflow.trace.user",
    "gen_ai.request.user",
    "gen_ai.user",
    "enduser.id",
)

_RANK = {key: rank for rank, key in enumerate(PRECEDENCE)}
_KEYS = frozenset(PRECEDENCE)


def user_id(attributes: Attributes, characters_max: int) -> tuple[str | None, int]:
    """The end user's id and the rank of the key that holds it. One that is too long counts as absent."""
    best: str | None = None
    best_rank = NO_TEXT + len(PRECEDENCE)
    for key in _KEYS.intersection(attributes):
        rank = _RANK[key]
        text = identifier(attributes[key]) if rank < best_rank else None
        if text is not None and len(text) <= characters_max:
            best, best_rank = text, rank
    return best, NO_TEXT if best is None else best_rank
