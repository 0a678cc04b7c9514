"""The SQLite store: the contract's calls, each handed to the part that knows how."""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from threadline.errors import ThreadlineError
from threadline.model.annotation import Annotation, AnnotationTarget
from threadline.model.facts import SpanFacts
from threadline.model.limits import Limits
from threadline.model.session import Session, StoredTrace, Turn
from threadline.model.view import AnnotationSetting, SavedView
from threadline.store.contract import (
    AnnotationNameUse,
    AppendResult,
    Arrival,
    Deletion,
    Differences,
    Facets,
    FacetValue,
    Page,
    ProjectSummary,
    SessionQuery,
    Stats,
    StoredSpan,
    TraceQuery,
)
from threadline.store.sqlite import annotations, reads, views
from threadline.store.sqlite.append import Appender
from threadline.store.sqlite.connection import FileLock, Readers, open_writer
from threadline.store.sqlite.database import Database
from threadline.store.sqlite.deletions import Deleter, read_deletion
from threadline.store.sqlite.export import export
from threadline.store.sqlite.facets import differences, facets
from threadline.store.sqlite.kept import Kept
from threadline.store.sqlite.lists import SessionWalk
from threadline.store.sqlite.migrations import read_migrations
from threadline.store.sqlite.named_users import fill_some
from threadline.store.sqlite.offered_values import values
from threadline.store.sqlite.query_walk import sessions_of_query
from threadline.store.sqlite.sampling import sample, session_keys
from threadline.store.sqlite.search import search_session, sessions_with_text
from threadline.store.sqlite.selection import Looked
from threadline.store.sqlite.settle import Settler
from threadline.store.sqlite.stats import stats
from threadline.store.sqlite.text_index import index_pending
from threadline.store.sqlite.tombstones import Tombstones
from threadline.store.sqlite.trace_list import traces
from threadline.store.sqlite.transaction import Writer

__all__ = ["SqliteStore"]

FREE_PAGES_KEPT = 128
"""1 MiB: the next commits use them."""
VACUUM_PAGES = 256
WAL_PAGES_IDLE = 512
"""4 MiB: a shorter WAL is left alone."""


