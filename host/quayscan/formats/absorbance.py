"""What a file states about light that was absorbed becomes absorbance: log10 of what fell in over what came back."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..errors import FileFormatError
from ..spectrum import FloatArray
from .dataset import Dataset

PERCENT = ("%", "percent")
SHARES = ("reflect", "transmi")
NOT_STATED = "The file does not state the unit of its values: they are read as absorbance."

HIGHEST_SHARE = 2.0
"""A rough white reference may give a little over 1; twice the light that fell in is a percentage without its sign."""


def absorbance_of(path: Path, dataset: Dataset) -> tuple[FloatArray, tuple[str, ...]]:
    """(N,) absorbance of a data set, and its notes.

    Absorbance and log(1/R) stay as they are; reflectance and transmittance, as shares or in percent, and Kubelka-Munk
    units (P. Kubelka, F. Munk, Z. Tech. Phys. 12, 593, 1931) are turned into it.

    Raises
    ------
    FileFormatError
        Reflectance, transmittance or Kubelka-Munk values that no absorbance belongs to.
    """
    unit = dataset.y_unit.lower()
    if any(word in unit for word in SHARES):
        share = dataset.y / 100.0 if any(word in unit for word in PERCENT) else dataset.y
        return _from_share(path, share, unit), dataset.notes
    if "kubelka" in unit:
        if np.any(dataset.y < 0):
            raise FileFormatError(f"{path}: a {unit} of {dataset.y.min():g}: none is negative, export the file again")
        return _from_share(path, 1.0 + dataset.y - np.sqrt(dataset.y**2 + 2.0 * dataset.y), unit), dataset.notes
    return dataset.y, dataset.notes if unit else (*dataset.notes, NOT_STATED)


def _from_share(path: Path, share: FloatArray, unit: str) -> FloatArray:
    if np.any(share <= 0) or np.any(share > HIGHEST_SHARE):
        worst = share.min() if np.any(share <= 0) else share.max()
        raise FileFormatError(
            f"{path}: a {unit} of {worst:g}: values above 0 and at most about 1 are needed, or the unit in percent;"
            " check dark and white reference and export the file again"
        )
    absorbance: FloatArray = -np.log10(share)
    return absorbance
