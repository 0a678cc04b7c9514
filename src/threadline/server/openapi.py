"""The description of the REST API: `python -m threadline.server.openapi > openapi.json`."""

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from threadline.server import shapes
from threadline.server.examples import examples
from threadline.server.problem import PROBLEM_TYPE

__all__ = ["document", "document_bytes"]

PROBLEMS = {
    "400": "The request is wrong; `code` says how.",
    "403": "This caller may not: `host_not_allowed`, `cross_site_write`.",
    "404": "Nothing is stored under that name.",
    "503": "Busy, or the store failed: repeat later.",
}

REQUESTS = {
    "AnnotationContent",
    "AnnotationTarget",
    "BulkRequest",
    "BulkSelection",
    "ExportRequest",
    "NewAnnotation",
    "NewView",
    "Problem",
}
"""Shapes in which a field may be left out; in answers every field is always there."""


@cache
def document_bytes() -> bytes:
    """The document as JSON, indented, ending with a newline."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=2) + b"\n"


def document() -> dict[str, Any]:
    """OpenAPI 3.1, from the handlers, the shapes with their docstrings, and the examples."""
    from threadline.server.rest import rest_api  # noqa: PLC0415, it imports the whole framework

    described: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(rest_api(None).openapi_schema.to_schema()))
    described.pop("servers", None)
    described["components"]["schemas"] = _schemas()
    for path in described["paths"].values():
        for operation in path.values():
            _complete(operation)
    return described


def _complete(operation: dict[str, Any]) -> None:
    """Every failing answer is a problem; every good one has its example."""
    responses = operation["responses"]
    for status, meaning in PROBLEMS.items():
        responses[status] = {
            "description": meaning,
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    operation["responses"] = dict(sorted(responses.items()))
    for parameter in operation.get("parameters", ()):
        for said_anyway in ("deprecated", "allowEmptyValue", "allowReserved"):
            parameter.pop(said_anyway, None)
        for bound in ("minimum", "maximum"):
            if bound in parameter["schema"]:
                parameter["schema"][bound] = int(parameter["schema"][bound])
    example = examples().get(operation["operationId"])
    for status, response in responses.items():
        for kind, content in response.get("content", {}).items():
            if status < "300" and example is not None and kind == "application/json":
                content["example"] = example


def _schemas() -> dict[str, Any]:
    """All shapes as msgspec describes them, tags included; the docstring under a field is its description."""
    structs = [shape for name in shapes.__all__ if isinstance(shape := getattr(shapes, name), type)]
    _, schemas = msgspec.json.schema_components(
        structs, schema_hook=_anything, ref_template="#/components/schemas/{name}"
    )
    meanings = _docstrings()
    for name, schema in schemas.items():
        for field, described in schema.get("properties", {}).items():
            meaning = meanings.get((name, field))
            if meaning:
                described["description"] = meaning
        if name not in REQUESTS and "properties" in schema:
            schema["required"] = list(schema["properties"])
    return dict(sorted(schemas.items()))


def _anything(kind: type) -> dict[str, Any]:
    """`object` in a shape is any JSON."""
    if kind is object:
        return {"description": "Any JSON value."}
    raise NotImplementedError(kind)


def _docstrings() -> dict[tuple[str, str], str]:
    from threadline.model import message  # noqa: PLC0415

    found: dict[tuple[str, str], str] = {}
    homes = {shape.__module__ for shape in vars(shapes).values() if isinstance(shape, type)}
    for module in (*(sys.modules[home] for home in sorted(homes)), message):
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                found.update(((node.name, field), meaning) for field, meaning in _fields(node))
    return found


def _fields(node: ast.ClassDef) -> list[tuple[str, str]]:
    pairs = pairwise(node.body)
    return [
        (field.target.id, inspect.cleandoc(after.value.value))
        for field, after in pairs
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    ]


if __name__ == "__main__":
    sys.stdout.buffer.write(document_bytes())
