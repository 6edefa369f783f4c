"""Detection limits: the share of the signal from which a reference would have been seen under what was found."""

from __future__ import annotations

import numpy as np

from ...preprocess.grid import FloatArray
from .area import TINY
from .fit import Fit
from .options import MixtureOptions
from .scan import Scan


def detection_limits(found: Fit, shown: Scan, options: MixtureOptions, doubt: float) -> FloatArray:
    """(M,) share of net band area, 0 to 1, above which each reference stands out in 95 % of scans.

    A component of area A raises the matched filter by A times the sensitivity; it must reach the significance and what
    chance may take from it. 1 where a reference cannot be judged on this query.

    Parameters
    ----------
    found : the fit of what was found. shown : the matched filter of what it leaves.
    doubt : factor on significance and least share, as the pursuit uses it.
    """
    needed = doubt * options.significance * max(found.chi, 1.0) ** options.strictness + options.certainty
    area = options.allowance * needed / np.maximum(shown.sensitivity, TINY)
    share = area / (area + max(float(found.amounts.sum()), TINY))
    judged = np.isfinite(shown.score)
    result: FloatArray = np.where(judged, np.maximum(share, doubt * options.allowance * options.least_share), 1.0)
    return result
