"""What every failing request is answered."""

from threadline.server.shapes.base import Struct

__all__ = ["Problem"]


class Problem(Struct, frozen=True):
    """application/problem+json."""

    type: str
    title: str
    status: int
    code: str
    detail: str
