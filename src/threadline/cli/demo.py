"""`threadline demo`: a server filled with conversations, to look around without an application."""

import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer

from threadline.cli.serve import run
from threadline.settings import Settings

if TYPE_CHECKING:
    from threadline.server.app import RunningServer

__all__ = ["demo"]


def demo(settings: Settings) -> None:
    """Start a server filled with conversations, on a file of its own that is gone afterwards (or on --data)."""
    if settings.data is not None:
        run(settings, _fill)
        return
    folder = Path(tempfile.mkdtemp(prefix="threadline-demo-"))
    try:
        run(msgspec.structs.replace(settings, data=folder / "demo.db"), _fill)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(server: "RunningServer") -> None:
    """Beside the loop that serves: it sends to it."""
    for note in server.notes:
        typer.secho(note, fg="yellow")
    typer.echo(f"Threadline is ready: {server.url}")
    typer.echo("Filling it with conversations …")
    threading.Thread(target=_send, args=(server.url,), name="threadline-demo", daemon=True).start()


def _send(url: str) -> None:
    from threadline.demo import send  # noqa: PLC0415, tables of text that only this command needs

    try:
        send(url, time.time_ns())
    except Exception as error:  # noqa: BLE001, the thread's boundary: the server goes on
        typer.secho(f"threadline: the conversations could not all be sent: {error}", err=True, fg="red")
        return
    typer.echo(f"Done. Look around: {url}")
