"""Mixtures and walls: what a spectrum is made of, and what it would have shown.

area        net band area, of which every share is a share
options     every constant
shape       one reference at net band area 1 on a coarse grid, with the ways in which it may differ
covariance  what noise, background and a shape's own error may add
fit         several components together, weighted by that covariance
scan        the matched filter: what stands out of what a fit leaves
pursuit     components are added, dropped and replaced until nothing stands out
rivals      references that could stand in a component's place
together    the sum of the components judged as one reference
fractions   ranges of the shares
limits      from which share a reference would have been seen
false_alarms   how often something is named that is not there
wall        a wall measured empty on the same unit, as a component
result      the numbers that come out
unmix       `unmix`, which composes them
"""

from .area import net_band_area
from .false_alarms import CountedRate, counted_rate, counts_sha256
from .options import MixtureOptions, ShapeError, WallError
from .result import Ingredient, Unmixed, WallShare
from .unmix import unmix

__all__ = [
    "CountedRate",
    "Ingredient",
    "MixtureOptions",
    "ShapeError",
    "Unmixed",
    "WallError",
    "WallShare",
    "counted_rate",
    "counts_sha256",
    "net_band_area",
    "unmix",
]
