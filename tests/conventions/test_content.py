"""Pictures, sounds and files: what a span says it brings beside words."""

import pytest
from made_spans import facts, span

from threadline.conventions import read_content

CONTENT = "llm.input_messages.{}.message.contents.{}.message_content."


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (CONTENT.format(0, 1) + "image.image.url", ("image",)),
        (CONTENT.format(0, 1) + "image.url", ("image",)),
        (CONTENT.format(0, 0) + "audio.audio.url", ("audio",)),
        (CONTENT.format(0, 0) + "audio.audio.transcript", ("audio",)),
        (CONTENT.format(0, 0) + "document.document.name", ("file",)),
        (CONTENT.format(0, 0) + "video.video.url", ("file",)),
        ("llm.output_messages.0.message.contents.0.message_content.audio.audio.url", ("audio",)),
        ("input.images.0.image.url", ("image",)),
        ("output.documents", ("file",)),
        (CONTENT.format(0, 0) + "text", ()),
        (CONTENT.format(0, 0) + "image.image.mime_type", ()),
        ("retrieval.documents.0.document.content", ()),
    ],
)
def test_each_place(key: str, found: tuple[str, ...]) -> None:
    attributes = {"openinference.span.kind": "LLM", key: "data:,x"}
    assert read_content(span(attributes)) == found
    assert facts(attributes).content == found
    assert read_content(span({"openinference.span.kind": "LLM", key: ""})) == ()


def test_what_the_history_resends_is_not_new() -> None:
    attributes = {
        "openinference.span.kind": "LLM",
        "llm.input_messages.0.message.role": "user",
        CONTENT.format(0, 0) + "image.image.url": "data:,x",
        "llm.input_messages.1.message.role": "assistant",
        "llm.input_messages.2.message.role": "user",
        CONTENT.format(2, 0) + "audio.audio.url": "data:,y",
        CONTENT.format(2, 1) + "file.file.name": "a.pdf",
    }
    assert read_content(span(attributes)) == ("audio", "file")


def test_no_convention_no_content() -> None:
    assert read_content(span({"input.images.0.image.url": "data:,x"})) == ()
