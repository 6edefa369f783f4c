"""The scene: what a sample and its surroundings send to each pixel, worked out once for one instrument."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..board import Board, FloatArray
from ..samples import Sample
from .ambient import ambient_rate
from .conditions import Conditions
from .efficiency import true_efficiency
from .fluorescence import fluorescence_profile
from .glass import glass_profile
from .lamps import lamp_profile
from .raman import raman_profile
from .slit import blur
from .wavelength_error import true_laser_nm, true_wavelength_nm

STRENGTH_1_E_PER_MJ = 1500.0
"""Electrons per millijoule of laser light at the top of a strength-1 sample: 15,000 e- in 100 ms at 100 mW
(chosen, so that the default scan of a liquid uses a sixth of the converter)."""

WINDOW_E_PER_MJ = 3.0
"""The faint glow of the probe's own window under the laser (chosen: far below the noise of one frame)."""

GLASS_E_PER_MJ = 3000.0
"""The standard glass at its brightest (chosen)."""

NEON_E_PER_S = 300000.0
"""The neon lamp's tallest line (chosen: 30,000 e- in 100 ms)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Expected electrons before the pixels' own response, each (P,).

    Attributes
    ----------
    wavelength_nm, laser_nm : the true axis and the true laser wavelength of this instrument.
    prompt : electrons per millijoule of the board's light that do not bleach. fading : the same, bleaching.
    white : the same before the board's white tile; zeros for a board without one.
    steady : electrons a second that need no laser. bleach_j : dose that bleaches, in joules.
    """

    wavelength_nm: FloatArray
    laser_nm: float
    prompt: FloatArray
    fading: FloatArray
    steady: FloatArray
    bleach_j: float
    white: FloatArray

    @property
    def shift_cm1(self) -> FloatArray:
        """The true Raman shift of each pixel, (P,) cm-1."""
        shift: FloatArray = 1e7 / self.laser_nm - 1e7 / self.wavelength_nm
        return shift


def build_scene(board: Board, sample: Sample | str, conditions: Conditions, rng: np.random.Generator) -> Scene:
    """The scene of one instrument (`rng` is the instrument's own) before one sample or source.

    Raises
    ------
    ValueError
        When the board has no laser, or the ambient light is not known.
    """
    if board.light.kind != "laser":
        raise ValueError(f"board {board.name} has no laser: build_nir_scene is for it")
    laser_nm = true_laser_nm(board, rng, conditions.wavelength_error)
    wavelength = true_wavelength_nm(
        board, rng, conditions.wavelength_error, conditions.axis_shift_nm, conditions.axis_step_nm
    )
    efficiency = true_efficiency(board, wavelength, rng, conditions.efficiency_ripple)
    shift = 1e7 / laser_nm - 1e7 / wavelength
    prompt, fading, steady, bleach_j = _light(sample, shift, wavelength, board.optics.slit_fwhm_px)
    if sample != "dark":
        steady = steady + ambient_rate(conditions.ambient, wavelength, board.optics.slit_fwhm_px)
    return Scene(
        wavelength_nm=wavelength,
        laser_nm=laser_nm,
        prompt=prompt * efficiency,
        fading=fading * efficiency,
        steady=steady * efficiency,
        bleach_j=bleach_j,
        white=np.zeros_like(wavelength),
    )


def _light(
    sample: Sample | str, shift: FloatArray, wavelength: FloatArray, slit_fwhm_px: float
) -> tuple[FloatArray, FloatArray, FloatArray, float]:
    """Prompt, fading and steady light before the efficiency curve, and the bleaching dose."""
    nothing = np.zeros_like(shift)
    window = WINDOW_E_PER_MJ * fluorescence_profile(wavelength)
    if isinstance(sample, Sample):
        bands = sample.strength * blur(raman_profile(sample, shift), slit_fwhm_px)
        glow = sample.fluorescence * fluorescence_profile(wavelength)
        return window + STRENGTH_1_E_PER_MJ * bands, STRENGTH_1_E_PER_MJ * glow, nothing, sample.bleach_j
    if sample == "neon":
        lines = NEON_E_PER_S * lamp_profile(wavelength, slit_fwhm_px, "Ne I")
        return window, nothing, lines, 1.0
    if sample == "srm2241":
        glass = glass_profile(shift)
        return window + GLASS_E_PER_MJ * glass / glass.max(), nothing, nothing, 1.0
    if sample == "none":
        return window, nothing, nothing, 1.0
    return nothing, nothing, nothing, 1.0
