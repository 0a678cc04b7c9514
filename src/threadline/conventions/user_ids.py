"""Which attribute names the end user: one list for every convention, the strongest first."""

from collections.abc import Collection, Sequence

from threadline.conventions.session_ids import identifier
from threadline.model.facts import NO_TEXT
from threadline.model.values import Attributes

__all__ = ["PRECEDENCE", "user_id", "user_keys"]

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


def user_keys(keys: Collection[str]) -> Sequence[tuple[int, str]]:
    """(rank, key) of those that may name an end user, the strongest first."""
    return tuple([(rank, key) for rank, key in enumerate(PRECEDENCE) if key in keys])


def user_id(attributes: Attributes, ranked: Sequence[tuple[int, str]], characters_max: int) -> tuple[str | None, int]:
    """The end user's id and the rank of the key that holds it. One that is too long counts as absent.

    `ranked` is what `user_keys` answers for the attributes.
    """
    for rank, key in ranked:
        text = identifier(attributes[key])
        if text is not None and len(text) <= characters_max:
            return text, rank
    return None, NO_TEXT
