"""Terms over the values of sessions: the word is looked up once, then sessions by the exact values."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from threadline.query.ast import Term
from threadline.query.pattern import fits, pieces
from threadline.sessions.text import folded
from threadline.store.sqlite.condition import FALSE, Condition, decided, either
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.names import PAIR
from threadline.store.sqlite.session_sql import Sql

__all__ = ["Asked", "Form", "form_of", "listed", "session_has", "session_holds", "term_fits"]

VALUES_MAX = 200
"""So many values are named one by one; of more the condition looks at each value of a session."""
LITERAL_MAX = 10_000
"""Characters: no value is as long, and SQLite takes no pattern of five times as many bytes."""


class Asked(NamedTuple):
    """Where a query is asked."""

    connection: Database
    project: int
    name: str
    by_row: bool
    """Whether few rows will be looked at, so that a condition rather finds out about one than about all."""


class Form(NamedTuple):
    """What a folded value must be: exactly `first`, or a pattern that begins with it."""

    first: str
    glob: str | None

    @property
    def is_anything(self) -> bool:
        """Whether any value will do."""
        return self.glob == "*"

    def sql(self, column: str) -> Sql:
        """The condition on a column that holds folded values."""
        if self.glob is None:
            return Sql(f"{column} = ?", (self.first,))
        if not self.first:
            return Sql(f"{column} glob ?", (self.glob,))
        parts = f"{column} >= ?"
        arguments: tuple[str, ...] = (self.first,)
        last = ord(self.first[-1]) + 1
        if last < 0x110000:
            parts += f" and {column} < ?"
            arguments += (self.first[:-1] + chr(0xE000 if last == 0xD800 else last),)
        return Sql(f"({parts} and {column} glob ?)", (*arguments, self.glob))


def form_of(term: Term) -> Form | None:
    """Of a term's value, behind its key where it is metadata; None when nothing can be so long."""
    before = folded(term.key) + PAIR if term.field == "metadata" else ""
    parts = [folded(piece) for piece in pieces(term.value)] if term.pattern else [folded(term.value)]
    if len(before) + sum(map(len, parts)) > LITERAL_MAX:
        return None
    if len(parts) == 1:
        return Form(before + parts[0], None)
    glob = "*".join([_literal(before + parts[0]), *map(_literal, parts[1:])])
    while "**" in glob:
        glob = glob.replace("**", "*")
    return Form(before + parts[0], glob)


def _literal(text: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in text)


def term_fits(term: Term, value: str) -> bool:
    """Whether a value is what the term asks for."""
    return fits(term.value, value) if term.pattern else folded(term.value) == folded(value)


def listed(values: Sequence[object]) -> str:
    """As `json_each` reads it."""
    return msgspec.json.encode(values).decode()


def session_holds(asked: Asked, kind: int, term: Term, session: str = "s.id") -> Condition:
    """Whether a session has a value of this kind that the term asks for. `session`: the SQL of its row."""
    form = form_of(term)
    if form is None:
        return decided(FALSE)
    if form.is_anything:
        return session_has(asked, kind, session)
    folded_sql = form.sql("folded")
    values = asked.connection.execute(
        f"select value from value where project = ? and kind = ? and {folded_sql.text} limit ?",  # noqa: S608 - made here
        (asked.project, kind, *folded_sql.arguments, VALUES_MAX + 1),
    ).fetchall()
    if not values:
        return decided(FALSE)
    if len(values) <= VALUES_MAX:
        exact = Sql("v.value in (select value from json_each(?))", (listed([value for (value,) in values]),))
        return decided(_found(asked, session, kind, exact))
    # A value that reads like the folded pattern folds to something that does too. The others fold to another text.
    raw = form.sql("v.value")
    differing = Sql(
        f"""v.value in (select w.value from value w where w.project = ? and w.kind = ? and w.differs is not null
        and {form.sql("w.folded").text})""",  # noqa: S608 - made here
        (asked.project, kind, *form.sql("w.folded").arguments),
    )
    return either([decided(_found(asked, session, kind, each)) for each in (raw, differing)])


def session_has(asked: Asked, kind: int, session: str = "s.id") -> Condition:
    """Whether a session has any value of this kind."""
    return decided(_found(asked, session, kind, Sql("1", ())))


def _found(asked: Asked, session: str, kind: int, value: Sql) -> Sql:
    if asked.by_row:
        return Sql(
            f"exists (select 1 from session_value v where v.session = {session} and v.kind = {kind} and {value.text})",  # noqa: S608
            value.arguments,
        )
    return Sql(
        f"""{session} in (select v.session from session_value v
        where v.project = ? and v.kind = {kind} and {value.text})""",  # noqa: S608 - made here
        (asked.project, *value.arguments),
    )
