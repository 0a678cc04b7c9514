import contextlib
import gzip
import tracemalloc
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from threadline.errors import Overloaded, TooLarge, UndecodableBody, UnsupportedMediaType
from threadline.otlp.compression import encodings, inflate

LIMIT = 2**20


def raw_deflate(data):
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


zstd = zstandard.ZstdCompressor().compress
PACKED = {
    "gzip": ("gzip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "zstd": ("zstd", zstd),
}
each = pytest.mark.parametrize(("encoding", "pack"), PACKED.values(), ids=PACKED)


@each
@given(data=st.binary(max_size=3_000))
def test_every_encoding_gives_the_body_back(encoding, pack, data):
    assert inflate(pack(data), encoding, LIMIT) == data
    assert inflate(pack(data * 500), encoding.upper(), LIMIT * 2) == data * 500


@pytest.mark.parametrize("encoding", ["", "identity", " none ", "identity, none"])
def test_no_encoding(encoding):
    assert inflate(b"plain", encoding, LIMIT) == b"plain"


def test_several_encodings_are_undone_last_first():
    assert inflate(zstd(gzip.compress(b"body")), "gzip, zstd", LIMIT) == b"body"
    assert inflate(gzip.compress(b"body"), "identity, x-gzip", LIMIT) == b"body"


@pytest.mark.parametrize("encoding", ["br", "gzip, br", "compress", "gzip,gzip,gzip,gzip", "snappy"])
def test_other_encodings_are_unsupported(encoding):
    with pytest.raises(UnsupportedMediaType):
        encodings(encoding)
    with pytest.raises(UnsupportedMediaType):
        inflate(b"", encoding, LIMIT)


@each
def test_exactly_the_limit_passes_and_one_byte_more_is_refused(encoding, pack):
    assert len(inflate(pack(bytes(LIMIT)), encoding, LIMIT)) == LIMIT
    with pytest.raises(TooLarge, match=f"more than {LIMIT} bytes .body_bytes_max"):
        inflate(pack(bytes(LIMIT + 1)), encoding, LIMIT)


@each
def test_every_cut_body_is_undecodable(encoding, pack):
    packed = pack(b"some text, some more text, and text")
    for end in range(len(packed)):
        if end == 0 and encoding == "zstd":
            continue  # no frame at all is an empty body
        with pytest.raises(UndecodableBody):
            inflate(packed[:end], encoding, LIMIT)


@each
def test_what_follows_the_end_is_refused_unless_it_is_padding(encoding, pack):
    with pytest.raises(UndecodableBody):
        inflate(pack(b"body") + b"garbage", encoding, LIMIT)
    if encoding != "zstd":
        assert inflate(pack(b"body") + bytes(512), encoding, LIMIT) == b"body"


@pytest.mark.parametrize(("encoding", "pack"), [PACKED["gzip"], PACKED["zstd"]])
def test_several_members_are_one_body(encoding, pack):
    assert inflate(pack(b"one ") + pack(b"") + pack(b"two"), encoding, LIMIT) == b"one two"
    with pytest.raises(TooLarge):
        inflate(pack(bytes(LIMIT)) + pack(b"1"), encoding, LIMIT)


@each
@given(data=st.binary(max_size=60))
def test_random_bytes_give_the_named_errors(encoding, pack, data):
    with contextlib.suppress(UndecodableBody, TooLarge):
        inflate(data, encoding, LIMIT)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd"])
def test_ten_megabytes_that_unpack_to_ten_gigabytes_cost_no_memory(encoding):
    if encoding == "zstd":
        block = b"\x02\x00\x10" + b"\x00"  # a block that repeats one byte 131,072 times (RFC 8878, 3.1.1.2)
        bomb = b"\x28\xb5\x2f\xfd\x00\x58" + block * (10 * 2**20 // 4)
    else:
        million = zlib.compress(bytes(2**20), wbits=-15)
        wbits = 31 if encoding == "gzip" else 15
        compressor = zlib.compressobj(wbits=wbits)
        start = compressor.compress(bytes(2**20)) + compressor.flush(zlib.Z_FULL_FLUSH)
        bomb = start + start[10 if encoding == "gzip" else 2 :] * (10 * 2**20 // len(start))
        assert len(bomb) > 9 * 2**20 > len(million)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            inflate(bomb, encoding, LIMIT)
        assert tracemalloc.get_traced_memory()[1] < 32 * 2**20
    finally:
        tracemalloc.stop()


def test_a_budget_stops_the_inflating():
    grown = []

    def grow(count):
        grown.append(count)
        if sum(grown) > 300_000:
            raise Overloaded("ingest_budget_full", "full")

    with pytest.raises(Overloaded):
        inflate(gzip.compress(bytes(LIMIT)), "gzip", LIMIT, grow)
    assert sum(grown) < 600_000
