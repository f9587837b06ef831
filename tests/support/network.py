"""No test reaches the outside: only this machine and sockets that are files."""

import ipaddress
import sys
from typing import Any

_NAMES = {"localhost", ""}
_BY_NAME = {"socket.getaddrinfo", "socket.gethostbyname"}
_BY_ADDRESS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class OutsideWorld(RuntimeError):
    """A test tried to reach another machine."""

    def __init__(self) -> None:
        super().__init__("Tests may not reach other machines. Give the code a local stand-in instead.")


def block() -> None:
    """Refuse every connection and name look-up of this process that leaves the machine. Cannot be undone."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _BY_NAME:
        host = arguments[0]
    elif event in _BY_ADDRESS and isinstance(arguments[1], tuple):  # a socket that is a file has no host
        host = arguments[1][0]
    else:
        return
    if not _is_here(host):
        raise OutsideWorld


def _is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name in _NAMES
