"""One server for the tests that only read and send; each takes a project of its own."""

from collections.abc import Iterator

import pytest
from live import Live, live_server
from spans import conversation


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A running server that holds the conversation of `spans` in the project `shop`."""
    with live_server(tmp_path_factory.mktemp("live")) as server:
        server.send(conversation())
        yield server
