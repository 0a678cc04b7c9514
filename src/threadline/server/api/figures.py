"""Figures, time series, facets and differences over exactly the sessions that a query selects."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from threadline.server import present_figures, shapes
from threadline.server.api.selection import Selected
from threadline.server.context import Injected
from threadline.store.contract import SessionQuery, Store

__all__ = ["get_stats", "list_differences", "list_facets"]

Buckets = Annotated[int, QueryParameter(ge=1, le=400, description="Steps of the series at most.")]
FacetLimit = Annotated[int, QueryParameter(ge=1, le=1000, description="Values of each facet at most.")]
DifferenceLimit = Annotated[int, QueryParameter(ge=1, le=1000, description="Values at most.")]


@get(
    "/v1/projects/{project:str}/stats",
    operation_id="getStats",
    summary="Figures, time series and distributions",
    tags=["figures"],
)
async def get_stats(*, context: Injected, selected: Selected, buckets: Buckets = 40) -> Response[shapes.Stats]:
    """Of whole sessions. In the series each turn counts at its own start; buckets add up to the figure."""
    return await context.answer(_stats, context.store, selected, buckets)


@get(
    "/v1/projects/{project:str}/facets",
    operation_id="listFacets",
    summary="The most frequent values, with counts",
    tags=["figures"],
)
async def list_facets(*, context: Injected, selected: Selected, limit: FacetLimit = 20) -> Response[shapes.Facets]:
    """Facets are user, model, tool, agent, tag, environment, service, kind and annotation (`NAME:label`)."""
    return await context.answer(_facets, context.store, selected, limit)


@get(
    "/v1/projects/{project:str}/differences",
    operation_id="listDifferences",
    summary="What sets a query's sessions apart",
    tags=["figures"],
)
async def list_differences(
    *, context: Injected, selected: Selected, limit: DifferenceLimit = 50
) -> Response[shapes.Differences]:
    """Each value's share among the query's sessions and among the others of the project and time range."""
    return await context.answer(_differences, context.store, selected, limit)


def _stats(store: Store, query: SessionQuery, buckets: int) -> shapes.Stats:
    return present_figures.stats(store.stats(query, buckets=buckets))


def _facets(store: Store, query: SessionQuery, limit: int) -> shapes.Facets:
    return present_figures.facets(store.facets(query, limit=limit))


def _differences(store: Store, query: SessionQuery, limit: int) -> shapes.Differences:
    return present_figures.differences(store.differences(query, limit=limit))
