"""Which ports exist, and how a port's name becomes a link."""

from __future__ import annotations

from typing import Any

from ..errors import PortNotFound
from .link import Link

SIM_HINT = "sim:raman785"


def list_ports() -> list[tuple[str, str]]:
    """(port, description) of every serial port of this computer, then the virtual boards."""
    from serial.tools.list_ports import comports

    from quayscan_hardware import board_names, load_board

    real = [(port.device, port.description) for port in sorted(comports())]
    return real + [(f"sim:{name}", f"virtual board: {load_board(name).title}") for name in board_names()]


def open_link(port: str, **sim_options: Any) -> Link:
    """The link that a port's name stands for.

    Parameters
    ----------
    port : "sim:BOARD", "replay:FILE", a device path, or any pyserial URL.
    sim_options : sample, seed, speed, cable; for `sim:` only.

    Raises
    ------
    PortNotFound
        No such port; the message lists those that exist.
    DeviceError, UsageError, InputError
        As the link in question says.
    """
    if port.startswith("sim:"):
        from .sim_link import SimLink

        return SimLink(port, **sim_options)
    if port.startswith("replay:"):
        from .replay_link import ReplayLink

        return ReplayLink(port.removeprefix("replay:"))
    from .serial_link import SerialLink

    try:
        return SerialLink(port)
    except PortNotFound as exc:
        known = ", ".join(name for name, _ in list_ports())
        raise PortNotFound(f"{exc}. Ports here: {known}") from exc
