"""The child process that decodes: requests come in on stdin, what they hold goes out on stdout.

Frames are a head and its parts. In: content, project and body. Out: a kind and one part in msgpack.
"""

import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

import msgspec

from threadline import errors
from threadline.errors import ThreadlineError
from threadline.ingest.decode import Decoded, decode
from threadline.store.contract import Arrival

__all__ = ["main", "read_answer", "understood", "write_request"]

_REQUEST = struct.Struct("<III")
_ANSWER = struct.Struct("<BI")
_SAME_BODY, _OTHER_BODY, _ERROR, _FAULT = range(4)
_NO_PROJECT = b"\0none"

_encode = msgspec.msgpack.Encoder().encode
_decode_answer = msgspec.msgpack.Decoder(Decoded).decode
_decode_error = msgspec.msgpack.Decoder(tuple[str, str, str]).decode


def write_request(pipe: BinaryIO, body: bytes, content: str, project: str | None) -> None:
    """Send a request to the child. Raises OSError when it is gone."""
    name = _NO_PROJECT if project is None else project.encode()
    pipe.write(_REQUEST.pack(len(content), len(name), len(body)) + content.encode() + name)
    pipe.write(body)
    pipe.flush()


def read_answer(pipe: BinaryIO) -> tuple[int, bytes]:
    """The child's next answer, for `understood`. Raises EOFError when it is gone."""
    kind, length = _ANSWER.unpack(_exactly(pipe, _ANSWER.size))
    return kind, _exactly(pipe, length)


def understood(kind: int, part: bytes, body: bytes) -> Decoded | ThreadlineError | None:
    """What the child made of `body`; None for a fault of ours, which its stderr names."""
    if kind == _FAULT:
        return None
    if kind == _ERROR:
        name, code, message = _decode_error(part)
        error: ThreadlineError = getattr(errors, name)(code, message)
        return error
    decoded = _decode_answer(part)
    if kind == _SAME_BODY:
        return msgspec.structs.replace(decoded, arrival=Arrival(body, decoded.arrival.spans))
    return decoded


def main() -> None:
    """Serve stdin until it ends. The first frame is the pickled (limits, prices) of the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to both; the parent ends us
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    limits, prices = pickle.load(stdin)  # noqa: S301  from our own parent
    while head := stdin.read(_REQUEST.size):
        content_length, name_length, body_length = _REQUEST.unpack(head)
        content = _exactly(stdin, content_length).decode()
        name = _exactly(stdin, name_length)
        body = _exactly(stdin, body_length)
        project = None if name == _NO_PROJECT else name.decode()
        kind, part = _answer(partial(decode, body, content, project, limits, prices), body)
        stdout.write(_ANSWER.pack(kind, len(part)))
        stdout.write(part)
        stdout.flush()


def _answer(read: Callable[[], Decoded], body: bytes) -> tuple[int, bytes]:
    try:
        decoded = read()
    except ThreadlineError as error:
        return _ERROR, _encode((type(error).__name__, error.code, error.message))
    except Exception:  # noqa: BLE001  told on stderr
        # The request's boundary, as in the writer: it costs this request alone.
        traceback.print_exc()
        return _FAULT, b""
    if decoded.arrival.body is body:
        return _SAME_BODY, _encode(msgspec.structs.replace(decoded, arrival=Arrival(b"", decoded.arrival.spans)))
    return _OTHER_BODY, _encode(decoded)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) != length:
        raise EOFError
    return data
