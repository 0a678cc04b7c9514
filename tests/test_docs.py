"""The docs say what the source says."""

import json
import re
from pathlib import Path

import pytest

from source_facts import ROOT, error_codes
from threadline.conventions.session_ids import PRECEDENCE
from threadline.model.limits import Limits
from threadline.server.problem import HTTP_CODES
from threadline.settings import REGISTRY

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "README.md"])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def first_column(page: str, marker: str) -> list[str]:
    """The names in the first column (or the second, after a rank) of the table below a marker."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    table = text[text.index(f"<!-- {marker}:") :].split("\n\n")[0].splitlines()[3:]
    return [re.findall(r"`([^`]+)`", row)[0] for row in table]


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path):
    links = LINK.findall(CODE.sub("", page.read_text("utf-8")))
    local = [link for link in links if not re.match(r"https?://|#", link)]

    missing = [link for link in local if not (page.parent / link.split("#")[0]).exists()]

    assert missing == []


def test_every_page_is_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")

    assert [page.name for page in sorted((ROOT / "docs").glob("*.md")) if f"({page.name})" not in index] == ["index.md"]


def test_every_decision_is_in_their_list():
    folder = ROOT / "docs" / "adr"
    listed = (folder / "README.md").read_text("utf-8")

    assert [page.name for page in sorted(folder.glob("0*.md")) if page.name not in listed] == []


def test_every_error_code_has_its_row():
    codes = {*error_codes(), *(code for code, _ in HTTP_CODES.values())}

    assert first_column("errors.md", "codes") == sorted(codes)


def test_every_endpoint_has_its_row():
    paths = json.loads((ROOT / "openapi.json").read_text("utf-8"))["paths"]
    endpoints = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}

    assert set(first_column("api.md", "endpoints")) == endpoints


def test_every_session_id_key_has_its_row_in_order():
    assert tuple(first_column("session-ids.md", "precedence")) == PRECEDENCE


def test_every_limit_has_its_row_and_default():
    text = (ROOT / "docs" / "receiving.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE))
    limits = Limits()

    assert rows == {name: str(getattr(limits, name)) for name in limits.__struct_fields__}


def test_every_setting_has_its_heading():
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")

    assert re.findall(r"^### `(\w+)`$", text, re.MULTILINE) == [setting.name for setting in REGISTRY]


def test_every_command_has_its_heading():
    from threadline.cli.main import application  # noqa: PLC0415  Typer is slow to import

    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    headings = re.findall(r"^## `threadline (\w+)`$", text, re.MULTILINE)

    assert sorted(headings) == sorted(str(command.name) for command in application.registered_commands)


def test_the_lines_of_the_readme_are_the_example():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme[readme.index("<!-- quickstart:") :].split("```python\n")[1].split("```")[0]
    example = (ROOT / "examples" / "quickstart.py").read_text("utf-8")

    assert example.split('"""\n\n', 1)[1] == shown


def test_make_targets_that_the_docs_name_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {
        target
        for page in DOCS
        for code in CODE.findall(page.read_text("utf-8"))
        for target in re.findall(r"\bmake ([a-z]+)\b", code)
    }

    assert named <= targets
