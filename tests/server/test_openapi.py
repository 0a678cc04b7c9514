import json

import msgspec
import pytest
from live import Live

from source_facts import ROOT
from threadline.server import shapes
from threadline.server.examples import examples
from threadline.server.openapi import document, document_bytes

COMMITTED = ROOT / "openapi.json"
OPERATIONS = [(path, method, told) for path, methods in document()["paths"].items() for method, told in methods.items()]


def test_the_committed_description_is_current():
    assert COMMITTED.read_bytes() == document_bytes(), "run: python -m threadline.server.openapi > openapi.json"


def test_the_server_serves_it(live: Live):
    assert live.get("/openapi.json") == json.loads(COMMITTED.read_bytes())


def test_operation_ids_are_unique():
    ids = [told["operationId"] for _, _, told in OPERATIONS]

    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("path", "method", "told"), OPERATIONS, ids=lambda value: str(value)[:60])
def test_each_operation_is_described_with_its_problems(path: str, method: str, told: dict):
    good = [status for status in told["responses"] if status < "300"]
    assert told["summary"]
    assert told["description"]
    assert len(good) == 1
    for status, answer in told["responses"].items():
        if status >= "400":
            assert answer["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
    parameters = {parameter["name"] for parameter in told.get("parameters", ())}
    assert {name.strip("{}") for name in path.split("/") if name.startswith("{")} <= parameters
    assert all(parameter.get("description") for parameter in told.get("parameters", ()))


def test_every_reference_leads_somewhere():
    text = COMMITTED.read_text("utf-8")
    schemas = json.loads(text)["components"]["schemas"]

    assert {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]} <= set(schemas)


def test_every_json_answer_has_an_example_of_its_shape():
    for _, _, told in OPERATIONS:
        for status, answer in told["responses"].items():
            schema = answer.get("content", {}).get("application/json", {}).get("schema")
            if status < "300" and schema:
                shape = getattr(shapes, schema["$ref"].rpartition("/")[2])
                example = examples()[told["operationId"]]
                assert json.loads(msgspec.json.encode(msgspec.convert(example, shape))) == example
