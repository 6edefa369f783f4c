"""`Exposure`: what a device measured, before any calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import SpectrumError

CountArray = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundExposure:
    """How the device came to the exposure that it found by itself.

    Attributes
    ----------
    reason : REACHED the target, or what limited it: BUDGET, DARK_CURRENT, LONGEST; LESS_POWER for a bright sample.
    probes : frames with light that it took. target, peak : the brightest place, as asked and as it came, over the
        converter's range. hot_pixels : pixels without room for the light; `saturated` leaves them out.
    """

    reason: str
    probes: int
    target: float
    peak: float
    hot_pixels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Summed counts with the light on and off, and the device's own account of how they came about.

    Attributes
    ----------
    light_sum, dark_sum : (P,) uint32, read-only. Counts summed over `averages` frames, pixel order.
    white_sum : likewise, the light on the board's white tile; None from a board without one.
    averages : frames in each sum. exposure_us : integration time of one frame, microseconds.
    board, uid, firmware, implementation : as HELLO and the metadata say.
    laser_mw : requested light power in mW. detector_temp_c, light_temp_c : degrees Celsius at the end.
    photodiode : read-back of the light monitor in converter counts, mean over the light frames.
    adc_max : the converter's largest count. saturated : pixels that reached it in any light frame.
    uptime_ms, exposure_id, mode, authenticated, light_on_ms : the device's account.
    found : how the device found the exposure; None where it was given.
    blob : the exact bytes that the device sent, for the record.
    """

    light_sum: CountArray
    dark_sum: CountArray
    averages: int
    exposure_us: int
    board: str
    uid: str
    firmware: str
    implementation: str
    laser_mw: float
    detector_temp_c: float
    light_temp_c: float
    photodiode: int
    adc_max: int
    saturated: int
    uptime_ms: int
    exposure_id: int
    mode: str
    authenticated: bool
    light_on_ms: int
    blob: bytes = b""
    white_sum: CountArray | None = None
    found: FoundExposure | None = None

    def __post_init__(self) -> None:
        for name in ("light_sum", "dark_sum", "white_sum"):
            if getattr(self, name) is None:
                continue
            array = np.array(getattr(self, name), dtype=np.uint32)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        white = self.dark_sum if self.white_sum is None else self.white_sum
        if self.light_sum.ndim != 1 or not self.light_sum.shape == self.dark_sum.shape == white.shape:
            raise SpectrumError(
                f"light has {self.light_sum.size} pixels, dark {self.dark_sum.size} and white {white.size}:"
                " all must be one line of pixels"
            )
        if self.averages < 1 or self.exposure_us < 1:
            raise SpectrumError(f"{self.averages} averages of {self.exposure_us} us is no exposure: both start at 1")
