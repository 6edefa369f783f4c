"""`SerialLink`: any port or URL that pyserial opens."""

from __future__ import annotations

import os
import select
from collections.abc import Mapping
from typing import Any

import serial

from ..errors import LinkLost, PortNotFound

BAUD = 921600
"""For a UART; USB CDC and ptys ignore it."""

WRITE_LIMIT_S = 2.0
READ_MOST = 65536

LOST_REMEDY = "check the cable and the device's power, then scan again; the device drops its light by itself"


class SerialLink:
    """A serial port.

    Parameters
    ----------
    url : a device path ("/dev/ttyACM0", "COM3") or any pyserial URL ("socket://...", "rfc2217://...").
    name : what messages call the port; the URL when not given.

    Raises
    ------
    PortNotFound
        The port cannot be opened; the message has the system's reason.
    """

    def __init__(self, url: str, *, name: str = "") -> None:
        self.name = name or url
        self.details: Mapping[str, Any] = {}
        try:
            self._port = serial.serial_for_url(
                url, baudrate=BAUD, timeout=0, write_timeout=WRITE_LIMIT_S, exclusive=True
            )
        except (serial.SerialException, OSError, ValueError) as exc:
            raise PortNotFound(f"port {self.name} cannot be opened, or another program has it: {exc}") from exc

    def write(self, data: bytes) -> None:
        """Send all of `data`; see `Link.write`."""
        try:
            self._port.write(data)
        except (serial.SerialException, OSError) as exc:
            raise self._lost(exc) from exc

    def read(self, timeout_s: float) -> bytes:
        """What has arrived; see `Link.read`."""
        try:
            descriptor = getattr(self._port, "fd", None)
            if descriptor is None:  # Windows, URLs that are no descriptor, and a port that is closed
                return self._read_by_timeout(timeout_s)
            return self._read_descriptor(descriptor, timeout_s)
        except (serial.SerialException, OSError, TypeError) as exc:  # pyserial: TypeError on a port closed meanwhile
            raise self._lost(exc) from exc

    def _read_descriptor(self, descriptor: int, timeout_s: float) -> bytes:
        """Past pyserial, which asks the system five times a read, and sets the port up anew for another timeout."""
        if not select.select([descriptor], [], [], timeout_s)[0]:
            return b""
        data = os.read(descriptor, READ_MOST)
        if not data:
            raise OSError("the other end hung up")
        return data

    def _read_by_timeout(self, timeout_s: float) -> bytes:
        waiting = self._port.in_waiting
        if not waiting:
            self._port.timeout = timeout_s
            first: bytes = self._port.read(1)
            if not first:
                return b""
            rest: bytes = self._port.read(min(self._port.in_waiting, READ_MOST))
            return first + rest
        data: bytes = self._port.read(min(waiting, READ_MOST))
        return data

    def close(self) -> None:
        """Release the port."""
        self._port.close()

    def _lost(self, exc: Exception) -> LinkLost:
        return LinkLost(f"the link to {self.name} was lost ({exc}): {LOST_REMEDY}")
