"""What to measure, and how far a measurement has come."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """One exposure.

    Attributes
    ----------
    exposure_us : integration time of one frame, microseconds.
    averages : frames with the light on, and as many dark ones.
    laser_mw : light power in mW; 0 for the board's default.
    light_off : take the light frames with the light off too.

    Raises
    ------
    UsageError
        When a value is out of the protocol's range.
    """

    exposure_us: int
    averages: int
    laser_mw: float = 0.0
    light_off: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.exposure_us < 2**32:
            raise UsageError(f"an exposure of {self.exposure_us} us is out of range: give 1 to 4,294,967,295")
        if not 1 <= self.averages < 2**16:
            raise UsageError(f"{self.averages} averages are out of range: give 1 to 65,535")
        if not 0 <= self.laser_mw <= 6553.5:
            raise UsageError(f"a power of {self.laser_mw} mW is out of range: give 0 to 6,553.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a scan has come: `stage` is dark, warning, settle, white, light or transfer; `done` of `total` frames or
    chunks."""

    stage: str
    done: int
    total: int
