"""Figures, time series and facets over exactly the sessions that a query selects."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from threadline.server import present, shapes
from threadline.server.api.parameters import (
    ProjectName,
    SessionIdParameter,
    Since,
    TextParameter,
    Until,
    UserIdParameter,
    nanoseconds,
)
from threadline.server.context import Injected
from threadline.store.contract import SessionQuery, Store

__all__ = ["get_stats", "list_facets"]

Buckets = Annotated[int, QueryParameter(ge=1, le=400, description="Steps of the series at most.")]
FacetLimit = Annotated[int, QueryParameter(ge=1, le=1000, description="Values of each facet at most.")]


@get(
    "/v1/projects/{project:str}/stats",
    operation_id="getStats",
    summary="Figures and time series",
    tags=["figures"],
)
async def get_stats(
    *,
    context: Injected,
    project: ProjectName,
    text: TextParameter = None,
    session_id: SessionIdParameter = None,
    user_id: UserIdParameter = None,
    since: Since = None,
    until: Until = None,
    buckets: Buckets = 40,
) -> Response[shapes.Stats]:
    """Of whole sessions. In the series each turn counts at its own start; buckets add up to the figure."""
    query = SessionQuery(
        project=project,
        text=text,
        session_id=session_id,
        user_id=user_id,
        since_ns=nanoseconds("since", since),
        until_ns=nanoseconds("until", until),
        now_ns=context.clock_ns(),
    )
    return await context.answer(_stats, context.store, query, buckets)


@get(
    "/v1/projects/{project:str}/facets",
    operation_id="listFacets",
    summary="The most frequent values, with counts",
    tags=["figures"],
)
async def list_facets(
    *,
    context: Injected,
    project: ProjectName,
    text: TextParameter = None,
    session_id: SessionIdParameter = None,
    user_id: UserIdParameter = None,
    since: Since = None,
    until: Until = None,
    limit: FacetLimit = 20,
) -> Response[shapes.Facets]:
    """Facets are user, model, tool, agent, tag, environment and service."""
    query = SessionQuery(
        project=project,
        text=text,
        session_id=session_id,
        user_id=user_id,
        since_ns=nanoseconds("since", since),
        until_ns=nanoseconds("until", until),
        now_ns=context.clock_ns(),
    )
    return await context.answer(_facets, context.store, query, limit)


def _stats(store: Store, query: SessionQuery, buckets: int) -> shapes.Stats:
    return present.stats(store.stats(query, buckets=buckets))


def _facets(store: Store, query: SessionQuery, limit: int) -> shapes.Facets:
    return shapes.Facets(data=present.facets(store.facets(query, limit=limit)), next_cursor=None)
