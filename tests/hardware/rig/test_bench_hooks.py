"""What the bench lends to a rig: other samples for one instrument, a lamp, stray light, warming up, dead parts."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan_hardware.bench import IDEAL, Bench, Conditions
from quayscan_hardware.bench.stray_light import spread
from quayscan_hardware.bench.warm_up import WARM_UP_S, settling_nm


def frame(bench: Bench, exposure_us: int = 1000) -> np.ndarray:
    bench.start_integration(exposure_us)
    while not bench.frame_ready():
        pass
    return bench.read_frame()


def test_another_sample_lies_before_the_same_instrument() -> None:
    bench, other = Bench(sample="acetone", seed=4), Bench(sample="neon", seed=4)
    axis, laser = bench.true_wavelength_nm, bench.true_laser_nm
    bench.place("neon")
    assert np.array_equal(bench.true_wavelength_nm, axis)
    assert bench.true_laser_nm == laser
    assert bench.sample_name == "neon"
    assert np.array_equal(bench._camera.scene.steady, other._camera.scene.steady)


def test_noise_goes_on_when_the_sample_changes() -> None:
    bench = Bench(sample="dark", seed=4)
    first = frame(bench)
    bench.place("dark")
    assert not np.array_equal(first, frame(bench))


def test_an_unknown_sample_is_refused_and_the_old_one_stays() -> None:
    bench = Bench(sample="acetone")
    with pytest.raises(ValueError, match="no sample"):
        bench.place("gold")
    assert bench.sample_name == "acetone"


def test_the_rig_s_lamp_brings_light_in_proportion_to_drive_and_time() -> None:
    bench = Bench(sample="dark", conditions=IDEAL, speed=50)
    dark = {exposure_us: frame(bench, exposure_us).astype(float) for exposure_us in (20_000, 40_000)}
    middle = []
    for drive, exposure_us in ((0.2, 20_000), (0.4, 20_000), (0.2, 40_000)):
        bench.stimulus = drive
        middle.append(float(np.median((frame(bench, exposure_us) - dark[exposure_us])[1700:1900])))
    assert middle[1] / middle[0] == pytest.approx(2.0, rel=0.05)
    assert middle[2] / middle[0] == pytest.approx(2.0, rel=0.05)


def test_a_converter_that_is_stuck_reads_the_same_everywhere() -> None:
    bench = Bench()
    bench.converter_stuck = 1234
    assert set(frame(bench)) == {1234}
    assert set(bench.delivered_frames()[-1].counts) == {1234}


def test_stray_light_loses_none() -> None:
    light = np.array([0.0, 8.0, 0.0, 0.0])
    assert spread(light, 0.25) == pytest.approx([0.5, 6.5, 0.5, 0.5])
    assert spread(light, 0.25).sum() == pytest.approx(light.sum())


def test_an_axis_that_warms_up_settles() -> None:
    assert settling_nm(0.0, 0.3) == 0.3
    assert settling_nm(WARM_UP_S, 0.3) == pytest.approx(0.3 / np.e)
    assert settling_nm(1e9, 0.3) == 0.0


def test_light_falls_off_its_place_until_the_axis_has_settled() -> None:
    bench = Bench(sample="neon", conditions=Conditions(warm_up_nm=0.5), seed=1)
    at_once = bench._camera.expected(0.1, 0.0, 20.0)
    bench._camera.warm_s = 1e6
    settled = bench._camera.expected(0.1, 0.0, 20.0)
    moved = np.argmax(np.correlate(at_once - at_once.mean(), settled - settled.mean(), "full")) - (settled.size - 1)
    assert moved == pytest.approx(0.5 / bench.board.optics.wavelength_nm[1], abs=1)


def test_lines_are_logged_with_their_passes() -> None:
    bench = Bench()
    bench.connect(True)
    bench.read_inputs()
    bench.drive_outputs(3, 1000)
    bench.retrigger()
    bench.interlock_closed = False
    seen = [(one.line, one.value, one.passes) for one in bench.lines.since(0)]
    assert seen == [
        ("power", 1.0, 0),
        ("indicator", 1.0, 1),
        ("enable", 1.0, 1),
        ("light", 1.0, 1),
        ("interlock", 0.0, 1),
        ("light", 0.0, 1),
    ]
    assert bench.enabled  # the chain is open, and the program has not noticed yet
