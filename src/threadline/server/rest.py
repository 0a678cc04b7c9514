"""The REST API as one Litestar application: its handlers, its errors, what is known of its parameters."""

from inspect import signature
from typing import Any, cast
from urllib.parse import parse_qsl

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import License, Tag
from litestar.params import HeaderParameter

import threadline
from threadline.errors import InvalidInput
from threadline.server.api import (
    annotation_names,
    annotations,
    bulk,
    deletions,
    events,
    export,
    figures,
    health,
    projects,
    query,
    resolve,
    selection,
    sessions,
    similar,
    traces,
    transcript,
    turns,
    views,
)
from threadline.server.asgi import App, Receive, Scope, Send
from threadline.server.context import Context
from threadline.server.paths import decode_parameters
from threadline.server.problem import answer_problem

__all__ = ["rest_api"]

BODY_BYTES_MAX = 2 * 2**20
"""Of a request to the REST API: 1,000 ids and an annotation fit many times. OTLP has its own limit."""

HANDLERS: tuple[Any, ...] = (
    projects.list_projects,
    sessions.list_sessions,
    sessions.sample_sessions,
    query.get_query,
    similar.similar_sessions,
    sessions.get_session,
    sessions.delete_session,
    sessions.delete_user,
    bulk.change_sessions,
    turns.list_turns,
    turns.get_outline,
    turns.search_turns,
    transcript.get_transcript,
    traces.list_traces,
    traces.get_trace,
    traces.list_spans,
    traces.get_span,
    export.export_trace,
    export.export_session,
    export.export_conversation,
    export.export_conversations,
    export.export_picked_conversations,
    figures.get_stats,
    figures.list_facets,
    figures.list_differences,
    annotations.create_annotation,
    annotations.list_annotations,
    annotations.get_annotation,
    annotations.delete_annotation,
    annotation_names.list_annotation_names,
    annotation_names.set_annotation_name,
    annotation_names.delete_annotation_name,
    views.list_views,
    views.create_view,
    views.replace_view,
    views.delete_view,
    views.list_seen,
    views.mark_seen,
    deletions.get_deletion,
    events.stream_events,
    events.list_arrivals,
    events.stream_arrivals,
    resolve.resolve_session,
    resolve.resolve_trace,
    health.health,
    health.ready,
    health.metrics,
)

TAGS = {
    "projects": "Named spaces for telemetry.",
    "sessions": "Conversations: traces that share a session id.",
    "traces": "Traces and their spans.",
    "figures": "Figures, series and facets over the sessions that a query selects.",
    "annotations": "What a person, an LLM or code said about a session, a trace or a span.",
    "deletions": "Deleted stays deleted.",
    "views": "What people keep: saved views, and what they have reviewed.",
    "export": "What was received, as OTLP again, and conversations in the formats of others.",
    "live": "Streams and lists of what happens now.",
    "resolve": "From an id in a log to its place.",
    "operation": "Health and metrics.",
}


def rest_api(context: Context | None) -> Litestar:
    """The application; without a context it only describes itself."""
    app = Litestar(
        route_handlers=list(HANDLERS),
        dependencies={
            "context": Provide(_context, sync_to_thread=False),
            "selected": Provide(selection.selected, sync_to_thread=False),
        },
        exception_handlers={Exception: answer_problem},
        middleware=cast("Any", [decode_parameters, known_parameters]),
        state=State({"context": context}),
        request_max_body_size=BODY_BYTES_MAX,
        logging_config=None,
        openapi_config=_description() if context is None else None,
    )
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            handler.opt["known"] = _query_names(handler, set(route.path_parameters))
    return app


def _description() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Threadline",
        version=threadline.__version__,
        summary="Sessions of LLM applications, from OpenTelemetry.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        tags=[Tag(name=name, description=meaning) for name, meaning in TAGS.items()],
        path="/v1/openapi",
        use_handler_docstrings=True,
        render_plugins=[],
    )


def _context(state: State) -> Context:
    context: Context = state.context
    return context


def _query_names(handler: Any, in_path: set[str]) -> frozenset[str]:
    named = dict(handler.parsed_fn_signature.parameters)
    if "selected" in named:
        named |= dict.fromkeys(signature(selection.selected).parameters)
    return frozenset(
        name
        for name, field in named.items()
        if name not in {"context", "request", "data", "selected", *in_path}
        and not isinstance(getattr(field, "kwarg_definition", None), HeaderParameter)
    )


def known_parameters(app: App) -> App:
    """A middleware behind the router: a parameter that an address does not know is refused by name."""

    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        if query := scope.get("query_string"):
            known: frozenset[str] = scope["route_handler"].opt["known"]
            for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
                if name not in known:
                    listed = ", ".join(sorted(known)) or "none"
                    raise InvalidInput("unknown_parameter", f"`{name[:80]}` is no parameter here. Known: {listed}.")
        await app(scope, receive, send)

    return checked
