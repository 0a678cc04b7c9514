"""Questions to an FTS5 trigram table: which rows hold a text, as far as their trigrams tell."""

from collections.abc import Iterable, Iterator

from threadline.store.sqlite.database import Database, quoted

__all__ = ["PAD", "TERMS", "beginning_with", "matching", "trigrams"]

PAD = "\x02\x02"
"""Behind each text, so that every character begins a trigram: that is how one or two characters are found."""
TERMS = "_terms"
"""Behind a table's name: its vocabulary."""
TRIGRAMS_MAX = 64
"""Of a long text: fewer trigrams propose more rows, none is missed."""
TERMS_MAX = 1_000
"""Trigrams that begin with one or two characters; with more, most rows would be proposed."""
LAST = "\U0010ffff"


def trigrams(form: str) -> Iterator[str]:
    """Some of a text of three characters or more, evenly spread."""
    distinct = list(dict.fromkeys(form[i : i + 3] for i in range(len(form) - 2)))
    step = max(1, -(-len(distinct) // TRIGRAMS_MAX))
    yield from distinct[::step]


def beginning_with(connection: Database, table: str, form: str) -> str | None:
    """A question for one or two characters; '' when none can match, None when too many would."""
    terms = connection.execute(
        f"select term from {quoted(table + TERMS)} where term >= ? and term <= ? limit ?",  # noqa: S608 - quoted
        (form, form + LAST * (3 - len(form)), TERMS_MAX + 1),
    ).fetchall()
    return None if len(terms) > TERMS_MAX else matching((term for (term,) in terms), "OR")


def matching(terms: Iterable[str], operator: str) -> str:
    """A question for strings, whatever characters they hold."""
    return f" {operator} ".join('"' + term.replace('"', '""') + '"' for term in terms)
