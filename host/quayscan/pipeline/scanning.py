"""From a device to a verdict and its record."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from quayscan_hardware import load_board

from ..calibrate import applied_json, apply_state, load_state, require_unlocked
from ..device import DeviceClient, Progress, ScanSettings
from ..errors import DeviceError, UsageError
from ..exposure import Exposure
from ..library import Library
from ..link import open_link
from ..record import RecordStore
from ..report import verdict_json
from ..report.device_screen import device_screen
from ..spectrum import Spectrum
from ..verdict import Verdict
from .identification import identify
from .keeping import keep
from .request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """One scan: what the device measured, what it looks like, what it is.

    `device` tells which port, board and interpreter measured it and what the link cost; `record` is the stored
    row's id.
    """

    exposure: Exposure
    spectrum: Spectrum
    verdict: Verdict
    device: Mapping[str, Any]
    record: int | None = None


def scan(
    device: DeviceClient,
    library: Library | None = None,
    *,
    request: Request | None = None,
    settings: ScanSettings | None = None,
    store: RecordStore | None = None,
    sample: str = "",
    override: str = "",
    clear: bool = False,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> ScanResult:
    """Measure once with a device and decide what it saw.

    The device keeps its exposure until the record is stored (or, without a store, until it is here whole).

    Parameters
    ----------
    settings : the board's default exposure by default.
    store : where the record goes; none is kept when None.
    sample : what the operator calls it; kept in the record.
    override : who answers for a scan with a device that failed its check; kept in the record.
    clear : re-arm a device that has latched a fault: whoever asks for it has removed the cause.

    Raises
    ------
    CalibrationLocked
        The device failed its check and nobody answers for it: nothing was measured.
    CalibrationError
        What this host knows of the device cannot be used.
    DeviceError, SafetyFault
        As `DeviceClient.measure` says.
    RecordError
        The record could not be stored; the device still holds the exposure.
    """
    request = Request() if request is None else request
    require_unlocked(load_state(device.info.uid), override=override)
    exposure = device.measure(settings or default_settings(device.info.board), on_progress, clear=clear)
    result = _conclude(device, exposure, library, request, store, sample, override)
    _show(device, result.verdict)
    return result


def _show(device: DeviceClient, verdict: Verdict) -> None:
    """The decision on the device's own display: a courtesy, on which nothing depends; the record is stored."""
    if not device.link.details.get("replayed"):
        with contextlib.suppress(DeviceError):  # an older firmware, or a link that has just gone
            device.show(device_screen(verdict))


def recover(
    device: DeviceClient, library: Library | None = None, *, request: Request | None = None, store: RecordStore
) -> Iterator[ScanResult]:
    """Exposures that a device still holds from an earlier session: each is decided, stored, released.

    One whose record is here already, because the link was lost before the device knew, is only released. What is
    declared now was not declared for them, and a wall was not theirs.
    """
    request = Request() if request is None else replace(request, declared="", wall=None)
    while exposure_id := device.pending():
        exposure = device.fetch(exposure_id)
        if store.holding(exposure.blob):
            device.release(exposure_id)
        else:
            yield _conclude(device, exposure, library, request, store, "recovered")


def _conclude(
    device: DeviceClient,
    exposure: Exposure,
    library: Library | None,
    request: Request,
    store: RecordStore | None,
    sample: str,
    override: str = "",
) -> ScanResult:
    """Decide about an exposure, store the record, and only then release it."""
    state = load_state(exposure.uid)
    spectrum = apply_state(exposure, state, now=datetime.now(UTC), override=override, title=sample)
    verdict = identify(spectrum, library, request=request)
    measured = {
        "port": device.link.name,
        "board": exposure.board,
        "uid": exposure.uid,
        "implementation": exposure.implementation,
        "authenticated": exposure.authenticated,
        "seed": device.link.details.get("seed"),
        "link": asdict(device.counts),
        "calibration": applied_json(state, override=override),
        "exposure": {
            "exposure_us": exposure.exposure_us,
            "averages": exposure.averages,
            "laser_mw": exposure.laser_mw,
            "found": None if exposure.found is None else asdict(exposure.found),
        },
    }
    record = None
    if store is not None:
        line = verdict_json(verdict, sample=sample, device=measured)
        record = keep(store, "scan", line, spectrum, exposure, request.wall)
    device.release(exposure.exposure_id)
    return ScanResult(exposure=exposure, spectrum=spectrum, verdict=verdict, device=measured, record=record)


def open_device(port: str, **sim_options: Any) -> DeviceClient:
    """A session with the device at a port.

    Parameters
    ----------
    port : "sim:raman785", "replay:FILE", a serial port, or any pyserial URL.
    sim_options : sample, seed, speed; for `sim:` only.

    Raises
    ------
    PortNotFound, LinkLost, ProtocolMismatch, DeviceUntrusted, SimUnavailable
        As each says.
    """
    return DeviceClient(open_link(port, **sim_options))


def default_settings(board: str) -> ScanSettings:
    """A board's own default exposure.

    Raises
    ------
    UsageError
        The board is not known here.
    """
    try:
        chosen = load_board(board).scan
    except ValueError as exc:
        raise UsageError(str(exc)) from exc
    return ScanSettings(exposure_us=chosen.exposure_us, averages=chosen.averages)
