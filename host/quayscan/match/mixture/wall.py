"""A wall measured empty on the same unit, as a component whose shape is known but for focus, drift and noise."""

from __future__ import annotations

import numpy as np

from ...preprocess import Features
from ...preprocess.opening import opened_bands
from .area import net_band_area
from .covariance import noise_covariance, shape_covariance
from .fit import WALL, Part
from .options import ShapeError
from .shape import shape_of

LEAST_BANDS = 1e-3
"""A wall with less net band area than this share of its whole signal (glass) is scaled by that instead."""


def wall_area(wall: Features) -> float:
    """What an amount of 1 of the wall stands for."""
    bands = opened_bands(wall.values, wall.mask)
    return max(float(net_band_area(bands)), LEAST_BANDS * float(net_band_area(np.abs(wall.values))))


def wall_part(wall: Features, error: ShapeError) -> Part:
    """The component that stands for the wall.

    Its derivatives (the axis may drift between two scans, and the focus lies at another depth) are in the error, with
    both signs; so is the noise of its scan.
    """
    area = wall_area(wall)
    shape = shape_of(wall.values, wall.mask, 0, area)
    noise = noise_covariance(wall.variance) / area**2
    return Part(row=WALL, steps=0, shape=shape, covariance=shape_covariance(shape, error) + noise)
