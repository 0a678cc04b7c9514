"""Arize Phoenix from PyPI, in a virtual environment of its own, with its default SQLite store."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec

from bench.servers import Command, Server

__all__ = ["Phoenix"]

LIST = """
query Sessions($id: ID!) { node(id: $id) { ... on Project { sessions(first: 50, sort: {col: startTime, dir: desc}) {
  edges { session: node { id sessionId numTraces numTracesWithError startTime endTime userId
    firstInput { value: truncatedValue mimeType } lastOutput { value: truncatedValue mimeType }
    tokenUsage { prompt completion total } costSummary { total { cost } }
    traceLatencyMsP50: traceLatencyMsQuantile(probability: 0.5)
    traceLatencyMsP99: traceLatencyMsQuantile(probability: 0.99) } } pageInfo { endCursor hasNextPage } } } } }
"""
"""The columns of its sessions table."""


class Phoenix:
    """Its limits are its own: spans wait in memory after the answer, and a full queue answers 503."""

    name = "phoenix"

    def __init__(self, folder: Path) -> None:
        self.environment = folder / "phoenix-venv"

    def command(self) -> Command:
        """`phoenix serve`; installed when it is not there. Resources of other origins are off."""
        if not (self.environment / "bin" / "phoenix").exists():
            print("  installing arize-phoenix ...", file=sys.stderr, flush=True)
            subprocess.run([sys.executable, "-m", "venv", str(self.environment)], check=True)
            pip = [str(self.environment / "bin" / "pip"), "install", "--quiet", "arize-phoenix"]
            subprocess.run(pip, check=True, timeout=1_800)
        return Command(
            [str(self.environment / "bin" / "phoenix"), "serve"],
            ready_path="/healthz",
            environment={
                "PHOENIX_WORKING_DIR": "{data}",
                "PHOENIX_HOST": "127.0.0.1",
                "PHOENIX_PORT": "{port}",
                "PHOENIX_GRPC_PORT": "{grpc_port}",
                "PHOENIX_ALLOW_EXTERNAL_RESOURCES": "false",
                "PHOENIX_TELEMETRY_ENABLED": "false",
            },
        )

    def data(self, folder: Path) -> Path:
        """A folder."""
        path = folder / "phoenix-data"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path

    def stored_spans(self, server: Server) -> int:
        """From its file, so that counting does not wait behind its queue."""
        file = sqlite3.connect(f"file:{server.data / 'phoenix.db'}?mode=ro", uri=True, timeout=10)
        try:
            return int(file.execute("select count(*) from spans").fetchone()[0])
        finally:
            file.close()

    def list_message(self, server: Server) -> bytes:
        """The GraphQL query behind its sessions table."""
        body = msgspec.json.encode({"query": LIST, "variables": {"id": self.project(server)}})
        head = f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{server.port}\r\ncontent-type: application/json\r\n"
        return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body

    def listed(self, body: bytes) -> int:
        """Rows of the page; its errors come with status 200."""
        answer = msgspec.json.decode(body)
        if answer.get("errors"):
            raise RuntimeError(f"phoenix: {answer['errors'][0]['message']}")
        return len(answer["data"]["node"]["sessions"]["edges"])

    def page(self, server: Server) -> tuple[str, str]:
        """Its sessions; a row shows the session id."""
        return f"http://127.0.0.1:{server.port}/projects/{self.project(server)}/sessions", "sess-"

    def project(self, server: Server) -> str:
        """The id of the project `bench`."""
        link = server.connect()
        answer = link.get("/v1/projects?limit=100")
        link.close()
        return next(str(one["id"]) for one in msgspec.json.decode(answer.body)["data"] if one["name"] == "bench")
