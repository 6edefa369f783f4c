"""AUTH: both sides prove the device's key before anything is sealed."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from quayscan_wire import faults, kinds, messages
from quayscan_wire import trust as wire
from quayscan_wire.hmac_sha256 import HmacKey

from ..errors import DeviceRefused, DeviceUntrusted
from ..keys import DeviceKeys
from .trust import SealedSession

if TYPE_CHECKING:
    from .session import Session


def prove(session: Session, keys: DeviceKeys, uid: str, host_nonce: bytes, device_nonce: bytes) -> SealedSession | None:
    """The sealed session that begins when one of this host's keys is the device's; None when it has no key of it.

    Raises
    ------
    DeviceUntrusted
        The device refuses every key that this host has of it, or answers with a proof that is not its key's.
    """
    known = keys.candidates(uid)
    for key in known:
        challenge = wire.Challenge(HmacKey(key), host_nonce, device_nonce, bytes.fromhex(uid))
        try:
            answer = session.request(kinds.AUTH, messages.pack_auth(challenge.host_proof))
        except DeviceRefused as exc:
            if exc.code != faults.AUTH_FAILED:
                raise
            continue
        if not hmac.compare_digest(answer, challenge.device_proof):
            raise DeviceUntrusted(
                f"{session.link.name} says that it is {uid} and cannot prove it: another device, or a recording of it"
            )
        keys.settle(uid, key)
        return SealedSession(key, challenge, device_nonce)
    if known:
        raise DeviceUntrusted(
            f"{session.link.name}, uid {uid}, holds another key than this host keeps of it: if it was provisioned"
            f" elsewhere, bring that key here; else it is not the device that it was. Kept at {keys.place(uid)}"
        )
    return None
