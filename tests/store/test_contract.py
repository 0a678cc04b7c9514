"""What every store promises (contract.py), on every store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conversation import arrival, trace_id, turn
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from stores import STORES, open_store
from traces import BASE, SECOND, request

from threadline.errors import InvalidInput
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.session import Hits, NameMatch, TextHit
from threadline.query import parse
from threadline.sessions.totals import session_key
from threadline.store.contract import AppendResult, SessionQuery, TraceQuery

NOW = BASE + 10**6 * SECOND


@pytest.fixture(params=STORES)
def store(request: Any, tmp_path: Path) -> Iterator[Any]:
    opened = open_store(request.param, tmp_path)
    yield opened
    opened.close()


def keys(store: Any, **query: Any) -> list[str]:
    return [row.session_id for row in store.sessions(SessionQuery("p", **query)).rows]


def background(store: Any) -> None:
    store.fold_pending()
    while store.index_pending():
        pass
    while store.maintain(settle_all=True):
        pass


def test_nothing_arrives(store: Any) -> None:
    assert list(store.append([])) == []
    assert list(store.append([arrival()])) == [AppendResult(0)]
    assert list(store.projects()) == []
    assert store.sessions(SessionQuery("p")).rows == []
    assert store.session("p", session_key("p", "s")) is None
    assert list(store.turns("p", "no such key")) == []
    assert store.trace("p", trace_id(1)) is None
    assert store.stats(SessionQuery("p")).sessions == 0
    background(store)


def test_what_is_appended_is_seen_at_once_and_touches_its_session(store: Any) -> None:
    [result] = store.append([arrival(*turn(1))])
    assert result == AppendResult(2, 0, (("p", session_key("p", "s")),))
    [session] = store.sessions(SessionQuery("p")).rows
    assert (session.turn_count, session.span_count, session.first_input, session.last_output) == (1, 2, "hello", "hi")
    [again] = store.append([arrival(*turn(1))])
    assert again.kept == 2
    assert store.sessions(SessionQuery("p")).rows == [session]


def test_a_trace_that_moves_takes_its_totals_along(store: Any) -> None:
    agent, call = turn(1, session=None)
    store.append([arrival(*turn(2, "old")), arrival(agent)])
    assert keys(store) == ["old"]
    _, with_id = turn(1, "new")
    del call
    store.append([arrival(with_id)])
    store.fold_pending()
    assert sorted(keys(store)) == ["new", "old"]
    better_id, _ = turn(1, "old")
    better_id.name = "a longer name so that this version stays"
    store.append([arrival(better_id)])
    store.fold_pending()
    assert keys(store) == ["old"]
    assert store.session("p", session_key("p", "old")).turn_count == 2
    assert store.session_by_id("p", "new").session_id == "old"
    assert keys(store, session_id="new") == ["old"]


def test_a_cursor_of_another_query_is_refused(store: Any) -> None:
    store.append([arrival(*turn(1, "a"), *turn(2, "b"))])
    cursor = store.sessions(SessionQuery("p", limit=1)).next_cursor
    for query in (
        SessionQuery("p", sort="start_time", cursor=cursor),
        SessionQuery("q", cursor=cursor),
        SessionQuery("p", cursor="nonsense"),
        SessionQuery("p", cursor="ÿ"),
        SessionQuery("p", cursor=""),
    ):
        with pytest.raises(InvalidInput) as caught:
            store.sessions(query)
        assert caught.value.code == "invalid_cursor"
    with pytest.raises(InvalidInput):
        store.sessions(SessionQuery("p", sort="name; drop table session"))


def test_sessions_of_the_future_come_last_and_now_stays_in_the_cursor(store: Any) -> None:
    store.append([arrival(*turn(1, "a"), *turn(2, "b"), *turn(3, "future", start=NOW + 3600 * SECOND))])
    page = store.sessions(SessionQuery("p", limit=2, now_ns=NOW))
    assert [row.session_id for row in page.rows] == ["b", "a"]
    rest = store.sessions(SessionQuery("p", limit=2, now_ns=NOW + 10**5 * SECOND, cursor=page.next_cursor))
    assert [row.session_id for row in rest.rows] == ["future"]
    assert keys(store) == ["future", "b", "a"]


CASES = [
    ("ÄRGER beim Essen", "ärger"),
    ("die Straße", "STRASSE"),
    ("a snake_case name", "e_c"),
    ("axb", "a_b"),
    ("100% sure", "0%"),
    ('it\'s "quoted" `so`', '"quoted" `'),
    ("see https://ex.org/a?b=1&c=2#d", "org/a?b=1&"),
    ("before\x00after", "after"),
    ("before\x00after", "e\x00a"),
    ("日本語のテキスト", "語"),
    ("日本語のテキスト", "テキ"),
    ("ends with z", "z"),
    ("ends with xyz", "yz"),
    ("\\ backslash $0", "\\"),
    ("words " * 10_900 + "needle", "needle"),
    ("AND OR NOT NEAR(", "or not near("),
    ("tab\tand\nline", "d\nl"),
    ("emoji 🧵 thread", "🧵"),
]


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("side", ["said", "answer"])
def test_text_is_found_as_it_stands_on_either_side(store: Any, side: str, *, indexed: bool) -> None:
    texts = list(dict.fromkeys(text for text, _ in CASES))
    for n, text in enumerate(texts):
        said, answer = (text, "-") if side == "said" else ("-", text)
        store.append([arrival(*turn(n + 1, f"s{n}", said, answer))])
    if indexed:
        background(store)
    for text, needle in CASES:
        expected = {f"s{n}" for n, each in enumerate(texts) if needle.casefold() in each.casefold()}
        if needle != "a_b":
            assert f"s{texts.index(text)}" in expected
        assert set(keys(store, text=needle)) == expected, needle
        found = {
            trace.input if side == "said" else trace.output for trace in store.traces(TraceQuery("p", text=needle)).rows
        }
        assert found == {each for each in texts if needle.casefold() in each.casefold()}
    assert keys(store, text="never said") == []


def test_hits_say_where(store: Any) -> None:
    for n, said in enumerate(["one", "two needle", "three", "the needle"]):
        store.append([arrival(*turn(n + 1, "s", said))])
    [session] = store.sessions(SessionQuery("p", text="NEEDLE")).rows
    assert session.hits == Hits(2, TextHit(trace_id(2), 2, "user", "two needle", ((4, 10),)))
    key = session_key("p", "s")
    assert [each.index for each in store.search_session("p", key, "needle")] == [2, 4]
    assert [each.index for each in store.search_session("p", key, "needle", limit=1)] == [2]
    assert list(store.search_session("p", key, "")) == []


def test_a_text_that_changes_is_found_by_its_new_words_alone(store: Any) -> None:
    store.append([arrival(*turn(1, "s", "first words"))])
    background(store)
    store.append([arrival(*turn(1, "s", "other words, and longer ones"))])
    store.fold_pending()
    assert (keys(store, text="first"), keys(store, text="other")) == ([], ["s"])
    background(store)
    assert (keys(store, text="first"), keys(store, text="other")) == ([], ["s"])


def test_turns_begin_anywhere(store: Any) -> None:
    for n in range(1, 8):
        store.append([arrival(*turn(n, "s", f"q{n}"))])
    key = session_key("p", "s")

    def indexes(**where: int) -> list[int]:
        turns = store.turns("p", key, **where)
        assert [each.trace.input for each in turns] == [f"q{each.index}" for each in turns]
        assert all(each.idle_before_ns == (None if each.index == 1 else 9 * SECOND) for each in turns)
        return [each.index for each in turns]

    assert indexes() == [1, 2, 3, 4, 5, 6, 7]
    assert indexes(from_turn=3, limit=2) == [3, 4]
    assert indexes(from_turn=7, limit=5) == [7]
    assert indexes(from_turn=8) == []
    assert indexes(from_turn=-2) == [6, 7]
    assert indexes(from_turn=-2, limit=1) == [6]
    assert indexes(from_turn=-100, limit=2) == [1, 2]
    assert list(store.session_trace_ids("p", key)) == [trace_id(n) for n in range(1, 8)]
    assert store.trace_turn_index("p", trace_id(4)) == 4


NAMES = ["", " ", "a/b", "..", "%2F", "🧵", "x\x00y", "`\"'\\$0", "日本", "s" * 4096]


@pytest.mark.parametrize("name", NAMES[2:])
def test_any_name_is_a_project_and_a_session_id(store: Any, name: str) -> None:
    project = name[:256]
    store.append([arrival(*turn(1, name), project=project), arrival(*turn(1, "other"), project="p")])
    background(store)
    assert [each.name for each in store.projects()] == sorted(["p", project])
    [session] = store.sessions(SessionQuery(project)).rows
    assert (session.session_id, session.project) == (name, project)
    assert store.session(project, session.id) == store.session_by_id(project, name) == session
    assert store.session("p", session.id) is None
    assert list(store.trace_projects(trace_id(1))) == sorted(["p", project])


def test_names_that_cannot_be_stored_are_not_found(store: Any) -> None:
    store.append([arrival(*turn(1))])
    lone = "\ud800"
    assert store.session(lone, lone) is None
    assert store.session_by_id("p", lone) is None
    assert store.trace(lone, trace_id(1)) is None
    for query in ({"session_id": lone}, {"user_id": lone}, {"text": lone}):
        assert keys(store, **query) == []
    assert store.sessions(SessionQuery(lone)).rows == []
    assert store.traces(TraceQuery(lone)).rows == []
    assert store.traces(TraceQuery("p", session=lone)).rows == []


def test_traces_newest_first_and_by_session(store: Any) -> None:
    for n in range(1, 6):
        store.append([arrival(*turn(n, "s" if n % 2 else None))])
    query = TraceQuery("p", limit=2)
    found, cursor = [], None
    while True:
        page = store.traces(msgspec.structs.replace(query, cursor=cursor))
        found += [row.trace_id for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == [trace_id(n) for n in (5, 4, 3, 2, 1)]
    alone = store.traces(TraceQuery("p", without_session=True)).rows
    assert [row.trace_id for row in alone] == [trace_id(4), trace_id(2)]
    of_session = store.traces(TraceQuery("p", session=session_key("p", "s"))).rows
    assert [row.trace_id for row in of_session] == [trace_id(5), trace_id(3), trace_id(1)]
    assert store.projects()[0].traces_without_session == 2


def spans_of(bodies: list[bytes]) -> dict[bytes, Any]:
    found = {}
    for body in bodies:
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                for span in scope.spans:
                    place = (span.trace_id, span.span_id)
                    assert place not in found
                    kept = list(resource.resource.attributes)
                    found[place] = (span, sorted(map(repr, kept)), scope.scope, resource.schema_url, scope.schema_url)
    return found


@pytest.mark.parametrize("settled", [False, True])
def test_what_was_kept_is_exported_equal(store: Any, *, settled: bool) -> None:
    sent = [request([("p", span) for span in turn(n, "s", f"question {n}" * 50)]) for n in range(1, 30)]
    store.append([arrival(*turn(n, "s", f"question {n}" * 50)) for n in range(1, 30)])
    if settled:
        background(store)
    ids = store.session_trace_ids("p", session_key("p", "s"))
    assert spans_of(list(store.otlp("p", ids))) == spans_of(sent)
    [span] = store.spans("p", trace_id(3), [b"llm-----"])
    assert (span.span.name, span.facts.kind) == ("call", "LLM")
    assert len(store.spans("p", trace_id(3))) == 2
    assert list(store.otlp("p", [trace_id(999)])) == []
    several = [trace_id(7), trace_id(999), trace_id(3), trace_id(7)]
    found = store.spans_of("p", several)
    assert found == {each: store.spans("p", each) for each in (trace_id(7), trace_id(3))}
    assert store.spans_of("other", several) == {}


def note(target: AnnotationTarget, label: str, id_: str, **more: Any) -> Annotation:
    fixed = {"score": None, "explanation": None, "author": "me", "identifier": "", "created_ns": 1, "updated_ns": 1}
    return Annotation(id_, target, "quality", "human", label, **(fixed | more))


def test_an_outline_says_which_turns_are_annotated(store: Any) -> None:
    for n in range(1, 4):
        store.append([arrival(*turn(n, "s", f"q{n}"))])
    other = AnnotationTarget(kind="trace", project="another", trace_id=trace_id(1))
    on_span = AnnotationTarget(kind="span", project="p", trace_id=trace_id(3), span_id=b"s" * 8)
    for number, target in enumerate(
        (other, on_span, AnnotationTarget(kind="trace", project="p", trace_id=trace_id(2)))
    ):
        store.put_annotation(note(target, "good", str(number)))
    outline = store.outline("p", session_key("p", "s"))
    assert [annotated for *_, annotated in outline] == [False, True, False]
    assert [start_ns for start_ns, *_ in outline] == sorted(start_ns for start_ns, *_ in outline)


def test_annotations(store: Any) -> None:
    session = AnnotationTarget("session", "p", session_id="not there yet \x00")
    span = AnnotationTarget("span", "p", trace_id=trace_id(1), span_id=b"agent---")
    first = store.put_annotation(note(session, "good", "1"))
    again = store.put_annotation(note(session, "bad", "2", created_ns=5, updated_ns=5, score=0.5))
    assert again == note(session, "bad", "1", created_ns=1, updated_ns=5, score=0.5)
    other = store.put_annotation(note(session, "good", "3", author="you"))
    on_span = store.put_annotation(note(span, "good", "4"))
    assert first.id == again.id
    assert list(store.annotations([session, span])) == [again, other, on_span]
    assert list(store.annotations([AnnotationTarget("session", "p", session_id="not there yet ")])) == []
    assert store.annotation("3") == other
    assert store.delete_annotation("3") is True
    assert store.delete_annotation("3") is False
    assert store.annotation("3") is None


def test_the_id_of_a_trace_that_is_no_turn_finds_its_session(store: Any) -> None:
    evaluation = turn(0xE7A1 << 96, "judged", "was it good?", start=BASE)[0]
    evaluation.attributes[2].value.string_value = "EVALUATOR"
    evaluation.links.add(trace_id=trace_id(1), span_id=b"agent---")
    store.append([arrival(*turn(1, "judged"), *turn(2, "another"))])
    store.append([arrival(evaluation)])
    store.fold_pending()
    name = evaluation.trace_id.hex()
    for text in (name, name[:8], name.upper()):
        [session] = store.sessions(SessionQuery("p", query=parse(text))).rows
        assert session.session_id == "judged"
        assert session.matched == (NameMatch("trace_id", "", name, ((0, len(text)),), evaluation.trace_id, None),)
        assert [row.session_id for row in store.sessions(SessionQuery("p", query=parse(f"-{text}"))).rows] == [
            "another"
        ]
        assert not store.sessions(SessionQuery("p", query=parse(f"turn:({text})"))).rows
    assert list(store.trace_projects(evaluation.trace_id)) == ["p"]
    assert store.trace("p", evaluation.trace_id).session_key == session.id
    store.delete_session("p", session.id, requested_ns=1)
    assert not store.sessions(SessionQuery("p", query=parse(name))).rows


def test_a_deleted_session_stays_deleted(store: Any) -> None:
    store.append([arrival(*turn(1, "gone"), *turn(2, "gone"), *turn(3, "stays"))])
    evaluation = turn(4, "gone", "judged")[0]
    evaluation.attributes[2].value.string_value = "EVALUATOR"
    store.append([arrival(evaluation)])
    store.fold_pending()
    key = session_key("p", "gone")
    assert store.delete_session("p", "no such key", requested_ns=5) is None
    deletion = store.delete_session("p", key, requested_ns=5)
    assert (deletion.kind, deletion.sessions, deletion.traces, deletion.spans) == ("session", 1, 3, 5)
    for _ in range(2):
        assert keys(store) == ["stays"]
        assert store.session("p", key) is None
        assert list(store.turns("p", key)) == []
        assert store.trace("p", trace_id(1)) is None
        assert store.trace("p", trace_id(4)) is None
        assert list(store.trace_facts("p", trace_id(1))) == []
        assert list(store.spans("p", trace_id(1))) == []
        assert list(store.trace_projects(trace_id(1))) == []
        assert [row.trace_id for row in store.traces(TraceQuery("p")).rows] == [trace_id(3)]
        assert keys(store, text="hello") == ["stays"]
        [project] = store.projects()
        assert (project.session_count, project.trace_count, project.span_count) == (1, 1, 2)
        [result] = store.append([arrival(*turn(1, "gone"), *turn(3, "stays"))])
        assert (result.kept, result.refused_deleted) == (2, 2)
        [result] = store.append([arrival(*turn(2, "a new session"))])
        assert (result.kept, result.refused_deleted) == (0, 2)
        background(store)
    assert store.deletion(deletion.id).erased
    assert store.deletion("no such id") is None
    store.append([arrival(*turn(9, "gone"))])
    assert sorted(keys(store)) == ["gone", "stays"]


def shared_turn(n: int, session: str | None) -> list[Span]:
    """One of bob's, in which a call names eve."""
    agent, call = turn(n, session, user="bob")
    call.attributes[0].value.string_value = "eve"
    return [agent, call]


