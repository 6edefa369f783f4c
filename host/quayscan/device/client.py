"""`DeviceClient`: what a host does with a device."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from quayscan_wire import faults, kinds, messages, states

from ..errors import DeviceRefused, LinkLost, QuayscanError, SafetyFault
from ..exposure import Exposure
from ..keys import DeviceKeys
from ..link import Link
from . import care
from .care import Journal
from .decode import decode_exposure
from .ended import ended_error
from .fault_text import fault_text
from .fetch import fetch_blob
from .scan_request import scan_request
from .screen import Screen, show
from .session import DeviceInfo, LinkCounts, Session, unpacked
from .settings import Progress, ScanSettings

POLL_S = 0.1
"""Between two STATUS requests, which are the heartbeat: a quarter of the shortest limit of any board."""

CLEAR_S = 1.0
"""How long re-arming is tried: a lamp glows on for half a second, and light that is seen keeps a fault."""

GRACE_S = 10.0
"""Beyond the exposure's own time, how long a scan may take."""

_STAGES = {
    states.JOB_IDLE: "idle",
    states.JOB_DARK: "dark",
    states.JOB_WARNING: "warning",
    states.JOB_LIGHT: "light",
    states.JOB_SETTLE: "settle",
    states.JOB_WHITE: "white",
    states.JOB_DELAY: "delay",
    states.JOB_PROBE: "probe",
}

OnProgress = Callable[[Progress], None]


def _ignore(progress: Progress) -> None:
    """Nobody watches."""


