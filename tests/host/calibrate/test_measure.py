"""What a calibration measures with a device: nothing clipped, the lamp with the laser off, everything released."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
import pytest
from exposures import PIXELS, exposure

from quayscan.calibrate.measure import measure_lamp, measure_sample
from quayscan.device import DeviceClient, ScanSettings
from quayscan.errors import CalibrationError
from quayscan.exposure import Exposure

SETTINGS = ScanSettings(exposure_us=1600, averages=4)


@dataclass
class Fake:
    """A device that clips above an exposure time; it remembers what was asked and released."""

    clips_above_us: int = 10_000
    asked: list[ScanSettings] = field(default_factory=list)
    released: list[int] = field(default_factory=list)

    def measure(self, settings: ScanSettings, on_progress: object = None) -> Exposure:
        self.asked.append(settings)
        clipped = 9 if settings.exposure_us > self.clips_above_us else 0
        one = exposure(np.full(PIXELS, 4800), np.full(PIXELS, 4400), settings.averages)
        return replace(one, exposure_us=settings.exposure_us, saturated=clipped, exposure_id=len(self.asked))

    def release(self, exposure_id: int) -> None:
        self.released.append(exposure_id)


def client(fake: Fake) -> DeviceClient:
    return cast(DeviceClient, fake)


def test_the_lamp_is_measured_with_the_laser_off_and_its_dark_frames_kept() -> None:
    fake = Fake()
    np.testing.assert_array_equal(measure_lamp(client(fake), SETTINGS), 1200.0)
    assert [one.light_off for one in fake.asked] == [True]


def test_a_sample_is_light_minus_dark() -> None:
    fake = Fake()
    np.testing.assert_array_equal(measure_sample(client(fake), SETTINGS), 100.0)
    assert [one.light_off for one in fake.asked] == [False]


def test_what_clips_is_exposed_for_a_quarter_until_it_does_not() -> None:
    fake = Fake(clips_above_us=150)
    measure_sample(client(fake), SETTINGS)
    assert [one.exposure_us for one in fake.asked] == [1600, 400, 100]
    assert fake.released == [1, 2, 3]


def test_what_clips_however_short_says_what_to_do() -> None:
    fake = Fake(clips_above_us=0)
    with pytest.raises(CalibrationError, match="9 pixels still clip at 1 us: move the source away"):
        measure_sample(client(fake), SETTINGS)
    assert len(fake.released) == len(fake.asked)
