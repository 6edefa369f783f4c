"""Near-infrared preprocessing: from absorbance over wavelength to a curve that is compared.

grid        the common grid and the compared window
resample    any axis to the grid
derivative  the second derivative, free of the scatter's offset and slope
features    `prepare_nir`, which composes them
"""

from .features import NirFeatures, prepare_nir

__all__ = ["NirFeatures", "prepare_nir"]
