"""When exposures go from memory to flash by themselves: nobody takes them, and no light is on or about to be."""

from quayscan_wire.states import JOB_IDLE

ALONE_MS = 3000
"""How long a host may be silent before the device is on its own. A host that decides about an exposure takes less."""

STALLED_MS = 30000
"""How long chunks may go out to a silent host before nobody is believed to read them."""


class Keeping:
    """The one that writes exposures to flash."""

    def __init__(self, guard, ring, exposure, session, store):
        self._guard = guard
        self._ring = ring
        self._exposure = exposure
        self._session = session
        self._store = store

    def step(self):
        """Move what waits, and keep the next place in flash blank."""
        if self._guard.lit or self._exposure.job != JOB_IDLE:
            return
        if self._session.busy() and self._session.silent_ms() < STALLED_MS:
            return
        if self._session.silent_ms() >= ALONE_MS:
            self._session.hand_over.fetch.cancel()
            self._ring.move(self._store)
        self._store.prepare()
