import struct
import subprocess
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running_device import FIRMWARE, MICROPYTHON

from quayscan_fw.survey import PEAK, TOTAL, survey

COUNTS = st.lists(st.integers(0, 65535), min_size=5, max_size=60)


def seen(counts):
    out = array("I", [0, 0])
    survey(struct.pack(f"<{len(counts)}H", *counts), len(counts), out)
    return out


@given(COUNTS)
def test_total_is_the_sum_and_no_pixel_is_darker_than_the_darker_of_its_pair(counts):
    out = seen(counts)
    assert out[TOTAL] == sum(counts)
    assert out[PEAK] == max(map(min, zip(counts, counts[4:], strict=False)))


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_a_hot_pixel_or_cosmic_ray_of_four_pixels_is_no_peak(width):
    counts = [700] * 30
    counts[10 : 10 + width] = [65535] * width
    assert seen(counts)[PEAK] == 700


def test_a_line_as_wide_as_the_slit_keeps_its_height():
    line = [round(50000 * 2 ** -((2 * (i - 30) / 13) ** 2)) for i in range(60)]
    assert seen(line)[PEAK] >= 0.93 * 50000


@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython command for this platform")
def test_viper_survey_equals_its_plain_twin_and_judging_a_light_frame_takes_no_memory():
    run = subprocess.run(
        [MICROPYTHON, str(Path(__file__).with_name("survey_check.py"))],
        env={"MICROPYPATH": FIRMWARE},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "32 cases\n"), run.stdout + run.stderr
