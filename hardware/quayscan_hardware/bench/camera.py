"""The camera: one instrument's frames, from the scene's light to the counts of the converter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..board import Board, FloatArray
from ..samples import DEFAULT_SAMPLE, Sample, resolve_sample
from ..samples.near_infrared import DEFAULT_NIR_SAMPLE, NirSample, resolve_nir_sample
from .adc import digitise
from .charring import charring
from .conditions import Conditions
from .cosmic_rays import add_cosmic_rays
from .dark_current import dark_pattern, dark_rate
from .defects import break_pixels
from .fluorescence import bleaching
from .hot_pixels import hot_factors
from .laser_drift import LaserDrift
from .led import led_rate
from .nir_scene import build_nir_scene
from .noise import collect
from .prnu import pixel_response
from .scene import Scene, build_scene
from .stray_light import spread
from .warm_up import settling_nm


class Camera:
    """Detector, optics and sample of one virtual instrument.

    `device_rng` fixes what one instrument is (axis, pixels), `frame_rng` and `drift_rng` what happens frame
    by frame: the same generators and the same calls give the same frames. `stimulus` (0 to 1) is the rig's lamp,
    `warm_s` the time since power-up.
    """

    scene: Scene

    def __init__(
        self,
        board: Board,
        sample: Sample | NirSample | str,
        conditions: Conditions,
        *,
        device_rng: np.random.Generator,
        frame_rng: np.random.Generator,
        drift_rng: np.random.Generator,
    ) -> None:
        self.look_at(board, sample, conditions, device_rng)
        self.stimulus = 0.0
        self.warm_s = 0.0
        self._led = led_rate(board)
        self._loose_probe = conditions.loose_probe
        self._stray_light = conditions.stray_light
        self._warm_up_nm = conditions.warm_up_nm
        self._nm_per_pixel = board.optics.wavelength_nm[1]
        self.drift = LaserDrift(conditions.laser_drift * board.light.drift, drift_rng)
        self.dose_j = 0.0
        self._detector = board.detector
        self._rng = frame_rng
        self._cosmic_per_s = conditions.cosmic_rays * board.detector.cosmic_per_s
        self._response = pixel_response(board.detector, device_rng, conditions.pixel_response)
        self._dark_pattern = dark_pattern(board.detector, device_rng, conditions.dark_spread)
        self._dark_pattern *= hot_factors(board.detector, device_rng, conditions.hot_pixels)
        self._dark_pattern *= conditions.dark_current
        break_pixels(self._response, self._dark_pattern, conditions.defects)
        self._read_noise_e = conditions.read_noise * board.detector.read_noise_e
        self._nonlinearity = conditions.nonlinearity
        self._burns_at_mj = conditions.burns_at_mj

    def look_at(
        self, board: Board, sample: Sample | NirSample | str, conditions: Conditions, device_rng: np.random.Generator
    ) -> None:
        """Put a sample before the instrument; `device_rng` is fresh, so that it is the same instrument."""
        self.scene = _scene(board, sample, conditions, device_rng)
        self.dose_j = 0.0

    def expected(self, seconds: float, light_mj: float, temp_c: float, white: float = 0.0) -> FloatArray:
        """Mean electrons of a frame, (P,), with `light_mj` of light in `seconds` at `temp_c`.

        `white` is the share of the view that the board's white tile covers.
        """
        fading = bleaching(self.dose_j, self.scene.bleach_j)
        sample = (self.scene.prompt + fading * self.scene.fading) * light_mj + self.scene.steady * seconds
        electrons = (1.0 - white) * sample + white * self.scene.white * light_mj
        electrons = self._arrived(electrons) + self.stimulus * self._led * seconds
        electrons *= self._response
        electrons += self._dark_pattern * (dark_rate(self._detector, temp_c) * seconds)
        return electrons

    def _arrived(self, electrons: FloatArray) -> FloatArray:
        """The light of the scene where it falls: still off its place while the board gets warm, part of it astray."""
        off_nm = settling_nm(self.warm_s, self._warm_up_nm)
        if off_nm:
            pixel = np.arange(electrons.size, dtype=np.float64)
            electrons = np.interp(pixel - off_nm / self._nm_per_pixel, pixel, electrons)
        return spread(electrons, self._stray_light) if self._stray_light else electrons

    def take(self, seconds: float, light_mj: float, temp_c: float, white: float = 0.0) -> NDArray[np.uint16]:
        """The counts of one frame, (P,) uint16; `light_mj` is as set: drift is added, the dose kept.

        Only the light inside frames bleaches the sample: light between them would tie the result to the speed
        of the computer that runs the bench.
        """
        if light_mj > 0:
            light_mj *= self.drift.step(seconds)
        if self._loose_probe:
            light_mj *= max(0.0, 1.0 + self._loose_probe * float(self._rng.standard_normal()))
        light_mj *= charring(1e3 * self.dose_j, self._burns_at_mj)
        electrons = collect(self.expected(seconds, light_mj, temp_c, white), self._read_noise_e, self._rng)
        electrons *= 1.0 - self._nonlinearity * electrons / self._detector.full_well_e
        add_cosmic_rays(electrons, self._cosmic_per_s, seconds, self._rng)
        self.dose_j += light_mj * 1e-3
        return digitise(electrons, self._detector)


def default_sample(board: Board) -> str:
    """What a board looks at when nobody says what."""
    return DEFAULT_SAMPLE if board.light.kind == "laser" else DEFAULT_NIR_SAMPLE


def _scene(board: Board, sample: Sample | NirSample | str, conditions: Conditions, rng: np.random.Generator) -> Scene:
    """The scene by the board's technique.

    Raises
    ------
    ValueError
        When there is no such sample, or it is one of the other technique.
    """
    if board.light.kind == "laser":
        raman = resolve_sample(sample) if isinstance(sample, str) else sample
        if not isinstance(raman, NirSample):
            return build_scene(board, raman, conditions, rng)
    else:
        seen = resolve_nir_sample(sample) if isinstance(sample, str) else sample
        if not isinstance(seen, Sample):
            return build_nir_scene(board, seen, conditions, rng)
    raise ValueError(f"board {board.name} measures {board.technique}: this sample has no bands of that technique")
