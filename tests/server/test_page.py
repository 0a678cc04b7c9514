import re
import socket
from pathlib import Path

import pytest
from live import live_server

INDEX = '<html><head><meta name="csp-nonce" content="__CSP_NONCE__"></head><body>page</body></html>'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text(INDEX)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-Ab12_xYz.js").write_text("script")
    (folder / "assets" / "index-Ab12_xYz.js.br").write_bytes(b"brotli")
    (folder / "assets" / "index-Ab12_xYz.js.gz").write_bytes(b"gzip")
    (folder.parent / "secret.txt").write_text("secret")
    with live_server(tmp_path_factory.mktemp("data"), page=folder) as live:
        yield live


ADDRESSES = ["/", "/p/shop/sessions?q=x", "/p/a%2Fb/sessions/x", "/connect", "/s/shop/a/b.js", "/t/abc", "/s?project=x"]
ADDRESSES += ["/s/shop/nul%00nul"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_of_the_page_serves_it_under_a_strict_policy(built, address: str):
    status, headers, body = built.raw("GET", address)

    nonce = re.search(rb'content="([^"]+)"', body)[1].decode()
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == f"'self' 'nonce-{nonce}'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_it_names_the_ports_that_receive(tmp_path: Path):
    (tmp_path / "index.html").write_text("grpc=__GRPC_PORT__ otlp=__OTLP_PORT__")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with live_server(tmp_path, page=tmp_path, grpc_port=str(port)) as live:
        assert live.client.get("/").text == f"grpc={port} otlp="


def test_the_nonce_is_fresh_each_time(built):
    assert built.raw("GET", "/")[2] != built.raw("GET", "/")[2]


@pytest.mark.parametrize(("accepted", "body"), [("br, gzip", b"brotli"), ("gzip", b"gzip"), ("identity", b"script")])
def test_hashed_files_are_kept_for_ever_and_come_packed(built, accepted: str, body: bytes):
    for _ in range(2):
        status, headers, found = built.raw("GET", "/assets/index-Ab12_xYz.js", accept_encoding=accepted)
        assert (status, found) == (200, body)
        assert headers["content-type"] == "text/javascript; charset=utf-8"
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        assert headers["vary"] == "accept-encoding"


def test_other_files_are_asked_for_again(built):
    _, headers, _ = built.raw("GET", "/favicon.svg")

    assert (headers["content-type"], headers["cache-control"]) == ("image/svg+xml", "no-cache")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%00",
        f"/assets/{'a' * 5_000}",
    ],
)
def test_nothing_outside_the_folder_is_served(built, path: str):
    status, _, body = built.raw("GET", path)

    assert status == 404
    assert b"secret" not in body


LAST = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def send_raw(live, data: bytes) -> bytes:
    """What comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", live.server.port), timeout=5) as connection:
        connection.sendall(data)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_a_head_has_no_body(built):
    for path in ("/", "/assets/index-Ab12_xYz.js", "/healthz", "/v1/projects", "/openapi.json"):
        status, _, body = built.raw("HEAD", path)
        assert (status, body) == (200, b""), path


def test_the_connection_goes_on_after_a_head(live, caplog):
    for path in ("/", "/healthz", "/v1/projects", "/v1/projects/none/sessions/none", "/openapi.json"):
        answer = send_raw(live, f"HEAD {path} HTTP/1.1\r\nHost: localhost\r\n\r\n{LAST}".encode())
        assert (answer.count(b"HTTP/1.1 "), answer[-7:]) == (2, b"\r\n\r\nok\n"), path
    assert caplog.records == []


def test_without_a_built_page_it_says_how_to_build_one(tmp_path: Path):
    with live_server(tmp_path, page=tmp_path / "none") as live:
        status, headers, body = live.raw("GET", "/")

    assert status == 200
    assert b"make run" in body
    assert re.search(rb'nonce="([^"]+)"', body)[1].decode() in headers["content-security-policy"]
