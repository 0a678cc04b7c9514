"""A query while it is typed: its tokens, its error, what could stand at the caret."""

from collections.abc import Sequence
from typing import Annotated, Literal

from litestar import Response, get
from litestar.params import QueryParameter

from threadline.query import QueryError, parse, suggest, tokens
from threadline.server import shapes
from threadline.server.api.parameters import QUERY_MAX, ProjectName
from threadline.server.context import Injected
from threadline.store.contract import Store

__all__ = ["get_query"]

VALUES_MAX = 10
"""Values suggested for one term."""

Typed = Annotated[str, QueryParameter(max_length=QUERY_MAX, description="The query as it stands in the box.")]
Caret = Annotated[
    int | None,
    QueryParameter(ge=0, le=QUERY_MAX, description="Where the caret is, in code points; at the end by default."),
]

Scope = Literal["session", "turn"]
About = Annotated[
    Scope,
    QueryParameter(description="What the query is about: `session`, or `turn` in a list of traces."),
]


@get(
    "/v1/projects/{project:str}/query",
    operation_id="getQuery",
    summary="A query as tokens, its error, and suggestions",
    tags=["sessions"],
)
async def get_query(
    *, context: Injected, project: ProjectName, q: Typed = "", caret: Caret = None, of: About = "session"
) -> Response[shapes.Query]:
    """One grammar, on the server: the page colours and completes with what this answers."""
    at = len(q) if caret is None else min(caret, len(q))
    return await context.answer(_query, context.store, project, q, at, of)


def _query(store: Store, project: str, typed: str, caret: int, scope: Scope) -> shapes.Query:
    def values(facet: str, prefix: str) -> Sequence[tuple[str, int]]:
        return [(one.value, one.sessions) for one in store.values(project, facet, prefix, limit=VALUES_MAX)]

    return shapes.Query(
        tokens=[shapes.Token(kind=one.kind, start=one.start, end=one.end) for one in tokens(typed)],
        error=_problem(typed, scope),
        suggestions=[
            shapes.Suggestion(
                text=one.text,
                replaces=shapes.Replaced(start=one.replaces[0], end=one.replaces[1]),
                kind=one.kind,
                description=one.description,
                count=one.count,
            )
            for one in suggest(typed, caret, values, scope=scope)
        ],
    )


def _problem(typed: str, scope: Scope) -> shapes.QueryProblem | None:
    try:
        parse(typed, scope=scope)
    except QueryError as error:
        return shapes.QueryProblem(
            column=error.column, length=error.length, expected=list(error.expected), message=error.message
        )
    return None
