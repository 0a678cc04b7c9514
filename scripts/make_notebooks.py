"""Write each example of `examples/` as a notebook, without outputs. `--check` only says which are out of date.

A top-level block becomes a cell; the comment at its head becomes the text above it.
"""

import ast
import json
import sys
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def blocks(source: str) -> list[str]:
    """Top-level pieces: what stands between blank lines, nothing cut within a function or a bracket."""
    lines = source.splitlines()
    found, begun = [], 0
    statements = ast.parse(source).body
    for this, following in zip(statements, [*statements[1:], None], strict=True):
        end = this.end_lineno or this.lineno
        if following is None or not lines[end].strip():
            found.append("\n".join(lines[begun:end]).strip())
            begun = end
    return found


def cells(source: str) -> list[tuple[str, str]]:
    """(kind, text) of each cell; all imports stand in one."""
    title = ast.get_docstring(ast.parse(source)) or ""
    made = [("markdown", f"# {title}"), ("code", "%pip install -q -r requirements.txt")]
    body = blocks(source)[1:]
    imports = [block for block in body if block.startswith(("import ", "from "))]
    made.append(("code", "\n\n".join(imports)))
    for block in body[len(imports) :]:
        lines = block.splitlines()
        said = [line for line in lines if line.startswith("# ")]
        if said and lines[: len(said)] == said:
            made.append(("markdown", "\n".join(line.removeprefix("# ") for line in said)))
            lines = lines[len(said) :]
        made.append(("code", "\n".join(lines)))
    return made


def notebook(source: str) -> str:
    """The file's text, nbformat 4.5 (https://nbformat.readthedocs.io)."""
    written: list[dict[str, Any]] = []
    for number, (kind, text) in enumerate(cells(source)):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        written.append(cell | {"source": text.splitlines(keepends=True)})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def out_of_date() -> dict[Path, str]:
    """Notebooks that are not what their example says, with what they should hold."""
    wanted = {path.with_suffix(".ipynb"): notebook(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.py"))}
    return {path: text for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text}


if __name__ == "__main__":
    stale = out_of_date()
    for path, text in stale.items():
        print(path.relative_to(EXAMPLES.parent))
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
    sys.exit("--check" in sys.argv and bool(stale))
