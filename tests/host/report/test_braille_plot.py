"""The terminal plot shows what is there."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan.report.plot import braille_plot


def test_a_ramp_fills_the_lower_right_triangle() -> None:
    lines = braille_plot(np.arange(8.0), width=4, height=2)
    assert lines == ["⠀⠀⣠⣾", "⣠⣾⣿⣿"]


def test_a_band_one_point_wide_is_not_lost() -> None:
    values = np.zeros(1000)
    values[617] = 1.0
    lines = braille_plot(values, width=20, height=3)
    assert sum(letter not in "⠀" for letter in lines[0]) == 1


@pytest.mark.parametrize("size", [1, 3, 700])
def test_flat_values_draw_a_floor(size: int) -> None:
    lines = braille_plot(np.full(size, 5.0), width=10, height=3)
    assert [len(line) for line in lines] == [10, 10, 10]
    assert lines[2] == "⣀" * 10
    assert lines[0] == "⠀" * 10
