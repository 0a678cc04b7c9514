"""What the source says of itself, for the tests of the docs."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from threadline import errors

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "threadline"
ERROR_CLASSES = {name for name, kind in vars(errors).items() if inspect.isclass(kind)}


def python_files() -> Iterator[tuple[str, ast.Module]]:
    """(path below src/threadline, syntax tree) of each file."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))


def error_codes() -> dict[str, set[str]]:
    """Every stable code that an error is raised with, and the classes that it is raised as."""
    found: dict[str, set[str]] = {}
    for _, tree in python_files():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and name_of(call.func) in ERROR_CLASSES and call.args:
                for code in constants(call.args[0]):
                    found.setdefault(code, set()).add(name_of(call.func))
        for kind in ast.walk(tree):
            if isinstance(kind, ast.ClassDef) and any(name_of(base) in ERROR_CLASSES for base in kind.bases):
                for code in own_codes(kind):
                    found.setdefault(code, set()).add(kind.name)
    return found


def own_codes(kind: ast.ClassDef) -> Iterator[str]:
    """The codes that an error class of another module gives itself: `super().__init__("code", ...)`."""
    for call in ast.walk(kind):
        if isinstance(call, ast.Call) and name_of(call.func) == "__init__" and call.args:
            yield from constants(call.args[0])


def name_of(node: ast.expr) -> str:
    """The last name of `a.b.c`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def constants(node: ast.expr) -> Iterator[str]:
    """The strings that an argument may be."""
    if isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
