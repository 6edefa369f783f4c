"""`--device UID`: which of several ports is meant."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import DEFAULT_PORT

Device = Annotated[
    str,
    typer.Option(
        "--device",
        metavar="UID",
        help="The device with this uid, at whichever serial port it is, or of those that --port lists with commas.",
    ),
]


def choose_port(port: str, uid: str) -> str:
    """The port at which the device with this uid answers; `port` itself when no uid is given.

    Raises
    ------
    UsageError, PortNotFound
        As `find_port` says.
    """
    if not uid:
        return port
    from ..device import find_port
    from ..link import list_ports

    if port != DEFAULT_PORT:
        return find_port(uid, port.split(","))
    return find_port(uid, [name for name, _ in list_ports() if not name.startswith("sim:")])
