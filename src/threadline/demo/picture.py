"""The one picture of the demo, drawn here: a parcel that arrived crushed."""

import base64
import struct
import zlib

__all__ = ["parcel"]

WIDTH, HEIGHT = 320, 220
TABLE, BOX, SIDE, TAPE, TEAR = (226, 222, 214), (190, 142, 90), (160, 116, 70), (222, 200, 160), (58, 40, 28)


def colour(x: int, y: int) -> tuple[int, int, int]:
    """The colour of one point."""
    dent = max(0, 26 - abs(x - 205) // 2)
    if 60 <= x < 250 and 60 + dent <= y < 180:
        tear = 150 + (y - 60) // 3 + (7 if y // 9 % 2 else -7)
        if y < 60 + dent + 70 and abs(x - tear) <= 3:
            return TEAR
        if 145 <= x < 165:
            return TAPE
        return SIDE if y < 60 + dent + 14 else BOX
    shade = 18 if 180 <= y < 194 and 66 <= x < 262 else 0
    return TABLE[0] - shade, TABLE[1] - shade, TABLE[2] - shade


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file (https://www.w3.org/TR/png-3/#5Chunk-layout)."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def parcel() -> str:
    """The picture as a `data:` address."""
    rows = b"".join(b"\0" + bytes(part for x in range(WIDTH) for part in colour(x, y)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(png).decode()
