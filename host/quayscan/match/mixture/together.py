"""The components' sum judged as one reference: the two-direction score that a single substance must reach too."""

from __future__ import annotations

import numpy as np

from ...library import Library
from ...preprocess import Features
from ...preprocess.envelope import band_part
from ...preprocess.grid import POINTS
from ..match import both_directions
from ..options import MatchOptions
from ..residual import Target, Template, template
from .area import library_areas
from .fit import WALL, Fit
from .wall import wall_area


def sum_score(target: Target, found: Fit, library: Library, wall: Features | None, options: MatchOptions) -> float:
    """Score of the sum of all components, 0 to 1, as `Evidence.score`."""
    shape = sum_template(found, library, wall)
    explained = [one.explained for (one,) in both_directions(target, [shape], options)]
    return float(np.tanh(np.arctanh(explained).mean()))


def sum_template(found: Fit, library: Library, wall: Features | None) -> Template:
    """The sum of the components, each at its shift and amount."""
    values, bands, mask = np.zeros(POINTS), np.zeros(POINTS), np.ones(POINTS, dtype=bool)
    areas = library_areas(library)
    for one, amount in zip(found.parts, found.amounts, strict=True):
        if one.row == WALL:
            assert wall is not None  # a part of this kind is made of a wall only
            own, own_bands, own_mask, area = wall.values, wall.bands, wall.mask, wall_area(wall)
        else:
            own = np.asarray(library.spectra[one.row], dtype=np.float64)
            own_mask = library.masks(slice(one.row, one.row + 1))[0]
            own_bands, area = band_part(own, own_mask), float(areas[one.row])
        values += np.roll(own, one.steps) * (amount / area)
        bands += np.roll(own_bands, one.steps) * (amount / area)
        mask &= np.roll(own_mask, one.steps)
    return template(values, bands, mask, 0)
