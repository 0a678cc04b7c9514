"""Fixtures that every folder of tests may use."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("THREADLINE_CORPUS", REPOSITORY.parent / "shared" / "corpus"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of recorded payloads; tests that read it are skipped by name where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("no recorded payloads here: set THREADLINE_CORPUS to their folder")
    return CORPUS
