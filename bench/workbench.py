"""What every scenario works with: a folder, a way to start the server, loads, and databases that are filled once."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from bench.conversations import Shape
from bench.load import Load, prepare
from bench.sending import send
from bench.servers import Command, Server

__all__ = ["Workbench"]

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "threadline"
WRITTEN_BY = ("model", "otlp", "conventions", "sessions", "ingest", "store")


class Workbench:
    """Holds files under `folder`; nothing outside it is written."""

    def __init__(self, folder: Path, command: Command, *, seconds: float, repeats: int) -> None:
        self.folder = folder
        self.command = command
        self.seconds = seconds
        """How long the server is put under load."""
        self.repeats = repeats
        """How often a request is repeated for a percentile."""
        self.top_rate: float | None = None
        """Spans a second, once measured; half of it is the load of other scenarios."""
        folder.mkdir(parents=True, exist_ok=True)

    def load(self, shape: Shape) -> Load:
        """The load of this shape, made when it is first asked for."""
        path = self.folder / "loads"
        if not (path / f"{shape.name}.index").exists():
            print(f"  making the load {shape.name} ...", file=sys.stderr, flush=True)
        return prepare(shape, path)

    def server(self, data: Path) -> Server:
        """A server on this file, not started."""
        return Server(self.command, data, self.folder / "server.log")

    def empty(self, name: str) -> Path:
        """A path for a new database; an older one is removed."""
        path = self.folder / f"{name}.db"
        for old in self.folder.glob(f"{name}.db*"):
            old.unlink()
        return path

    def filled(self, shape: Shape) -> Path:
        """A database that received this load through the server, text index caught up; kept between runs.

        It is made anew when the code that writes databases changed.
        """
        path = self.folder / f"{shape.name}-{written_by()}.db"
        if not path.exists():
            for old in self.folder.glob(f"{shape.name}-*.db*"):
                old.unlink()
            load = self.load(shape)
            print(f"  sending {load.span_count:,} spans ({shape.name}) ...", file=sys.stderr, flush=True)
            new = self.empty(f"{shape.name}-filling")
            with self.server(new) as server:
                sent = send(server, load)
            if sent.broken or sent.spans != load.span_count:
                raise RuntimeError(
                    f"{sent.spans} of {load.span_count} spans were accepted: {sent.broken or sent.refused}"
                )
            finish(new, "index")
            new.rename(path)
        return path

    def copy(self, path: Path, name: str) -> Path:
        """A copy that may be written to."""
        return Path(shutil.copyfile(path, self.empty(name)))


def finish(path: Path, how: str) -> None:
    """Do a stopped server's background work now: `index` or `settle`. The WAL is folded into the file."""
    subprocess.run([sys.executable, "-m", "bench.finish", str(path), how], check=True, timeout=1_800)


def written_by() -> str:
    """Eight characters that change with the code that decides what a database holds."""
    digest = hashlib.sha256()
    for folder in WRITTEN_BY:
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.suffix in {".py", ".sql", ".json"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
