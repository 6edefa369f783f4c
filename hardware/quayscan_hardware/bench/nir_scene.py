"""The scene before a near-infrared board: lamp light that a powder, a white tile or nothing sends back."""

from __future__ import annotations

import numpy as np

from ..board import Board, FloatArray
from ..samples.near_infrared import NirSample
from .conditions import Conditions
from .efficiency import true_efficiency
from .halogen import halogen_profile
from .scene import Scene
from .slit import blur
from .wavelength_error import true_wavelength_nm

WHITE_E_PER_MJ = 360000.0
"""Electrons per millijoule of lamp light at the brightest pixel before the white tile: 3.6 Me- in 20 ms at 500 mW
(chosen: seven tenths of the converter's range)."""

WHITE_REFLECTANCE = 0.98
"""The tile (typical of sintered PTFE)."""

WINDOW_REFLECTANCE = 0.004
"""What the window itself sends back, with anything in front of it (chosen: a coated window seen at an angle)."""

DAYLIGHT_E_PER_S = 3.0e6
"""Room light at the brightest pixel with the window held badly (chosen)."""

WATER_NM = ((1135.0, 40.0, 0.5), (1390.0, 60.0, 0.95))
"""Bands of water vapour in daylight: centre, width and depth (chosen after the terrestrial solar spectrum)."""


def build_nir_scene(board: Board, sample: NirSample | str, conditions: Conditions, rng: np.random.Generator) -> Scene:
    """The scene of one instrument (`rng` is the instrument's own) before one sample or source.

    Raises
    ------
    ValueError
        When the ambient light is not one that this board knows.
    """
    wavelength = true_wavelength_nm(board, rng, conditions.wavelength_error)
    efficiency = true_efficiency(board, wavelength, rng, conditions.efficiency_ripple)
    lamp = WHITE_E_PER_MJ * halogen_profile(wavelength) * efficiency
    seen = _reflectance(sample, wavelength, conditions.packing, rng)
    white = np.full_like(wavelength, WHITE_REFLECTANCE)
    nothing = np.zeros_like(wavelength)
    steady = nothing if sample == "dark" else _ambient(conditions.ambient, wavelength) * efficiency
    slit = board.optics.slit_fwhm_px
    return Scene(
        wavelength_nm=wavelength,
        laser_nm=0.0,
        prompt=nothing if sample == "dark" else lamp * (WINDOW_REFLECTANCE + blur(seen, slit)),
        white=lamp * (WINDOW_REFLECTANCE + white),
        fading=nothing,
        steady=steady,
        bleach_j=1.0,
    )


def _reflectance(
    sample: NirSample | str, wavelength: FloatArray, packing: float, rng: np.random.Generator
) -> FloatArray:
    """What the sample sends back over what falls on it. A powder is packed a little differently each time."""
    path, offset, slope = 1.0 + 0.1 * packing * rng.standard_normal(), *(0.02 * packing * rng.standard_normal(2))
    if isinstance(sample, NirSample):
        position = np.linspace(-1.0, 1.0, wavelength.size)
        absorbance = path * sample.absorbance(wavelength) + offset + slope * position
        reflectance: FloatArray = 10.0 ** -np.maximum(absorbance, 0.0)
        return reflectance
    return np.full_like(wavelength, WHITE_REFLECTANCE if sample == "white" else 0.0)


def _ambient(kind: str, wavelength: FloatArray) -> FloatArray:
    """Room light as electrons a second before the efficiency curve. Fluorescent lamps have next to none out here."""
    if kind in ("none", "fluorescent"):
        return np.zeros_like(wavelength)
    if kind != "daylight":
        raise ValueError(f"no ambient light is called {kind!r}: choose one of daylight, fluorescent, none")
    light: FloatArray = wavelength[0] / wavelength
    for centre, width, depth in WATER_NM:
        light *= 1.0 - depth * np.exp(-0.5 * ((wavelength - centre) / width) ** 2)
    light *= DAYLIGHT_E_PER_S
    return light
