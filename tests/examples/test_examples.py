"""Each example, run as a newcomer runs it, and what the API of the session page then says."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RUN_NOTEBOOK = Path(__file__).with_name("run_notebook.py")
MODEL = "gpt-5-mini-2026-01-01"

pytestmark = [
    pytest.mark.examples,
    pytest.mark.skipif(
        importlib.util.find_spec("langgraph") is None,
        reason="the examples' packages are not here: pip install -r examples/requirements.txt",
    ),
]


def run(name: str, environment: dict[str, str]) -> None:
    path = EXAMPLES / name
    command = [sys.executable, str(path)]
    if path.suffix == ".ipynb":
        command = [sys.executable, str(RUN_NOTEBOOK), str(path)]
    done = subprocess.run(
        command, env=environment, cwd=EXAMPLES, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr


def data(url: str) -> list[dict[str, Any]]:
    return httpx.get(url).raise_for_status().json()["data"]


def sessions(url: str) -> list[dict[str, Any]]:
    return data(f"{url}/v1/projects/default/sessions?sort=start_time")


def exchanges(url: str, session: dict[str, Any]) -> list[tuple[str, str]]:
    turns = data(f"{url}/v1/projects/default/sessions/{session['id']}/turns")
    return [(turn["input"]["text"], turn["output"]["text"]) for turn in turns]


def transcript(url: str, session: dict[str, Any]) -> list[tuple[str, str]]:
    messages = data(f"{url}/v1/projects/default/sessions/{session['id']}/transcript")
    return [
        (message["role"], part["text"])
        for message in messages
        for part in message["parts"]
        if part["type"] == "text" and message["role"] != "system"
    ]


BOB = [
    ("hi! im bob", "Hello Bob! How can I help you?"),
    ("what's my name?", "Your name is Bob."),
]
BOB_AS_MESSAGES = [(role, text) for turn in BOB for role, text in zip(("user", "assistant"), turn, strict=True)]


@pytest.mark.parametrize("name", ["openai_assistant.py", "openai_assistant.ipynb"])
def test_openai_assistant(name: str, environment: dict[str, str], threadline_url: str):
    run(name, environment)

    (session,) = sessions(threadline_url)
    assert exchanges(threadline_url, session) == BOB
    assert transcript(threadline_url, session) == BOB_AS_MESSAGES
    expected = {
        "session_id_source": "session.id",
        "turn_count": 2,
        "span_count": 4,
        "error_count": 0,
        "first_input": "hi! im bob",
        "last_output": "Your name is Bob.",
        "prompt_tokens": 17 + 35,
        "completion_tokens": 7 + 4,
        "total_tokens": 17 + 35 + 7 + 4,
    }
    assert {key: session[key] for key in expected} == expected
    assert session["models"] == {"values": [MODEL], "count": 1}


@pytest.mark.parametrize("name", ["quickstart.py", "quickstart.ipynb"])
def test_quickstart(name: str, environment: dict[str, str], threadline_url: str):
    run(name, environment)

    (session,) = sessions(threadline_url)
    assert session["session_id"] == "conversation-1"
    assert exchanges(threadline_url, session) == BOB[:1]


@pytest.mark.parametrize("name", ["langchain_chat.py", "langchain_chat.ipynb"])
def test_langchain_with_each_of_the_three_keys(name: str, environment: dict[str, str], threadline_url: str):
    run(name, environment)

    found = sessions(threadline_url)
    assert len(found) == 3
    # The instrumentation writes session.id, whichever key the run's metadata had.
    assert [session["session_id_source"] for session in found] == ["session.id"] * 3
    keys = {key for session in found for key in session["metadata"]} & {"session_id", "thread_id", "conversation_id"}
    assert keys == {"session_id", "thread_id", "conversation_id"}
    for session in found:
        assert exchanges(threadline_url, session) == BOB
        assert transcript(threadline_url, session) == BOB_AS_MESSAGES
        assert session["total_tokens"] == 17 + 35 + 7 + 4
        assert session["models"]["values"] == [MODEL]


@pytest.mark.parametrize("name", ["langgraph_thread.py", "langgraph_thread.ipynb"])
def test_langgraph_thread(name: str, environment: dict[str, str], threadline_url: str):
    run(name, environment)

    (session,) = sessions(threadline_url)
    asked = ("What is the weather in Paris?", "I looked it up: Paris: 14 °C, rain")
    assert exchanges(threadline_url, session) == [BOB[0], asked, BOB[1]]
    assert session["session_id_source"] == "session.id"
    assert session["metadata"]["thread_id"] == session["session_id"]
    assert session["tools"]["values"] == [{"name": "get_weather", "calls": 1, "errors": 0}]


@pytest.mark.parametrize("name", ["llama_index_chat.py", "llama_index_chat.ipynb"])
def test_llama_index_chat(name: str, environment: dict[str, str], threadline_url: str):
    run(name, environment)

    (session,) = sessions(threadline_url)
    assert exchanges(threadline_url, session) == BOB
    assert session["session_id_source"] == "session.id"
    assert session["total_tokens"] == 17 + 35 + 7 + 4