class DeviceClient:
    """A session with one device. Use it as a context manager, or call `close()`.

    Parameters
    ----------
    keys : where the keys of provisioned devices lie; this user's by default.
    keyless : take a device without a key although this host keeps one of it: who flashes or provisions it knows why.

    Raises
    ------
    LinkLost, ProtocolMismatch
        No device answers on this link, or it speaks another protocol version.
    DeviceUntrusted
        The device cannot prove the key that this host keeps of it, or says that it has none.
    """

    def __init__(self, link: Link, keys: DeviceKeys | None = None, *, keyless: bool = False) -> None:
        self.link = link
        self._keys = DeviceKeys() if keys is None else keys
        self._session = Session(link, self._keys)
        self._own_ids: set[int] = set()
        try:
            self._session.hello(keyless=keyless)
        except BaseException:
            link.close()
            raise

    def __enter__(self) -> DeviceClient:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def info(self) -> DeviceInfo:
        """What the device said of itself."""
        assert self._session.info is not None  # since the constructor
        return self._session.info

    @property
    def counts(self) -> LinkCounts:
        """What the link cost so far."""
        return self._session.counts

    def close(self) -> None:
        """Release the link."""
        self.link.close()

    def status(self) -> dict[str, Any]:
        """The STATUS answer's fields, as PROTOCOL.md names them. Each call is a heartbeat."""
        return unpacked(messages.unpack_status_answer, self._session.request(kinds.STATUS))

    def abort(self) -> None:
        """Stop any exposure; the light goes off."""
        self._session.request(kinds.ABORT)

    def clear(self) -> None:
        """Re-arm after a fault whose cause somebody has removed. Once more does no harm.

        Raises
        ------
        SafetyFault
            The cause is still there.
        """
        deadline = time.monotonic() + CLEAR_S
        while unpacked(messages.unpack_state, self._session.request(kinds.CLEAR))["state"] == states.FAULT:
            if time.monotonic() > deadline:
                raise SafetyFault(fault_text(self.link.name, self.status()["fault"], latched=True))
            time.sleep(POLL_S)

    def measure(self, settings: ScanSettings, on_progress: OnProgress = _ignore, *, clear: bool = False) -> Exposure:
        """Take one exposure and bring it here. The device keeps it until `release`.

        Parameters
        ----------
        clear : re-arm a device that has latched a fault: whoever asks for it has removed the cause.

        Raises
        ------
        SafetyFault
            A safety condition ended it, or forbids the start; or an earlier one is latched still.
        ScanAborted
            Somebody ended it on purpose.
        DeviceRefused
            The device refuses the settings, is busy, or holds exposures of an earlier session.
        LinkLost
            The link fell silent.
        """
        status = self.status()
        if status["pending"]:
            raise DeviceRefused(
                f"{self.link.name} still holds {status['pending']} finished exposure(s): bring them in first"
                " (quayscan.recover), or fetch and release each"
            )
        if status["state"] == states.FAULT:
            if not clear:
                raise SafetyFault(fault_text(self.link.name, status["fault"], latched=True))
            self.clear()
        exposure_id = self.begin(settings)
        try:
            self._wait(exposure_id, settings, on_progress)
        except QuayscanError:
            raise  # the device said it, or does not hear any more
        except BaseException:
            self.abort()  # off at once; without this the device would wait for its heartbeat limit, and latch that
            raise
        return self.fetch(exposure_id, on_progress)

    def begin(self, settings: ScanSettings) -> int:
        """Start an exposure and do not wait for it; its id. Each `status()` keeps its light alive.

        Raises
        ------
        SafetyFault, DeviceRefused, LinkLost
            As `measure` says.
        """
        answer = unpacked(messages.unpack_scan_answer, self._session.request(*scan_request(settings)))
        exposure_id: int = answer["exposure_id"]
        self._own_ids.add(exposure_id)
        return exposure_id

    def pending(self) -> int:
        """Id of the finished exposure to take next, 0 for none."""
        oldest: int = self.status()["exposure_id"]
        return oldest

    def fetch(self, exposure_id: int, on_progress: OnProgress = _ignore) -> Exposure:
        """Bring a finished exposure here.

        Raises
        ------
        LinkLost
            It is not the next that waits, or the link fell silent.
        DeviceUntrusted
            It is not what the device tagged.
        """
        status = self.status()
        if status["exposure_id"] != exposure_id:
            raise LinkLost(
                f"{self.link.name}: exposure {exposure_id} is not the next that waits"
                f" (that is {status['exposure_id']}): fetch and release that one first"
            )

        def on_chunks(done: int, total: int) -> None:
            on_progress(Progress(stage="transfer", done=done, total=total))

        blob = fetch_blob(self._session, exposure_id, status["size"], status["crc32"], on_chunks)
        sealed = self._session.sealed
        if sealed is not None:
            sealed.check(blob, exposure_id=exposure_id, fresh=exposure_id in self._own_ids)
        return decode_exposure(blob, authenticated=sealed is not None and not self.info.revoked)

    def release(self, exposure_id: int) -> None:
        """Tell the device that the exposure is stored safely here. Once more does no harm."""
        try:
            self._session.request(kinds.ACK, messages.pack_ack(exposure_id))
        except DeviceRefused as exc:
            if exc.code != faults.NO_SUCH_EXPOSURE:
                raise

    def show(self, screen: Screen) -> bool:
        """Put a decision on the device's own display; whether it has one that works.

        Raises
        ------
        DeviceRefused
            The firmware is older than this message.
        """
        return show(self._session, screen)

    def journal(self) -> Journal:
        """What lies in the device's flash, what a power cut took, what it refused."""
        return care.journal(self._session)

    def forget_losses(self, told: Journal) -> None:
        """The losses in `told` are known here: the device may forget them."""
        care.journal(self._session, told.lost)

    def provision(self, *, standalone: bool = False) -> DeviceInfo:
        """Give the device a new key; see `care.provision`."""
        care.provision(self._session, self._keys, self.info.uid, standalone=standalone)
        return self.info

    def maintain(self) -> None:
        """Let the device erase its key and leave its program; see `care.maintain`."""
        care.maintain(self._session, self._keys, self.info.uid)

    def _wait(self, exposure_id: int, settings: ScanSettings, on_progress: OnProgress) -> None:
        """Poll until the exposure has ended."""
        started = time.monotonic()
        while True:
            status = self.status()
            deadline = started + settings.longest_s(status["total"]) + GRACE_S
            if status["last_id"] == exposure_id:
                return self._check_end(status)
            on_progress(Progress(stage=_STAGES.get(status["job"], "idle"), done=status["done"], total=status["total"]))
            if time.monotonic() > deadline:
                raise LinkLost(f"{self.link.name}: exposure {exposure_id} did not end in time: restart the device")
            for _ in self._session.frames(POLL_S):
                pass  # only an unasked FAULT can come, and it is raised

    def _check_end(self, status: dict[str, Any]) -> None:
        end = status["last_end"]
        if end:
            raise ended_error(self.link.name, end, latched=status["state"] == states.FAULT)
