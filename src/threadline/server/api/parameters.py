"""Parameters that several addresses share, each with its meaning and its limits."""

from typing import Annotated, TypeAlias

from litestar.params import PathParameter, QueryParameter

from threadline.errors import InvalidInput
from threadline.server.rfc3339 import parse_ns

__all__ = [
    "QUERY_MAX",
    "AnnotationId",
    "CursorParameter",
    "DeletionId",
    "EndUser",
    "FromTurn",
    "LimitParameter",
    "ProjectName",
    "QueryText",
    "SessionIdParameter",
    "SessionKey",
    "Since",
    "SpanId",
    "TextParameter",
    "TraceId",
    "Until",
    "UserIdParameter",
    "hexadecimal",
    "nanoseconds",
]

ProjectName: TypeAlias = Annotated[str, PathParameter(description="Name of the project, percent-encoded.")]
SessionKey: TypeAlias = Annotated[str, PathParameter(description="`id` of the session.")]
TraceId: TypeAlias = Annotated[str, PathParameter(description="32 hexadecimal digits.")]
SpanId: TypeAlias = Annotated[str, PathParameter(description="16 hexadecimal digits.")]
EndUser: TypeAlias = Annotated[str, PathParameter(description="The end user's id, percent-encoded.")]
AnnotationId: TypeAlias = Annotated[str, PathParameter(description="`id` of the annotation.")]
DeletionId: TypeAlias = Annotated[str, PathParameter(description="`id` of the deletion.")]
LimitParameter: TypeAlias = Annotated[int, QueryParameter(ge=1, le=1000, description="How many rows at most.")]
CursorParameter: TypeAlias = Annotated[
    str | None, QueryParameter(max_length=4096, description="Where to go on: `next_cursor` of the answer before.")
]
QUERY_MAX = 65_536
"""Characters that an address or a body may bring. A query of more than 4,096 is refused as one, with the column."""
QueryText: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        max_length=QUERY_MAX,
        description="A query of 4,096 characters at most: free text and terms such as `tool:search has:error`.",
    ),
]
TextParameter: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        min_length=1,
        max_length=1024,
        description="A literal, caseless substring of what the end user or the application said.",
    ),
]
SessionIdParameter: TypeAlias = Annotated[
    str | None,
    QueryParameter(description="The application's own session id, exact; other ids of its traces count too."),
]
UserIdParameter: TypeAlias = Annotated[str | None, QueryParameter(description="End user, exact.")]
Since: TypeAlias = Annotated[
    str | None, QueryParameter(description="RFC 3339: sessions whose last activity is at this time or later.")
]
Until: TypeAlias = Annotated[str | None, QueryParameter(description="RFC 3339: sessions that began before this time.")]
FromTurn: TypeAlias = Annotated[
    int, QueryParameter(description="Turn to start at: 1 is the first, -1 the last. `cursor` goes before it.")
]


def nanoseconds(parameter: str, value: str | None) -> int | None:
    """A time parameter in ns since the epoch."""
    return None if value is None else parse_ns(value, parameter)


def hexadecimal(name: str, value: str, size: int) -> bytes:
    """An id of `size` bytes; InvalidInput `invalid_id` when it is none."""
    try:
        parsed = bytes.fromhex(value) if len(value) == 2 * size else b""
    except ValueError:
        parsed = b""
    if len(parsed) != size:
        raise InvalidInput("invalid_id", f"`{name}` is no id: write its {size} bytes as {2 * size} hexadecimal digits.")
    return parsed
