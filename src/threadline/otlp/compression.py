"""Content encodings: inflates step by step and stops at the limit, however much the body would unpack to."""

import zlib
from collections.abc import Callable, Generator, Iterator

import zstandard

from threadline.errors import TooLarge, UndecodableBody, UnsupportedMediaType

__all__ = ["encodings", "inflate"]

STEP_BYTES = 256 * 1024
ZSTD_STEP_BYTES = 256
ENCODINGS_MAX = 3
ZSTD_WINDOW_BYTES_MAX = 8 * 2**20
"""What RFC 8878 (3.1.1.1.2) recommends every decoder to support; a larger window is memory a sender chooses."""
GZIP_OR_ZLIB = {"gzip": 16 + zlib.MAX_WBITS, "zlib": zlib.MAX_WBITS, "raw": -zlib.MAX_WBITS}


def encodings(header: str) -> tuple[str, ...]:
    """The encodings of a Content-Encoding header in the order applied; () for none.

    Raises UnsupportedMediaType for one that is not read here, or for more than 3.
    """
    if not header:
        return ()
    names = [name.strip().lower() for name in header.split(",")]
    names = ["gzip" if name == "x-gzip" else name for name in names if name not in {"", "identity", "none"}]
    for name in names:
        if name not in {"gzip", "deflate", "zstd"}:
            raise UnsupportedMediaType(
                "unsupported_encoding",
                f"Content encoding {name[:64]!r} is not read here: use gzip, deflate, zstd or none.",
            )
    if len(names) > ENCODINGS_MAX:
        raise UnsupportedMediaType("unsupported_encoding", f"More than {ENCODINGS_MAX} content encodings.")
    return tuple(names)


def inflate(data: bytes, encoding: str, limit: int, grow: Callable[[int], None] | None = None) -> bytes:
    """The body as it was before the encodings named in the header `encoding` were applied.

    `grow` is told each number of bytes before they are kept and may raise (a budget that is full).
    Raises TooLarge as soon as any step gives more than `limit` bytes, UndecodableBody for broken or cut
    data and for anything but zeros behind its end, UnsupportedMediaType for an unknown encoding.
    """
    for name in reversed(encodings(encoding)):
        data = _collect(_STEPS[name](data), limit, grow)
    return data


def _collect(steps: Iterator[bytes], limit: int, grow: Callable[[int], None] | None) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        for part in steps:
            size += len(part)
            if size > limit:
                raise TooLarge(
                    "body_too_large",
                    f"The body unpacks to more than {limit} bytes (body_bytes_max). Send smaller batches.",
                )
            if grow is not None:
                grow(len(part))
            parts.append(part)
    except (zlib.error, zstandard.ZstdError) as error:
        raise UndecodableBody("undecodable_body", f"The body is not what Content-Encoding says: {error}.") from None
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _gzip(data: bytes) -> Iterator[bytes]:
    # A gzip file may hold several members, one after the other (RFC 1952, 2.2), and zeros as padding.
    while True:
        data = yield from _members(data, GZIP_OR_ZLIB["gzip"])
        data = data.lstrip(b"\0")
        if not data:
            return


def _deflate(data: bytes) -> Iterator[bytes]:
    # By "deflate" RFC 9110 (8.4.1.2) means the zlib format, and notes that some senders leave its header out.
    zlib_header = len(data) >= 2 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
    rest = yield from _members(data, GZIP_OR_ZLIB["zlib" if zlib_header else "raw"])
    if rest.strip(b"\0"):
        raise zlib.error("something follows the compressed data")


def _members(data: bytes, window: int) -> Generator[bytes, None, bytes]:
    inflater = zlib.decompressobj(window)
    while not inflater.eof:
        part = inflater.decompress(data, STEP_BYTES)
        data = inflater.unconsumed_tail
        if part:
            yield part
        elif not data and not inflater.eof:
            raise zlib.error("it ends too early")
    return inflater.unused_data


def _zstd(data: bytes) -> Iterator[bytes]:
    # Only `decompressobj` says whether a frame ended, and it gives all that its input unpacks to: at most
    # 128 KiB for each block of 4 bytes or more (RFC 8878, 3.1.1.2), so small steps keep that small.
    view = memoryview(data)
    at = 0
    while at < len(data):
        inflater = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES_MAX).decompressobj()
        while not inflater.eof:
            if at >= len(data):
                raise zlib.error("it ends too early")
            step = view[at : at + ZSTD_STEP_BYTES]
            at += len(step)
            if part := inflater.decompress(step):
                yield part
        at -= len(inflater.unused_data)


_STEPS: dict[str, Callable[[bytes], Iterator[bytes]]] = {"gzip": _gzip, "deflate": _deflate, "zstd": _zstd}