def test_traces_that_name_a_deleted_end_user_go_with_them(store: Any) -> None:
    store.append([arrival(*shared_turn(1, "a"), *turn(2, "a", user="bob"), *turn(3, "b", user="ann"))])
    store.append([arrival(*shared_turn(4, None), *shared_turn(5, "hers alone"), *turn(6, "a", user="bob"))])
    store.append([arrival(*turn(7, "eve's", user="eve"), *shared_turn(8, "eve's"))])
    store.append([arrival(*turn(9, "b", user="ann"))])
    store.append([arrival(shared_turn(9, "b")[1])])
    target = AnnotationTarget("trace", "p", trace_id=trace_id(1))
    store.put_annotation(note(target, "good", "1"))
    store.fold_pending()
    deletion = store.delete_user("p", "eve", requested_ns=7)
    assert (deletion.sessions, deletion.traces, deletion.spans) == (1, 6, 12)
    for _ in range(2):
        assert sorted(keys(store)) == ["a", "b"]
        assert [row.trace_id for row in store.traces(TraceQuery("p")).rows] == [trace_id(n) for n in (6, 3, 2)]
        assert store.session("p", session_key("p", "a")).turn_count == 2
        assert [each.trace.trace_id for each in store.turns("p", session_key("p", "a"))] == [trace_id(2), trace_id(6)]
        [project] = store.projects()
        assert (project.session_count, project.trace_count, project.span_count) == (2, 3, 6)
        assert project.traces_without_session == 0
        assert not store.sessions(SessionQuery("p", query=parse(trace_id(1).hex()))).rows
        assert [row.session_id for row in store.sessions(SessionQuery("p", query=parse("turns:2"))).rows] == ["a"]
        [result] = store.append([arrival(*turn(1, "a", user="bob"))])
        assert (result.kept, result.refused_deleted) == (0, 2)
        background(store)
    assert store.deletion(deletion.id).erased
    assert not store.annotations([target])
    again = store.delete_user("p", "eve", requested_ns=8)
    assert (again.sessions, again.traces) == (0, 0)


