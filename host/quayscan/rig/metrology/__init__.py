"""Metrology: what a board's detector, optics and light are, each figure beside the limit of its definition.

frames           single frames in pairs, sums without light, sums before a source
transfer         photon transfer curve: gain, read noise
well             full well, or the converter's end
dark             dark current and its doubling
linearity        counts over exposure
axis             neon lines and polystyrene: wavelengths, laser
lines            resolution and stray light from the lamp, the width of calcite's band
repeatability    one sample again and again
warm_up          the axis from power-up on
"""

from .axis import AXIS
from .dark import DARK
from .linearity import LINEARITY
from .lines import LINES
from .repeatability import REPEATABILITY
from .transfer import TRANSFER
from .warm_up import WARM_UP
from .well import WELL

METROLOGY = (*TRANSFER, *WELL, *DARK, *LINEARITY, *AXIS, *LINES, *REPEATABILITY, *WARM_UP)

__all__ = ["METROLOGY"]
