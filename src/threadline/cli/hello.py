"""`threadline hello`: a conversation of two turns, by real OTLP, and the link to it."""

import time
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from threadline.errors import NotFound, StoreFailed

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

__all__ = ["SERVER", "hello"]

SERVER = "http://127.0.0.1:6006"
"""Where `threadline serve` listens unless it is told otherwise."""
TURNS = (
    ("Hello, is anybody there?", "Yes. This is your first session in Threadline."),
    ("Where do I go from here?", "Point your own application at this server: its sessions appear beside this one."),
)
MODEL = "hello-1"


def hello(
    server: Annotated[str, typer.Option("--server", help="Where Threadline listens.")] = SERVER,
    project: Annotated[str, typer.Option("--project", help="The project to send to.")] = "default",
) -> None:
    """Send a conversation of two turns to a running server and print its link."""
    url = server.rstrip("/")
    session_id = f"hello-{time.strftime('%Y-%m-%d-%H%M%S')}"
    _check(url)
    _send(url, project, session_id)
    typer.echo(f"Sent two turns. Read them: {_link(url, project, session_id)}")


def _check(url: str) -> None:
    import httpx  # noqa: PLC0415

    try:
        answer = httpx.get(f"{url}/healthz", timeout=5)
    except (httpx.HTTPError, httpx.InvalidURL) as wrong:
        raise NotFound(
            "nothing_listens", f"Nothing answers at {url} ({wrong}). Start it with `threadline serve`."
        ) from None
    if answer.status_code != 200:
        raise NotFound("nothing_listens", f"What answers at {url} is not Threadline (HTTP {answer.status_code}).")


def _send(url: str, project: str, session_id: str) -> None:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult  # noqa: PLC0415

    results: list[SpanExportResult] = []

    class Exporter(OTLPSpanExporter):
        def export(self, spans):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, as its parent
            results.append(super().export(spans))
            return results[-1]

    resource = Resource({"service.name": "threadline-hello", "openinference.project.name": project})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(SimpleSpanProcessor(Exporter(endpoint=f"{url}/v1/traces", timeout=10)))
    tracer = provider.get_tracer("threadline.hello")
    history: list[tuple[str, str]] = []
    for said, answered in TURNS:
        _turn(tracer, session_id, history, said, answered)
        history += [("user", said), ("assistant", answered)]
    provider.force_flush()
    provider.shutdown()
    if not results or any(result is not SpanExportResult.SUCCESS for result in results):
        raise StoreFailed("not_received", f"{url} did not take the spans; its log says why.")


def _turn(tracer: "Tracer", session_id: str, history: list[tuple[str, str]], said: str, answered: str) -> None:
    root = {
        "openinference.span.kind": "CHAIN",
        "session.id": session_id,
        "user.id": "you",
        "input.value": said,
        "output.value": answered,
    }
    with tracer.start_as_current_span("hello", attributes=root):
        messages = [*history, ("user", said)]
        call: dict[str, str | int] = {
            "openinference.span.kind": "LLM",
            "session.id": session_id,
            "llm.model_name": MODEL,
            "llm.token_count.prompt": sum(len(text.split()) for _, text in messages),
            "llm.token_count.completion": len(answered.split()),
            "llm.output_messages.0.message.role": "assistant",
            "llm.output_messages.0.message.content": answered,
        }
        for place, (role, text) in enumerate(messages):
            call[f"llm.input_messages.{place}.message.role"] = role
            call[f"llm.input_messages.{place}.message.content"] = text
        with tracer.start_as_current_span("answer", attributes=call):
            time.sleep(0.01)


def _link(url: str, project: str, session_id: str) -> str:
    import httpx  # noqa: PLC0415

    found = httpx.get(f"{url}/v1/resolve/session", params={"project": project, "session_id": session_id}, timeout=5)
    if found.status_code != 200:
        return f"{url}/s?project={quote(project, safe='')}&session_id={quote(session_id, safe='')}"
    return f"{url}/p/{quote(project, safe='')}/sessions/{found.json()['id']}"