def test_a_deleted_end_user_stays_deleted(store: Any) -> None:
    store.append([arrival(*turn(1, "a", user="eve"), *turn(2, "a", user="bob"), *turn(3, "b", user="bob"))])
    store.append([arrival(*turn(4, None, user="eve")), arrival(*turn(5, "b", user="bob")[1:])])
    store.fold_pending()
    deletion = store.delete_user("p", "eve", requested_ns=7)
    assert (deletion.kind, deletion.sessions, deletion.traces, deletion.spans) == ("user", 1, 3, 6)
    assert keys(store) == ["b"]
    assert store.trace("p", trace_id(4)) is None
    [late, other] = store.append([arrival(*turn(6, "c", user="eve")), arrival(*turn(7, "c", user="bob"))])
    assert (late.kept, late.refused_deleted, other.kept) == (0, 2, 2)
    # A span that names her makes the whole trace hers, what is stored of it included.
    [result] = store.append([arrival(*turn(5, "b", user="eve")[:1])])
    assert (result.kept, result.refused_deleted) == (0, 1)
    assert store.trace("p", trace_id(5)) is None
    assert store.session("p", session_key("p", "b")).turn_count == 1
    background(store)
    assert sorted(keys(store)) == ["b", "c"]
    assert keys(store, user_id="eve") == []
    assert store.deletion(deletion.id).erased
    nobody = store.delete_user("p", "nobody", requested_ns=7)
    assert (nobody.sessions, nobody.traces, nobody.erased) == (0, 0, True)
    assert store.delete_user("no such project", "eve", requested_ns=7).traces == 0
