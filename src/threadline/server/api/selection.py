"""Which sessions a request is about: the parameters that every list, figure and export over sessions shares."""

from typing import TypeAlias

from litestar.di import NamedDependency

from threadline.query import parse
from threadline.server.api.parameters import (
    ProjectName,
    QueryText,
    SessionIdParameter,
    Since,
    TextParameter,
    Until,
    UserIdParameter,
    nanoseconds,
)
from threadline.server.context import Injected
from threadline.store.contract import SessionQuery

__all__ = ["Selected", "selected"]

Selected: TypeAlias = NamedDependency[SessionQuery]
"""How a handler asks for it; order, limit and cursor are the handler's own."""


def selected(
    *,
    context: Injected,
    project: ProjectName,
    q: QueryText = None,
    text: TextParameter = None,
    session_id: SessionIdParameter = None,
    user_id: UserIdParameter = None,
    since: Since = None,
    until: Until = None,
) -> SessionQuery:
    """The sessions for which all of this holds."""
    return SessionQuery(
        project=project,
        query=None if q is None else parse(q),
        text=text,
        session_id=session_id,
        user_id=user_id,
        since_ns=nanoseconds("since", since),
        until_ns=nanoseconds("until", until),
        now_ns=context.clock_ns(),
    )
