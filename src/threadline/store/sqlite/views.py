"""What people keep beside the telemetry: saved views, seen marks, the names a project labels with."""

from collections.abc import Sequence

import msgspec

from threadline.model.view import AnnotationSetting, SavedView
from threadline.store.sqlite.database import Database

__all__ = [
    "annotation_settings",
    "delete_annotation_setting",
    "delete_view",
    "mark_seen",
    "put_annotation_setting",
    "put_view",
    "seen",
    "views",
]

_encode = msgspec.msgpack.Encoder().encode
_decode_view = msgspec.msgpack.Decoder(SavedView).decode
_decode_setting = msgspec.msgpack.Decoder(AnnotationSetting).decode


def views(connection: Database, project: str) -> list[SavedView]:
    """By (name, id)."""
    found = [_decode_view(row[0]) for row in connection.execute("select body from view where project = ?", (project,))]
    return sorted(found, key=lambda view: (view.name, view.id))


def put_view(connection: Database, view: SavedView) -> SavedView:
    """Write it; one with the same id keeps when it was created."""
    body = connection.execute("select body from view where id = ?", (view.id,)).get
    if body is not None:
        view = msgspec.structs.replace(view, created_ns=_decode_view(body).created_ns)
    sql = "insert or replace into view (id, project, body) values (?, ?, ?)"
    connection.execute(sql, (view.id, view.project, _encode(view)))
    return view


def delete_view(connection: Database, project: str, view_id: str) -> bool:
    """False when there was none."""
    sql = "delete from view where id = ? and project = ? returning 1"
    return connection.execute(sql, (view_id, project)).get is not None


def mark_seen(connection: Database, project: str, author: str, keys: Sequence[str], seen_ns: int) -> None:
    """The first time stays."""
    connection.executemany(
        "insert into seen (session_key, author, project, at) values (?, ?, ?, ?) on conflict do nothing",
        [(key, author, project, seen_ns) for key in keys],
    )


def seen(connection: Database, project: str, author: str, keys: Sequence[str]) -> dict[str, int]:
    """Which of these the author has seen, and when first."""
    sql = "select at from seen where session_key = ? and author = ? and project = ?"
    found = {key: connection.execute(sql, (key, author, project)).get for key in keys}
    return {key: at for key, at in found.items() if at is not None}


def annotation_settings(connection: Database, project: str) -> list[AnnotationSetting]:
    """By name."""
    rows = connection.execute("select body from annotation_setting where project = ?", (project,))
    return sorted((_decode_setting(row[0]) for row in rows), key=lambda setting: setting.name)


def put_annotation_setting(connection: Database, setting: AnnotationSetting) -> AnnotationSetting:
    """Write it in place of an earlier one."""
    connection.execute(
        "insert or replace into annotation_setting (project, name, body) values (?, ?, ?)",
        (setting.project, setting.name, _encode(setting)),
    )
    return setting


def delete_annotation_setting(connection: Database, project: str, name: str) -> bool:
    """False when there was none."""
    sql = "delete from annotation_setting where project = ? and name = ? returning 1"
    return connection.execute(sql, (project, name)).get is not None
