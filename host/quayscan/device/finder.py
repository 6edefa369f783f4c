"""Which of several ports a device is at, told by its uid."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import DeviceError, PortNotFound
from ..keys import checked_uid
from ..link import open_link
from .session import Session


def find_port(uid: str, ports: Iterable[str]) -> str:
    """The first of `ports` at which the device with this uid answers HELLO. No key is proved for that.

    Raises
    ------
    UsageError
        It is no uid.
    PortNotFound
        It is at none of them; the message says what each has.
    """
    wanted = checked_uid(uid)
    seen = []
    for port in ports:
        found = _uid_at(port)
        if found == wanted:
            return port
        seen.append(f"{port}: {found}")
    there = "; ".join(seen) or "there is no serial port"
    raise PortNotFound(f"device {wanted} is at none of the ports ({there}): plug it in, or name its port with --port")


def _uid_at(port: str) -> str:
    """The uid that answers there, or why none does."""
    try:
        link = open_link(port)
    except DeviceError as exc:
        return str(exc)
    try:
        return Session(link).greet().uid
    except DeviceError as exc:
        return str(exc)
    finally:
        link.close()
