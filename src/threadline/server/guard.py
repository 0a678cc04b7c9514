"""Which callers are answered at all: protection from DNS rebinding and from writes by other sites' pages."""

from collections.abc import Iterable, Sequence
from ipaddress import ip_address

from threadline.errors import Forbidden
from threadline.server.asgi import Scope

__all__ = ["Guard", "is_loopback"]

READS = ("GET", "HEAD", "OPTIONS")


def is_loopback(host: str) -> bool:
    """Whether this name or address reaches only this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class Guard:
    """Checks Host, Origin and Sec-Fetch-Site of a request."""

    def __init__(self, *, loopback: bool, allowed_hosts: Sequence[str]) -> None:
        """`loopback`: the server is bound to this machine only, so any other name is somebody's trick."""
        self._allowed = {host.lower().rstrip(".") for host in allowed_hosts}
        self._any_host = not loopback and not self._allowed

    def check(self, scope: Scope) -> None:
        """Raises Forbidden `host_not_allowed` or `cross_site_write`.

        A write without Origin and Sec-Fetch-Site is no browser's: exporters may name the machine as they
        like (`host.docker.internal`), since no page can make them send.
        """
        headers = dict(_first(scope["headers"]))
        host = headers.get(b"host", b"").decode("latin-1")
        origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site")
        reads = scope["method"] in READS
        browser = origin is not None or site is not None
        if (reads or browser) and not self._knows(host):
            name = _name(host)
            raise Forbidden(
                "host_not_allowed",
                f"This server does not answer to the name {name or '(none)'}. If it should, start it with "
                f"--allowed-hosts {name or 'NAME'}.",
            )
        if not reads and browser and not _same_origin(host, origin, site):
            raise Forbidden("cross_site_write", "A page of another site may not change anything here.")

    def _knows(self, host: str) -> bool:
        name = _name(host)
        return self._any_host or is_loopback(name) or name.lower().rstrip(".") in self._allowed


def _first(pairs: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    wanted = (b"host", b"origin", b"sec-fetch-site")
    return ((name, value) for name, value in pairs if name in wanted)


def _name(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0].strip("[]")
    return host.partition(":")[0]


def _same_origin(host: str, origin: bytes | None, site: bytes | None) -> bool:
    if site is not None and site not in (b"same-origin", b"none"):
        return False
    return origin is None or origin.decode("latin-1").partition("://")[2].lower() == host.lower()
