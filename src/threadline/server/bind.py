"""Listening sockets, bound before anything else starts, so that a taken port is said at once."""

import errno
import os
import socket

import msgspec

from threadline.errors import Conflict, Forbidden, InvalidInput
from threadline.server.guard import is_loopback
from threadline.settings import Settings

__all__ = ["Bound", "bind", "check_host", "port_in_use"]

BACKLOG = 1_024


class Bound(msgspec.Struct):
    """What the server listens on."""

    http: list[socket.socket]
    """The page's port first."""
    notes: list[str]
    """What was taken and left out, for a person."""

    def port(self, place: int = 0) -> int:
        """The port of a socket."""
        return int(self.http[place].getsockname()[1])

    def close(self) -> None:
        """Give all up."""
        for each in self.http:
            each.close()


def check_host(settings: Settings) -> None:
    """Forbidden `insecure_host` where strangers could reach the server and nobody said that they may."""
    if is_loopback(settings.host) or settings.insecure:
        return
    raise Forbidden(
        "insecure_host",
        f"{settings.host} can be reached from other machines, and anyone who reaches it can read and delete "
        "everything: there is no sign-in yet. Leave --host out, or add --insecure if the network is yours alone.",
    )


def bind(settings: Settings) -> Bound:
    """The sockets of the HTTP ports; Conflict `port_in_use` where one is needed and taken."""
    bound = Bound([], [])
    try:
        bound.http.append(listen(settings.host, settings.port, "port"))
        if settings.otlp_port:
            try:
                bound.http.append(listen(settings.host, settings.otlp_port, "otlp_port"))
            except Conflict:
                if "otlp_port" in settings.sources:
                    raise
                bound.notes.append(left_out(settings.otlp_port, "OTLP over HTTP", f"port {bound.port()} takes it too"))
    except BaseException:
        bound.close()
        raise
    return bound


def left_out(port: int, what: str, instead: str) -> str:
    """What is said when a default port is taken by somebody else."""
    return f"Port {port} is in use (another collector?): {what} is off there; {instead}."


def listen(host: str, port: int, setting: str) -> socket.socket:
    """A listening socket."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as wrong:
        raise InvalidInput("invalid_host", f"There is no address {host} on this machine: {wrong.strerror}.") from None
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError as wrong:
        listening.close()
        raise _refused(wrong, host, port, setting) from None
    return listening


def port_in_use(port: int, setting: str) -> Conflict:
    """Says it, and the way out."""
    flag = "--" + setting.replace("_", "-")
    return Conflict(
        "port_in_use", f"Port {port} is in use (another collector?). Try {flag} {port + 1 if port < 65_535 else 6006}."
    )


def _refused(wrong: OSError, host: str, port: int, setting: str) -> Exception:
    if wrong.errno == errno.EADDRINUSE:
        return port_in_use(port, setting)
    if wrong.errno == errno.EACCES:
        return Forbidden("port_not_allowed", f"Port {port} needs rights that this user lacks. Take one above 1023.")
    return InvalidInput("invalid_host", f"Cannot listen on {host}, port {port}: {wrong.strerror}.")
