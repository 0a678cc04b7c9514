"""Each message once, from any turn, with its tools, its failures and who spoke."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import fact, record
from recordings import transcript_lines

from threadline.conventions import SpanMessages
from threadline.model.facts import SpanTexts
from threadline.model.message import Document, ImagePart, Message, ReasoningPart, TextPart, ToolCallPart
from threadline.sessions.history import message_key
from threadline.sessions.transcript import TurnSpans, transcript


def user(*texts):
    return Message("user", tuple(TextPart(text) for text in texts))


def assistant(text=None, *calls):
    return Message("assistant", ((TextPart(text),) if text else ()) + calls)


def system(text):
    return Message("system", (TextPart(text),))


def tool(text, call=None, name=None):
    return Message("tool", (TextPart(text),), name, call)


def call(name="weather", arguments="{}", identity=None):
    return ToolCallPart(name, arguments, identity)


def llm(label, said, answered=(), parent="r", start=10, **fields):
    """An LLM span with its messages."""
    return fact(label, parent, start, kind="LLM", **fields), SpanMessages(input=tuple(said), output=tuple(answered))


def ran(label, name="weather", start=20, result="14C", parent="r", **fields):
    """A TOOL span."""
    identity = fields.pop("call", None)
    said = SpanMessages(
        tool_name=name, tool_call_id=identity, tool_arguments=fields.pop("arguments", "{}"), tool_result=result
    )
    return fact(label, parent, start, kind="TOOL", tool=name, **fields), said


def turn(index, *spans, texts=None, root=None):
    """A turn of these spans under a root."""
    known = [(root or fact("r", start=5, end=90, kind="AGENT"), SpanMessages()), *spans]
    return TurnSpans(index, bytes([index]) * 16, record(*(f for f, _ in known)), known, texts)


def lines(*turns, before=None):
    return transcript_lines(transcript(turns, before))


HELLO = (user("Hi"), assistant("Hello"))
FIRST = turn(1, llm("a", [system("Be kind"), user("Hi")], [assistant("Hello")]))


def test_history_is_shown_once():
    second = turn(2, llm("b", [system("Be kind"), *HELLO, user("And?")], [assistant("So.")]))
    assert lines(FIRST, second) == [
        "1 system: text Be kind",
        "1 user: text Hi",
        "1 assistant: text Hello",
        "2 user: text And?",
        "2 assistant: text So.",
    ]
    assert lines(second, before=FIRST) == lines(FIRST, second)[3:]


def test_seeded_history_is_shown_in_the_first_turn_only():
    call_of_it = llm("a", [*HELLO, user("And?")], [assistant("So.")])
    assert lines(turn(1, call_of_it)) == [
        "1 user: text Hi",
        "1 assistant: text Hello",
        "1 user: text And?",
        "1 assistant: text So.",
    ]
    assert lines(turn(4, call_of_it)) == ["4 user: text And?", "4 assistant: text So."]


def test_the_same_words_again_are_a_new_message():
    again = turn(2, llm("b", [user("Hi")], [assistant("Hello")]))
    assert lines(again, before=turn(1, llm("a", [user("Hi")], [assistant("Hello")]))) == [
        "2 user: text Hi",
        "2 assistant: text Hello",
    ]
    with_history = turn(2, llm("b", [*HELLO, user("Hi")], [assistant("Again?")]))
    assert lines(with_history, before=FIRST) == ["2 user: text Hi", "2 assistant: text Again?"]


def test_saying_it_twice_is_two_messages():
    told = turn(1, llm("a", [user("go")]), llm("b", [user("go"), user("go")], [assistant("ok")], start=30))
    assert lines(told) == ["1 user: text go", "1 user: text go", "1 assistant: text ok"]


def test_a_history_cut_at_its_front():
    before = turn(3, llm("a", [*HELLO, user("Two")], [assistant("2")]))
    after = turn(4, llm("b", [assistant("Hello"), user("Two"), assistant("2"), user("Three")], [assistant("3")]))
    assert lines(after, before=before) == ["4 user: text Three", "4 assistant: text 3"]


def test_a_history_that_leaves_tool_calls_out():
    before = turn(
        1,
        llm("a", [user("Hi")], [assistant(None, call())]),
        llm("b", [user("Hi"), assistant(None, call()), tool("14C")], [assistant("14C")], start=30),
    )
    after = turn(2, llm("c", [user("Hi"), assistant("14C"), user("Thanks")], [assistant("Bye")]))
    assert lines(after, before=before) == ["2 user: text Thanks", "2 assistant: text Bye"]


def test_a_turn_without_calls_does_not_forget():
    silent = turn(2, texts=SpanTexts("ping", "pong"))
    third = turn(3, llm("b", [*HELLO, user("And?")], [assistant("So.")]))
    assert lines(FIRST, silent, third)[3:] == [
        "2 user: text ping",
        "2 assistant: text pong",
        "3 user: text And?",
        "3 assistant: text So.",
    ]


def test_a_system_prompt_that_changes():
    second = turn(2, llm("b", [system("Be short"), *HELLO, user("And?")], [assistant("So.")]))
    assert lines(second, before=FIRST)[0] == "2 system changed: text Be short"
    two_agents = turn(
        1,
        llm("a", [system("Plan"), user("Hi")], [assistant("plan")]),
        (fact("s", "r", 20, kind="AGENT", agent="coder"), SpanMessages()),
        llm("b", [system("Code"), user("do")], [assistant("done")], parent="s", start=21),
        llm("c", [system("Plan"), user("Hi"), assistant("plan"), user("ok?")], [assistant("yes")], start=40),
    )
    assert [line for line in lines(two_agents) if "system" in line] == [
        "1 system: text Plan",
        "1 system (coder): text Code",
    ]


def test_tools_join_their_calls():
    calls = [call("weather", '{"city": "Paris"}', "c1"), call("weather", '{"city": "Oslo"}', "c2"), call("time")]
    asked = llm("a", [user("Hi")], [assistant(None, *calls)])
    told = lines(
        turn(
            1,
            asked,
            ran("x", result="1C", call="c2", start=21, status=1),
            ran("y", start=22, arguments='{ "city":"Paris" }', status=2, status_message="no net"),
            ran("z", "time", start=23, result="noon"),
            ran("w", "other", start=24, result="?"),
        )
    )
    assert told == [
        "1 user: text Hi",
        (
            '1 assistant: weather({"city": "Paris"}) -> 14C [error, ran] no net'
            ' | weather({"city": "Oslo"}) -> 1C [ok, ran] | time({}) -> noon [unset, ran]'
        ),
        "1 tool: other({}) -> ? [unset, ran]",
    ]


def test_a_joined_call_keeps_time_and_span():
    message = transcript([turn(1, llm("a", [user("Hi")], [assistant(None, call())]), ran("x", start=21))], None)[1]
    (part,) = message.message.parts
    assert (part.start_ns, part.duration_ns, part.span_id) == (21, 1, fact("x").span_id)


def test_tool_messages_fold_into_their_call():
    asked = assistant(None, call(identity="c1"), call("time"))
    told = turn(
        1,
        llm("a", [user("Hi")], [asked]),
        llm("b", [user("Hi"), asked, tool("14C", "c1"), tool("noon", None, "time")], [assistant("ok")], start=30),
    )
    assert lines(told)[1] == "1 assistant: weather({}) -> 14C [unset, not seen] | time({}) -> noon [unset, not seen]"
    assert lines(told)[2:] == ["1 assistant: text ok"]


def test_an_answer_whose_call_is_out_of_sight():
    before = turn(1, llm("a", [user("Hi")], [assistant(None, call(identity="c1"))]))
    resumed = turn(
        2, llm("b", [user("Hi"), assistant(None, call(identity="c1")), tool("14C", "c1")], [assistant("14")])
    )
    assert lines(resumed, before=before) == ["2 tool: toolresult 14C", "2 assistant: text 14"]


def test_documents_and_sub_agents():
    found = SpanMessages(documents=(Document("a"), Document("b")), query="Hi")
    told = lines(
        turn(
            1,
            (fact("d", "r", 7, kind="RETRIEVER"), found),
            (fact("s", "r", 8, kind="AGENT", agent="coder"), SpanMessages()),
            (fact("c", "s", 9, kind="CHAIN"), SpanMessages()),
            llm("a", [user("Hi")], [assistant("Hello")], parent="c"),
        )
    )
    assert told == ["1 user (coder): text Hi", "1 tool: 2 documents for 'Hi'", "1 assistant (coder): text Hello"]


def test_nested_instrumentors_tell_it_once():
    outer = llm("a", [user("Hi")], [assistant("Hello")])
    inner = llm("b", [user("Hi")], [assistant("Hello")], parent="a", start=11)
    assert lines(turn(1, outer, inner)) == ["1 user: text Hi", "1 assistant: text Hello"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (SpanTexts("Hi", "Hello"), ["1 user: text Hi", "1 assistant: text Hello"]),
        (SpanTexts("Hi", None), ["1 user: text Hi"]),
        (
            SpanTexts("Hi", '{"a": 1}', output_mime_type="application/json"),
            ["1 user: text Hi", '1 assistant: json {"a": 1}'],
        ),
        (None, []),
    ],
)
def test_turns_without_calls_show_their_two_sides(texts, told):
    assert lines(turn(1, texts=texts)) == told


@pytest.mark.parametrize(
    ("texts", "added"),
    [
        (SpanTexts("hi", "HELLO  there"), []),
        (SpanTexts("Context: x. Question: Hi", None), ["1 user: text Context: x. Question: Hi"]),
        (SpanTexts("What the person typed", "Hello there"), ["1 user: text What the person typed"]),
        (SpanTexts(None, "Hello there, see [1]."), []),
        (SpanTexts(None, "Quite another answer"), ["1 assistant: text Quite another answer"]),
        (SpanTexts('{"x": 1}', '{"y": 1}', "application/json", "application/json"), []),
    ],
)
def test_a_turns_sides_are_not_told_twice(texts, added):
    told = lines(turn(1, llm("a", [user("Hi")], [assistant("Hello there")]), texts=texts))
    assert [line for line in told if line not in ("1 user: text Hi", "1 assistant: text Hello there")] == added
    assert len(told) == 2 + len(added)


def test_a_picture_is_not_also_told_in_brackets():
    said = Message("user", (ImagePart("https://x/a.png"),))
    told = lines(turn(1, llm("a", [said], [assistant("A cat")]), texts=SpanTexts("[image]", "A cat")))
    assert told == ["1 user: image https://x/a.png", "1 assistant: text A cat"]


def test_json_that_wraps_the_answer_becomes_the_answer():
    wrapped = turn(1, llm("a", [user("Hi")], [assistant('{"answer": "Hello"}')]), texts=SpanTexts("Hi", "Hello"))
    assert lines(wrapped) == ["1 user: text Hi", "1 assistant: text Hello"]
    bare = turn(1, llm("a", [user("Hi")], [assistant('{"city": "Paris"}')]))
    assert lines(bare) == ["1 user: text Hi", '1 assistant: json {"city": "Paris"}']


def test_failures():
    root = fact("r", start=5, end=90, status=2, status_message="ValueError('x')Traceback (most recent call last):\n")
    assert lines(turn(1, root=root, texts=SpanTexts("Hi", None))) == [
        "1 user: text Hi",
        "1 assistant FAILED ValueError('x'):",
    ]
    failed_call = llm("a", [user("Hi")], status=2, status_message="429")
    assert lines(turn(1, failed_call, root=root)) == ["1 user: text Hi", "1 assistant FAILED 429:"]
    retried = llm("b", [user("Hi")], [assistant("Hello")], start=30)
    assert lines(turn(1, failed_call, retried)) == [
        "1 user: text Hi",
        "1 assistant FAILED 429:",
        "1 assistant: text Hello",
    ]
    cut_off = llm("a", [user("Hi")], [assistant("Hel")], status=2, status_message="closed")
    assert lines(turn(1, cut_off, root=root)) == ["1 user: text Hi", "1 assistant FAILED closed: text Hel"]


def test_a_tools_own_trace():
    root, said = ran("r", parent=None, start=5, input_rank=4, output_rank=1)
    only = TurnSpans(1, b"t" * 16, record(root), [(root, said)], SpanTexts("{}", "14C"))
    assert lines(only) == ["1 tool: weather({}) -> 14C [unset, ran]"]


def test_ids_stay_while_spans_arrive():
    full = turn(
        1, llm("a", [user("Hi")], [assistant(None, call())]), ran("x"), llm("b", [], [assistant("ok")], start=30)
    )
    part = msgspec.structs.replace(full, spans=full.spans[:2])
    ids = [message.id for message in transcript([full], None)]
    assert [message.id for message in transcript([part], None)] == ids[:2]
    assert len(set(ids)) == len(ids)


def test_what_makes_two_messages_the_same():
    plain = assistant("Hello  there", call(arguments='{"a":1,"b":2}'))
    assert message_key(plain) == message_key(assistant("Hello there", call(arguments='{"b": 2, "a": 1}', identity="c")))
    thinking = Message("assistant", (ReasoningPart("hm"), *plain.parts))
    assert message_key(plain) == message_key(thinking)
    assert message_key(plain) != message_key(user("Hello there"))
    assert message_key(user("a", "b")) != message_key(user("ab"))


def test_hundreds_of_calls_with_long_histories():
    history, spans = [], []
    for n in range(300):
        said, answer = user(f"question {n}"), assistant(f"answer {n}")
        spans.append(llm(f"{n:04}", [*history, said], [answer], start=10 + n))
        history += [said, answer]
    assert len(transcript([turn(1, *spans)], None)) == 600


WORDS = st.sampled_from(["yes", "no", "ok", "why?", "1"])


@given(st.lists(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3), min_size=1, max_size=5), st.booleans())
def test_every_exchange_of_any_conversation_stands_once(conversation, stateless):
    turns, history, expected = [], [], []
    for index, exchanges in enumerate(conversation, start=1):
        spans = []
        for n, (question, answer) in enumerate(exchanges[:1] if stateless else exchanges):
            said, answered = user(question), assistant(answer)
            sent = [said] if stateless else [*history, said]
            if n == 0 or not stateless:
                spans.append(llm(f"{n}", sent, [answered], start=10 + n))
            history += [said, answered]
            expected += [f"{index} user: text {question}", f"{index} assistant: text {answer}"]
        turns.append(turn(index, *spans))
    told = transcript(turns, None)
    assert sorted(transcript_lines(told)) == sorted(expected)
    for begin in range(1, len(turns)):
        page = transcript(turns[begin:], turns[begin - 1])
        assert page == [message for message in told if message.turn_index > begin]


@given(st.randoms())
def test_the_order_of_spans_never_matters(rng):
    made = turn(
        1,
        llm("a", [user("Hi")], [assistant(None, call(), call())]),
        ran("x", start=20),
        ran("y", start=20, result="15C"),
        llm("b", [user("Hi")], [assistant("ok")], start=30),
        texts=SpanTexts("Hello?", "ok"),
    )
    spans = list(made.spans)
    rng.shuffle(spans)
    assert transcript([msgspec.structs.replace(made, spans=spans)], None) == transcript([made], None)
