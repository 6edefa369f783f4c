"""`Link`: what every way to a device offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Link(Protocol):
    """Bytes out, bytes in.

    Attributes
    ----------
    name : what the user called the port.
    details : what else is known about the other end; a virtual board's `sample` and `seed`.
    """

    name: str
    details: Mapping[str, Any]

    def write(self, data: bytes) -> None:
        """Send all of `data`.

        Raises
        ------
        LinkLost
            The other end is gone, or took nothing for the link's write limit.
        """

    def read(self, timeout_s: float) -> bytes:
        """What has arrived; waits up to `timeout_s` for the first byte and gives b"" when none came.

        Raises
        ------
        LinkLost
            The other end is gone.
        """

    def close(self) -> None:
        """Release the port. May be repeated."""
