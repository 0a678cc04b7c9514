import json

from msgspec import Struct

from threadline.server.context import encoded


class Holder(Struct):
    text: str
    values: list[object]


def test_json_survives_anything_a_sender_wrote():
    holder = Holder("lone \ud800 surrogate", [{"\udfff": float("nan")}, float("inf"), "a\0b", "🧵", 2**64 - 1])

    assert json.loads(encoded(holder)) == {
        "text": "lone � surrogate",
        "values": [{"�": None}, None, "a\0b", "🧵", 2**64 - 1],
    }
