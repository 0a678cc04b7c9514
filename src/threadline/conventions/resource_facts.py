"""What a resource alone says of every span that it sends: read once for all of them."""

import msgspec

from threadline.conventions.metadata import metadata
from threadline.conventions.plans import ENVIRONMENT_KEYS
from threadline.conventions.session_ids import PRECEDENCE, session_ids, session_keys
from threadline.model.facts import SessionIdCandidate
from threadline.model.limits import Limits
from threadline.model.span import Resource
from threadline.model.values import Value

__all__ = ["DEFAULT_PROJECT", "ResourceFacts", "project_of", "read_resource", "shown"]

DEFAULT_PROJECT = "default"


class ResourceFacts(msgspec.Struct, frozen=True, gc=False):
    """The resource's part of `SpanFacts`."""

    service: str | None
    environment: str | None
    session_ids: tuple[SessionIdCandidate, ...]
    """They rank after all that a span carries itself."""
    session_id_too_long: str


def project_of(resource: Resource, header: str | None) -> str:
    """The header's, else the resource's `openinference.project.name`, else `default`; as sent and not limited.

    An empty name is none. Nothing is trimmed: a project may be named by a space.
    """
    if header:
        return header
    named = resource.attributes.get("openinference.project.name")
    return named if isinstance(named, str) and named else DEFAULT_PROJECT


def read_resource(resource: Resource, limits: Limits) -> ResourceFacts:
    """What `read_facts` takes from the resource."""
    attributes = resource.attributes
    most = limits.fact_characters_max
    inside = metadata(attributes, limits.metadata_bytes_max)[0] if "metadata" in attributes else None
    keys = session_keys(attributes)
    ids, too_long = session_ids(attributes, keys, inside, limits.session_id_characters_max, behind=len(PRECEDENCE))
    environments = [shown(attributes.get(key), most) for key in ENVIRONMENT_KEYS]
    return ResourceFacts(
        service=shown(attributes.get("service.name"), most),
        environment=next(filter(None, environments), None),
        session_ids=ids,
        session_id_too_long=too_long,
    )


def shown(value: Value, most: int) -> str | None:
    """A text as lists show it: trimmed, at most so many characters; None for none."""
    return value.strip()[:most] or None if type(value) is str else None
