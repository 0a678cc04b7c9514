"""Who stands above and below whom in a trace, cycles cut, without recursion."""

from collections.abc import Iterable, Mapping, Sequence

from threadline.model.facts import SpanFacts

__all__ = ["Ancestry"]


class Ancestry:
    """The parents of a trace's spans as a forest.

    A cycle is cut above its earliest span (start, span id), so that each of its spans has its place and
    nothing is counted twice or lost. A parent that has not arrived is none.
    """

    def __init__(self, facts: Sequence[SpanFacts], spans: Mapping[bytes, SpanFacts]) -> None:
        """`facts` are the values of `spans`, sorted by (start, span id)."""
        self._spans = spans
        self._facts = facts
        self._parent: dict[bytes, bytes] = {}
        came: set[bytes] = set()
        below_later = False
        for f in facts:
            parent = f.parent_span_id
            if parent is not None and parent in spans and parent != f.span_id:
                self._parent[f.span_id] = parent
                below_later = below_later or parent not in came
            came.add(f.span_id)
        if below_later:  # a cycle needs a span that starts before its parent
            self._cut_cycles()

    def parent(self, span_id: bytes) -> bytes | None:
        """The parent's span id, if it has arrived and the link is not cut."""
        return self._parent.get(span_id)

    def above(self, facts: Iterable[SpanFacts]) -> set[bytes]:
        """Ids of all proper ancestors of any of them."""
        found: set[bytes] = set()
        for f in facts:
            span_id = self._parent.get(f.span_id)
            while span_id is not None and span_id not in found:
                found.add(span_id)
                span_id = self._parent.get(span_id)
        return found

    def lowest(self, facts: Iterable[SpanFacts]) -> list[SpanFacts]:
        """Those of them that are no ancestor of another."""
        listed = list(facts)
        if len(listed) < 2:
            return listed
        above = self.above(listed)
        return [f for f in listed if f.span_id not in above]

    def below(self, facts: Iterable[SpanFacts]) -> set[bytes]:
        """Ids of all proper descendants of any of them."""
        roots = {f.span_id for f in facts}
        if not roots:
            return set()
        under: dict[bytes, bool] = {}
        for f in self._facts:
            path: list[bytes] = []
            span_id: bytes | None = f.span_id
            inside = False
            while span_id is not None:
                if span_id in under:
                    inside = under[span_id] or span_id in roots
                    break
                path.append(span_id)
                span_id = self._parent.get(span_id)
            for step in reversed(path):
                under[step] = inside
                inside = inside or step in roots
        return {span_id for span_id, inside in under.items() if inside}

    def _cut_cycles(self) -> None:
        done: set[bytes] = set()
        for f in self._facts:
            path: list[bytes] = []
            on_path: set[bytes] = set()
            span_id: bytes | None = f.span_id
            while span_id is not None and span_id not in done and span_id not in on_path:
                path.append(span_id)
                on_path.add(span_id)
                span_id = self._parent.get(span_id)
            if span_id is not None and span_id in on_path:
                cycle = path[path.index(span_id) :]
                first = min(cycle, key=lambda each: (self._spans[each].start_ns, each))
                del self._parent[first]
            done.update(path)
