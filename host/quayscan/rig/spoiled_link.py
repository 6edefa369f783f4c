"""`SpoiledLink`: a bad cable at the host's end of any link, of a virtual board and of a real one alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from quayscan_hardware.impairment import Counts, Impairment, damage

from ..errors import LinkLost
from ..link import Link

SOUND = Impairment()


class SpoiledLink:
    """A link whose bytes are flipped, dropped, doubled, or cut off.

    Attributes
    ----------
    to_device, to_host : what happens to bytes that way. counts : what was done to them. budget : bytes, both ways
        together, that still pass; then the link is lost. None for no end.
    """

    def __init__(self, link: Link, rng: np.random.Generator) -> None:
        self.name = link.name
        self.details: Mapping[str, Any] = link.details
        self.to_device = self.to_host = SOUND
        self.counts = Counts()
        self.budget: int | None = None
        self._link = link
        self._rng = rng

    def write(self, data: bytes) -> None:
        """Send what is left of `data`; see `Link.write`."""
        self._link.write(self._passed(damage(data, self.to_device, self._rng, self.counts)))

    def read(self, timeout_s: float) -> bytes:
        """What is left of what arrived; see `Link.read`."""
        return self._passed(damage(self._link.read(timeout_s), self.to_host, self._rng, self.counts))

    def close(self) -> None:
        """Release the port."""
        self._link.close()

    def _passed(self, data: bytes) -> bytes:
        if self.budget is None:
            return data
        if self.budget <= 0 < len(data):
            raise LinkLost(f"{self.name}: the rig cut the cable")
        passed = data[: self.budget]
        self.budget -= len(data)
        return passed
