"""From the example application to its conversation on the screen, as a newcomer walks it."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from served import Server
from watched import Watched

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.examples,
    pytest.mark.skipif(
        importlib.util.find_spec("openinference") is None,
        reason="the examples' packages are not here: pip install -r examples/requirements.txt",
    ),
]


def run_assistant(threadline_url: str) -> None:
    """`python examples/openai_assistant.py`, with a model of the tests' own behind it."""
    command = [sys.executable, str(ROOT / "tests/llm_server/serve.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as model:
        assert model.stdout is not None
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("OTEL_", "OPENAI_"))}
        environment = kept | {
            "OPENAI_API_KEY": "not-a-key",
            "OPENAI_BASE_URL": model.stdout.readline().strip(),
            "OPENAI_MODEL": "gpt-5-mini",
            "OTEL_EXPORTER_OTLP_ENDPOINT": threadline_url,
        }
        example = [sys.executable, str(ROOT / "examples/openai_assistant.py")]
        done = subprocess.run(example, env=environment, capture_output=True, text=True, timeout=100, check=False)
        model.terminate()
    assert done.returncode == 0, done.stderr


def test_from_the_example_to_its_conversation_on_the_screen(
    browser: Browser, start_server: Callable[[], Server]
) -> None:
    server = start_server()
    context = browser.new_context(base_url=server.url, viewport={"width": 1440, "height": 900})
    watched = Watched(server.url)
    page = context.new_page()
    watched.watch(page)
    page.goto("/")
    expect(page.get_by_text("Nothing has arrived yet.")).to_be_visible()
    run_assistant(server.url)
    page.get_by_role("link", name="hi! im bob").click()
    expect(page.get_by_text("Hello Bob! How can I help you?")).to_be_visible()
    expect(page.locator("main").get_by_text("what's my name?").last).to_be_visible()
    page.get_by_role("link", name="Open trace").first.click()
    expect(page.get_by_text("ChatCompletion").first).to_be_visible()
    watched.check()
    context.close()
