"""Relative response from the certified glass."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_instrument import Instrument

from quayscan.calibrate.response_fit import fit_response
from quayscan.errors import CalibrationError
from quayscan_spectra.calibration_lines import intensity_standard

GLASS = intensity_standard()


def test_the_response_is_found_to_half_a_percent_within_the_certified_range() -> None:
    instrument = Instrument()
    found = fit_response(instrument.glass(), instrument.shift_cm1, GLASS, laser_nm=785.0)
    inside = (instrument.shift_cm1 > 250) & (instrument.shift_cm1 < 2200)
    ratio = (found(instrument.shift_cm1) / instrument.response())[inside]
    assert np.std(ratio / ratio.mean()) < 0.005
    assert max(found.relative) == pytest.approx(1.0)


def test_a_cosmic_ray_leaves_no_trace() -> None:
    instrument = Instrument()
    clean = fit_response(instrument.glass(), instrument.shift_cm1, GLASS, laser_nm=785.0)
    counts = instrument.glass()
    counts[900:902] += 30000.0
    struck = fit_response(counts, instrument.shift_cm1, GLASS, laser_nm=785.0)
    np.testing.assert_allclose(struck.relative, clean.relative, atol=0.002)


def test_beyond_the_certified_range_the_response_stays_what_it_was_at_the_end() -> None:
    instrument = Instrument()
    found = fit_response(instrument.glass(), instrument.shift_cm1, GLASS, laser_nm=785.0)
    assert found(np.array([-100.0]))[0] == found.relative[0]
    assert found(np.array([9000.0]))[0] == found.relative[-1]


def test_a_glass_for_another_laser_or_without_signal_is_refused() -> None:
    instrument = Instrument()
    with pytest.raises(CalibrationError, match="certified for 785 nm and the laser has 532"):
        fit_response(instrument.glass(), instrument.shift_cm1, GLASS, laser_nm=532.0)
    with pytest.raises(CalibrationError, match="expose longer"):
        fit_response(instrument.noisy(np.full(2048, 3.0), 3), instrument.shift_cm1, GLASS, laser_nm=785.0)
