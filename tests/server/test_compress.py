import gzip

import pytest
import zstandard
from live import Live
from spans import request, turn


@pytest.fixture(scope="module")
def path(live: Live) -> str:
    live.send(request(*(turn(8500 + n, f"s{n}", "hello " * 20, "hi " * 20) for n in range(60)), project="large"))
    return "/v1/projects/large/sessions?limit=60"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("zstd, gzip", "zstd"),
        ("gzip, br", "gzip"),
        ("gzip;q=1.0, zstd;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("identity", None),
        ("br", None),
    ],
)
def test_a_large_answer_is_compressed_as_asked(live: Live, path: str, accepted: str, encoding: str | None):
    _, headers, body = live.raw("GET", path, accept_encoding=accepted)
    _, _, plain = live.raw("GET", path)

    unpack = {"zstd": lambda data: zstandard.ZstdDecompressor().decompress(data), "gzip": gzip.decompress, None: bytes}
    assert headers.get("content-encoding") == encoding
    assert unpack[encoding](body) == plain
    assert int(headers["content-length"]) == len(body)
    assert encoding is None or (len(body) < len(plain) / 4 and headers["vary"] == "accept-encoding")


def test_a_small_answer_and_a_stream_stay_as_they_are(live: Live):
    _, headers, body = live.raw("GET", "/v1/projects/nobody/sessions", accept_encoding="gzip")

    assert "content-encoding" not in headers
    assert body == b'{"data":[],"next_cursor":null}'


def test_the_outline_of_20_000_turns_stays_below_300_kb_on_the_wire():
    from msgspec import json  # noqa: PLC0415

    from threadline.server.compress import packed  # noqa: PLC0415
    from threadline.server.present import outline  # noqa: PLC0415

    step = 47_123_456_789
    turns = [
        (1_795_000_000_000_000_000 + n * step + n * n % 977, n * 7_919_123 % 20_000_000_000, n % 17 == 0)
        for n in range(20_000)
    ]
    body = json.encode(outline([(start, latency, int(failed) * 2, False) for start, latency, failed in turns]))

    assert len(packed(body, "gzip")) < 300_000
    assert len(packed(body, "zstd")) < 300_000
