"""Preprocessing: from a calibrated spectrum to features on one grid at one resolution.

grid         the common grid and the matching window
despike      cosmic rays out of a single spectrum
narrow       features narrower than any band, on fine axes
noise        variance from the pixels, where the source gives none
resample     any axis to the grid, any instrument to one resolution
envelope     background as a running minimum, and the bands above it
projection   the smooth background as a subspace
features     `prepare`, which composes them
"""

from .features import Features, Quality, prepare

__all__ = ["Features", "Quality", "prepare"]
