"""Where a query's texts stand in a session: the turns that say them, and the names that hold them."""

from collections.abc import Iterator, Sequence
from itertools import chain

from threadline.model.session import Hits, NameMatch, TextHit
from threadline.query.ast import All, Any, Node, Not, Said, Scope
from threadline.query.evaluate import SessionFacts, TurnFacts, says, trace_named
from threadline.query.metadata import metadata_pairs
from threadline.sessions.text import find, window

__all__ = [
    "HITS_MAX",
    "NAMES_MAX",
    "WantedTexts",
    "find_any",
    "hits",
    "matched",
    "name_texts",
    "trace_match",
    "turn_hit",
    "wanted_texts",
]

HITS_MAX = 1_000
"""Where the count of hits stops."""
NAMES_MAX = 5
"""Names shown on a row."""

WantedTexts = tuple[tuple[Said, ...], tuple[Said, ...]]
"""The texts of the query's top AND-group, and all that it asks for."""


def wanted_texts(node: Node | None) -> WantedTexts:
    """A hit is a turn that says all of the first, if there is any such turn; else one that says any of the second.

    What is negated is not asked for.
    """
    if node is None:
        return (), ()
    group = node.nodes if isinstance(node, All) else (node,)
    return tuple(each for each in group if isinstance(each, Said)), tuple(_asked(node, inside=True))


def name_texts(node: Node | None) -> tuple[Said, ...]:
    """The texts that names may hold: either side, asked of the session."""
    return () if node is None else tuple(said for said in _asked(node, inside=False) if said.side == "either")


def hits(node: Node | None, facts: SessionFacts) -> Hits | None:
    """The turns that say what the query asks for, and where the first does; None when none does."""
    together, anywhere = wanted_texts(node)
    turns = list(enumerate(facts.turns, 1))
    found = [(index, turn) for index, turn in turns if together and all(says(said, turn) for said in together)]
    shown = together if found else anywhere
    found = found or [(index, turn) for index, turn in turns if any(says(said, turn) for said in anywhere)]
    if not found:
        return None
    first = turn_hit(*found[0], shown)
    return None if first is None else Hits(min(len(found), HITS_MAX), first)


def turn_hit(index: int, turn: TurnFacts, texts: Sequence[Said]) -> TextHit | None:
    """Where these texts stand in a turn: on the side that holds more of them, the user's where both hold as many."""
    best: tuple[int, TextHit] | None = None
    for role, said in (("user", turn.input), ("assistant", turn.output)):
        if said is None:
            continue
        needles = {text.text for text in texts if text.side in {"either", role}}
        held = [needle for needle in needles if find(said, needle)]
        if held and (best is None or len(held) > best[0]):
            shown, inside = window(said, find_any(said, held))
            best = len(held), TextHit(turn.trace_id, index, role, shown, inside)
    return None if best is None else best[1]


def find_any(text: str, needles: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where any of them stands, in order; ranges that overlap are one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found for needle in set(needles) for found in find(text, needle)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def matched(node: Node | None, facts: SessionFacts) -> tuple[NameMatch, ...]:
    """The first names that a text of the query stands in; the session's own ids come first."""
    texts = name_texts(node)
    if not texts:
        return ()
    needles = [said.text for said in texts]
    found: list[NameMatch] = []
    for field, key, value in dict.fromkeys(_names(facts)):
        ranges = find_any(value, needles)
        if ranges:
            found.append(NameMatch(field, key, value, ranges))
    return tuple([*_traces(texts, facts), *found][:NAMES_MAX])


def _traces(texts: Sequence[Said], facts: SessionFacts) -> Iterator[NameMatch]:
    turns = ((turn.trace_id, index) for index, turn in enumerate(facts.turns, 1))
    for trace_id, place in chain(turns, ((trace_id, None) for trace_id in facts.filed)):
        yield from trace_match(texts, trace_id, place)


def trace_match(texts: Sequence[Said], trace_id: bytes, turn_index: int | None) -> Iterator[NameMatch]:
    """The trace's id where any of the texts is it or begins it. `turn_index`: None of a trace that is no turn."""
    given = max((len(said.text) for said in texts if trace_named(said, trace_id)), default=0)
    if given:
        yield NameMatch("trace_id", "", trace_id.hex(), ((0, given),), trace_id, turn_index)


def _names(facts: SessionFacts) -> Iterator[tuple[str, str, str]]:
    """(field, key, value) of every name, the most telling first."""
    records = [turn.record for turn in facts.turns]
    yield "session_id", "", facts.session.session_id
    others = {other.value for record in records for other in record.other_session_ids}
    yield from (("session_id", "", other) for other in sorted(others))
    yield from (("user", "", user) for user in sorted({record.user_id for record in records if record.user_id}))
    yield from (("tag", "", tag) for tag in sorted({tag for record in records for tag in record.tags}))
    pairs = {pair for record in records for pair in metadata_pairs(record.metadata)}
    yield from (("metadata", key, value) for key, value in sorted(pairs))


def _asked(node: Node, *, inside: bool) -> Iterator[Said]:
    """Every text that is not negated; those inside scopes where wanted."""
    match node:
        case Said():
            yield node
        case Scope() if inside:
            yield from _asked(node.node, inside=inside)
        case All() | Any():
            for each in node.nodes:
                yield from _asked(each, inside=inside)
        case Not() | _:
            return
