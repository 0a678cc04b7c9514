"""Hold files, functions and components to the sizes of CONTRIBUTING.md. Exceptions may only shrink.

python scripts/check_size.py      prints what is over, exits 1 if anything is
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 70
COMPONENT_LINES_MAX = 200
PARAMETERS_MAX = 6
"""Beyond that a value object reads better. `self` and `cls` do not count."""

EXCEPTIONS: dict[str, int] = {
    "src/threadline/server/arrivals.py:record parameters": 11,
    "src/threadline/server/http.py:__init__ parameters": 7,
    "src/threadline/sessions/turn_script.py:_add parameters": 8,
    "src/threadline/store/sqlite/store.py:__init__ parameters": 8,
    "src/threadline/store/sqlite/store.py:open parameters": 8,
    "tests/sessions/test_recordings.py": 608,
    "tests/otlp/test_json.py:test_a_whole_request_equals_its_protobuf_form": 78,
}
"""What may be over for now: `path` or `path:function` -> its size. Remove a line when it fits again."""

PYTHON = ("src", "tests", "scripts", "examples", "bench")
PAGE = ("ui/src",)
NAMED_BY_OTHERS = ("tests/", "src/threadline/server/api/")
"""Where parameters are not a choice: a test's are its fixtures, a handler's are the query's."""
GENERATED = ("ui/src/api/", "_pb2.py")


def files(folders: tuple[str, ...], endings: tuple[str, ...]) -> Iterator[Path]:
    """Source files below the folders, generated ones left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in endings and "node_modules" not in name and not any(part in name for part in GENERATED):
                yield path


def python_sizes(path: Path) -> Iterator[tuple[str, int, int]]:
    """(what, size, limit) of each function of a Python file."""
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1, FUNCTION_LINES_MAX
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            parameters = [argument for argument in arguments if argument.arg not in {"self", "cls"}]
            if not name.startswith(NAMED_BY_OTHERS):
                yield f"{name}:{node.name} parameters", len(parameters), PARAMETERS_MAX


def component_sizes(path: Path) -> Iterator[tuple[str, int, int]]:
    """(what, size, limit) of each top-level function of a TypeScript file, cut at the closing brace in column 0."""
    name = path.relative_to(ROOT).as_posix()
    begun: tuple[str, int] | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if begun is None:
            found = re.match(r"(?:export )?(?:default )?(?:async )?(?:function|const) (\w+).*[{(]\s*$", line)
            begun = (found[1], number) if found else None
        elif line.startswith(("}", ")")):
            limit = COMPONENT_LINES_MAX if path.suffix == ".tsx" else FUNCTION_LINES_MAX
            if not begun[0].isupper():  # a table in capitals is data
                yield f"{name}:{begun[0]}", number - begun[1] + 1, limit
            begun = None


def sizes() -> Iterator[tuple[str, int, int]]:
    """(what, size, limit) of everything."""
    for path in files(PYTHON, (".py",)):
        yield path.relative_to(ROOT).as_posix(), len(path.read_text("utf-8").splitlines()), FILE_LINES_MAX
        yield from python_sizes(path)
    for path in files(PAGE, (".ts", ".tsx", ".css")):
        yield path.relative_to(ROOT).as_posix(), len(path.read_text("utf-8").splitlines()), FILE_LINES_MAX
        if path.suffix != ".css":
            yield from component_sizes(path)


def complaints() -> list[str]:
    """What is over its limit, and exceptions that are no longer needed."""
    found: list[str] = []
    used: set[str] = set()
    for what, size, limit in sizes():
        if size <= limit:
            continue
        used.add(what)
        if size > EXCEPTIONS.get(what, 0):
            found.append(f"{what}: {size}, at most {EXCEPTIONS.get(what, limit)}")
    found += [f"{what}: fits now; remove it from EXCEPTIONS" for what in sorted(set(EXCEPTIONS) - used)]
    return found


if __name__ == "__main__":
    said = complaints()
    print("\n".join(said) if said else "Sizes are fine.")
    sys.exit(bool(said))
