"""Words out of the JSON that frameworks wrap around them."""

import pytest

from threadline.conventions.envelope import answered, content_text, said, tool_result

HUMAN = {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "HumanMessage"], "kwargs": {"content": "Hi"}}
AI = {"lc": 1, "type": "constructor", "id": ["x", "AIMessage"], "kwargs": {"content": "Hello", "type": "ai"}}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Hi", "Hi"),
        ({"messages": [["user", "Hi"]]}, "Hi"),
        ({"messages": [{"role": "user", "content": "A"}, {"role": "assistant", "content": "B"}]}, "A"),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": "A"}, {"type": "image_url"}]}]}, "A"),
        ({"messages": [HUMAN]}, "Hi"),
        ({"messages": [[HUMAN]]}, "Hi"),
        ({"messages": [{"type": "human", "data": {"content": "Hi"}}]}, "Hi"),
        ([["user", "Hi"]], "Hi"),
        ({"question": "Hi", "context": "..."}, "Hi"),
        ({"query": "Hi"}, "Hi"),
        ({"input": {"question": "Hi"}}, "Hi"),
        ({"input": '{"query": "Hi"}'}, "Hi"),
        ({"q": "Hi"}, "Hi"),
        ({"prompt": "Hi"}, "Hi"),
        ({"kwargs": {"question": "Hi"}, "args": []}, "Hi"),
        ({"args": ["Hi"], "kwargs": {}}, "Hi"),
        ({"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}, "Hi"),
        ({"input": ["one", "two"]}, "one\ntwo"),
        ({"type": "ai", "data": {"content": "Hello"}}, "Hello"),
        ({"city": "Paris"}, None),
        ({"messages": []}, None),
        ({"question": ""}, None),
        ([], None),
        (None, None),
        (5, None),
        ({"kwargs": {"kwargs": {"kwargs": {"kwargs": {"kwargs": {"kwargs": {"kwargs": {"q": "deep"}}}}}}}}, None),
    ],
)
def test_said(value, words):
    assert said(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"output": "Hello"}, "Hello"),
        ({"answer": "Hello", "source_documents": []}, "Hello"),
        ({"response": "Hello"}, "Hello"),
        ({"result": "Hello", "query": "Hi"}, "Hello"),
        ({"text": "Hello"}, "Hello"),
        ({"content": "Hello"}, "Hello"),
        ({"choices": [{"message": {"role": "assistant", "content": "Hello"}}]}, "Hello"),
        ({"choices": [{"text": "Hello"}]}, "Hello"),
        ({"choices": [{"message": {"role": "assistant", "content": None, "tool_calls": []}}]}, None),
        ({"generations": [[{"text": "Hello", "message": AI}]]}, "Hello"),
        ({"candidates": [{"content": {"role": "model", "parts": [{"text": "Hello"}]}}]}, "Hello"),
        ({"messages": [HUMAN, AI]}, "Hello"),
        ({"messages": [AI, HUMAN]}, None),
        ({"messages": [HUMAN, {"type": "ai", "data": {"content": "", "tool_calls": [{}]}}]}, None),
        (
            {
                "output": [
                    {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Hello"}]}
                ]
            },
            "Hello",
        ),
        ({"completion": " Hello"}, " Hello"),
        ({"kwargs": {"content": "Hello"}, "lc": 1, "id": ["AIMessage"]}, "Hello"),
        (
            {
                "role": "assistant",
                "content": [{"type": "thinking", "thinking": "..."}, {"type": "text", "text": "Hello"}],
            },
            "Hello",
        ),
        ({"rows": 3}, None),
    ],
)
def test_answered(value, words):
    assert answered(value) == words


def test_tool_result():
    assert tool_result({"type": "tool", "data": {"content": "14C", "tool_call_id": "x"}}) == "14C"
    assert tool_result({"content": "14C"}) is None


def test_depth_has_an_end():
    deep = "Hi"
    for _ in range(500):
        deep = {"input": deep, "content": [deep]} if isinstance(deep, str) else {"input": deep}
    assert said(deep) is None
    content = {"text": "Hi"}
    for _ in range(500):
        content = {"content": content}
    assert content_text(content) is None
