"""A wall measured empty on the same unit, as a component whose shape is known but for focus, drift and noise."""

from __future__ import annotations

from ...preprocess import Features
from .area import net_band_area
from .covariance import noise_covariance, shape_covariance
from .fit import WALL, Part
from .options import ShapeError
from .shape import shape_of


def wall_part(wall: Features, error: ShapeError) -> Part:
    """The component that stands for the wall.

    Its derivatives (the axis may drift between two scans, and the focus lies at another depth) are in the error, with
    both signs; so is the noise of its scan.
    """
    shape = shape_of(wall.values, wall.bands, 0)
    noise = noise_covariance(wall.variance) / float(net_band_area(wall.bands)) ** 2
    return Part(row=WALL, steps=0, shape=shape, covariance=shape_covariance(shape, error) + noise)
