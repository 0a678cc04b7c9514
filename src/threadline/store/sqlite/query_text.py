"""Free text of a query: which turns say it, and which names hold it."""

from collections.abc import Sequence
from typing import TypeAlias

from threadline.query.ast import Said
from threadline.query.evaluate import TRACE_ID
from threadline.sessions.text import folded
from threadline.sessions.totals import session_key
from threadline.store.sqlite.condition import FALSE, TRUE, Condition, decided, either, looked_up
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.names import NAMES, PAIR, name_query
from threadline.store.sqlite.query_values import Asked, listed
from threadline.store.sqlite.session_row import METADATA, SESSION_ID
from threadline.store.sqlite.session_sql import Sql
from threadline.store.sqlite.text_index import Needle, candidates
from threadline.store.sqlite.texts import from_text

__all__ = ["TextSearch"]

CANDIDATES_MAX = 4_000
"""Candidates confirmed at once: about 20 ms. With more, turns are read as the walk comes to them."""
LISTED_MAX = 200_000
"""Candidates listed to speed up reading; a text with more is so common that reading soon finds it."""
READ_FIRST = 1_500
"""Turns read before so many candidates are listed."""
NAMES_MAX = 2_000
"""Values that hold a text, named one by one; of more the names of each session are looked at."""

FOLDED_KEPT = 1_000_000
"""Characters of turns that are kept while they are asked for one text after the other."""

Stored: TypeAlias = str | bytes | None
Sides: TypeAlias = tuple[str, str]

TEXTS = """select x.trace, x.input, x.output from json_each(?) among
cross join turn_text x on x.trace = among.value"""
TURN = "select input, output from turn_text where trace = ?"
TURNS = """select x.trace, x.input, x.output from trace t indexed by trace_turn
cross join turn_text x on x.trace = t.id where t.session = ? order by t.place, t.trace_id"""
TURN_ROWS = "select id from trace indexed by trace_turn where session = ? order by place, trace_id"
NAME_KINDS = ", ".join(str(kind) for kind in sorted(NAMES))
SESSION_NAME_KINDS = ", ".join(str(kind) for kind in sorted(NAMES - {SESSION_ID}))
NAME_OF = (
    f"case when w.kind = {METADATA} then substr(w.folded, instr(w.folded, char({ord(PAIR)})) + 1) else w.folded end"
)
"""What of a value is a name: of metadata the value."""


