"""Ranges of the components' shares of net band area."""

from __future__ import annotations

import numpy as np

from ...preprocess.grid import FloatArray
from .fit import Fit
from .options import MixtureOptions

WIDE = 1.96
"""Standard deviations to either side, 95 % of a normal."""

ROUNDING = 1e-12
"""Others that make less of the whole than this are the rounding error of a difference."""

WIDEST = 20.0
"""Logarithm by which an amount is at most unsure: beyond it the range is 0 to 1 anyway."""


def share_ranges(found: Fit, options: MixtureOptions) -> FloatArray:
    """(K, 2) lower and upper share of each component, 0 to 1.

    Beside the fit's own uncertainty the unit's response enters: two instruments see different net band areas of one
    substance. An amount between low and high gives the share against the others' total.
    """
    spread = np.minimum(WIDE * np.sqrt((found.deviations / found.amounts) ** 2 + options.response**2), WIDEST)
    low, high = found.amounts * np.exp(-spread), found.amounts * np.exp(spread)
    others = found.amounts.sum() - found.amounts
    others = np.where(others > ROUNDING * found.amounts.sum(), others, 0.0)
    ranges: FloatArray = np.stack([low / (low + others), high / (high + others)], axis=1)
    return ranges
