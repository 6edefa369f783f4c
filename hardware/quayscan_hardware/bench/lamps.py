"""Lamps: sharp emission lines of known wavelength.

The lines are facts in `lamp_lines.csv` (air wavelengths, each row with its source), 780 to 1,000 nm.
"""

from __future__ import annotations

import csv
from importlib.resources import files

import numpy as np

from ..board import FloatArray
from .slit import line_image


def lamp_lines(*species: str) -> list[tuple[float, float]]:
    """(wavelength in air, nm; relative intensity) of the lines of these species, ascending."""
    text = files(__name__.rpartition(".")[0]).joinpath("lamp_lines.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return sorted(
        (float(row["wavelength_air_nm"]), float(row["relative_intensity"])) for row in rows if row["species"] in species
    )


def lamp_profile(wavelength_nm: FloatArray, slit_fwhm_px: float, *species: str) -> FloatArray:
    """The lamp's lines as the slit images them, (P,); the tallest line on the detector is 1."""
    profile = np.zeros_like(wavelength_nm)
    for line_nm, intensity in lamp_lines(*species):
        profile += intensity * line_image(wavelength_nm, line_nm, slit_fwhm_px)
    top = float(profile.max())
    return profile / top if top > 0 else profile
