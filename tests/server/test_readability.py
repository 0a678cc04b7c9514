"""No message begins with `{` or `[` unless its sender said that it is JSON: in the demo and in every recording."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from live import Live, live_server

from threadline.demo.post import send

JSON = "application/json"


def said(live: Live, project: str) -> Iterator[tuple[str, str]]:
    """Everything that the page shows as words, with where it stands."""
    base = f"/v1/projects/{project}"
    for session in live.walk(f"{base}/sessions", limit=100):
        place = f"{project}/{session['session_id']}"
        yield from ((f"{place} {side}", session[side] or "") for side in ("first_input", "last_output"))
        path = f"{base}/sessions/{session['id']}"
        for turn in live.walk(f"{path}/turns", limit=200):
            sides = [turn[side] for side in ("input", "output") if turn[side]]
            yield from ((f"{place} turn {turn['index']}", side["text"]) for side in sides if side["mime_type"] != JSON)
        for message in live.walk(f"{path}/transcript", limit=200):
            words = (part["text"] for part in message["parts"] if part["type"] in {"text", "reasoning"})
            yield from ((f"{place} message {message['id']}", text) for text in words)


def raw(told: Iterator[tuple[str, str]]) -> list[str]:
    """What looks like JSON to a reader."""
    return [f"{place}: {text[:80]}" for place, text in told if text.lstrip().startswith(("{", "["))]


def test_the_demo_reads_as_words(tmp_path: Path):
    with live_server(tmp_path) as live:
        send(live.url, 1_795_000_000_000_000_000)
        projects = [project["name"] for project in live.walk("/v1/projects")]
        told = [each for project in projects for each in said(live, project)]

    assert len(told) > 1_000
    assert raw(iter(told)) == []


@pytest.fixture(scope="module")
def recordings(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, list[str]]]:
    """A server that holds every recording in a project of its name."""
    with live_server(tmp_path_factory.mktemp("recordings")) as live:
        names = []
        for folder in sorted((corpus / "recorded").iterdir()):
            for path in sorted(folder.glob("*traces*.pb*")):
                body = path.read_bytes()
                live.send(gzip.decompress(body) if path.suffix == ".gz" else body, **{"x-project-name": folder.name})
                names.append(folder.name)
        yield live, sorted(set(names))


def test_every_recording_reads_as_words(recordings: tuple[Live, list[str]]):
    live, names = recordings

    assert len(names) > 10
    assert [line for name in names for line in raw(said(live, name))] == []
