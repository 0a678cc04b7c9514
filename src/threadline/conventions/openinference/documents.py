"""What a retriever or a reranker brought."""

from collections.abc import Mapping

from threadline.conventions.json_text import write_json
from threadline.conventions.numbers import number
from threadline.conventions.openinference.keys import NONE, Lists, in_order
from threadline.model.message import Document
from threadline.model.values import Value

__all__ = ["documents_of"]

_PREFIXES = ("retrieval.documents.", "reranker.output_documents.", "reranker.input_documents.")


def documents_of(listed: Lists) -> tuple[Document, ...]:
    """Retrieved documents in their order; for a reranker its output, or its input where it has none."""
    for prefix in _PREFIXES:
        found = [_document(fields) for fields in in_order(listed.get(prefix, NONE))]
        documents = tuple(document for document in found if document is not None)
        if documents:
            return documents
    return ()


def _document(fields: Mapping[str, Value]) -> Document | None:
    content, identity = _text(fields.get("document.content")), _text(fields.get("document.id"))
    metadata = _text(fields.get("document.metadata"))
    if content is None and identity is None and metadata is None:
        return None
    return Document(content or "", identity, number(fields.get("document.score")), metadata)


def _text(value: Value) -> str | None:
    if isinstance(value, str):
        return value or None
    return None if value is None or isinstance(value, bytes) else write_json(value)
