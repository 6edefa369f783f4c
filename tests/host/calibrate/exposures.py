"""Exposures made by hand."""

from __future__ import annotations

import numpy as np

from quayscan.exposure import Exposure
from quayscan_hardware import load_board

BOARD = load_board("raman785")
PIXELS = BOARD.detector.pixels


def exposure(light: np.ndarray, dark: np.ndarray, averages: int = 4) -> Exposure:
    return Exposure(
        light_sum=light,
        dark_sum=dark,
        averages=averages,
        exposure_us=1000,
        board="raman785",
        uid="00" * 8,
        firmware="0.1.0",
        implementation="micropython",
        laser_mw=100.0,
        detector_temp_c=20.0,
        light_temp_c=25.0,
        photodiode=18000,
        adc_max=65535,
        saturated=36,
        uptime_ms=1,
        exposure_id=1,
        mode="HOSTED",
        authenticated=False,
        light_on_ms=4,
    )
