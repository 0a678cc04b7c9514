"""`threadline serve`: start, say where, stop when told."""

import inspect
import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threadline.cli.hello import SERVER
from threadline.settings import REGISTRY, Settings, load

if TYPE_CHECKING:
    from threadline.server.app import RunningServer

__all__ = ["announce", "first_session", "run", "serve", "with_settings"]

FIRST_SESSION = """\
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider, export
(otel := TracerProvider()).add_span_processor(export.BatchSpanProcessor(OTLPSpanExporter("URL/v1/traces")))
otel.get_tracer("hello").start_span("hello", attributes={"session.id": "first", "input.value": "Hello"}).end()
otel.force_flush()  # without it a short script ends before its spans are sent"""


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """The command with one option for each setting of the registry, in front of its own."""

    def run_with(**given: Any) -> None:
        flags = {setting.name: given.pop(setting.name) for setting in REGISTRY}
        command(load(flags, file=given.pop("config")), **given)

    own = list(inspect.signature(command).parameters.values())[1:]
    run_with.__signature__ = inspect.Signature([*_options(), *own])  # type: ignore[attr-defined]
    run_with.__annotations__ = {
        parameter.name: parameter.annotation
        for parameter in run_with.__signature__.parameters.values()  # type: ignore[attr-defined]
    }
    run_with.__doc__ = command.__doc__
    return run_with


def _options() -> list[inspect.Parameter]:
    options: list[tuple[str, Any]] = [
        ("config", Annotated[Path | None, typer.Option("--config", help="Read this file instead of threadline.toml.")])
    ]
    for setting in REGISTRY:
        kind = bool if isinstance(setting.default, bool) else str
        option = typer.Option(
            f"{setting.flag}/--no-{setting.flag[2:]}" if kind is bool else setting.flag,
            help=setting.meaning,
            metavar=None if kind is bool else setting.unit,
            rich_help_panel=setting.group,
        )
        options.append((setting.name, Annotated[kind | None, option]))
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in options
    ]


def serve(settings: Settings) -> None:
    """Start the server: page, REST API and OTLP."""
    run(settings, announce)


def run(settings: Settings, ready: "Callable[[RunningServer], None]") -> None:
    """Run a server until it is stopped, in an event loop of its own."""
    import asyncio  # noqa: PLC0415, `threadline version` needs none of it

    from threadline.server.app import serve as run_server  # noqa: PLC0415

    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    for chatty in ("uvicorn", "httpx"):  # they tell of each request
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(run_server(settings, ready))


def _loop_factory() -> Any:
    try:
        import uvloop  # noqa: PLC0415, absent on Windows
    except ImportError:
        return None
    return uvloop.new_event_loop


def announce(server: "RunningServer") -> None:
    """Where it is, where spans go, and how a first session gets there."""
    from rich.console import Console  # noqa: PLC0415

    from threadline.server.app import data_path  # noqa: PLC0415

    out = Console(highlight=False, soft_wrap=True)
    out.print(f"[bold]Threadline[/bold] is ready: [link={server.url}]{server.url}[/link]")
    also = [f"http://{server.settings.host}:{server.otlp_port}"] if server.otlp_port else []
    out.print(f"OTLP/HTTP: {' and '.join([server.url, *also])}", style="dim")
    if server.grpc_port:
        out.print(f"OTLP/gRPC: {server.settings.host}:{server.grpc_port}", style="dim")
    out.print(f"Data: {data_path(server.settings)}", style="dim")
    for note in server.notes:
        out.print(note, style="yellow")
    hello = f"{_command()} hello" if server.url == SERVER else f"{_command()} hello --server {server.url}"
    out.print(f"\nSend a first session with [bold]{hello}[/bold], or from your application:\n")
    out.print(first_session(server.url), markup=False)
    out.print()


def _command() -> str:
    """What to type here to call this program: `make run` leaves it off the path."""
    if shutil.which("threadline"):
        return "threadline"
    started = Path(sys.argv[0])
    return str(started) if started.stem == "threadline" else f"{sys.executable} -m threadline"


def first_session(url: str) -> str:
    """Five lines that send one span of a session, exporter flushed, with OpenTelemetry alone."""
    return FIRST_SESSION.replace("URL", url)
