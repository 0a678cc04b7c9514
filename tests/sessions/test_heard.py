"""What a transcript does not listen to would not have changed it."""

from hypothesis import given
from hypothesis import strategies as st
from made import fact, record

from threadline.conventions import SpanMessages
from threadline.model.facts import SpanTexts
from threadline.model.message import Document, Message, TextPart, ToolCallPart
from threadline.sessions.heard import heard
from threadline.sessions.transcript import TurnSpans, transcript

KINDS = st.sampled_from(["LLM", "TOOL", "RETRIEVER", "RERANKER", "AGENT", "CHAIN", "EMBEDDING", ""])
WORDS = st.sampled_from(["hello", "sunny", "{}"])
MESSAGES = st.lists(
    st.builds(
        Message,
        st.sampled_from(["user", "assistant", "system", "tool"]),
        st.one_of(
            st.tuples(st.builds(TextPart, WORDS)), st.tuples(st.builds(ToolCallPart, st.just("weather"), st.just("{}")))
        ),
    ),
    max_size=3,
).map(tuple)
SAID = st.builds(
    SpanMessages,
    input=MESSAGES,
    output=MESSAGES,
    documents=st.one_of(st.just(()), st.just((Document("found"),))),
    tool_name=st.sampled_from([None, "weather"]),
    tool_result=st.sampled_from([None, "sunny"]),
)
SPANS = st.lists(st.tuples(KINDS, SAID, st.integers(0, 2), st.integers(-1, 5)), min_size=1, max_size=6)


def turn(spans):
    """The spans drawn: each below the one whose number it names, if that is another."""
    facts = [
        fact(f"s{place}", None if above in (-1, place) else f"s{above}", place + 1, kind=kind, status=status)
        for place, (kind, _, status, above) in enumerate(spans)
    ]
    return facts, {each.span_id: said for each, (_, said, _, _) in zip(facts, spans, strict=True)}


def told(facts, spans, before):
    texts = SpanTexts("hello", "sunny", "text/plain", "text/plain")
    return transcript([TurnSpans(2, bytes(16), record(*facts), spans, texts)], before)


@given(SPANS, SPANS)
def test_the_same_is_told_as_if_every_span_were_read(earlier, spans):
    before_facts, before_said = turn(earlier)
    facts, said = turn(spans)

    def whole(facts, said):
        return [(each, said[each.span_id]) for each in facts]

    def some(facts, said):
        return heard(facts, lambda each: said[each.span_id])

    def before(spans):
        return TurnSpans(1, b"1" * 16, record(*before_facts), spans, None)

    everything = told(facts, whole(facts, said), before(whole(before_facts, before_said)))
    assert told(facts, some(facts, said), before(some(before_facts, before_said))) == everything


def test_what_stands_around_a_call_that_speaks_is_not_read():
    facts = [fact("a", kind="AGENT"), fact("b", "a", kind="LLM"), fact("c", "a", kind="TOOL")]
    spoken = SpanMessages(input=(Message("user", (TextPart("hi"),)),))
    asked = []

    def read(each):
        asked.append(each.name)
        return spoken if each.kind == "LLM" else SpanMessages()

    heard(facts, read)
    assert asked == ["b", "c"]
    spoken = SpanMessages()
    asked.clear()
    heard(facts, read)
    assert asked == ["b", "c", "a"]
