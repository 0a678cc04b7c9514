"""POST /v1/embeddings: texts that share words lie close together."""

import base64
import math
import re
import struct
from hashlib import blake2b
from typing import Any

from brain import tokens

DIMENSIONS = 64


def respond(body: dict[str, Any]) -> dict[str, Any]:
    given = body["input"]
    texts = [given] if isinstance(given, str) else [str(text) for text in given]
    data = []
    for place, text in enumerate(texts):
        values = vector(text)
        packed = base64.b64encode(struct.pack(f"<{DIMENSIONS}f", *values)).decode()
        embedding = packed if body.get("encoding_format") == "base64" else values
        data.append({"object": "embedding", "index": place, "embedding": embedding})
    used = sum(tokens(text) for text in texts)
    usage = {"prompt_tokens": used, "total_tokens": used}
    return {"object": "list", "data": data, "model": body["model"], "usage": usage}


def vector(text: str) -> list[float]:
    """Each word adds one to a place that its hash names; then length one."""
    values = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.lower()):
        values[blake2b(word.encode(), digest_size=1).digest()[0] % DIMENSIONS] += 1.0
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    return [value / length for value in values]
