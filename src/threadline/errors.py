"""Every error Threadline answers with: a kind, a stable code and a sentence that says what to do.

- ThreadlineError
  - InvalidInput          the request is wrong: fix it, do not repeat it
    - UndecodableBody     the body is not what its headers say
  - NotFound              nothing is stored under that name
  - Conflict              it clashes with what is stored
  - TooLarge              over a limit that the message names
  - UnsupportedMediaType  a content type or encoding we do not read
  - Forbidden             this caller may not
  - Overloaded            no room just now: repeat after `retry_after_s`
  - StoreFailed           the store could not keep or read it
"""

from typing import ClassVar

__all__ = [
    "Conflict",
    "Forbidden",
    "InvalidInput",
    "NotFound",
    "Overloaded",
    "StoreFailed",
    "ThreadlineError",
    "TooLarge",
    "UndecodableBody",
    "UnsupportedMediaType",
]


class ThreadlineError(Exception):
    """The root. `code` is stable and documented; `message` is for a person and says what to do."""

    http_status: ClassVar[int] = 500
    grpc_status: ClassVar[int] = 13  # INTERNAL, numbers of google.rpc.Code
    title: ClassVar[str] = "Internal error"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class InvalidInput(ThreadlineError):
    """The request is wrong and will stay wrong when repeated."""

    http_status = 400
    grpc_status = 3  # INVALID_ARGUMENT
    title = "Invalid request"


class UndecodableBody(InvalidInput):
    """The body is not what its content type and encoding say."""

    title = "Undecodable body"


class NotFound(ThreadlineError):
    """Nothing is stored under that name."""

    http_status = 404
    grpc_status = 5  # NOT_FOUND
    title = "Not found"


class Conflict(ThreadlineError):
    """The request clashes with what is stored."""

    http_status = 409
    grpc_status = 6  # ALREADY_EXISTS
    title = "Conflict"


class TooLarge(ThreadlineError):
    """Over a limit; the message names the limit and its setting."""

    http_status = 413
    grpc_status = 8  # RESOURCE_EXHAUSTED, without RetryInfo: not to be repeated
    title = "Too large"


class UnsupportedMediaType(ThreadlineError):
    """A content type or content encoding that is not read here."""

    http_status = 415
    grpc_status = 3
    title = "Unsupported media type"


class Forbidden(ThreadlineError):
    """This caller may not do this."""

    http_status = 403
    grpc_status = 7  # PERMISSION_DENIED
    title = "Forbidden"


class Overloaded(ThreadlineError):
    """No room just now. Repeating after `retry_after_s` seconds is right."""

    http_status = 503
    grpc_status = 14  # UNAVAILABLE, with RetryInfo
    title = "Busy"

    def __init__(self, code: str, message: str, retry_after_s: int = 1) -> None:
        super().__init__(code, message)
        self.retry_after_s = retry_after_s


class StoreFailed(ThreadlineError):
    """The store could not keep or read it; nothing of the request was kept."""

    http_status = 503
    grpc_status = 14
    title = "Store failed"
