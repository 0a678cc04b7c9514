"""Reading one thing by its address, or saying that nothing is there."""

from threadline.errors import NotFound
from threadline.model.session import Session, StoredTrace
from threadline.server.api.parameters import hexadecimal
from threadline.store.contract import Store

__all__ = ["stored_session", "stored_trace"]


def stored_session(store: Store, project: str, session_key: str) -> Session:
    """The session, or NotFound `unknown_session`."""
    session = store.session(project, session_key)
    if session is None:
        raise NotFound("unknown_session", "No session has this id in this project. It may have been deleted.")
    return session


def stored_trace(store: Store, project: str, trace_id: str) -> StoredTrace:
    """The trace, or NotFound `unknown_trace`."""
    trace = store.trace(project, hexadecimal("trace_id", trace_id, 16))
    if trace is None:
        raise NotFound("unknown_trace", "No trace has this id in this project. It may not have arrived yet.")
    return trace
