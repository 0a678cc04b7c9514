"""What every failing request is answered."""

from threadline.server.shapes.base import Struct

__all__ = ["Problem"]


class Problem(Struct, frozen=True, omit_defaults=True):
    """application/problem+json."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    column: int | None = None
    """Of `invalid_query`: where in `q`, in code points, 1 the first."""
    expected: list[str] | None = None
    """Of `invalid_query`: what could stand there."""
