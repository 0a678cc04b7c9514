"""docs/query.md says what the code does."""

import re
from pathlib import Path

from threadline.query import parse
from threadline.query.fields import FIELDS
from threadline.query.metadata import METADATA_CHARACTERS_MAX, METADATA_PAIRS_MAX
from threadline.query.parse import LENGTH_MAX
from threadline.query.reading import NESTING_MAX, TERMS_MAX

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query.md").read_text("utf-8")
NOT_QUERIES = {"annotation.NAME:label", "annotation.NAME:>0.5", "annotation.NAME:*"}


def rows(after: str) -> list[list[str]]:
    table = PAGE[PAGE.index(after) :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table if row.startswith("| `")]


def test_every_field_has_its_row():
    documented = {row[0].strip("`"): (row[2], row[3].strip("`")) for row in rows("<!-- fields:")}
    assert list(documented) == list(FIELDS)
    for name, (inside, example) in documented.items():
        places = ["session", *re.findall("turn|span", inside)]
        assert (places, example) == (list(FIELDS[name].places), FIELDS[name].example)


def test_every_choice_is_named():
    by_name = {row[0].strip("`"): row[1] for row in rows("<!-- fields:")}
    for name in ("has", "status"):
        assert re.findall(r"`(\w+)`", by_name[name]) == list(FIELDS[name].choices)


def test_every_query_on_the_page_can_be_read():
    for row in rows("| query | finds"):
        parse(row[0].strip("`"))
    for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL):
        parse(block)
    terms = re.findall(r'`(-?(?:[a-z]+|annotation\.(?:\w+|"[^"]+")|metadata\.[\w.]+):[^`\s…(][^`…]*)`', PAGE)
    assert len(terms) > 30
    for each in terms:
        if each not in NOT_QUERIES:
            parse(f"{each} x" if each.startswith("said-by") else each)


def test_the_limits_are_named():
    said = re.sub(r"\s+", " ", PAGE)
    assert f"{LENGTH_MAX:,} characters, {TERMS_MAX} terms (each value counts) and {NESTING_MAX} parentheses" in said
    assert f"{METADATA_CHARACTERS_MAX:,} characters of each, {METADATA_PAIRS_MAX} a turn" in said
