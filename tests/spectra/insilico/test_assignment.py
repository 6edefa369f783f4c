from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quayscan_spectra.insilico.assignment import align, clusters


def test_near_pairs_are_taken_in_order_and_far_ones_left_out() -> None:
    one, other = np.array([500.0, 800.0, 1200.0]), np.array([505.0, 1195.0, 1700.0])
    assert align(((one[:, None] - other) / 14.0) ** 2) == [(0, 0), (2, 1)]


@given(arrays(np.float64, (4, 5), elements=st.floats(0.0, 10.0)))
def test_an_alignment_never_crosses_and_uses_each_band_once(cost: np.ndarray) -> None:
    pairs = align(cost)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_bands_that_fall_together_are_one_and_faint_ones_none() -> None:
    shift, height = np.array([500.0, 505.0, 900.0, 950.0]), np.array([3.0, 3.0, 1.0, 50.0])
    assert clusters(shift, height) == [[0, 1], [3]]
