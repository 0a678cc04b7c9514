"""A local OpenAI-compatible server for the tests: `python tests/llm_server/serve.py [PORT]`.

Prints its base URL on one line (port 0, the default, takes a free one), then serves until it is ended.
"""

import json
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import completions
import embeddings
import responses

Respond = Callable[[dict[str, Any]], dict[str, Any] | Iterator[str]]
ROUTES: dict[str, Respond] = {
    "/v1/chat/completions": completions.respond,
    "/v1/responses": responses.respond,
    "/v1/embeddings": embeddings.respond,
}


class Handler(BaseHTTPRequestHandler):
    """One request after the other, on as many threads as there are connections."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        models = [{"id": "gpt-5-mini", "object": "model", "created": 0, "owned_by": "tests"}]
        self.send_json(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}")
        respond = ROUTES.get(self.path.split("?")[0])
        if respond is None:
            self.send_json(404, {"error": {"message": f"no route {self.path}", "type": "invalid_request_error"}})
            return
        answer = respond(body)
        if isinstance(answer, dict):
            self.send_json(200, answer)
        else:
            self.send_stream(answer)

    def send_json(self, status: int, body: dict[str, Any]) -> None:
        packed = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def send_stream(self, lines: Iterator[str]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for line in lines:
            packed = line.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(packed), packed))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}/v1", flush=True)  # noqa: T201
    server.serve_forever()
