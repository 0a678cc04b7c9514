"""What is wrong with a query, and where."""

from threadline.errors import InvalidInput

__all__ = ["QueryError"]


class QueryError(InvalidInput):
    """A query that cannot be read. Its code is `invalid_query`."""

    title = "Invalid query"

    def __init__(self, column: int, length: int, expected: tuple[str, ...], message: str) -> None:
        super().__init__("invalid_query", message)
        self.column = column
        """Of the place, in code points from 1; one past the last where something is missing at the end."""
        self.length = length
        """Code points that are wrong, at least 1."""
        self.expected = expected
        """What could stand there, in the reader's words; empty where nothing simple could."""