class TextSearch:
    """The texts of one query, each looked for once."""

    def __init__(self, connection: Database, project: int, name: str) -> None:
        self._connection = connection
        self._project = project
        self._name = name
        self._turns: dict[Said, list[int] | None] = {}
        self._among: dict[Said, frozenset[int] | None] = {}
        self._names: dict[tuple[str, bool], Condition] = {}
        self._read = 0
        self._kept = 0
        self._folded: dict[int, Sides] = {}
        """Of turns read lately: a query of many texts asks each of them of one turn after the other."""

    def turns_that_say(self, said: Said) -> list[int] | None:
        """Trace rows, confirmed; None when too many may say it to be asked at once."""
        if said not in self._turns:
            self._turns[said] = self._confirmed(said)
        return self._turns[said]

    def in_turn(self, said: Said) -> Condition:
        """Whether a turn `t` says it."""
        turns = self.turns_that_say(said)
        if turns is not None:
            return decided(Sql("t.id in (select value from json_each(?))", (listed(turns),)) if turns else FALSE)
        return looked_up(TRUE, FALSE, lambda trace: self._turn_says(trace, said))

    def in_session(self, asked: Asked, said: Said) -> Condition:
        """Whether a turn of a session `s` says it or, of either side, one of its names holds it."""
        turns = self.turns_that_say(said)
        if turns is None:
            spoken = looked_up(TRUE, FALSE, lambda session: self._session_says(session, said))
        else:
            sql = """s.id in (select t.session from json_each(?) j cross join trace t on t.id = j.value
            where t.session is not null)"""
            spoken = decided(Sql(sql, (listed(turns),)) if turns else FALSE)
        return spoken if said.side != "either" else either([self._in_names(asked, said.text), spoken])

    def _turn_says(self, trace: int, said: Said) -> bool:
        among = self._among_candidates(said)
        if among is not None and trace not in among:
            return False
        if trace in self._folded:
            return _says(said, self._folded[trace])
        self._read += 1
        row = self._connection.execute(TURN, (trace,)).fetchone()
        return row is not None and _says(said, self._sides(trace, *row))

    def _sides(self, trace: int, input_: Stored, output: Stored) -> Sides:
        """Both sides folded."""
        found = self._folded.get(trace)
        if found is None:
            found = folded(from_text(input_) or ""), folded(from_text(output) or "")
            self._kept += len(found[0]) + len(found[1])
            if self._kept > FOLDED_KEPT:
                self._folded.clear()
                self._kept = 0
            self._folded[trace] = found
        return found

    def _confirmed(self, said: Said) -> list[int] | None:
        few = candidates(self._connection, self._project, Needle(said.text), CANDIDATES_MAX, said.side)
        if few is None:
            return None
        rows = self._connection.execute(TEXTS, (listed(few),))
        return [trace for trace, *sides in rows if _says(said, self._sides(trace, *sides))]

    def _session_says(self, session: int, said: Said) -> bool:
        among = self._among_candidates(said)
        if among is not None:
            rows = self._connection.execute(TURN_ROWS, (session,)).fetchall()
            return any(trace in among and self._turn_says(trace, said) for (trace,) in rows)
        for trace, *sides in self._connection.execute(TURNS, (session,)):
            self._read += 1
            if _says(said, self._sides(trace, *sides)):
                self._read -= READ_FIRST // 50
                return True
        return False

    def _among_candidates(self, said: Said) -> frozenset[int] | None:
        """Those that may say it, once so much was read that they are worth listing; None: all may."""
        if self._read < READ_FIRST:
            return None
        if said not in self._among:
            found = candidates(self._connection, self._project, Needle(said.text), LISTED_MAX, said.side)
            self._among[said] = None if found is None else frozenset(found)
        return self._among[said]

    # names

    def _in_names(self, asked: Asked, text: str) -> Condition:
        known = text, asked.by_row
        if known not in self._names:
            self._names[known] = self._named(asked, folded(text))
        return self._names[known]

    def _named(self, asked: Asked, form: str) -> Condition:
        rows = self._traces_named(form)
        values = self._values(form)
        if values is None:
            held = [_value_holds(asked, form), _id_holds(asked, form)]
            return either([decided(each) for each in (*held, _in_rows(rows))])
        keys = [session_key(self._name, value) for kind, value in values if kind == SESSION_ID]
        rows += self._connection.execute(
            "select o.id from json_each(?) k cross join session o on o.key = k.value", (listed(keys),)
        ).fetchall()
        if len(values) > len(keys):
            rows += self._connection.execute(
                """select v.session from json_each(?) j cross join session_value v
                on v.project = ? and v.kind = j.value ->> 0 and v.value = j.value ->> 1""",
                (listed([each for each in values if each[0] != SESSION_ID]), self._project),
            ).fetchall()
        return decided(_in_rows(rows))

    def _traces_named(self, form: str) -> list[tuple[int]]:
        """Sessions of which a turn, or another trace that names them, has this trace id, or one that begins with it."""
        if TRACE_ID.fullmatch(form) is None:
            return []
        low, high = (bytes.fromhex(form.ljust(32, digit)) for digit in "0f")
        return self._connection.execute(
            """select coalesce(t.session, s.id) from trace t left join session s on s.key = t.filed_under
            where t.project = ? and t.trace_id >= ? and t.trace_id <= ? and coalesce(t.session, s.id) is not null""",
            (self._project, low, high),
        ).fetchall()

    def _values(self, form: str) -> list[tuple[int, str]] | None:
        """(kind, value) of every name that holds the text; None when there are too many."""
        query = name_query(self._connection, form)
        if query is None:
            return None
        found = []
        if query:
            found = self._connection.execute(
                f"""select w.kind, w.value from name_text f cross join value w on w.id = f.rowid
                where f.folded match ? and w.project = ? and w.kind in ({NAME_KINDS})
                and instr({NAME_OF}, ?) limit ?""",  # noqa: S608 - constants
                (query, self._project, form, NAMES_MAX + 1),
            ).fetchall()
        if len(found) <= NAMES_MAX:
            done = self._connection.execute("select value from meta where name = 'names_indexed'").get or 0
            # The plus keeps SQLite from walking the project's values: those above the mark are few.
            found += self._connection.execute(
                f"""select w.kind, w.value from value w where w.id > ? and +w.project = ? and +w.kind in ({NAME_KINDS})
                and instr({NAME_OF}, ?) limit ?""",  # noqa: S608 - constants
                (done, self._project, form, NAMES_MAX + 1),
            ).fetchall()
        return None if len(found) > NAMES_MAX else found


def _in_rows(rows: Sequence[tuple[int]]) -> Sql:
    if not rows:
        return FALSE
    return Sql("s.id in (select value from json_each(?))", (listed(sorted({row for (row,) in rows})),))


def _value_holds(asked: Asked, form: str) -> Sql:
    if asked.by_row:
        return Sql(
            f"""exists (select 1 from session_value v cross join value w
            on w.project = ? and w.kind = v.kind and w.value = v.value
            where v.session = s.id and v.kind in ({SESSION_NAME_KINDS}) and instr({NAME_OF}, ?))""",  # noqa: S608
            (asked.project, form),
        )
    return Sql(
        f"""s.id in (select v.session from value w cross join session_value v
        on v.project = w.project and v.kind = w.kind and v.value = w.value
        where w.project = ? and w.kind in ({SESSION_NAME_KINDS}) and instr({NAME_OF}, ?))""",  # noqa: S608 - constants
        (asked.project, form),
    )


def _id_holds(asked: Asked, form: str) -> Sql:
    held = f"from value w where w.project = ? and w.kind = {SESSION_ID} and instr(w.folded, ?)"
    if asked.by_row:
        return Sql(f"exists (select 1 {held} and w.value = s.session_id)", (asked.project, form))
    return Sql(f"s.session_id in (select w.value {held})", (asked.project, form))


def _says(said: Said, sides: Sides) -> bool:
    """`evaluate.says` of folded texts; a side without a text holds none, as an empty one."""
    form = folded(said.text)
    if said.side == "either":
        return form in sides[0] or form in sides[1]
    return form in sides[0 if said.side == "user" else 1]
