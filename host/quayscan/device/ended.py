"""What it means that an exposure ended without a result."""

from __future__ import annotations

from quayscan_wire import faults

from ..errors import DeviceError, DeviceRefused, SafetyFault, ScanAborted
from .fault_text import fault_text


def ended_error(device: str, end: int, *, latched: bool) -> DeviceError | SafetyFault:
    """The error for an exposure of `device` that ended with the code `end`. `latched`: the device is in FAULT."""
    if end == faults.TOO_BRIGHT:
        return DeviceRefused(
            f"{device}: TOO_BRIGHT: even the least light for the shortest time reaches the detector's end:"
            " shield the probe from other light, or give exposure and power yourself",
            code=end,
        )
    if end == faults.ABORTED:
        return ScanAborted(
            f"{device}: ABORTED: this exposure was ended on request, or by another program that opened the port;"
            " the light is off and nothing is latched: scan again"
        )
    return SafetyFault(fault_text(device, end, latched=latched))
