"""The host's side of trust: proving the device's key, sealing requests, checking answers and exposures."""

from __future__ import annotations

import hmac

from quayscan_wire import blob as wire_blob
from quayscan_wire import trust as wire
from quayscan_wire.hmac_sha256 import TAG_BYTES, HmacKey

from ..errors import DeviceUntrusted

COUNT_LIMIT = 2**32 - 1


class SealedSession:
    """One session whose both sides proved the device's key.

    Attributes
    ----------
    refused : answers so far that were altered, replayed or reordered, and left out.
    """

    def __init__(self, key: bytes, challenge: wire.Challenge, device_nonce: bytes) -> None:
        self.refused = 0
        self._key = HmacKey(key)
        self._session = challenge.session
        self._device_nonce = device_nonce
        self._count = 0
        self._asked = (0, 0, 0)

    def seal(self, kind: int, seq: int, payload: bytes) -> bytes:
        """A request's payload, sealed; each repeat of it anew, so that a copy of a frame is never a repeat."""
        if self._count >= COUNT_LIMIT:
            raise DeviceUntrusted("this session is used up: open the port anew")
        self._count += 1
        if (kind, seq) != self._asked[:2]:
            self._asked = (kind, seq, self._count)
        return bytes(wire.seal(self._session, kind, seq, self._count, payload))

    def unseal(self, kind: int, seq: int, sealed: bytes) -> bytes | None:
        """An answer's payload; None, and counted, when it is not the device's to the request that waits."""
        try:
            payload, count = wire.unseal(self._session, kind, seq, sealed)
        except ValueError:
            self.refused += 1
            return None
        if seq != self._asked[1]:
            return None  # a late answer to an earlier request
        if not self._asked[2] <= count <= self._count:
            self.refused += 1
            return None
        return bytes(payload)

    def check(self, blob: bytes, *, exposure_id: int, fresh: bool) -> None:
        """Return when the device tagged these bytes.

        Parameters
        ----------
        exposure_id : the one that was asked for. fresh : it was measured in this session, so its nonce must be ours.

        Raises
        ------
        DeviceUntrusted
            The tag is missing or another, or the exposure is another one than was asked for.
        """
        body, tag = blob[:-TAG_BYTES], blob[-TAG_BYTES:]
        try:
            meta, _ = wire_blob.unpack_metadata(blob)
        except ValueError as exc:
            raise _untrusted(exposure_id, "has no metadata") from exc
        if not meta["flags"] & wire_blob.FLAG_AUTHENTICATED:
            raise _untrusted(exposure_id, "has no tag")
        if not hmac.compare_digest(wire.exposure_tag(self._key, body), tag):
            raise _untrusted(exposure_id, "does not have the tag of this device's key")
        if meta["exposure_id"] != exposure_id or (fresh and meta["session_nonce"] != self._device_nonce):
            raise _untrusted(exposure_id, f"is number {meta['exposure_id']} of another time")


def _untrusted(exposure_id: int, what: str) -> DeviceUntrusted:
    return DeviceUntrusted(
        f"exposure {exposure_id} {what}: it was altered or replaced on the way; check what is on the cable, and measure"
        " again"
    )
