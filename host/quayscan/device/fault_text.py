"""What a safety fault means to whoever stands there: what happened, and what to do."""

from __future__ import annotations

from quayscan_wire import faults

_OUT_OF_SERVICE = "do not use the device; have it repaired"

_MEANINGS = {
    faults.KEY_OFF: ("the key switch is off", "turn the key on"),
    faults.INTERLOCK_OPEN: (
        "the remote interlock is open",
        "close the cover or door that it guards, and see that its connector is plugged in",
    ),
    faults.HEARTBEAT_LOST: (
        "the device did not hear from this computer in time",
        "check the cable, and end what keeps the computer busy",
    ),
    faults.OVER_TEMPERATURE: (
        "the light source or the detector is too hot or too cold, or a thermometer does not answer",
        "let the device come to room temperature, out of the sun; if it stays, have it repaired",
    ),
    faults.ON_TIME: (
        "the light was on for as long as this board allows",
        "ask for a shorter exposure or fewer averages",
    ),
    faults.INDICATOR_DARK: ("the emission indicator did not light", _OUT_OF_SERVICE),
    faults.LIGHT_MISMATCH: (
        "the photodiode saw light that was not asked for, or not the light that was",
        f"if it comes again, {_OUT_OF_SERVICE}",
    ),
    faults.DETECTOR: (
        "the detector gave no frame in time",
        "switch the device off and on; if it comes again, have it repaired",
    ),
    faults.TRIGGER_RELEASED: ("the trigger was let go", "hold it until the device is done"),
    faults.LINK_LOST: ("the link closed", "check the cable"),
    faults.PROGRAM: ("the device program failed", "switch the device off and on; if it comes again, report this text"),
    faults.BURN_GUARD: (
        "the light that comes back rose suddenly: the sample heats, chars or moves",
        "look at the sample, and scan it again with less power or not at all",
    ),
}
"""(what happened, what to do) by code."""

_UNKNOWN = ("a safety fault that this program does not know", "update it")


def fault_text(device: str, code: int, *, latched: bool, said: str = "") -> str:
    """The sentence about a safety fault of `device`.

    Parameters
    ----------
    latched : whether the device keeps it until somebody clears it. said : the device's own words, which are told where
        its program failed.
    """
    what, remedy = _MEANINGS.get(code, _UNKNOWN)
    if code == faults.PROGRAM and said:
        what = f"{what} ({said})"
    then = f"; then re-arm it with `quayscan device clear --port {device}`" if latched else ""
    return f"{device}: {faults.name(code)}: {what}; the light is off: {remedy}{then}"