class SqliteStore:
    """One file. `append` and the other writing calls take turns; reads come from any thread."""

    def __init__(
        self,
        path: Path,
        limits: Limits,
        *,
        fold_at_once_max: int,
        small_session_max: int,
        settle_after_s: float,
        clock: Callable[[], float],
        random_bytes: Callable[[int], bytes],
        vfs: str | None,
    ) -> None:
        """Use `open`."""
        self._lock = FileLock(path)
        try:
            connection = open_writer(path, read_migrations(), vfs)
        except BaseException:
            self._lock.release()
            raise
        self._writer = Writer(connection, limits)
        self._readers = Readers(path, vfs)
        self._kept = Kept()
        self._looked = Looked()
        tombstones = Tombstones(connection, random_bytes)
        self._settler = Settler(self._writer, self._readers, settle_after_s, clock)
        self._deleter = Deleter(self._writer, tombstones, random_bytes)
        self._appender = Appender(
            self._writer,
            tombstones,
            self._settler.touch,
            fold_at_once_max=fold_at_once_max,
            small_session_max=small_session_max,
        )

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        fold_at_once_max: int = 2_000,
        small_session_max: int = 32,
        settle_after_s: float = 120.0,
        clock: Callable[[], float] = time.monotonic,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
        vfs: str | None = None,
    ) -> "SqliteStore":
        """Open the file, made or migrated where needed.

        Raises Conflict (`data_in_use`) while another process writes to it, StoreFailed when it cannot be
        opened, is another program's, or was written by a newer version.
        """
        return cls(
            path,
            limits,
            fold_at_once_max=fold_at_once_max,
            small_session_max=small_session_max,
            settle_after_s=settle_after_s,
            clock=clock,
            random_bytes=random_bytes,
            vfs=vfs,
        )

    def close(self) -> None:
        """Release everything."""
        self._readers.close()
        self._appender.close()
        with self._writer.lock:
            self._writer.connection.close()
        self._lock.release()

    # writing

    def append(self, arrivals: Sequence[Arrival]) -> Sequence[AppendResult | ThreadlineError]:
        """See the contract."""
        return self._appender.append(arrivals)

    def fold_pending(self) -> int:
        """See the contract. Also a bounded step over traces that an older schema folded."""
        return self._appender.fold_pending() + (self._appender.refold_some() or fill_some(self._writer))

    def index_pending(self, rows_max: int = 4_000) -> int:
        """See the contract."""
        return index_pending(self._writer, rows_max)

    def maintain(self, *, settle_all: bool = False) -> bool:
        """See the contract."""
        if (
            self._deleter.step()
            or self._appender.refold_some()
            or fill_some(self._writer)
            or self._settler.step(all_idle=settle_all)
            or self._free_pages()
        ):
            return True
        if (settle_all or self._deleter.waits_for_wal() or self._writer.wal_pages >= WAL_PAGES_IDLE) and (
            self._writer.checkpoint()
        ):
            self._deleter.finish()
        return False

    def _free_pages(self) -> bool:
        """Give some free pages back to the file system; False when few are left."""
        with self._writer.lock:
            connection = self._writer.connection
            free, pages = connection.pragma("freelist_count"), connection.pragma("page_count")
            if free <= max(FREE_PAGES_KEPT, pages // 50):
                return False
            for _ in connection.execute(f"pragma incremental_vacuum({VACUUM_PAGES})"):
                pass
            return True

    # reading

    def projects(self) -> Sequence[ProjectSummary]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return reads.projects(connection)

    def sessions(self, query: SessionQuery) -> Page[Session]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            walk = SessionWalk(connection, query)
            if query.query is not None:
                return sessions_of_query(walk)
            return sessions_with_text(walk) if query.text else walk.page()

    def session(self, project: str, key: str) -> Session | None:
        """See the contract."""
        with self._folded() as connection:
            return reads.session(connection, project, key)

    def session_by_id(self, project: str, session_id: str) -> Session | None:
        """See the contract."""
        with self._folded() as connection:
            return reads.session_by_id(connection, project, session_id)

    def turns(self, project: str, key: str, *, from_turn: int = 1, limit: int = 50) -> Sequence[Turn]:
        """See the contract."""
        with self._folded() as connection:
            return reads.turns(connection, project, key, from_turn, limit)

    def outline(self, project: str, key: str) -> Sequence[tuple[int | None, int | None, int, bool]]:
        """See the contract."""
        with self._folded() as connection:
            return reads.outline(connection, project, key)

    def session_trace_ids(self, project: str, key: str) -> Sequence[bytes]:
        """See the contract."""
        with self._folded() as connection:
            return reads.session_trace_ids(connection, project, key)

    def search_session(self, project: str, key: str, text: str, *, limit: int = 1_000) -> Sequence[Turn]:
        """See the contract."""
        with self._folded() as connection:
            return search_session(connection, project, key, text, limit)

    def traces(self, query: TraceQuery) -> Page[StoredTrace]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return traces(connection, query)

    def trace(self, project: str, trace_id: bytes) -> StoredTrace | None:
        """See the contract."""
        with self._folded() as connection:
            return reads.trace(connection, project, trace_id)

    def trace_projects(self, trace_id: bytes) -> Sequence[str]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return reads.trace_projects(connection, trace_id)

    def trace_turn_index(self, project: str, trace_id: bytes) -> int | None:
        """See the contract."""
        with self._folded() as connection:
            return reads.trace_turn_index(connection, project, trace_id)

    def trace_facts(self, project: str, trace_id: bytes) -> Sequence[SpanFacts]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return reads.trace_facts(connection, self._kept, project, trace_id)

    def spans(self, project: str, trace_id: bytes, span_ids: Sequence[bytes] | None = None) -> Sequence[StoredSpan]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return reads.spans(connection, self._kept, project, trace_id, span_ids)

    def spans_of(self, project: str, trace_ids: Sequence[bytes]) -> Mapping[bytes, Sequence[StoredSpan]]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return reads.spans_of(connection, self._kept, project, trace_ids)

    def otlp(self, project: str, trace_ids: Sequence[bytes]) -> Iterator[bytes]:
        """See the contract."""
        return export(self._readers, self._kept, project, trace_ids)

    def stats(self, query: SessionQuery, *, buckets: int = 40) -> Stats:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return stats(connection, query, buckets, self._looked)

    def facets(self, query: SessionQuery, *, limit: int = 20) -> Facets:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return facets(connection, query, limit, self._looked)

    def differences(self, query: SessionQuery, *, limit: int = 50) -> Differences:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return differences(connection, query, limit)

    def sample(self, query: SessionQuery, *, seed: str, size: int) -> Sequence[Session]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return sample(connection, query, seed, size)

    def session_keys(self, query: SessionQuery, *, limit: int) -> Sequence[str]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return session_keys(connection, query, limit)

    def values(self, project: str, facet: str, prefix: str, *, limit: int = 10) -> Sequence[FacetValue]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return values(connection, project, facet, prefix, limit)

    # annotations

    def put_annotation(self, annotation: Annotation) -> Annotation:
        """See the contract."""
        with self._writer.transaction() as connection:
            return annotations.put_annotation(connection, annotation)

    def annotation(self, annotation_id: str) -> Annotation | None:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return annotations.annotation(connection, annotation_id)

    def annotations(self, targets: Sequence[AnnotationTarget]) -> Sequence[Annotation]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return annotations.annotations(connection, targets)

    def annotation_names(self, project: str) -> Sequence[AnnotationNameUse]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return annotations.annotation_names(connection, project)

    def delete_annotation(self, annotation_id: str) -> bool:
        """See the contract."""
        with self._writer.transaction() as connection:
            return annotations.delete_annotation(connection, annotation_id)

    def annotation_settings(self, project: str) -> Sequence[AnnotationSetting]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return views.annotation_settings(connection, project)

    def put_annotation_setting(self, setting: AnnotationSetting) -> AnnotationSetting:
        """See the contract."""
        with self._writer.transaction() as connection:
            return views.put_annotation_setting(connection, setting)

    def delete_annotation_setting(self, project: str, name: str) -> bool:
        """See the contract."""
        with self._writer.transaction() as connection:
            return views.delete_annotation_setting(connection, project, name)

    # what people keep

    def views(self, project: str) -> Sequence[SavedView]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return views.views(connection, project)

    def put_view(self, view: SavedView) -> SavedView:
        """See the contract."""
        with self._writer.transaction() as connection:
            return views.put_view(connection, view)

    def delete_view(self, project: str, view_id: str) -> bool:
        """See the contract."""
        with self._writer.transaction() as connection:
            return views.delete_view(connection, project, view_id)

    def mark_seen(self, project: str, author: str, keys: Sequence[str], *, seen_ns: int) -> None:
        """See the contract."""
        with self._writer.transaction() as connection:
            views.mark_seen(connection, project, author, keys, seen_ns)

    def seen(self, project: str, author: str, keys: Sequence[str]) -> Mapping[str, int]:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return views.seen(connection, project, author, keys)

    # deletion

    def delete_session(self, project: str, key: str, *, requested_ns: int) -> Deletion | None:
        """See the contract."""
        self._appender.fold_pending()
        return self._deleter.delete_session(project, key, requested_ns)

    def delete_user(self, project: str, user_id: str, *, requested_ns: int) -> Deletion:
        """See the contract."""
        self._appender.fold_pending()
        return self._deleter.delete_user(project, user_id, requested_ns, self._appender.hide)

    def deletion(self, deletion_id: str) -> Deletion | None:
        """See the contract."""
        with self._readers.snapshot() as connection:
            return read_deletion(connection, deletion_id)

    @contextmanager
    def _folded(self) -> Iterator[Database]:
        """A snapshot in which no large trace waits to be folded: a reader that needs one folds it first."""
        if self._appender.pending:
            self._appender.fold_pending()
        with self._readers.snapshot() as connection:
            yield connection
