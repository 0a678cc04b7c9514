"""Facets by name, and the names under which values are offered as one types: one reading for every store."""

from typing import NamedTuple

from threadline.errors import InvalidInput

__all__ = ["FACETS", "Offered", "offered"]

FACETS = ("user", "model", "tool", "agent", "tag", "environment", "service", "kind", "annotation")
"""In the order in which they are answered."""


class Offered(NamedTuple):
    """Which values are asked for."""

    facet: str
    """One of FACETS or `metadata`."""
    key: str | None
    """Of metadata and annotations: whose values; None: the keys themselves."""


def offered(facet: str) -> Offered:
    """Read `Store.values`' facet. Raises InvalidInput for one that there is not."""
    name, dot, key = facet.partition(".")
    if dot and name in {"metadata", "annotation"}:
        return Offered(name, key)
    if not dot and (name in FACETS or name == "metadata"):
        return Offered(name, None)
    raise InvalidInput(
        "invalid_facet",
        f"Ask for the values of one of {', '.join(FACETS)}, metadata, annotation.NAME or metadata.KEY.",
    )
