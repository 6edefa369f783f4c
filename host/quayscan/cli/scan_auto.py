"""Options of `quayscan scan` that leave the exposure to the device, or let it count down first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..device import ScanSettings
    from ..exposure import Exposure

Auto = Annotated[
    bool,
    typer.Option(
        "--auto", help="Let the device find exposure and averages; --exposure-ms and --averages are the most."
    ),
]
Budget = Annotated[
    float, typer.Option("--budget", metavar="SECONDS", help="With --auto: dark and light frames together.")
]
Delay = Annotated[float, typer.Option("--delay", metavar="SECONDS", help="Countdown on the device before it begins.")]

DEFAULT_BUDGET_S = 4.0


def with_auto(
    settings: ScanSettings, exposure_ms: float, averages: int, *, auto: bool, budget_s: float, delay_s: float
) -> ScanSettings:
    """The settings with what these options add; without `--auto` exposure and averages stay as they are."""
    from ..device import AutoExposure

    settings = replace(settings, delay_s=delay_s)
    if not auto:
        return settings
    return replace(
        settings,
        auto=AutoExposure(budget_s=budget_s),
        exposure_us=settings.exposure_us if exposure_ms else 0,
        averages=averages,
    )


def found_text(exposure: Exposure) -> str:
    """One sentence on how the device came to its exposure; "" where it was given."""
    found = exposure.found
    if found is None:
        return ""
    why = {
        "REACHED": "the target was reached",
        "BUDGET": "more would not fit into the time budget",
        "DARK_CURRENT": "more would fill the detector with dark current",
        "LONGEST": "it is the longest allowed",
        "LESS_POWER": f"with less power, {exposure.laser_mw:g} mW, for a bright sample",
    }
    return (
        f"exposure {exposure.exposure_us / 1000:.1f} ms x {exposure.averages}, found with {found.probes} probes:"
        f" peak at {found.peak:.0%} of the range, {why.get(found.reason, found.reason)}"
    )
