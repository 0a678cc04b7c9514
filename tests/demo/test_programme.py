from collections import Counter
from itertools import chain

from threadline.demo.draft import SpanDraft
from threadline.demo.post import bodies
from threadline.demo.programme import LONG_SESSION_TURNS, conversations

NOW_NS = 1_795_359_600_123_456_789
DAY_NS = 86_400 * 10**9


def spans() -> list[SpanDraft]:
    return spans_at(NOW_NS)


def spans_at(now_ns: int) -> list[SpanDraft]:
    return list(chain.from_iterable(conversation.spans for conversation in conversations(now_ns)))


def test_the_same_moment_gives_the_same_bytes():
    assert list(bodies(conversations(NOW_NS))) == list(bodies(conversations(NOW_NS)))


def test_ids_do_not_depend_on_the_moment_so_that_sending_twice_adds_nothing():
    later = spans_at(NOW_NS + 3 * DAY_NS)

    assert sorted(span.span_id for span in spans()) == sorted(span.span_id for span in later)


def test_everything_lies_in_the_last_seven_days_and_in_order():
    everything = spans()

    assert all(NOW_NS - 7.5 * DAY_NS < span.start_ns <= span.end_ns < NOW_NS for span in everything)
    by_id = {(span.trace_id, span.span_id): span for span in everything}
    for span in everything:
        if span.parent_span_id:
            parent = by_id[span.trace_id, span.parent_span_id]
            assert parent.start_ns <= span.start_ns
            assert span.end_ns <= parent.end_ns


def test_span_ids_are_unique():
    counts = Counter((span.trace_id, span.span_id) for span in spans())

    assert max(counts.values()) == 1


def test_there_are_several_projects_and_enough_sessions_with_one_long():
    turns = Counter(
        (span.project, str(span.attributes["session.id"]))
        for span in spans()
        if not span.parent_span_id
        and "session.id" in span.attributes
        and span.attributes["openinference.span.kind"] != "EVALUATOR"
    )

    assert {project for project, _ in turns} == {"support-bot", "travel-agent", "docs-assistant", "language-tutor"}
    assert 60 <= len(turns) <= 150
    assert max(turns.values()) == LONG_SESSION_TURNS


def test_every_kind_of_span_that_the_page_shows_is_there():
    kinds = {span.attributes["openinference.span.kind"] for span in spans()}

    assert kinds == {"AGENT", "LLM", "TOOL", "RETRIEVER", "RERANKER", "EMBEDDING", "GUARDRAIL", "EVALUATOR", "CHAIN"}


def test_one_conversation_crosses_two_services():
    services: dict[bytes, set[str]] = {}
    for span in spans():
        services.setdefault(span.trace_id, set()).add(span.service)

    assert {"travel-web", "booking-service"} in services.values()


def test_pictures_reasoning_failures_and_parallel_calls_are_there():
    everything = spans()
    values = {str(value)[:22] for span in everything for value in span.attributes.values()}

    assert "data:image/png;base64," in values
    assert "reasoning" in values
    assert any(".tool_calls.2." in key for span in everything for key in span.attributes)
    assert sum(span.error is not None for span in everything) > 10
    assert not any("{{" in str(value) for span in everything for value in span.attributes.values())
