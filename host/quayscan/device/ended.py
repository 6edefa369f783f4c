"""What it means that an exposure ended without a result."""

from __future__ import annotations

from quayscan_wire import faults

from ..errors import DeviceError, DeviceRefused, SafetyFault


def ended_error(device: str, end: int) -> DeviceError | SafetyFault:
    """The error for an exposure of `device` that ended with the code `end`."""
    if end == faults.TOO_BRIGHT:
        return DeviceRefused(
            f"{device}: TOO_BRIGHT: even the least light for the shortest time reaches the detector's end:"
            " shield the probe from other light, or give exposure and power yourself",
            code=end,
        )
    if end == faults.BURN_GUARD:
        return burned_error(device)
    return SafetyFault(
        f"{device}: {faults.name(end)} ended the exposure; the light is off: remove the cause and scan again"
    )


def burned_error(device: str) -> SafetyFault:
    """The error for a light that the burn guard of `device` turned off."""
    return SafetyFault(
        f"{device}: BURN_GUARD: the light that comes back rose suddenly, and the light is off:"
        " the sample heats, chars or moves; look at it, and scan again with less power or not at all"
    )
