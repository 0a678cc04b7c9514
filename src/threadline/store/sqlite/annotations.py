"""Annotations: one per (target, name, annotator kind, author, identifier)."""

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.sessions.text import folded
from threadline.store.annotation_names import names_in_use
from threadline.store.contract import AnnotationNameUse
from threadline.store.sqlite.database import Database

__all__ = [
    "annotation",
    "annotation_names",
    "annotations",
    "decode_annotation",
    "delete_annotation",
    "put_annotation",
]

_encode = msgspec.msgpack.Encoder().encode
decode_annotation = msgspec.msgpack.Decoder(Annotation).decode


def put_annotation(connection: Database, annotation: Annotation) -> Annotation:
    """Write it; one with the same identity keeps its id and when it was created."""
    target = _target(annotation.target)
    identity = (target, annotation.name, annotation.annotator_kind, annotation.author, annotation.identifier)
    body = connection.execute(
        """select body from annotation
        where target = ? and name = ? and annotator_kind = ? and author = ? and identifier = ?""",
        identity,
    ).get
    if body is not None:
        old = decode_annotation(body)
        annotation = msgspec.structs.replace(annotation, id=old.id, created_ns=old.created_ns)
    where = annotation.target
    connection.execute(
        """insert or replace into annotation (id, project, kind, session_id, trace_id, span_id, name, annotator_kind,
        author, identifier, body, target, created, label, folded_label, score)
        values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
        (
            annotation.id,
            where.project,
            where.kind,
            where.session_id,
            where.trace_id,
            where.span_id,
            *identity[1:],
            _encode(annotation),
            target,
            annotation.created_ns,
            annotation.label,
            None if annotation.label is None else folded(annotation.label),
            annotation.score,
        ),
    )
    return annotation


def annotation(connection: Database, annotation_id: str) -> Annotation | None:
    """One annotation."""
    body = connection.execute("select body from annotation where id = ?", (annotation_id,)).get
    return None if body is None else decode_annotation(body)


def annotations(connection: Database, targets: Sequence[AnnotationTarget]) -> list[Annotation]:
    """Those on exactly these targets, by (name, created, id)."""
    found: dict[str, Annotation] = {}
    for target in targets:
        for row in connection.execute("select body from annotation where target = ?", (_target(target),)):
            each = decode_annotation(row[0])
            found[each.id] = each
    return sorted(found.values(), key=lambda each: (each.name, each.created_ns, each.id))


def annotation_names(connection: Database, project: str) -> list[AnnotationNameUse]:
    """Names in use in a project, by name."""
    rows = connection.execute("select body from annotation where project = ?", (project,))
    return names_in_use(decode_annotation(row[0]) for row in rows)


def delete_annotation(connection: Database, annotation_id: str) -> bool:
    """False when there was none."""
    return connection.execute("delete from annotation where id = ? returning 1", (annotation_id,)).get is not None


def _target(target: AnnotationTarget) -> bytes:
    """16 bytes over the whole target."""
    return blake2b(_encode(target), digest_size=16).digest()
