"""What to measure, and how far a measurement has come."""

from __future__ import annotations

from dataclasses import dataclass

from quayscan_wire.measure import PROBES

from ..errors import UsageError

MOST_DELAY_S = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoExposure:
    """What the device is to look for when it finds exposure and averages by itself.

    Attributes
    ----------
    target : the brightest place as a share of the converter's range. A line of the slit's own width is 6 % higher than
        the device takes it for: 0.72 leaves as much room above as below.
    budget_s : for the dark and light frames together, seconds.

    Raises
    ------
    UsageError
        When a value is out of the protocol's range.
    """

    target: float = 0.72
    budget_s: float = 4.0

    def __post_init__(self) -> None:
        if not 0.1 <= self.target <= 0.9:
            raise UsageError(f"a target of {self.target} is out of range: give 0.1 to 0.9 of the converter's range")
        if not 0.1 <= self.budget_s <= 4.2e6:
            raise UsageError(f"a budget of {self.budget_s} s is out of range: give 0.1 to what the board allows")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """One exposure.

    Attributes
    ----------
    exposure_us : integration time of one frame, microseconds; with `auto` the longest, 0 for the board's.
    averages : frames with the light on, and as many dark ones; with `auto` the most, 0 for the board's.
    laser_mw : light power in mW; 0 for the board's default.
    light_off : take the light frames with the light off too.
    delay_s : countdown on the device before it begins, seconds.
    auto : what to look for, when the device is to find exposure and averages; else they are as given.

    Raises
    ------
    UsageError
        When a value is out of the protocol's range.
    """

    exposure_us: int
    averages: int
    laser_mw: float = 0.0
    light_off: bool = False
    delay_s: float = 0.0
    auto: AutoExposure | None = None

    def __post_init__(self) -> None:
        least = 1 if self.auto is None else 0
        if not least <= self.exposure_us < 2**32:
            raise UsageError(f"an exposure of {self.exposure_us} us is out of range: give 1 to 4,294,967,295")
        if not 0 <= self.delay_s <= MOST_DELAY_S:
            raise UsageError(f"a delay of {self.delay_s} s is out of range: give 0 to {MOST_DELAY_S}")
        if not least <= self.averages < 2**16:
            raise UsageError(f"{self.averages} averages are out of range: give 1 to 65,535")
        if not 0 <= self.laser_mw <= 6553.5:
            raise UsageError(f"a power of {self.laser_mw} mW is out of range: give 0 to 6,553.5")

    def longest_s(self, frames: int) -> float:
        """How long the device may take for `frames` in all, seconds; the search for an exposure included."""
        if self.auto is not None:  # each of the frames that find the exposure is shorter than half the budget
            return self.delay_s + PROBES * self.auto.budget_s
        return self.delay_s + frames * self.exposure_us / 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a scan has come: `stage` is delay (tenths of a second), probe, dark, warning, settle, white, light or
    transfer; `done` of `total` frames or chunks."""

    stage: str
    done: int
    total: int
